import { openStore } from '../../src/storage/open-store';

/** Opens a store and closes it: one of several processes that start at the same moment. */
async function run([path = '', databaseUrl = '']: readonly string[]): Promise<void> {
  const store = await openStore({ path, databaseUrl: databaseUrl || null, secret: Buffer.alloc(32, 9), now: 1 });
  await store.close();
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
