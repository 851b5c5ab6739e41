import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';
import type { Escalation, EscalationChange, EscalationEvent, NewSending, PatientNotice, SendResult } from '../../src/model/escalation';
import type { Raise, Transition } from '../../src/escalation/life';
import { raise, settlePage } from '../../src/escalation/life';
import { nextStep } from '../../src/escalation/next-step';

/** Monday 2026-03-09, 23:40 in New York. */
export const START = Date.parse('2026-03-09T23:40:00-04:00');

/** A clinic with a nurse on step 1 (text, then a call), a second nurse on step 2 and a director as fallback. */
export function clinicOf(changed: object = {}): Clinic {
  return clinicSchema.parse({
    ...{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', zone: 'America/New_York', smsNumber: '+15550100199' },
    hours: { mon: ['09:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'], thu: ['09:00-18:00'], fri: ['09:00-18:00'] },
    staff: [
      {
        ...{ id: 'ana', name: 'Ana' },
        contacts: [
          { method: 'sms', to: '+15550100101', verified: true },
          { method: 'voice', to: '+15550100101', verified: true },
        ],
      },
      { id: 'ben', name: 'Ben', contacts: [{ method: 'sms', to: '+15550100102', verified: true }] },
      { id: 'cho', name: 'Dr. Cho', contacts: [{ method: 'sms', to: '+15550100103', verified: true }] },
    ],
    onCall: { steps: [{ targets: ['ana'] }, { targets: ['ben'] }], fallback: 'cho' },
    ...changed,
  });
}

/** One escalation under a clock, without a store: each page is handed over at once and answered as `provider` says. */
export class PureNight {
  escalation: Escalation;
  now = START;
  readonly events: EscalationEvent[] = [];
  readonly sent: { at: string; page: string }[] = [];
  readonly notices: { at: string; notice: string; to: string }[] = [];
  readonly told: { at: string; phrase: string }[] = [];
  private readonly keys = new Set<string>();

  constructor(
    readonly clinic: Clinic,
    raised: Partial<Raise> = {},
    private readonly provider: (pageId: string, attempt: number) => SendResult = () => ({ kind: 'sent', providerId: null }),
  ) {
    const facts: Raise = {
      ...{ id: 'esc_1', clinicId: clinic.id, conversationId: 'conversation', channel: 'web', flags: ['U02'], tier: 'urgent' },
      ...{ reason: 'red_flag', isDrill: false, isMarked: false },
      ...raised,
    };
    const change = raise(facts, clinic, this.now);
    this.escalation = change.after;
    this.take(change);
  }

  /** Lets time go by in minutes, doing everything at its moment. */
  pass(minutes: number): void {
    const until = this.now + minutes * 60_000;
    for (let at = this.escalation.nextAt; at !== null && at <= until; at = this.escalation.nextAt) {
      this.now = Math.max(this.now, at);
      const before = this.escalation;
      this.take(nextStep(this.escalation, this.clinic, this.now));
      if (this.escalation.nextAt !== null && this.escalation.nextAt <= this.now)
        throw new Error(`Looking again failed: expected a later moment than ${this.clock()}, after ${JSON.stringify(before.course)}`);
    }
    this.now = until;
  }

  does(transition: Transition): string {
    if (!('change' in transition)) return transition.kind;
    this.take(transition.change);
    return 'done';
  }

  take(change: EscalationChange): void {
    this.escalation = { ...change.after, version: change.after.version + 1 };
    this.events.push(...change.events);
    this.told.push(...change.tell.map((notice: PatientNotice) => ({ at: this.clock(), phrase: notice.phrase })));
    for (const sending of change.send) this.hand(sending);
  }

  private hand({ dedupeKey, sending }: NewSending): void {
    if (this.keys.has(dedupeKey)) return;
    this.keys.add(dedupeKey);
    if (sending.kind === 'notice') this.notices.push({ at: this.clock(), notice: sending.notice, to: sending.personId });
    if (sending.kind !== 'page') return;
    this.sent.push({ at: this.clock(), page: sending.pageId.split('.').slice(-2).join(' ') });
    const result = this.provider(sending.pageId, 1);
    this.take(settlePage(this.escalation, sending.pageId, result, this.clinic, { now: this.now, isFinal: true }));
  }

  /** Minutes and seconds since the start, as "5:00". */
  clock(): string {
    const seconds = Math.round((this.now - START) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}
