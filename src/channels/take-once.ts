import type { Clock } from '../tools/clock';

/** Runs the work of a key unless it was done within the time it is remembered; who comes twice waits for the first. */
export type TakeOnce = (key: string, work: () => Promise<void>) => Promise<'done' | 'repeated'>;

/** So many keys are remembered; the oldest are forgotten first. */
const MOST_KEYS = 20_000;

/** Remembers keys for `keepMs`. Work that failed is not remembered, so that it is done when it comes again. */
export function makeTakeOnce(keepMs: number, clock: Clock): TakeOnce {
  const seen = new Map<string, { readonly until: number; readonly work: Promise<void> }>();
  return async (key, work) => {
    const now = clock();
    for (const [old, { until }] of seen) {
      if (until > now && seen.size <= MOST_KEYS) break;
      seen.delete(old);
    }
    const before = seen.get(key);
    if (before) {
      await before.work;
      return 'repeated';
    }
    const running = work();
    seen.set(key, { until: now + keepMs, work: running });
    try {
      await running;
      return 'done';
    } catch (error) {
      seen.delete(key);
      throw error;
    }
  };
}
