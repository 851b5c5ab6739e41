import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, startPostgres } from '../start-postgres';
import type { CrashFigures } from './crash-run';
import { crashRun, isFaultless } from './crash-run';

/** Kills real servers under load: `npm run test:crash -- --kills 50 --store sqlite|postgres --json`. Ends with 1 when anything was lost. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { kills: { type: 'string' }, store: { type: 'string' }, json: { type: 'boolean' } } });
  const kills = Number(values.kills ?? 50);
  if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('Read --kills: expected a whole number from 1.');
  const stores = values.store === undefined ? ['sqlite', 'postgres'] : [values.store];
  let isWhole = true;
  for (const store of stores) {
    const figures = await run(store, kills);
    if (!figures) continue;
    report(figures, values.json ?? false);
    isWhole &&= isFaultless(figures);
  }
  return isWhole ? 0 : 1;
}

async function run(store: string, kills: number): Promise<CrashFigures | null> {
  const program = [join(__dirname, '..', '..', 'dist', 'src', 'main.js'), 'serve'];
  const options = {
    ...{ kills, program },
    onKill: (done: number, acknowledged: number) => process.stderr.write(`\r${store}: ${done} kills, ${acknowledged} acknowledged`),
  };
  try {
    if (store === 'sqlite') return await crashRun({ ...options, databaseUrl: null });
    if (store !== 'postgres') throw new Error(`Read --store: expected sqlite or postgres, got "${store}".`);
    const binaries = findPostgres();
    const server = binaries === null ? null : await startPostgres(binaries);
    if (!server) return null;
    try {
      return await crashRun({ ...options, databaseUrl: await server.newDatabase() });
    } finally {
      await server.stop();
    }
  } finally {
    process.stderr.write('\n');
  }
}

function report(figures: CrashFigures, json: boolean): void {
  const { store, kills, acknowledged, missing, sentTwice, integrity, unsent, pages, escalations } = figures;
  const line = { store, kills, acknowledged, missing: missing.length, sentTwice, integrity, escalations, pages, unsent: unsent.length };
  if (json) process.stdout.write(`${JSON.stringify(line)}\n`);
  else for (const [name, value] of Object.entries(line)) process.stdout.write(`${name.padEnd(14)} ${value}\n`);
  for (const fault of [...missing, ...unsent].slice(0, 20)) process.stderr.write(`LOST: ${fault}\n`);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
