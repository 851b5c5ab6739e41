import type { Clinic, PageMethod } from '../model/clinic';
import type { EscalationChange, EscalationEvent, NewSending, NoticeKind, PatientNotice, Tier } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import type { Raise } from './life';
import { raise, settlePage } from './life';
import { nextStep } from './next-step';

/** One thing that would happen, at a moment in epoch milliseconds. */
export type DryRunLine = { readonly at: number } & (
  | {
      readonly kind: 'page';
      readonly personId: string;
      readonly method: PageMethod;
      readonly to: string;
      readonly step: number;
      readonly round: number;
      readonly isFirst: boolean;
    }
  | { readonly kind: 'notice'; readonly personId: string; readonly method: PageMethod; readonly to: string; readonly notice: NoticeKind }
  | { readonly kind: 'patient'; readonly notice: PatientNotice }
  | { readonly kind: 'note'; readonly event: EscalationEvent['kind']; readonly actor: string; readonly detail: string }
);

/** What a dry run is about. */
export interface DryRunCase {
  readonly tier: Tier;
  /** When the message comes in, in epoch milliseconds. */
  readonly at: number;
  /** How long to follow it. */
  readonly forMs: number;
  /** A question to the clinic that is due within working hours. */
  readonly isMarked?: boolean;
  /** The flag that a safety question without a reply suspected; then nobody has told of it. */
  readonly unansweredFlag?: string;
}

/** Events that say no more than the page or the text beside them. */
const SAID_BY_OTHERS: ReadonlySet<EscalationEvent['kind']> = new Set(['page_queued', 'page_sent', 'page_delivered', 'patient_told']);

/**
 * Everything that would happen to an escalation if nobody ever answered and every message was delivered at once. Pure: it runs the same
 * steps as the live loop, so that a live night under the same clock does the same to the second.
 */
export function dryRun(clinic: Clinic, { tier, at, forMs, isMarked = false, unansweredFlag }: DryRunCase): DryRunLine[] {
  const facts: Raise = {
    id: 'dry',
    clinicId: clinic.id,
    conversationId: 'dry',
    channel: 'web',
    flags: unansweredFlag === undefined ? [] : [unansweredFlag],
    tier,
    reason: unansweredFlag === undefined ? 'dry_run' : NO_REPLY,
    isDrill: false,
    isMarked,
  };
  const run = new Run(clinic, at);
  run.take(raise(facts, clinic, at));
  run.follow(at + forMs);
  return run.lines;
}

class Run {
  readonly lines: DryRunLine[] = [];
  private readonly keys = new Set<string>();
  private last: EscalationChange | null = null;

  constructor(
    private readonly clinic: Clinic,
    private now: number,
  ) {}

  follow(until: number): void {
    for (;;) {
      const escalation = this.last?.after;
      const { nextAt = null } = escalation ?? {};
      if (!escalation || nextAt === null || nextAt > until) return;
      this.now = Math.max(this.now, nextAt);
      this.take(nextStep(escalation, this.clinic, this.now));
      const again = this.last?.after.nextAt ?? Infinity;
      if (again <= this.now) throw new Error(`Following an escalation failed: expected a later look than ${this.now}, got ${again}.`);
    }
  }

  /** Notes a change and sends what leaves with it: first pages first, as the outbox does. */
  take(change: EscalationChange): void {
    this.last = change;
    const { now: at } = this;
    for (const { kind, actor, detail } of change.events)
      if (!SAID_BY_OTHERS.has(kind)) this.lines.push({ at, kind: 'note', event: kind, actor, detail });
    for (const notice of change.tell) this.lines.push({ at, kind: 'patient', notice });
    for (const sending of [...change.send].sort((a, b) => a.priority - b.priority)) this.send(sending);
  }

  private send({ dedupeKey, sending }: NewSending): void {
    if (this.keys.has(dedupeKey) || !this.last) return;
    this.keys.add(dedupeKey);
    const { now: at } = this;
    if (sending.kind === 'notice') {
      const { personId, method, to, notice } = sending;
      this.lines.push({ at, kind: 'notice', personId, method, to, notice });
    }
    if (sending.kind !== 'page') return;
    const page = this.last.after.pages.find(({ id }) => id === sending.pageId);
    if (!page) throw new Error(`Following an escalation failed: expected the page ${sending.pageId} that its outbox names.`);
    const { personId, method, to, step, round, isFirst } = page;
    this.lines.push({ at, kind: 'page', personId, method, to, step, round, isFirst });
    const sent = { kind: 'sent', providerId: null, delivered: true } as const;
    this.take(settlePage(this.last.after, page.id, sent, this.clinic, { now: at, isFinal: false }));
  }
}
