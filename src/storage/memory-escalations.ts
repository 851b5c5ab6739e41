import type { AddedMessage, Escalation, EscalationChange, EscalationEvent, EscalationStore } from '../model/escalation';
import { BinaryHeap } from '../tools/binary-heap';
import { withoutDoublePages } from './escalation-rows';
import { MemoryOutbox } from './memory-outbox';

/** Escalations in memory, for simulations: the same promises as the database's but that nothing outlives the process. */
export interface MemoryEscalationStore extends EscalationStore {
  /** Forgets an escalation with its history and dedupe keys, so that a long simulation stays small. */
  forget(escalationId: string): void;
}

interface Entry {
  escalation: Escalation;
  readonly events: EscalationEvent[];
  readonly dedupeKeys: string[];
  claimableAt: number | null;
}

interface Look {
  readonly at: number;
  readonly nextAt: number;
  readonly entry: Entry;
}

const byAge = (a: Escalation, b: Escalation): number => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);

/** Makes an empty one; `onMessages` gets what is added to conversations. */
export function makeMemoryEscalationStore(
  onMessages: (messages: readonly AddedMessage[]) => void = () => undefined,
): MemoryEscalationStore {
  const shelf = new Shelf();
  const { outbox } = shelf;
  const soon = <T>(value: T): Promise<T> => Promise.resolve(value);
  return {
    find: (id) => soon(shelf.get(id)),
    findByRef: (clinicId, ref) => soon(shelf.get(shelf.byRef.get(`${clinicId}/${ref}`))),
    findByPage: (pageId) => soon(shelf.get(shelf.byPage.get(pageId))),
    findByProviderId(providerId) {
      const escalation = shelf.get(shelf.byProvider.get(providerId));
      const page = escalation?.pages.find((one) => one.providerId === providerId);
      return soon(escalation && page ? { escalation, page } : null);
    },
    listUnresolved: (clinicId, limit) => soon(shelf.list(shelf.unresolved.values(), clinicId).sort(byAge).slice(0, limit)),
    listEscalations: (clinicId, limit) =>
      soon(
        shelf
          .list(shelf.entries.values(), clinicId)
          .sort((a, b) => byAge(b, a))
          .slice(0, limit),
      ),
    events: (id) => soon([...(shelf.entries.get(id)?.events ?? [])]),
    claimDue: (now, options) => soon(shelf.claimDue(now, options)),
    save(change, messages) {
      if (!shelf.isCurrent(change)) return soon(false);
      shelf.write(change);
      onMessages(messages);
      return soon(true);
    },
    claimSendings: (now, options) => soon(outbox.claim(now, options)),
    beginAttempt: (sending, now, leaseMs) => soon(outbox.beginAttempt(sending, now + leaseMs)),
    settle(sending, outcome, change, messages) {
      if (!outbox.isHeld(sending) || (change && !shelf.isCurrent(change))) return soon(false);
      outbox.settle(sending, outcome);
      if (change) shelf.write(change);
      onMessages(messages);
      return soon(true);
    },
    nextDueAt() {
      const moments = [shelf.nextLookAt(), outbox.nextDueAt()].filter((at) => at !== null);
      return soon(moments.length > 0 ? Math.min(...moments) : null);
    },
    addSending: (sending) => soon(outbox.add(sending)),
    nextRef: (clinicId) => soon(shelf.takeRef(clinicId)),
    forget: (escalationId) => shelf.forget(escalationId),
  };
}

class Shelf {
  readonly entries = new Map<string, Entry>();
  readonly unresolved = new Map<string, Entry>();
  readonly byRef = new Map<string, string>();
  readonly byPage = new Map<string, string>();
  readonly byProvider = new Map<string, string>();
  readonly outbox = new MemoryOutbox();
  private readonly refs = new Map<string, number>();
  private readonly looks = new BinaryHeap<Look>((a, b) => a.at < b.at || (a.at === b.at && a.nextAt < b.nextAt));

  get(id: string | undefined): Escalation | null {
    return (id === undefined ? undefined : this.entries.get(id)?.escalation) ?? null;
  }

  list(entries: Iterable<Entry>, clinicId: string | null): Escalation[] {
    return [...entries].map(({ escalation }) => escalation).filter((one) => clinicId === null || one.clinicId === clinicId);
  }

  takeRef(clinicId: string): number {
    const ref = (this.refs.get(clinicId) ?? 0) + 1;
    this.refs.set(clinicId, ref);
    return ref;
  }

  isCurrent({ after }: EscalationChange): boolean {
    return (this.entries.get(after.id)?.escalation.version ?? 0) === after.version;
  }

  write({ after, events, send }: EscalationChange): void {
    const ref = after.ref > 0 ? after.ref : this.takeRef(after.clinicId);
    const escalation = { ...after, ref, version: after.version + 1, pages: withoutDoublePages(after.pages) };
    const entry = this.entries.get(after.id) ?? { escalation, events: [], dedupeKeys: [], claimableAt: null };
    entry.escalation = escalation;
    entry.events.push(...events);
    this.entries.set(after.id, entry);
    if (escalation.status === 'resolved') this.unresolved.delete(after.id);
    else this.unresolved.set(after.id, entry);
    this.byRef.set(`${after.clinicId}/${ref}`, after.id);
    for (const page of escalation.pages) {
      this.byPage.set(page.id, after.id);
      if (page.providerId !== null) this.byProvider.set(page.providerId, after.id);
    }
    for (const sending of send) {
      this.outbox.add(sending);
      entry.dedupeKeys.push(sending.dedupeKey);
    }
    this.lookAt(entry, escalation.nextAt);
  }

  claimDue(now: number, { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number }): Escalation[] {
    const waiting: Look[] = [];
    for (let look = this.firstLook(); look && look.at <= now; look = this.firstLook()) {
      this.looks.pop();
      waiting.push(look);
    }
    // The most overdue first, also where the lease of an earlier claim has just ended.
    waiting.sort((a, b) => a.nextAt - b.nextAt || (a.entry.escalation.id < b.entry.escalation.id ? -1 : 1));
    for (const look of waiting.slice(limit)) this.looks.push(look);
    const due = waiting.slice(0, limit).map(({ entry }) => entry);
    for (const entry of due) this.lookAt(entry, now + leaseMs);
    return due.map(({ escalation }) => escalation);
  }

  nextLookAt(): number | null {
    return this.firstLook()?.at ?? null;
  }

  forget(escalationId: string): void {
    const entry = this.entries.get(escalationId);
    if (!entry) return;
    const { escalation } = entry;
    entry.claimableAt = null;
    this.entries.delete(escalationId);
    this.unresolved.delete(escalationId);
    this.byRef.delete(`${escalation.clinicId}/${escalation.ref}`);
    for (const page of escalation.pages) {
      this.byPage.delete(page.id);
      if (page.providerId !== null) this.byProvider.delete(page.providerId);
    }
    this.outbox.forget(entry.dedupeKeys);
  }

  private lookAt(entry: Entry, at: number | null): void {
    entry.claimableAt = at;
    if (at !== null) this.looks.push({ at, nextAt: entry.escalation.nextAt ?? at, entry });
  }

  private firstLook(): Look | undefined {
    for (let look = this.looks.peek(); look; look = this.looks.peek()) {
      if (look.at === look.entry.claimableAt) return look;
      this.looks.pop();
    }
    return undefined;
  }
}
