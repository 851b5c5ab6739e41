import { BinaryHeap } from '../tools/binary-heap';

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** A clock that stands still between events, and the events in their order. */
export class VirtualTime {
  now: number;
  private readonly events = new BinaryHeap<Event>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));
  private count = 0;

  constructor(start: number) {
    this.now = start;
  }

  at(moment: number, run: Event['run']): void {
    this.events.push({ at: moment, order: (this.count += 1), run });
  }

  after(ms: number, run: Event['run']): void {
    this.at(this.now + ms, run);
  }

  nextAt(): number | null {
    return this.events.peek()?.at ?? null;
  }

  /** Runs every event that is due; those that they add and that are due at once, too. */
  async runDue(): Promise<void> {
    for (let first = this.events.peek(); first && first.at <= this.now; first = this.events.peek()) {
      this.events.pop();
      await first.run();
    }
  }
}
