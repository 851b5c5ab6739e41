import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../start-postgres';
import type { TestPostgres } from '../start-postgres';

/** Where one empty store can be opened, also several times. */
export interface Place {
  readonly path: string;
  readonly databaseUrl: string | null;
}

/** A database that stores can be opened on. */
export interface TestDatabase {
  readonly name: string;
  readonly newPlace: () => Promise<Place>;
}

const binaries = findPostgres();
let postgres: Promise<TestPostgres> | null = null;
const folders: string[] = [];

/** The throw-away PostgreSQL of this test file, started when it is first needed. */
export function testPostgres(): Promise<TestPostgres> {
  if (binaries === null) throw new Error('Start PostgreSQL: expected its programs on this machine.');
  return (postgres ??= startPostgres(binaries));
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  newPlace() {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
    folders.push(folder);
    return Promise.resolve({ path: join(folder, 'aftercare.db'), databaseUrl: null });
  },
};

const postgresql: TestDatabase = {
  name: 'PostgreSQL',
  newPlace: async () => ({ path: '', databaseUrl: await (await testPostgres()).newDatabase() }),
};

/** Every database that the product runs on and this machine has. */
export const DATABASES: readonly TestDatabase[] = binaries === null ? [sqlite] : [sqlite, postgresql];

afterAll(async () => {
  await (await postgres)?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
