import { clinicSchema } from '../../../src/model/clinic';
import type { ClinicBook } from '../../../src/model/clinic';
import type { Acted, Actor, DeliveryReport, Escalation, StaffDesk } from '../../../src/model/escalation';

/** The clinic of these tests: Ana has a PIN, Ben has none. */
export const clinic = clinicSchema.parse({
  ...{ id: 'demo', name: 'Skin & Glow', phone: '(555) 010-0199', zone: 'America/New_York', hours: {}, smsNumber: '+15550100199' },
  staff: [
    { id: 'ana', name: 'Ana', pin: '4821', contacts: [{ method: 'voice', to: '+15550100101' }] },
    { id: 'ben', name: 'Ben', contacts: [{ method: 'voice', to: '+15550100102' }] },
  ],
});

/** A book of that one clinic. */
export const clinics: ClinicBook = { get: () => clinic, all: () => [clinic] };

/** A desk that keeps what reaches it, with one escalation (Ref 12) and a page to Ana (page_1) and to Ben (page_2). */
export interface FakeDesk {
  readonly desk: StaffDesk;
  readonly texts: { readonly from: string; readonly to: string; readonly text: string; readonly messageId: string }[];
  readonly reports: DeliveryReport[];
  readonly did: string[];
  /** What the next actions come to. */
  outcome: (escalation: Escalation) => Acted;
  escalation: Escalation;
  /** Makes everything fail, as a disk that is full does. */
  isBroken: boolean;
}

const RAISED_AT = Date.parse('2026-03-10T03:40:00Z');

/** Makes one; `staff` are the numbers whose texts it handles. */
export function makeFakeDesk(staff: readonly string[] = ['+15550100101']): FakeDesk {
  const escalation: Escalation = {
    ...{ id: 'esc_1', ref: 12, clinicId: 'demo', conversationId: 'c', channel: 'web', flags: ['U02'], tier: 'urgent', reason: 'flag' },
    ...{ raisedAt: RAISED_AT, status: 'notified', pages: [], acknowledged: null, resolved: null, isDrill: false, nextAt: null, version: 1 },
    course: {
      ...{ startedAt: RAISED_AT, step: 1, round: 1, stepAt: null, passedOnBy: [], toldNobodyAt: null, reachedAskedAt: null, reached: null },
      ...{ outcomeAskedAt: null, dueAt: null, digestAt: null, overdueSaidAt: null, snoozedUntil: null, visitedAt: null, hurried: 0 },
    },
  };
  const unused = (): never => {
    throw new Error('Use desk: expected none of its other ways here.');
  };
  const act = (what: string, id: string, actor: Actor): Promise<Acted> => {
    if (fake.isBroken) return Promise.reject(new Error('no room left'));
    fake.did.push(`${what} ${id} by ${actor.by} via ${actor.via}`);
    return Promise.resolve(fake.outcome(fake.escalation));
  };
  const fake: FakeDesk = {
    ...{ texts: [], reports: [], did: [], escalation, isBroken: false },
    outcome: (now) => ({ kind: 'done', escalation: now }),
    desk: {
      acknowledge: (id, actor) => act('acknowledge', id, actor),
      passOn: (id, actor) => act('pass on', id, actor),
      resolve: (id, actor, reason) => act(`resolve as ${reason}`, id, actor),
      ...{ reassign: unused, snooze: unused, note: unused, escalate: unused, takeOver: unused, handBack: unused, reply: unused },
      takeText: (message) => {
        if (fake.isBroken) return Promise.reject(new Error('no room left'));
        fake.texts.push(message);
        return Promise.resolve({ handled: staff.includes(message.from) });
      },
      takeReport: (report) => {
        if (fake.isBroken) return Promise.reject(new Error('no room left'));
        fake.reports.push(report);
        return Promise.resolve();
      },
      findPage: (pageId) => {
        const personId = { page_1: 'ana', page_2: 'ben' }[pageId];
        if (personId === undefined) return Promise.resolve(null);
        const page = {
          ...({
            id: pageId,
            personId,
            method: 'voice',
            to: '+15550100101',
            step: 1,
            round: 1,
            isFirst: true,
            status: 'sent',
            queuedAt: RAISED_AT,
          } as const),
          ...{ dueAt: RAISED_AT, sentAt: RAISED_AT, deliveredAt: null, attempts: 1, failure: null, providerId: null },
        };
        return Promise.resolve({ escalation: fake.escalation, page, clinicName: clinic.name, personName: personId });
      },
    },
  };
  return fake;
}
