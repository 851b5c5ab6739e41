import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { AftercareError, reasonOf } from '../tools/errors';
import { Database } from './database';
import type { Tables } from './schema';
import { SqliteFileDialect } from './sqlite-dialect';

const EXPECTED = 'expected a folder that can be read and written, with free space. Set DATA_DIR to one.';

/** A SQLite file, made where there is none; `:memory:` keeps nothing. */
export function openSqlite(path: string): Database {
  if (path !== ':memory:') makeFolder(dirname(path));
  return new Database(new Kysely<Tables>({ dialect: new SqliteFileDialect(path) }), 'sqlite', EXPECTED);
}

/** Refuses a connection that may lose what it has acknowledged. */
export async function checkFlush({ db }: Database): Promise<void> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  if (rows[0]?.synchronous !== 2) throw new Error('synchronous is not FULL');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new AftercareError('STORAGE_UNAVAILABLE', `Making the data folder ${folder} failed (${reasonOf(error)}): ${EXPECTED}`, {
      cause: error,
    });
  }
}
