import type {
  AddedMessage,
  ClaimedSending,
  Escalation,
  EscalationChange,
  EscalationEvent,
  EscalationStore,
  NewSending,
  Page,
} from '../../src/model/escalation';

interface Row {
  escalation: Escalation;
  leasedUntil: number;
}

interface Queued extends NewSending {
  readonly id: string;
  state: 'waiting' | 'ended';
  dueAt: number;
  attempts: number;
  epoch: number;
}

/** An escalation store that keeps everything in memory, for nights under a virtual clock. One process only. */
export class MemoryStore implements EscalationStore {
  readonly messages: AddedMessage[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly history: EscalationEvent[] = [];
  private readonly outbox = new Map<string, Queued>();
  private readonly refs = new Map<string, number>();

  async find(id: string): Promise<Escalation | null> {
    return this.rows.get(id)?.escalation ?? null;
  }

  async findByRef(clinicId: string, ref: number): Promise<Escalation | null> {
    return this.all().find((entry) => entry.clinicId === clinicId && entry.ref === ref) ?? null;
  }

  async findByPage(pageId: string): Promise<Escalation | null> {
    return this.all().find(({ pages }) => pages.some(({ id }) => id === pageId)) ?? null;
  }

  async findByProviderId(providerId: string): Promise<{ escalation: Escalation; page: Page } | null> {
    for (const escalation of this.all()) {
      const page = escalation.pages.find((entry) => entry.providerId === providerId);
      if (page) return { escalation, page };
    }
    return null;
  }

  async listUnresolved(clinicId: string | null, limit: number): Promise<Escalation[]> {
    return (await this.listEscalations(clinicId, Infinity))
      .filter(({ resolved }) => !resolved)
      .toReversed()
      .slice(0, limit);
  }

  async listEscalations(clinicId: string | null, limit: number): Promise<Escalation[]> {
    const own = this.all().filter((entry) => clinicId === null || entry.clinicId === clinicId);
    return own.sort((a, b) => b.raisedAt - a.raisedAt).slice(0, limit);
  }

  async events(id: string): Promise<EscalationEvent[]> {
    return this.history.filter(({ escalationId }) => escalationId === id);
  }

  async claimDue(now: number, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<Escalation[]> {
    const due = [...this.rows.values()].filter(
      ({ escalation: { nextAt }, leasedUntil }) => nextAt !== null && nextAt <= now && leasedUntil <= now,
    );
    const claimed = due.sort((a, b) => a.escalation.nextAt! - b.escalation.nextAt!).slice(0, limit);
    for (const row of claimed) row.leasedUntil = now + leaseMs;
    return claimed.map(({ escalation }) => escalation);
  }

  async save(change: EscalationChange, messages: readonly AddedMessage[]): Promise<boolean> {
    return this.store(change, messages);
  }

  async claimSendings(
    now: number,
    { limit, leaseMs, fullClinics }: { limit: number; leaseMs: number; fullClinics: readonly string[] },
  ): Promise<ClaimedSending[]> {
    const due = [...this.outbox.values()].filter(
      ({ state, dueAt, clinicId }) => state === 'waiting' && dueAt <= now && !fullClinics.includes(clinicId),
    );
    return due
      .sort((a, b) => a.priority - b.priority || a.dueAt - b.dueAt)
      .slice(0, limit)
      .map((queued) => {
        queued.epoch++;
        queued.dueAt = now + leaseMs;
        return { ...queued };
      });
  }

  async beginAttempt(sending: ClaimedSending, now: number, leaseMs: number): Promise<boolean> {
    const queued = this.held(sending);
    if (!queued) return false;
    queued.attempts++;
    queued.dueAt = now + leaseMs;
    return true;
  }

  async settle(
    sending: ClaimedSending,
    outcome: { readonly state: 'done' | 'dead' | 'again'; readonly at: number; readonly failure: string | null },
    change: EscalationChange | null,
    messages: readonly AddedMessage[],
  ): Promise<boolean> {
    const queued = this.held(sending);
    if (!queued || (change && !this.store(change, messages))) return false;
    queued.state = outcome.state === 'again' ? 'waiting' : 'ended';
    queued.dueAt = outcome.at;
    return true;
  }

  async nextDueAt(): Promise<number | null> {
    const looks = this.all().flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
    const sendings = [...this.outbox.values()].filter(({ state }) => state === 'waiting').map(({ dueAt }) => dueAt);
    const due = [...looks, ...sendings];
    return due.length > 0 ? Math.min(...due) : null;
  }

  async addSending(sending: NewSending): Promise<void> {
    this.queue(sending);
  }

  async nextRef(clinicId: string): Promise<number> {
    const ref = (this.refs.get(clinicId) ?? 0) + 1;
    this.refs.set(clinicId, ref);
    return ref;
  }

  private queue(sending: NewSending): void {
    if (this.outbox.has(sending.dedupeKey)) return;
    this.outbox.set(sending.dedupeKey, { ...sending, id: sending.dedupeKey, state: 'waiting', attempts: 0, epoch: 0 });
  }

  private all(): Escalation[] {
    return [...this.rows.values()].map(({ escalation }) => escalation);
  }

  private held({ id, epoch }: ClaimedSending): Queued | undefined {
    const queued = this.outbox.get(id);
    return queued?.state === 'waiting' && queued.epoch === epoch ? queued : undefined;
  }

  private store({ after, events, send }: EscalationChange, messages: readonly AddedMessage[]): boolean {
    if ((this.rows.get(after.id)?.escalation.version ?? 0) !== after.version) return false;
    this.rows.set(after.id, { escalation: { ...after, version: after.version + 1 }, leasedUntil: 0 });
    this.history.push(...events);
    send.forEach((sending) => this.queue(sending));
    for (const message of messages) if (!this.messages.some(({ id }) => id === message.id)) this.messages.push(message);
    return true;
  }
}
