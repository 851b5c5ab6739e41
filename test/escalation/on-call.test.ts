import { DateTime } from 'luxon';
import { fallbackOf, nextChangeAfter, whoIsOnCall } from '../../src/escalation/on-call';
import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';

const ZONE = 'America/New_York';
const WEEKLY = { people: ['ana', 'ben'], every: 'week', at: '09:00', from: '2026-01-05' };

function clinicWith(onCall: Record<string, unknown>, zone = ZONE): Clinic {
  const reachable = ['ana', 'ben', 'cho', 'dee', 'eva'].map((id) => ({ id, name: id, contacts: [{ method: 'sms', to: '+15550100101' }] }));
  return clinicSchema.parse({
    id: 'test',
    name: 'Glow Clinic',
    phone: '(555) 010-0199',
    zone,
    hours: {},
    staff: [...reachable, { id: 'mute', name: 'mute', contacts: [] }],
    onCall: { steps: [{ targets: ['nurses'] }], ...onCall },
  });
}

function at(local: string, zone = ZONE): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

/** "ana ben|cho": the people of each step. */
function on(clinic: Clinic, local: string): string {
  return onAt(clinic, at(local, clinic.zone));
}

function onAt(clinic: Clinic, instant: number): string {
  return whoIsOnCall(clinic, instant)
    .map(({ people }) => people.map(({ id }) => id).join(' '))
    .join('|');
}

describe('a rotation', () => {
  test.each([
    ['nobody before it begins', WEEKLY, '2026-01-05T08:59', ''],
    ['the first person at its first hand-over', WEEKLY, '2026-01-05T09:00', 'ana'],
    ['the first person for a week', WEEKLY, '2026-01-12T08:59', 'ana'],
    ['the second person after it', WEEKLY, '2026-01-12T09:00', 'ben'],
    ['the same clock time after the clocks go forward', WEEKLY, '2026-03-09T08:59', 'ana'],
    ['and hands over at it', WEEKLY, '2026-03-09T09:00', 'ben'],
    ['turns of two weeks', { ...WEEKLY, length: 2 }, '2026-01-19T08:59', 'ana'],
    ['turns of two weeks, the second', { ...WEEKLY, length: 2 }, '2026-01-19T09:00', 'ben'],
    ['daily turns', { ...WEEKLY, every: 'day' }, '2026-01-07T09:00', 'ana'],
    ['daily turns before the hand-over', { ...WEEKLY, every: 'day' }, '2026-01-07T08:59', 'ben'],
    ['hourly turns begin with the day, at the minute', { ...WEEKLY, every: 'hour', at: '09:30' }, '2026-01-05T00:29', ''],
    ['hourly turns', { ...WEEKLY, every: 'hour', at: '09:30' }, '2026-01-05T00:30', 'ana'],
    ['hourly turns, the next', { ...WEEKLY, every: 'hour', at: '09:30' }, '2026-01-05T01:30', 'ben'],
  ])('has %s', (_, rotation, local, who) => {
    expect(on(clinicWith({ layers: [{ id: 'nurses', rotation }] }), local)).toBe(who);
  });

  test('by the hour follows the wall clock: an hour shown twice is one turn, an hour left out is nobody else’s', () => {
    const clinic = clinicWith({
      layers: [{ id: 'nurses', rotation: { people: ['ana', 'ben', 'cho'], every: 'hour', from: '2026-01-01' } }],
    });
    const fallBack = [4, 5, 6, 7].map((hour) => onAt(clinic, Date.UTC(2026, 10, 1, hour, 30)));
    // 00:30 and 01:30, 01:30 again, 02:30: the turn that ends at one o'clock ends with the last one o'clock.
    expect(fallBack).toEqual(['ana', 'ana ben', 'ben', 'cho']);
    expect(on(clinic, '2026-03-08T01:59')).toBe('ben');
    expect(onAt(clinic, Date.UTC(2026, 2, 8, 7))).toBe('ana');
  });

  test('that hands over in an hour shown twice has both in between', () => {
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: { ...WEEKLY, every: 'day', at: '01:30' } }] });
    const [before, first, between, last] = [5, 5.5, 6, 6.5].map((hour) => onAt(clinic, Date.UTC(2026, 10, 1) + hour * 3_600_000));
    expect([before, first, between, last]).toEqual(['ben', 'ben ana', 'ben ana', 'ana']);
  });

  test('that hands over in the hour left out does so the moment the clocks change', () => {
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: { ...WEEKLY, every: 'day', at: '02:30' } }] });
    const change = Date.UTC(2026, 2, 8, 7);
    expect([onAt(clinic, change - 1), onAt(clinic, change)]).toEqual(['ben', 'ana']);
  });
});

describe('a layer', () => {
  const nights = { mon: ['00:00-08:00', '18:00-24:00'], tue: ['00:00-08:00'] };

  test('counts in its active hours only', () => {
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: WEEKLY, active: nights }] });
    expect(['2026-01-12T17:59', '2026-01-12T18:00', '2026-01-13T07:59', '2026-01-13T08:00'].map((local) => on(clinic, local))).toEqual([
      '',
      'ben',
      'ben',
      '',
    ]);
  });

  test('takes fixed shifts, and both people where shifts overlap', () => {
    const shifts = [
      { person: 'ben', from: '2026-01-05T20:00', until: '2026-01-06T08:00' },
      { person: 'ana', from: '2026-01-05T08:00', until: '2026-01-05T21:00' },
    ];
    const clinic = clinicWith({ layers: [{ id: 'nurses', shifts }] });
    expect(
      ['2026-01-05T07:59', '2026-01-05T19:59', '2026-01-05T20:30', '2026-01-05T21:00', '2026-01-06T08:00'].map((l) => on(clinic, l)),
    ).toEqual(['', 'ana', 'ana ben', 'ben', '']);
  });
});

describe('a step', () => {
  test('reaches its layers and people in target order, each once', () => {
    const clinic = clinicWith({
      layers: [{ id: 'nurses', rotation: WEEKLY }],
      steps: [{ targets: ['cho', 'nurses', 'ana'] }, { targets: ['mute'] }, { targets: ['ana'] }],
    });
    expect(on(clinic, '2026-01-05T12:00')).toBe('cho ana||ana');
    expect(on(clinic, '2026-01-12T12:00')).toBe('cho ben ana||ana');
    const [, second] = whoIsOnCall(clinic, at('2026-01-05T12:00'));
    expect(second?.unreachable.map(({ id }) => id)).toEqual(['mute']);
  });
});

describe('an override', () => {
  const night = { from: '2026-01-05T20:00', until: '2026-01-06T08:00' };
  const withOverrides = (...overrides: unknown[]): Clinic =>
    clinicWith({
      layers: [
        { id: 'nurses', rotation: WEEKLY },
        { id: 'backup', rotation: { ...WEEKLY, from: '2027-01-04' } },
      ],
      steps: [{ targets: ['nurses'] }, { targets: ['backup'] }, { targets: ['ana'] }],
      overrides,
    });

  test.each([
    ['replaces a person in every layer and as a target', [{ ...night, person: 'dee', instead: 'ana' }], 'dee||dee'],
    ['replaces whoever is on in a layer', [{ ...night, person: 'dee', layer: 'nurses' }], 'dee||ana'],
    ['fills a layer in which nobody is on', [{ ...night, person: 'dee', layer: 'backup' }], 'ana|dee|ana'],
    ['of a person who is not on changes nothing', [{ ...night, person: 'dee', instead: 'ben' }], 'ana||ana'],
    ['of a person within one layer leaves the others', [{ ...night, person: 'dee', instead: 'ana', layer: 'nurses' }], 'dee||ana'],
    [
      'listed last wins',
      [
        { ...night, person: 'dee', instead: 'ana' },
        { ...night, person: 'eva', instead: 'ana' },
      ],
      'eva||eva',
    ],
    [
      'listed last wins over one of another kind',
      [
        { ...night, person: 'dee', instead: 'ana' },
        { ...night, person: 'eva', layer: 'nurses' },
      ],
      'eva||dee',
    ],
    [
      'is not replaced by another',
      [
        { ...night, person: 'dee', instead: 'ana' },
        { ...night, person: 'eva', instead: 'dee' },
      ],
      'dee||dee',
    ],
  ])('%s', (_, overrides, who) => {
    expect(on(withOverrides(...overrides), '2026-01-05T23:00')).toBe(who);
    expect(on(withOverrides(...overrides), '2026-01-05T19:59')).toBe('ana||ana');
    expect(on(withOverrides(...overrides), '2026-01-06T08:00')).toBe('ana||ana');
  });

  test('begins with the first reading of an hour shown twice and ends with the last', () => {
    const clinic = withOverrides({ person: 'dee', layer: 'nurses', from: '2026-11-01T01:15', until: '2026-11-01T01:30' });
    const on = [5.2, 5.25, 6.4, 6.5].map((hour) => onAt(clinic, Date.UTC(2026, 10, 1) + hour * 3_600_000).split('|')[0]);
    expect(on).toEqual(['ana', 'dee', 'dee', 'ana']);
  });
});

describe('the next change', () => {
  test('is the next hand-over, not a cut at which the same people stay', () => {
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: WEEKLY }] });
    expect(nextChangeAfter(clinic, at('2026-01-06T10:00'))).toBe(at('2026-01-12T09:00'));
    expect(nextChangeAfter(clinic, at('2026-01-12T09:00'))).toBe(at('2026-01-19T09:00'));
  });

  test('is none where one person is always on', () => {
    const clinic = clinicWith({ layers: [{ id: 'nurses', rotation: { ...WEEKLY, people: ['ana'] } }] });
    expect(nextChangeAfter(clinic, at('2026-01-06T10:00'))).toBeNull();
  });
});

describe('the fallback', () => {
  test.each([
    ['cho', 'cho'],
    ['mute', undefined],
    [undefined, undefined],
  ])('%s is %s', (fallback, who) => {
    expect(fallbackOf(clinicWith({ steps: [], fallback }))?.id).toBe(who);
  });
});
