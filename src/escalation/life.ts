import type { Clinic } from '../model/clinic';
import type { Acted, Actor, DeliveryReport, Escalation, EscalationChange, Page, ReasonCode, SendResult } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import { Draft, nameOf } from './change';
import { placesOf } from './places';
import { look } from './next-step';
import { pageAll, reopen } from './reopen';
import { digestTimeOf, dueTimeOf } from './queue';

/** What a new escalation is made of. */
export type Raise = Pick<Escalation, 'id' | 'clinicId' | 'conversationId' | 'channel' | 'flags' | 'tier' | 'reason' | 'isDrill'> & {
  /** A question to the clinic that is due within working hours, not at the end of the next working day. */
  readonly isMarked: boolean;
};

/** A transition: what it changes, or why it does not go. */
export type Transition = { readonly change: EscalationChange } | Exclude<Acted, { kind: 'done' } | { kind: 'not_found' }>;

/** An escalation as it begins, before anybody is paged. */
export function newEscalation({ isMarked, ...facts }: Raise, clinic: Clinic, now: number): Escalation {
  const isQueued = facts.tier === 'ask_clinic';
  return {
    ...facts,
    ...{ ref: 0, raisedAt: now, status: 'open', pages: [], acknowledged: null, resolved: null, nextAt: now, version: 0 },
    course: {
      ...{ startedAt: now, step: 1, round: 1, stepAt: isQueued ? null : now, visitedAt: null, hurried: 0, passedOnBy: [] },
      ...{ toldNobodyAt: null, reachedAskedAt: null, reached: null, outcomeAskedAt: null, overdueSaidAt: null, snoozedUntil: null },
      dueAt: isQueued ? dueTimeOf(clinic, now, isMarked) : null,
      digestAt: isQueued ? digestTimeOf(clinic, now) : null,
    },
  };
}

/** Raises an escalation and takes its first step, so that its first page stands in the outbox with it. The store gives the reference. */
export function raise(raised: Raise, clinic: Clinic, now: number): EscalationChange {
  const draft = new Draft(newEscalation(raised, clinic, now), clinic, now);
  draft.note('raised', 'bot', [raised.tier, ...raised.flags, ...(raised.reason === NO_REPLY ? [NO_REPLY] : [])].join(' '));
  look(draft);
  return draft.done();
}

/** The patient told it again. Someone who has had it for long enough to call is paged anew; before that they are told. */
export function repeat(escalation: Escalation, flags: readonly string[], clinic: Clinic, now: number): EscalationChange {
  const draft = new Draft(escalation, clinic, now);
  draft.note('repeated', 'patient', flags.join(' '));
  const { acknowledged } = escalation;
  if (acknowledged && escalation.tier !== 'ask_clinic') {
    if (now - acknowledged.at >= clinic.clocks.callBack) reopen(draft, 'told again', 'patient');
    else draft.notify(acknowledged.by, 'wrote_again', { key: `${escalation.id}-${Math.floor(now / WROTE_AGAIN_MS)}` });
  }
  look(draft);
  return draft.done();
}

/** An enrolled patient writes in another conversation than before; null when it is the same one. */
export function writesIn(
  escalation: Escalation,
  { conversationId, channel }: Pick<Escalation, 'conversationId' | 'channel'>,
  clinic: Clinic,
  now: number,
): EscalationChange | null {
  const places = placesOf(escalation);
  if (places.at(-1) === conversationId || escalation.resolved) return null;
  const draft = new Draft(escalation, clinic, now);
  draft.setCourse({ wroteIn: [...places.filter((place) => place !== conversationId), conversationId] });
  draft.note('wrote_elsewhere', 'patient', channel);
  look(draft);
  return draft.done();
}

/** Someone who writes on and on is one notice in this time. */
const WROTE_AGAIN_MS = 5 * 60_000;

/** The answer to "did you reach someone?". */
export function answerReached(escalation: Escalation, reached: 'yes' | 'no', clinic: Clinic, now: number): EscalationChange {
  const draft = new Draft(escalation, clinic, now);
  draft.note('reached', 'patient', reached);
  draft.setCourse({ reached });
  if (reached === 'no') reopen(draft, 'patient reached nobody', 'patient');
  look(draft);
  return draft.done();
}

/** First come, first served: the second one hears who was first. Repeating one's own acknowledgement changes nothing. */
export function acknowledge(escalation: Escalation, actor: Actor, clinic: Clinic, now: number): Transition {
  const { acknowledged, resolved } = escalation;
  if (resolved) return { kind: 'resolved_already', escalation };
  if (acknowledged && acknowledged.by !== actor.by) return { kind: 'taken_already', escalation, ...acknowledged };
  const draft = new Draft(escalation, clinic, now);
  if (acknowledged) return { change: draft.done() };
  const others = new Set(
    escalation.pages.filter((page) => page.sentAt !== null && page.queuedAt >= escalation.course.startedAt).map((page) => page.personId),
  );
  draft.set({ status: 'acknowledged', acknowledged: { by: actor.by, at: now, via: actor.via } });
  draft.setCourse({ stepAt: null });
  draft.note('acknowledged', actor.by, actor.via);
  const own = escalation.pages.findLast(
    (page) => page.personId === actor.by && (page.method === actor.via || actor.via === 'link' || actor.via === 'console'),
  );
  if (own) draft.setPage(own.id, { status: 'acknowledged' });
  withdrawPages(draft);
  others.delete(actor.by);
  for (const personId of others)
    draft.notify(personId, 'taken_by_other', {
      key: `${escalation.id}-${escalation.course.round}`,
      details: { who: nameOf(clinic, actor.by) },
    });
  if (escalation.tier !== 'ask_clinic')
    draft.tellPatient(`seen-${escalation.course.round}`, escalation.tier === 'emergency' ? 'seenByTeamEmergency' : 'seenByTeam', {
      at: now,
      until: now + clinic.clocks.callBack,
    });
  if (escalation.isDrill) draft.set({ status: 'resolved', resolved: { by: actor.by, at: now, reason: 'handled' } });
  look(draft);
  return { change: draft.done() };
}

/** A drill of a clinic's paging: pages "test", and is over with its acknowledgement. */
export function raiseDrill(id: string, clinic: Clinic, now: number): EscalationChange {
  const facts = { id, clinicId: clinic.id, conversationId: `drill-${clinic.id}`, channel: 'cli', flags: [], tier: 'urgent' } as const;
  return raise({ ...facts, reason: 'drill', isDrill: true, isMarked: false }, clinic, now);
}

/** How long a drill took, in milliseconds: to the first page with a provider, and to the acknowledgement; null while it has not happened. */
export function drillTimes({ raisedAt, pages, acknowledged }: Escalation): {
  readonly firstPageMs: number | null;
  readonly ackMs: number | null;
} {
  const sent = pages.flatMap(({ sentAt }) => sentAt ?? []);
  return { firstPageMs: sent.length > 0 ? Math.min(...sent) - raisedAt : null, ackMs: acknowledged ? acknowledged.at - raisedAt : null };
}

/** Pages that have not left are not sent any more. */
function withdrawPages(draft: Draft): void {
  for (const page of draft.after.pages)
    if (page.status === 'queued' || page.status === 'failed_temporarily')
      draft.setPage(page.id, { status: 'failed_permanently', failure: 'withdrawn' });
}

/** "Not me": the next step is paged at once, without the one who passes it on. */
export function passOn(escalation: Escalation, actor: Actor, clinic: Clinic, now: number): Transition {
  if (escalation.resolved) return { kind: 'resolved_already', escalation };
  if (escalation.tier === 'ask_clinic') return { kind: 'refused', why: 'It waits in the queue for the clinic; there is nobody to page.' };
  if (escalation.acknowledged && escalation.acknowledged.by !== actor.by)
    return { kind: 'taken_already', escalation, ...escalation.acknowledged };
  const draft = new Draft(escalation, clinic, now);
  draft.note('passed_on', actor.by, actor.via);
  if (escalation.acknowledged) {
    draft.set({ status: 'notified', acknowledged: null });
    draft.setCourse({ reachedAskedAt: null, reached: null, outcomeAskedAt: null, snoozedUntil: null });
  }
  draft.setCourse({ stepAt: now, passedOnBy: [...escalation.course.passedOnBy, actor.by] });
  look(draft);
  return { change: draft.done() };
}

/** Ends it, with a reason. Only a human does that. */
export function resolve(escalation: Escalation, actor: Actor, reason: ReasonCode, clinic: Clinic, now: number): Transition {
  if (escalation.resolved) return { kind: 'resolved_already', escalation };
  const draft = new Draft(escalation, clinic, now);
  if (!escalation.acknowledged) draft.set({ acknowledged: { by: actor.by, at: now, via: actor.via } });
  draft.set({ status: 'resolved', resolved: { by: actor.by, at: now, reason } });
  draft.note('resolved', actor.by, reason);
  withdrawPages(draft);
  if (escalation.tier !== 'ask_clinic') draft.tellPatient('closed', 'flagClosed');
  look(draft);
  return { change: draft.done() };
}

/** Gives it to another person, who is paged at once; without their acknowledgement the ladder goes on. */
export function reassign(escalation: Escalation, actor: Actor, personId: string, clinic: Clinic, now: number): Transition {
  if (escalation.resolved) return { kind: 'resolved_already', escalation };
  const person = clinic.staff.find((entry) => entry.id === personId);
  if (!person) return { kind: 'refused', why: `Reassigning failed: expected a member of staff, got "${personId}".` };
  if (person.contacts.length === 0) return { kind: 'refused', why: `Reassigning failed: ${person.name} has no way to be reached.` };
  const draft = new Draft(escalation, clinic, now);
  draft.note('reassigned', actor.by, personId);
  const { course, tier } = escalation;
  const every = tier === 'emergency' ? clinic.clocks.emergencyNextStep : clinic.clocks.urgentNextStep;
  draft.set({ status: escalation.status === 'open' ? 'open' : 'notified', acknowledged: null });
  draft.setCourse({
    round: course.round + 1,
    step: 1,
    visitedAt: now,
    stepAt: tier === 'ask_clinic' ? null : now + every,
    reachedAskedAt: null,
    reached: null,
    outcomeAskedAt: null,
  });
  pageAll(draft, [person], { step: 0, round: course.round + 1 });
  look(draft);
  return { change: draft.done() };
}

/** Puts off the question for the outcome; the moment at which it is paged anew stays. */
export function snooze(escalation: Escalation, actor: Actor, until: number, clinic: Clinic, now: number): Transition {
  if (escalation.resolved) return { kind: 'resolved_already', escalation };
  const { acknowledged } = escalation;
  if (!acknowledged) return { kind: 'refused', why: 'Putting it off failed: acknowledge it first.' };
  const latest = acknowledged.at + clinic.clocks.outcomeAgain;
  if (until <= now || until > latest)
    return {
      kind: 'refused',
      why: `Putting it off failed: expected at most ${Math.max(0, Math.floor((latest - now) / 60_000))} minutes, the time until it is paged again.`,
    };
  const draft = new Draft(escalation, clinic, now);
  draft.note('snoozed', actor.by, String(until));
  draft.setCourse({ snoozedUntil: until, outcomeAskedAt: null });
  look(draft);
  return { change: draft.done() };
}

/** A line in the history that changes nothing else, such as a note or an answer of staff. */
export function remark(
  escalation: Escalation,
  kind: 'note' | 'answered' | 'taken_already' | 'cannot_text',
  actor: string,
  detail: string,
  at: { clinic: Clinic; now: number },
): EscalationChange {
  const draft = new Draft(escalation, at.clinic, at.now);
  draft.note(kind, actor, detail);
  return draft.done();
}

/** What came of handing a page to its provider. `isFinal`: a failure for the moment that is not tried again. */
export function settlePage(
  escalation: Escalation,
  pageId: string,
  result: SendResult,
  clinic: Clinic,
  at: { readonly now: number; readonly isFinal: boolean },
): EscalationChange {
  const draft = new Draft(escalation, clinic, at.now);
  const page = escalation.pages.find((entry) => entry.id === pageId);
  if (!page) return draft.done();
  if (result.kind === 'failed') {
    const isFinal = result.permanent || at.isFinal;
    const wasWithdrawn = page.failure === 'withdrawn' || page.status === 'acknowledged';
    if (!wasWithdrawn)
      draft.setPage(pageId, {
        status: isFinal ? 'failed_permanently' : 'failed_temporarily',
        failure: result.code,
        attempts: page.attempts + 1,
      });
    draft.note('page_failed', 'bot', `${page.personId} ${page.method} ${result.code}${isFinal ? '' : ' tried again'}`);
  } else {
    const isHigher = rank(result.delivered ? 'delivered' : 'sent') > rank(page.status) && page.status !== 'acknowledged';
    draft.setPage(pageId, {
      ...(isHigher || page.failure === 'withdrawn' ? { status: result.delivered ? 'delivered' : 'sent' } : {}),
      ...{
        failure: null,
        attempts: page.attempts + 1,
        sentAt: page.sentAt ?? at.now,
        deliveredAt: result.delivered ? at.now : page.deliveredAt,
      },
      providerId: result.providerId,
    });
    draft.note('page_sent', 'bot', `${page.personId} ${page.method}`);
    if (draft.after.status === 'open') draft.set({ status: 'notified' });
  }
  look(draft);
  return draft.done();
}

/** A provider's report; what comes late, twice or out of order never takes a page back. Null when it says nothing new. */
export function report(escalation: Escalation, pageId: string, told: DeliveryReport, clinic: Clinic, now: number): EscalationChange | null {
  const page = escalation.pages.find((entry) => entry.id === pageId);
  if (!page || page.status === 'acknowledged') return null;
  const status: Page['status'] = told.status === 'failed' ? 'failed_permanently' : told.status;
  if (rank(status) <= rank(page.status)) return null;
  const draft = new Draft(escalation, clinic, now);
  draft.setPage(pageId, {
    status,
    ...(status === 'delivered' ? { deliveredAt: told.at } : {}),
    ...(status === 'failed_permanently' ? { failure: told.code } : {}),
  });
  draft.note(
    status === 'delivered' ? 'page_delivered' : 'page_failed',
    'bot',
    `${page.personId} ${page.method}${told.code ? ` ${told.code}` : ''}`,
  );
  look(draft);
  return draft.done();
}

/** Delivered is above a failure that is reported afterwards, and below nothing but the person's own act. */
function rank(status: Page['status']): number {
  return ['queued', 'failed_temporarily', 'sent', 'failed_permanently', 'delivered', 'acknowledged'].indexOf(status);
}
