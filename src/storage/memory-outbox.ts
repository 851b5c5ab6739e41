import type { ClaimedSending, EscalationStore, NewSending } from '../model/escalation';
import { BinaryHeap } from '../tools/binary-heap';
import { FAIRNESS_MS } from './outbox';

interface Row extends NewSending {
  readonly id: string;
  /** Order of arrival. */
  readonly place: number;
  dueAt: number;
  state: 'waiting' | 'leased';
  claimableAt: number;
  /** Counts its entries in the heaps: only the newest one is true. */
  stamp: number;
  epoch: number;
  attempts: number;
}

/** A row as it was when it began to wait. */
interface Entry {
  readonly row: Row;
  readonly stamp: number;
  readonly at: number;
  readonly dueAt: number;
}

type ClinicQueues = Map<string, BinaryHeap<Entry>>;

const isOlder = (a: Entry, b: Entry): boolean => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.row.place < b.row.place);
const isSooner = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.row.place < b.row.place);

/** The outbox in memory: the same turns, leases and fences as the database's. What is done is forgotten but for its dedupe key. */
export class MemoryOutbox {
  private readonly rows = new Map<string, Row>();
  private readonly keys = new Set<string>();
  /** When rows become claimable. */
  private readonly moments = new BinaryHeap<Entry>(isSooner);
  /** What can be claimed now, by priority. */
  private readonly ready: readonly ClinicQueues[] = [new Map(), new Map(), new Map()];
  private lately: { readonly at: number; readonly key: string }[] = [];
  private readonly turns = new Map<string, number>();
  private count = 0;

  add(sending: NewSending): void {
    if (this.keys.has(sending.dedupeKey)) return;
    this.keys.add(sending.dedupeKey);
    const place = (this.count += 1);
    const start = { state: 'waiting', claimableAt: 0, stamp: 0, epoch: 0, attempts: 0 } as const;
    const row: Row = { ...sending, ...start, id: `out_${place}`, place };
    this.rows.set(row.id, row);
    this.wait(row, sending.dueAt);
  }

  /** Forgets that these were ever added. */
  forget(dedupeKeys: Iterable<string>): void {
    for (const key of dedupeKeys) this.keys.delete(key);
  }

  claim(now: number, options: Parameters<EscalationStore['claimSendings']>[1]): ClaimedSending[] {
    this.gather(now);
    this.dropOldTurns(now);
    const full = new Set(options.fullClinics);
    const claimed: ClaimedSending[] = [];
    for (const queues of this.ready)
      while (claimed.length < options.limit) {
        const row = this.nextInTurn(queues, full);
        if (!row) break;
        this.noteTurn(row, now);
        row.state = 'leased';
        row.epoch += 1;
        this.wait(row, now + options.leaseMs);
        claimed.push(toClaimed(row));
      }
    return claimed;
  }

  beginAttempt(sending: ClaimedSending, until: number): boolean {
    const row = this.held(sending);
    if (!row) return false;
    row.attempts += 1;
    this.wait(row, until);
    return true;
  }

  /** Whether the sending is still held by its claim. */
  isHeld(sending: ClaimedSending): boolean {
    return this.held(sending) !== undefined;
  }

  settle(sending: ClaimedSending, outcome: Parameters<EscalationStore['settle']>[1]): void {
    const row = this.held(sending);
    if (!row) return;
    if (outcome.state !== 'again') {
      this.rows.delete(row.id);
      return;
    }
    row.state = 'waiting';
    row.dueAt = outcome.at;
    this.wait(row, outcome.at);
  }

  nextDueAt(): number | null {
    const heads = [this.moments, ...this.ready.flatMap((queues) => [...queues.values()])].flatMap((heap) => this.head(heap)?.at ?? []);
    return heads.length > 0 ? Math.min(...heads) : null;
  }

  private held({ id, epoch }: ClaimedSending): Row | undefined {
    const row = this.rows.get(id);
    return row?.state === 'leased' && row.epoch === epoch ? row : undefined;
  }

  private wait(row: Row, at: number): void {
    row.claimableAt = at;
    row.stamp += 1;
    this.moments.push({ row, stamp: row.stamp, at, dueAt: row.dueAt });
  }

  /** The first entry that its row has not moved on from. */
  private head(heap: BinaryHeap<Entry>): Entry | undefined {
    for (let entry = heap.peek(); entry; entry = heap.peek()) {
      if (entry.stamp === entry.row.stamp && this.rows.has(entry.row.id)) return entry;
      heap.pop();
    }
    return undefined;
  }

  /** Moves what has become claimable into the queues of its clinic. */
  private gather(now: number): void {
    for (let entry = this.head(this.moments); entry && entry.at <= now; entry = this.head(this.moments)) {
      this.moments.pop();
      const queues = this.ready[entry.row.priority] as ClinicQueues;
      const queue = queues.get(entry.row.clinicId) ?? new BinaryHeap<Entry>(isOlder);
      queues.set(entry.row.clinicId, queue);
      queue.push(entry);
    }
  }

  private nextInTurn(queues: ClinicQueues, full: ReadonlySet<string>): Row | undefined {
    let best: { readonly entry: Entry; readonly turns: number } | undefined;
    for (const [clinicId, queue] of queues) {
      const entry = this.head(queue);
      if (!entry) queues.delete(clinicId);
      if (!entry || full.has(clinicId)) continue;
      const turns = this.turns.get(turnKey(entry.row)) ?? 0;
      if (!best || turns < best.turns || (turns === best.turns && isOlder(entry, best.entry))) best = { entry, turns };
    }
    if (best) queues.get(best.entry.row.clinicId)?.pop();
    return best?.entry.row;
  }

  private noteTurn(row: Row, now: number): void {
    const key = turnKey(row);
    this.lately.push({ at: now, key });
    this.turns.set(key, (this.turns.get(key) ?? 0) + 1);
  }

  private dropOldTurns(now: number): void {
    const isOld = (turn: { readonly at: number }): boolean => turn.at <= now - FAIRNESS_MS;
    if (!this.lately[0] || !isOld(this.lately[0])) return;
    for (const { key } of this.lately.filter(isOld)) {
      const left = (this.turns.get(key) ?? 1) - 1;
      if (left > 0) this.turns.set(key, left);
      else this.turns.delete(key);
    }
    this.lately = this.lately.filter((turn) => !isOld(turn));
  }
}

function turnKey({ priority, clinicId }: NewSending): string {
  return `${priority}/${clinicId}`;
}

function toClaimed({ id, dedupeKey, clinicId, priority, dueAt, sending, epoch, attempts }: Row): ClaimedSending {
  return { id, dedupeKey, clinicId, priority, dueAt, sending, epoch, attempts };
}
