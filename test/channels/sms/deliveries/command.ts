import { isDeepStrictEqual } from 'node:util';
import { runSchedule } from './run-schedule';
import { makeSchedule, perfect } from './schedule';

/** Runs stories, each as it came through and on a perfect day; resolves to the seeds of those that left something else behind. */
export async function findDifferences(first: number, count: number, plant: 'double' | null = null): Promise<number[]> {
  const different: number[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const schedule = makeSchedule(seed);
    const [left, ideal] = [await runSchedule(schedule, seed, plant), await runSchedule(perfect(schedule), seed)];
    if (!isDeepStrictEqual(left, ideal)) different.push(seed);
  }
  return different;
}

async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, fallback: number): number => {
    const at = args.indexOf(`--${name}`);
    const value = at < 0 ? fallback : Number(args[at + 1]);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`Reading --${name} failed: expected a whole number.`);
    return value;
  };
  const [count, seed] = [option('count', 10_000), option('seed', 1)];
  const startedAt = Date.now();
  const different: number[] = [];
  const CHUNK = 1_000;
  for (let done = 0; done < count; done += CHUNK) different.push(...(await findDifferences(seed + done, Math.min(CHUNK, count - done))));
  const result = { schedules: count, seed, different: different.length, firstSeeds: different.slice(0, 5) };
  const wallS = Math.round((Date.now() - startedAt) / 1_000);
  if (args.includes('--json')) console.log(JSON.stringify({ ...result, wallS }));
  else
    console.log(`${count} delivery schedules from seed ${seed}: ${different.length} left another transcript or other pages (${wallS} s)`);
  if (different.length > 0) {
    if (!args.includes('--json')) console.log(`seeds: ${result.firstSeeds.join(', ')}`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main(process.argv.slice(2));
