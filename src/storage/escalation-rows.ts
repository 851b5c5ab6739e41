import type { Course, Escalation, EscalationEvent, Page } from '../model/escalation';
import type { EscalationRow, PageRow } from './schema';

/** The row of an escalation, ready to be claimed when it wants to be looked at. */
export function toEscalationRow(escalation: Escalation): EscalationRow {
  return {
    id: escalation.id,
    ref: escalation.ref,
    clinic_id: escalation.clinicId,
    conversation_id: escalation.conversationId,
    channel: escalation.channel,
    tier: escalation.tier,
    flags: escalation.flags.join(' '),
    status: escalation.status,
    reason: escalation.reason,
    raised_at: escalation.raisedAt,
    course: JSON.stringify(escalation.course),
    acknowledged: escalation.acknowledged && JSON.stringify(escalation.acknowledged),
    resolved: escalation.resolved && JSON.stringify(escalation.resolved),
    is_drill: escalation.isDrill ? 1 : 0,
    next_at: escalation.nextAt,
    claimable_at: escalation.nextAt,
    version: escalation.version,
  };
}

/** An escalation from its row and those of its pages. */
export function toEscalation(row: EscalationRow, pages: readonly PageRow[]): Escalation {
  return {
    id: row.id,
    ref: row.ref,
    clinicId: row.clinic_id,
    conversationId: row.conversation_id,
    channel: row.channel as Escalation['channel'],
    flags: row.flags === '' ? [] : row.flags.split(' '),
    tier: row.tier as Escalation['tier'],
    reason: row.reason,
    raisedAt: row.raised_at,
    status: row.status as Escalation['status'],
    course: JSON.parse(row.course) as Course,
    pages: pages.map(toPage),
    acknowledged: row.acknowledged === null ? null : (JSON.parse(row.acknowledged) as Escalation['acknowledged']),
    resolved: row.resolved === null ? null : (JSON.parse(row.resolved) as Escalation['resolved']),
    isDrill: row.is_drill === 1,
    nextAt: row.next_at,
    version: row.version,
  };
}

/** The row of a page at its place among the pages of its escalation. */
export function toPageRow(page: Page, escalationId: string, seq: number): PageRow {
  return {
    id: page.id,
    escalation_id: escalationId,
    seq,
    person_id: page.personId,
    method: page.method,
    address: page.to,
    step: page.step,
    round: page.round,
    is_first: page.isFirst ? 1 : 0,
    status: page.status,
    queued_at: page.queuedAt,
    due_at: page.dueAt,
    sent_at: page.sentAt,
    delivered_at: page.deliveredAt,
    attempts: page.attempts,
    failure: page.failure,
    provider_id: page.providerId,
  };
}

function toPage(row: PageRow): Page {
  return {
    id: row.id,
    personId: row.person_id,
    method: row.method as Page['method'],
    to: row.address,
    step: row.step,
    round: row.round,
    isFirst: row.is_first === 1,
    status: row.status as Page['status'],
    queuedAt: row.queued_at,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    attempts: row.attempts,
    failure: row.failure,
    providerId: row.provider_id,
  };
}

/** A line of history from its row. */
export function toEvent(row: { escalation_id: string; kind: string; actor: string; at: number; detail: string }): EscalationEvent {
  return {
    escalationId: row.escalation_id,
    kind: row.kind as EscalationEvent['kind'],
    actor: row.actor,
    at: row.at,
    detail: row.detail,
  };
}

/** The pages without any that would page the same person twice by the same method in one step of one round: the first one stays. */
export function withoutDoublePages(pages: readonly Page[]): readonly Page[] {
  const seen = new Set<string>();
  return pages.filter((page) => {
    const key = `${page.round}/${page.step}/${page.personId}/${page.method}`;
    return !seen.has(key) && seen.add(key);
  });
}
