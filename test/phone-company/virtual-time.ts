/** A time that only the test moves, with what is due on the way. */
export interface VirtualTime {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => void;
  /** Lets time go by: does what is due in its order, and waits for `settle` after each moment. */
  pass(ms: number, settle: () => Promise<void>): Promise<void>;
}

/** Makes one that begins at `start`. */
export function makeVirtualTime(start: number): VirtualTime {
  let now = start;
  let due: { readonly at: number; readonly work: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, work) => void due.push({ at: now + ms, work }),
    async pass(ms, settle) {
      const until = now + ms;
      for (;;) {
        const next = Math.min(...due.map(({ at }) => at));
        if (next > until) break;
        now = Math.max(now, next);
        const ready = due.filter(({ at }) => at <= now);
        due = due.filter(({ at }) => at > now);
        for (const { work } of ready) work();
        await settle();
      }
      now = until;
    },
  };
}
