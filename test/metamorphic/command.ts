import { parseArgs } from 'node:util';
import { dialogs } from '../../dialogs';
import { assembleMinds } from '../../src/assemble-minds';
import { silentLog } from '../../src/tools/log';
import type { Minds } from '../../src/assemble-minds';
import type { CalmFindings } from './calm';
import { measureCalm } from './calm';
import type { FuzzFindings } from './fuzz';
import { fuzz } from './fuzz';
import { assessOnce, makeHear } from './hear';
import type { Count, Findings } from './measure';
import { measure } from './measure';
import { measurePlain } from './plain';

/** Calm messages full of the words of danger may page in at most this share. */
const CALM_PAGES_ALLOWED = 0.02;

/** Plain questions beside something harmless may page in at most this share. */
const PLAIN_PAGES_ALLOWED = 0.005;

/** Under this share of falls the urgent tier passes; an emergency may never fall. */
const URGENT_FALLS_ALLOWED = 0.001;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function percent({ fell, tried }: Count): string {
  return `${fell} of ${tried} (${((100 * fell) / Math.max(1, tried)).toFixed(3)} %)`;
}

function report(findings: Findings, shown: number): void {
  const { tiers, realWordTypos, byTransformation, byFlag, falls } = findings;
  print(`${findings.bases} danger messages`);
  print(`emergency: ${percent(tiers.emergency)} fell`);
  print(`urgent:    ${percent(tiers.urgent)} fell`);
  print(`with a typo that is another English word: emergency ${percent(realWordTypos.emergency)}, urgent ${percent(realWordTypos.urgent)}`);
  const share = ({ fell, tried }: Count): number => fell / tried;
  const worst = (counts: ReadonlyMap<string, Count>): [string, Count][] => [...counts].sort((a, b) => share(b[1]) - share(a[1]));
  print('by transformation (a composition counts for each of its own):');
  for (const [name, count] of worst(byTransformation)) print(`  ${name.padEnd(20)} ${percent(count)}`);
  print('flags that lose most:');
  for (const [flag, count] of worst(byFlag).slice(0, 12)) if (count.fell > 0) print(`  ${flag.padEnd(20)} ${percent(count)}`);
  const ranked = [...falls].sort((a, b) => Number(b.from === 'emergency') - Number(a.from === 'emergency'));
  for (const fall of ranked.slice(0, shown))
    print(
      `FELL ${fall.flag} ${fall.from} -> ${fall.to} [${fall.names.join(' + ')}]${fall.hasRealWordTypo ? ' real word' : ''}\n  ${fall.base}\n  ${fall.parts.join('\n  ')}`,
    );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ seed: { type: 'string' }, count: { type: 'string' }, show: { type: 'string' } },
      ...{ fuzz: { type: 'boolean' }, calm: { type: 'boolean' }, plain: { type: 'boolean' } },
    },
  });
  const count = Number(values.count ?? (values.fuzz ? 3_000 : 100_000));
  const [seed, shown] = [Number(values.seed ?? 1), Number(values.show ?? 20)];
  if (![seed, count, shown].every(Number.isSafeInteger)) throw new Error('Reading the arguments failed: expected whole numbers.');
  const minds = await assembleMinds({ dialogs, log: silentLog, onTraining: () => undefined });
  if (values.calm)
    return reportPages(measureCalm(assessOnce(minds), { seed, count }), { called: 'calm messages', allowed: CALM_PAGES_ALLOWED, shown });
  if (values.plain)
    return reportPages(measurePlain(minds.knowledge, assessOnce(minds), { seed, count }), {
      ...{ called: 'plain questions', allowed: PLAIN_PAGES_ALLOWED, shown },
    });
  return values.fuzz ? runFuzz(await fuzz(minds, { seed, count }), count) : runMetamorphic(minds, { seed, count, shown });
}

function runFuzz({ failed, slow, slowestMs }: FuzzFindings, count: number): number {
  print(
    `${count} arbitrary messages: ${failed.length} faults, ${slow.length} over the time allowed, slowest ${slowestMs.toFixed(1)} ms CPU`,
  );
  failed.forEach(print);
  return failed.length + slow.length > 0 ? 1 : 0;
}

function reportPages(
  { tried, pages }: CalmFindings,
  { called, allowed, shown }: { called: string; allowed: number; shown: number },
): number {
  print(`${pages.length} of ${tried} ${called} paged (${((100 * pages.length) / tried).toFixed(2)} %)`);
  const byFlag = new Map<string, string[]>();
  for (const { text, flags } of pages) for (const flag of flags) byFlag.set(flag, [...(byFlag.get(flag) ?? []), text]);
  for (const [flag, texts] of [...byFlag].sort((a, b) => b[1].length - a[1].length)) {
    print(`  ${flag.padEnd(20)} ${texts.length}`);
    texts.slice(0, shown).forEach((text) => print(`      ${text.replace(/\n/g, ' / ')}`));
  }
  return pages.length > allowed * tried ? 1 : 0;
}

function runMetamorphic(minds: Minds, { seed, count, shown }: { seed: number; count: number; shown: number }): number {
  const started = process.cpuUsage();
  const findings = measure(minds.knowledge, makeHear(minds), { seed, count });
  const { user, system } = process.cpuUsage(started);
  print(`${count} compositions, seed ${seed}, ${Math.round((user + system) / 1e6)} CPU s`);
  report(findings, shown);
  const { emergency, urgent } = findings.tiers;
  return emergency.fell > 0 || urgent.fell > URGENT_FALLS_ALLOWED * urgent.tried ? 1 : 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
