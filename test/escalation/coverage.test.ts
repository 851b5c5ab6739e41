import { findHoles, sayHole } from '../../src/escalation/coverage';
import { findLiveFaults, saySpan } from '../../src/escalation/live-faults';
import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';

const NOW = Date.UTC(2026, 2, 2, 17);
const sms = { method: 'sms', to: '+15550100101', verified: true };
const voice = { method: 'voice', to: '+15550100101', verified: true };
const NIGHTS = { people: ['ana'], every: 'day', at: '18:00', from: '2026-01-05' };

function clinicWith(onCall: object, more: object = {}): Clinic {
  return clinicSchema.parse({
    ...{ id: 'test', name: 'Glow Clinic', phone: '(555) 010-0199', zone: 'America/New_York', hours: {} },
    staff: [
      { id: 'ana', name: 'Ana', contacts: [sms, voice] },
      { id: 'ben', name: 'Ben', contacts: [sms, { ...voice, verified: false }] },
      { id: 'cho', name: 'Dr. Cho', contacts: [voice, { method: 'email', to: 'cho@clinic.example', verified: true }] },
      { id: 'mute', name: 'Mute', contacts: [] },
    ],
    onCall: { fallback: 'cho', ...onCall },
    ...more,
  });
}

function holesOf(clinic: Clinic, weeks?: number): string[] {
  return findHoles(clinic, NOW, weeks).map((hole) => `${hole.kind} ${saySpan(clinic, hole)}: ${sayHole(hole)}`);
}

describe('the coming 52 weeks', () => {
  test('have no hole where somebody with two verified methods is always on some step', () => {
    const clinic = clinicWith({
      layers: [{ id: 'nurses', rotation: { ...NIGHTS, people: ['ben', 'mute'] } }],
      steps: [{ targets: ['nurses'] }, { targets: ['cho'] }],
    });
    expect(holesOf(clinic)).toEqual([]);
    expect(findLiveFaults(clinic, NOW)).toEqual([
      'ben: expected 2 verified contact methods, got only sms',
      'mute: expected 2 verified contact methods, got no contact at all',
    ]);
  });

  test('are one hole where nobody is ever on call', () => {
    const clinic = clinicWith({ steps: [], fallback: undefined }, { phone: 'call us' });
    expect(holesOf(clinic)).toEqual(['nobody 2026-03-02T12:00 to 2027-03-01T12:00: nobody is on call']);
    expect(findLiveFaults(clinic, NOW)).toEqual([
      'phone: expected a number that patients can call, got "call us"',
      'onCall.fallback: expected the person who is paged when nobody is on call',
      '2026-03-02T12:00 to 2027-03-01T12:00: nobody is on call',
    ]);
  });

  test('name each hole on the clinic’s clock, one kind apart from the other', () => {
    const clinic = clinicWith({
      layers: [{ id: 'nurses', rotation: { ...NIGHTS, every: 'week', people: ['ben', 'mute', 'ana'] } }],
      steps: [{ targets: ['nurses'] }],
    });
    expect(holesOf(clinic, 3)).toEqual([
      'nobody 2026-03-02T12:00 to 2026-03-02T18:00: nobody on call can be reached: mute has no contact',
      'unproven 2026-03-09T18:00 to 2026-03-16T18:00: nobody on call has 2 verified contact methods: ben has only sms verified',
      'nobody 2026-03-16T18:00 to 2026-03-23T13:00: nobody on call can be reached: mute has no contact',
    ]);
  });

  test('take neighbours of one kind as one, with everybody in it', () => {
    const clinic = clinicWith({
      layers: [{ id: 'nurses', rotation: { ...NIGHTS, people: ['mute', 'ben'] } }],
      steps: [{ targets: ['nurses', 'ben'] }],
    });
    expect(holesOf(clinic, 1)).toEqual([
      'unproven 2026-03-02T12:00 to 2026-03-09T13:00: nobody on call has 2 verified contact methods: ben has only sms verified; mute has no contact',
    ]);
  });

  test('show the hole between two shifts, and none that a change of the clocks would tear', () => {
    const shifts = (from: string) => [
      { person: 'ana', from: '2026-01-01T00:00', until: '2026-11-01T01:30' },
      { person: 'cho', from, until: '2028-01-01T00:00' },
    ];
    const layerOf = (from: string): Clinic =>
      clinicWith({ layers: [{ id: 'nurses', shifts: shifts(from) }], steps: [{ targets: ['nurses'] }] });
    expect(holesOf(layerOf('2026-11-01T01:30'))).toEqual([]);
    expect(holesOf(layerOf('2026-11-01T02:15'))).toEqual(['nobody 2026-11-01T01:30 to 2026-11-01T02:15: nobody is on call']);
  });
});

describe('live mode', () => {
  test('takes a clinic in which everybody who can be paged is reachable in two ways', () => {
    expect(findLiveFaults(clinicWith({ steps: [{ targets: ['ana'] }, { targets: ['cho'] }] }), NOW)).toEqual([]);
  });

  test('asks two methods of whoever covers later, and nothing of who covered before', () => {
    const cover = { person: 'ben', instead: 'ana', from: '2026-02-01T08:00', until: '2026-02-02T08:00' };
    const covered = (override: object): string[] =>
      findLiveFaults(clinicWith({ steps: [{ targets: ['ana'] }, { targets: ['cho'] }], overrides: [override] }), NOW);
    expect(covered(cover)).toEqual([]);
    expect(covered({ ...cover, until: '2026-03-02T12:01' })).toEqual(['ben: expected 2 verified contact methods, got only sms']);
  });

  test('refuses an unreachable fallback', () => {
    expect(findLiveFaults(clinicWith({ steps: [{ targets: ['ana'] }], fallback: 'mute' }), NOW)).toEqual([
      'mute: expected 2 verified contact methods, got no contact at all',
    ]);
  });

  test('lists five holes and counts the others', () => {
    const active = { mon: ['00:00-24:00'], tue: ['00:00-24:00'], wed: ['00:00-24:00'], thu: ['00:00-24:00'], fri: ['00:00-24:00'] };
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: NIGHTS, active }], steps: [{ targets: ['nurses'] }] });
    const faults = findLiveFaults(clinic, NOW);
    expect(faults[0]).toBe('2026-03-07T00:00 to 2026-03-09T00:00: nobody is on call');
    expect(faults.slice(5)).toEqual(['and 47 more such stretches in the next 52 weeks']);
  });
});
