import { parseArgs } from 'node:util';
import { compareSchedules } from './compare';
import { ZONES } from './wall-clock';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function main(): number {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
  const [seed, count] = [Number(values.seed ?? 1), Number(values.count ?? 10_000)];
  if (![seed, count].every(Number.isSafeInteger)) throw new Error('Reading the arguments failed: expected whole numbers.');
  const started = process.cpuUsage();
  const { schedules, minutes, zones, turns, onCall, holes, open } = compareSchedules({ seed, count });
  const { user, system } = process.cpuUsage(started);
  print(`${schedules} random schedules, seed ${seed}, ${minutes} minutes compared with brute force, 0 differences`);
  print(`zones: ${zones.size} of ${ZONES.length}; clocks forward ${turns.forward}, back ${turns.back}, unmoved ${turns.not}`);
  const share = (part: number): string => `${((100 * part) / minutes).toFixed(1)} %`;
  print(
    `somebody on call ${share(onCall)}, a hole ${share(holes)}, clinic open ${share(open)}; ${Math.round((user + system) / 1e6)} CPU s`,
  );
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
