import type { Escalation, EscalationChange, NewSending, Page } from '../../src/model/escalation';
import { newEscalation } from '../../src/escalation/life';
import { clinicSchema } from '../../src/model/clinic';
import { newId } from '../../src/tools/ids';

/** An escalation that was never stored. */
export function sampleEscalation(given: Partial<Escalation> = {}): Escalation {
  const at = given.raisedAt ?? 1_000;
  const clinic = clinicSchema.parse({ id: 'demo', name: 'Demo', phone: '1', zone: 'UTC', hours: {} });
  const facts = { clinicId: 'demo', conversationId: 'c1', channel: 'web', tier: 'urgent', flags: ['U02'], reason: 'red_flag' } as const;
  return { ...newEscalation({ ...facts, id: newId('esc', at), isDrill: false, isMarked: false }, clinic, at), ...given };
}

/** A page that waits to leave. */
export function samplePage(given: Partial<Page> & { readonly id: string }): Page {
  return {
    personId: 'ann',
    method: 'sms',
    to: '+15550100',
    step: 1,
    round: 1,
    isFirst: true,
    status: 'queued',
    queuedAt: 1_000,
    dueAt: 1_000,
    sentAt: null,
    deliveredAt: null,
    attempts: 0,
    failure: null,
    providerId: null,
    ...given,
  };
}

/** A page on its way into the outbox. */
export function sampleSending(key: string, given: Partial<NewSending> = {}): NewSending {
  const sending = { kind: 'page', escalationId: 'e', pageId: key } as const;
  return { dedupeKey: key, clinicId: 'demo', priority: 0, dueAt: 1_000, sending, ...given };
}

/** A change with one line of history. */
export function changeTo(after: Escalation, more: Partial<EscalationChange> = {}): EscalationChange {
  const event = { escalationId: after.id, kind: 'raised', actor: 'bot', at: after.raisedAt, detail: 'U02' } as const;
  return { after, events: [event], send: [], tell: [], ...more };
}
