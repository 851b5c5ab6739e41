import type { Keep } from './keep';
import type { Delivery, Outgoing } from './delivery';
import type { SendState } from './talk';

/** How long after it was written a message still goes out by itself; later its question may mean another day. */
const BY_ITSELF_MS = 10 * 60_000;
const MOST_WAIT_MS = 20_000;

/** A message that has not been taken yet. */
export interface Unsent extends Outgoing {
  /** Epoch milliseconds at which it was written. */
  readonly at: number;
  state: SendState;
  reason: string;
}

/** What the outbox needs. */
export interface OutboxParts {
  readonly keep: Keep;
  readonly deliver: (message: Outgoing) => Promise<Delivery>;
  readonly onChange: (message: Unsent) => void;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Sends the patient's messages one after the other, keeps what could not be sent over a reload, and never sends one twice. */
export class Outbox {
  private readonly queue: Unsent[];
  private isBusy = false;
  private wake: () => void = () => undefined;

  constructor(private readonly parts: OutboxParts) {
    this.queue = (parts.keep.get('outbox') as Unsent[] | null) ?? [];
    for (const message of this.queue)
      this.change(message, message.state === 'refused' ? 'refused' : this.isStale(message) ? 'failed' : 'waiting');
  }

  /** Whether something is still on its way. */
  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  add(message: Outgoing): void {
    const unsent: Unsent = { ...message, at: this.parts.now(), state: 'sending', reason: '' };
    this.queue.push(unsent);
    this.change(unsent, 'sending');
    this.flush();
  }

  /** The patient asks for one message again. */
  retry(clientId: string): void {
    const message = this.queue.find((other) => other.clientId === clientId);
    if (!message || message.state === 'refused') return;
    this.change(message, 'sending');
    this.flush();
  }

  /** The server has it, as its echo shows; perhaps from a try whose answer was lost. */
  settle(clientId: string): void {
    const at = this.queue.findIndex((other) => other.clientId === clientId);
    if (at < 0) return;
    this.queue.splice(at, 1);
    this.store();
  }

  /** Forgets all of it, when the conversation is erased. */
  clear(): void {
    this.queue.length = 0;
    this.store();
  }

  /** Sends what may go; called whenever the connection is back. */
  flush(): void {
    this.wake();
    if (!this.isBusy) void this.run();
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    for (let failures = 0; ;) {
      const message = this.queue.find(({ state }) => state === 'sending' || state === 'waiting');
      if (!message) break;
      if (message.state === 'waiting' && this.isStale(message)) {
        this.change(message, 'failed');
        continue;
      }
      this.change(message, message.state === 'waiting' && failures > 0 ? 'waiting' : 'sending');
      const delivery = await this.parts.deliver(message);
      if (!this.queue.includes(message)) continue; // settled meanwhile
      if (delivery.kind === 'sent') {
        this.settle(message.clientId);
        this.change(message, 'sent');
        failures = 0;
      } else if (delivery.kind === 'refused') {
        message.reason = delivery.reason;
        this.change(message, 'refused');
      } else {
        failures += 1;
        for (const other of this.queue) if (other.state === 'sending') this.change(other, 'waiting');
        const pause = Math.max(delivery.waitMs, Math.min(MOST_WAIT_MS, 1000 * 2 ** failures));
        await Promise.race([this.parts.wait(pause), new Promise<void>((resolve) => (this.wake = resolve))]);
      }
    }
    this.isBusy = false;
  }

  private isStale(message: Unsent): boolean {
    return this.parts.now() - message.at > BY_ITSELF_MS;
  }

  private change(message: Unsent, state: SendState): void {
    message.state = state;
    this.store();
    this.parts.onChange(message);
  }

  private store(): void {
    this.parts.keep.set('outbox', this.queue);
  }
}
