import type { Clinic, PageMethod } from '../model/clinic';
import type { ClaimedSending, Escalation, EscalationChange, Notifier, SendResult, StaffMessage, WaitForReply } from '../model/escalation';
import type { ApplyDeps } from './apply';
import { messagesOf } from './apply';
import { settlePage } from './life';
import type { WatchFigures } from './watch-figures';

/** What sending needs. */
export interface SendDeps extends ApplyDeps {
  readonly notifiers: ReadonlyMap<PageMethod, Notifier>;
  readonly figures: WatchFigures;
  /** The one-use link of a page, or the console's for an escalation; null without a public address. */
  readonly linkOf: (to: { readonly pageId: string } | { readonly escalationId: string | null }) => string | null;
  /** Pushes a stored message to the patient through its channel. */
  readonly pushPatient: (conversationId: string, seq: number, deadlineMs: number) => Promise<SendResult>;
  /** The wait for a reply to a safety question is over: stores what follows, once, however often it is called. */
  readonly endWait: (clinicId: string, wait: WaitForReply, now: number) => Promise<unknown>;
}

const PUSH_DEADLINE_MS = 10_000;
const MAX_TRIES = 12;

/**
 * What to do for claimed sendings: one task each, but pages after the first to the same address leave as one message that names all
 * references.
 */
export function sendAll(
  deps: SendDeps,
  claimed: readonly ClaimedSending[],
): { readonly clinicId: string; readonly run: () => Promise<void> }[] {
  const bundles = new Map<string, ClaimedSending[]>();
  for (const item of claimed) {
    const key = item.sending.kind === 'page' && item.priority > 0 ? bundleKey(item.sending.pageId, item.clinicId) : item.id;
    bundles.set(key, [...(bundles.get(key) ?? []), item]);
  }
  return [...bundles.values()].map((items) => ({ clinicId: items[0]!.clinicId, run: () => sendBundle(deps, items) }));
}

/** Person and method end a page's id. */
function bundleKey(pageId: string, clinicId: string): string {
  return `${clinicId}|${pageId.split('.').slice(-2).join('.')}`;
}

async function sendBundle(deps: SendDeps, items: readonly ClaimedSending[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  switch (first.sending.kind) {
    case 'page':
      return sendPages(deps, items);
    case 'notice':
      return sendNotice(deps, first, first.sending);
    case 'patient':
      return sendToPatient(deps, first, first.sending);
    case 'wait_for_reply':
      return endWait(deps, first, first.sending);
  }
}

interface Waiting {
  readonly item: ClaimedSending;
  readonly escalation: Escalation;
  readonly pageId: string;
}

async function sendPages(deps: SendDeps, items: readonly ClaimedSending[]): Promise<void> {
  const waiting: Waiting[] = [];
  for (const item of items) {
    if (item.sending.kind !== 'page') continue;
    const { escalationId, pageId } = item.sending;
    const leaseMs = deadlineOf(deps, item) + 5000;
    if (!(await deps.store.beginAttempt(item, deps.clock(), leaseMs))) continue;
    // Looked up after the lease was renewed: somebody may have acknowledged meanwhile.
    const escalation = await deps.store.find(escalationId);
    if (escalation && isWanted(escalation, pageId)) waiting.push({ item, escalation, pageId });
    else await deps.store.settle(item, { state: 'done', at: deps.clock(), failure: 'withdrawn' }, null, []);
  }
  const [first] = waiting.sort((a, b) => a.escalation.ref - b.escalation.ref);
  if (!first) return;
  const clinic = deps.clinics.get(first.item.clinicId);
  const page = first.escalation.pages.find((entry) => entry.id === first.pageId)!;
  const others = waiting.slice(1).map(({ escalation }) => escalation.ref);
  const message: StaffMessage = {
    ...staffFacts(clinic, page.personId, page.to),
    id: `${page.id}.${page.attempts}`,
    what: { kind: 'page', pageId: page.id, tier: first.escalation.tier, isDrill: first.escalation.isDrill },
    ref: first.escalation.ref,
    link: deps.linkOf({ pageId: page.id }),
    details: others.length > 0 ? { others: others.join(', ') } : {},
  };
  // A first page must not wait for a provider that hangs: it goes out through another one while there is time.
  const deadlineMs = page.isFirst ? clinic.clocks.sendDeadline / 2 : clinic.clocks.sendDeadline;
  const result = await hand(deps, page.method, message, deadlineMs);
  for (const { item, escalation, pageId } of waiting) {
    if (result.kind === 'sent' && page.isFirst)
      deps.figures.firstPage(clinic.id, deps.clock() - escalation.course.startedAt, escalation.isDrill);
    await settle(deps, item, result, pageId);
  }
}

/** A page is sent while nobody has it; one that is under way in another process was settled already. */
function isWanted({ resolved, acknowledged, pages }: Escalation, pageId: string): boolean {
  const page = pages.find((entry) => entry.id === pageId);
  return !resolved && !acknowledged && (page?.status === 'queued' || page?.status === 'failed_temporarily');
}

/** Stores what came of a page; anew when the escalation changed meanwhile. */
async function settle(deps: SendDeps, item: ClaimedSending, result: SendResult, pageId: string): Promise<void> {
  if (item.sending.kind !== 'page') return;
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const now = deps.clock();
    const escalation = await deps.store.find(item.sending.escalationId);
    if (!escalation) return;
    const clinic = deps.clinics.get(escalation.clinicId);
    const outcome = outcomeOf(item, result, clinic, now);
    const change: EscalationChange = settlePage(escalation, pageId, result, clinic, { now, isFinal: outcome.state === 'dead' });
    if (await deps.store.settle(item, outcome, change, messagesOf(change, clinic, now, deps.wordNotice))) return;
  }
}

async function sendNotice(
  deps: SendDeps,
  item: ClaimedSending,
  sending: Extract<ClaimedSending['sending'], { kind: 'notice' }>,
): Promise<void> {
  const clinic = deps.clinics.get(item.clinicId);
  if (!(await deps.store.beginAttempt(item, deps.clock(), clinic.clocks.sendDeadline + 5000))) return;
  const escalation = sending.escalationId === null ? null : await deps.store.find(sending.escalationId);
  const result = await hand(
    deps,
    sending.method,
    {
      ...staffFacts(clinic, sending.personId, sending.to),
      id: `${item.dedupeKey}.${item.attempts}`,
      what: { kind: 'notice', notice: sending.notice },
      ref: escalation?.ref ?? null,
      link:
        sending.details['link'] ??
        deps.linkOf({ escalationId: sending.notice === 'digest' || sending.notice === 'overdue' ? null : sending.escalationId }),
      details: {
        ...sending.details,
        ...(sending.notice === 'digest' || sending.notice === 'overdue' ? await queueFigures(deps, clinic) : {}),
      },
    },
    clinic.clocks.sendDeadline,
  );
  const now = deps.clock();
  await deps.store.settle(item, outcomeOf(item, result, clinic, now), null, []);
}

/** How many questions wait for a clinic, counted when the digest leaves. */
async function queueFigures({ store, clock }: SendDeps, clinic: Clinic): Promise<Record<string, string>> {
  const waiting = (await store.listUnresolved(clinic.id, 1000)).filter((entry) => entry.tier === 'ask_clinic');
  const overdue = waiting.filter((entry) => entry.course.dueAt !== null && entry.course.dueAt <= clock());
  return { count: String(waiting.length), overdue: String(overdue.length) };
}

async function sendToPatient(
  deps: SendDeps,
  item: ClaimedSending,
  sending: Extract<ClaimedSending['sending'], { kind: 'patient' }>,
): Promise<void> {
  const clinic = deps.clinics.get(item.clinicId);
  if (!(await deps.store.beginAttempt(item, deps.clock(), PUSH_DEADLINE_MS + 5000))) return;
  const result = await deps.pushPatient(sending.conversationId, sending.seq, PUSH_DEADLINE_MS);
  deps.figures.sent('patient', result);
  await deps.store.settle(item, outcomeOf(item, result, clinic, deps.clock()), null, []);
}

/** A fault of storage leaves the sending to its lease: it is tried until it is done. */
async function endWait(deps: SendDeps, item: ClaimedSending, wait: WaitForReply): Promise<void> {
  if (!(await deps.store.beginAttempt(item, deps.clock(), PUSH_DEADLINE_MS + 5000))) return;
  await deps.endWait(item.clinicId, wait, deps.clock());
  await deps.store.settle(item, { state: 'done', at: deps.clock(), failure: null }, null, []);
}

async function hand(deps: SendDeps, method: PageMethod, message: StaffMessage, deadlineMs: number): Promise<SendResult> {
  const notifier = deps.notifiers.get(method);
  const result: SendResult = notifier ? await notifier.send(message, deadlineMs) : { kind: 'failed', permanent: true, code: 'no_provider' };
  deps.figures.sent(method, result);
  return result;
}

/** Tried again while the clinic's retries last, so far apart; then given up. */
function outcomeOf(
  item: ClaimedSending,
  result: SendResult,
  { clocks }: Clinic,
  now: number,
): { state: 'done' | 'dead' | 'again'; at: number; failure: string | null } {
  if (result.kind === 'sent') return { state: 'done', at: now, failure: null };
  const again = !result.permanent && item.attempts < clocks.retries;
  return { state: again ? 'again' : 'dead', at: again ? now + clocks.retryEvery : now, failure: result.code };
}

function staffFacts(clinic: Clinic, personId: string, to: string): Pick<StaffMessage, 'clinic' | 'person' | 'to'> {
  const person = clinic.staff.find((entry) => entry.id === personId);
  return {
    clinic: { id: clinic.id, name: clinic.name, zone: clinic.zone, smsNumber: clinic.smsNumber ?? null },
    person: { id: personId, name: person?.name ?? personId },
    to,
  };
}

function deadlineOf({ clinics }: SendDeps, item: ClaimedSending): number {
  return clinics.get(item.clinicId).clocks.sendDeadline;
}
