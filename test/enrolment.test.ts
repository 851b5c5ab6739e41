import type { EnrolmentDesk, EnrolmentForm } from '../src/model/enrolment';
import { makeEnrolmentDesk } from '../src/enrolment';
import { openStore } from '../src/storage/open-store';
import type { Store } from '../src/storage/store';
import { realKnowledge } from './guide/real-knowledge';
import { nightClinic } from './nights/night';

/** Tuesday, 2 pm in New York. */
const NOW = Date.parse('2026-03-10T18:00:00Z');
const FORM: EnrolmentForm = {
  ...{ phone: '(555) 010-0150', teamsId: '', treatedAt: '2026-03-10T09:00', kind: 'microneedling', reference: ' A-17 ' },
  ...{ agreesToTexts: false, sendsLink: false },
};

describe('enrolling', () => {
  let store: Store;
  let desk: EnrolmentDesk;
  beforeEach(async () => {
    const secret = Buffer.alloc(32, 9);
    store = await openStore({ path: ':memory:', secret, now: 1 });
    desk = makeEnrolmentDesk({ store, secret, knowledge: realKnowledge(), clock: () => NOW, canText: true });
  });
  afterEach(() => store.close());

  const clinic = nightClinic();
  const enrol = (form: Partial<EnrolmentForm>): ReturnType<EnrolmentDesk['enrol']> =>
    desk.enrol({ ...FORM, ...form }, { clinic, by: 'ana', baseUrl: 'https://chat.clinic.example' });

  it('takes the time as the clinic reads its clock, and gives a link of its own each time', async () => {
    const [first, second] = [await enrol({}), await enrol({ phone: '+1 555 010 0150' })];
    expect(first).toMatchObject({ kind: 'enrolled', isNew: true, expiresAt: NOW + 72 * 3_600_000, isTexted: false });
    expect(second).toMatchObject({ kind: 'enrolled', isNew: false });
    if (first.kind === 'refused' || second.kind === 'refused') throw new Error('Enrol: expected no faults.');
    expect(first.link).not.toBe(second.link);
    const { id } = await store.sms.patients.meet(clinic.id, '+15550100150', NOW);
    const at = Date.parse('2026-03-10T13:00:00Z');
    const known = await store.load('new', { clinicId: clinic.id, patientId: id });
    expect(known?.state.treatedAt).toEqual({ from: at, to: at });
    expect(await store.sms.patients.consentOf(id)).toBeNull();
  });

  it.each<[Partial<EnrolmentForm>, string]>([
    [{ phone: '12' }, 'phone'],
    [{ phone: '', agreesToTexts: true }, 'phone'],
    [{ teamsId: 'ann@clinic.example' }, 'teamsId'],
    [{ treatedAt: '' }, 'treatedAt'],
    [{ treatedAt: '2026-03-10' }, 'treatedAt'],
    [{ treatedAt: '2026-02-30T09:00' }, 'treatedAt'],
    [{ treatedAt: '2026-03-10T14:01' }, 'treatedAt'],
    [{ treatedAt: '2025-03-10T09:00' }, 'treatedAt'],
    [{ kind: 'peel' }, 'kind'],
    [{ reference: 'x'.repeat(81) }, 'reference'],
    [{ sendsLink: true }, 'sendsLink'],
    [{ phone: '', sendsLink: true }, 'sendsLink'],
  ])('refuses %j and keeps nothing', async (form, field) => {
    const done = await enrol(form);
    if (done.kind !== 'refused') throw new Error('Enrol: expected a fault.');
    expect(done.faults.map((fault) => fault.field)).toContain(field);
    expect(done.faults.every(({ why }) => /^[A-Z].*\.$/.test(why))).toBe(true);
    const { id } = await store.sms.patients.meet(clinic.id, '+15550100150', NOW);
    expect(await store.charts.isKnown(clinic.id, id)).toBe(false);
  });

  it('says all faults at once', async () => {
    const done = await enrol({ phone: '12', treatedAt: 'noon', kind: '' });
    expect(done.kind === 'refused' && done.faults.map(({ field }) => field)).toEqual(['phone', 'treatedAt', 'kind']);
  });

  it('does not make two patients one', async () => {
    await enrol({ phone: '555-010-0151' });
    expect(await enrol({ phone: '555-010-0151', reference: 'B-2' })).toMatchObject({ kind: 'refused', faults: [{ field: 'reference' }] });
    const teamsId = 'dddddddd-0000-4000-8000-000000000001';
    await enrol({ phone: '', teamsId });
    await enrol({});
    expect(await enrol({ teamsId })).toMatchObject({ kind: 'refused', faults: [{ field: 'teamsId' }] });
  });
});
