import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';

/** One run: pages measured from the patient's message to the request at the provider. */
export interface PageRun {
  readonly store: string;
  /** "idle", or how many turns a second beside the pages. */
  readonly load: string;
  /** Milliseconds, one for each page. */
  readonly latenciesMs: readonly number[];
}

/** What the benchmark runs: stores that are there, and one run on one of them. */
export interface BenchPageDeps {
  readonly stores: readonly string[];
  readonly skipped: readonly string[];
  run(store: string, turnsPerSecond: number, pages: number): Promise<PageRun>;
}

const LOAD_TURNS_PER_SECOND = 200;

/** `npm run bench:page -- [--pages 500] [--json]`: message in to provider request out, idle and with 200 turns a second beside it. */
export async function runBenchPage(deps: BenchPageDeps, args: readonly string[], print: (line: string) => void): Promise<number> {
  const { pages, json } = readArguments(args);
  for (const why of deps.skipped) process.stderr.write(`skipped: ${why}\n`);
  if (!json) print('store     load          p50 ms    p99 ms  p99.9 ms  pages');
  for (const store of deps.stores)
    for (const turnsPerSecond of [0, LOAD_TURNS_PER_SECOND]) {
      const { load, latenciesMs } = await deps.run(store, turnsPerSecond, pages);
      const sorted = [...latenciesMs].sort((a, b) => a - b);
      const quantile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      const figures = { p50Ms: round(quantile(0.5)), p99Ms: round(quantile(0.99)), p999Ms: round(quantile(0.999)) };
      if (json) print(JSON.stringify({ store, load, ...figures, pages: sorted.length }));
      else
        print(
          `${store.padEnd(10)}${load.padEnd(12)}${[figures.p50Ms, figures.p99Ms, figures.p999Ms].map((value) => String(value).padStart(9)).join(' ')}${String(sorted.length).padStart(7)}`,
        );
    }
  return 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function readArguments(args: readonly string[]): { readonly pages: number; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { pages: { type: 'string', default: '500' }, json: { type: 'boolean', default: false } },
    });
    const pages = Number(values.pages);
    if (!Number.isInteger(pages) || pages < 1)
      throw new Error(`expected --pages to be a whole number from 1, got "${values.pages.slice(0, 20)}"`);
    return { pages, json: values.json };
  } catch (error) {
    throw new AftercareError('USAGE', `Measuring pages failed: ${reasonOf(error)}`, { cause: error });
  }
}
