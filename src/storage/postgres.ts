import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, types } from 'pg';
import type { PoolClient } from 'pg';
import { AftercareError } from '../tools/errors';
import { Database } from './database';
import type { Tables } from './schema';

const EXPECTED = 'expected a PostgreSQL server that answers and takes writes. Check DATABASE_URL and the server.';

/** Type number of bigint, which holds our epoch milliseconds and counts: exact as numbers. */
const INT8 = 20;
types.setTypeParser(INT8, Number);

/** How long a patient's turn may wait for the database before it is answered without. */
const TIMEOUTS = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 5_000,
  query_timeout: 6_000,
  /** A replica that stands still in a transaction must not hold its rows. */
  idle_in_transaction_session_timeout: 5_000,
};
const MAX_CONNECTIONS = 10;

/** A PostgreSQL database, with a connection of its own for hints between processes. */
export interface Postgres {
  readonly database: Database;
  /** Makes a client for LISTEN, not connected yet. */
  newClient(): Client;
  /** Runs one statement outside of everything. */
  query(text: string, values: readonly string[]): Promise<void>;
}

/** Connects to PostgreSQL; connections are made as they are needed and made anew after a fault. `onFault` hears of idle connections lost. */
export function connectPostgres(url: string, onFault: (error: unknown) => void): Postgres {
  const options = { connectionString: url, application_name: 'aftercare', keepAlive: true, ...TIMEOUTS };
  const pool = new Pool({ ...options, max: MAX_CONNECTIONS });
  pool.on('error', onFault);
  const dialect = new PostgresDialect({
    pool: {
      connect: async () => watched(await pool.connect()),
      end: () => pool.end(),
    },
  });
  return {
    database: new Database(new Kysely<Tables>({ dialect }), 'postgres', EXPECTED),
    newClient: () => new Client({ ...options, statement_timeout: 0, query_timeout: 0 }),
    query: async (text, values) => void (await pool.query(text, [...values])),
  };
}

/** Refuses a server that may lose what it has acknowledged. */
export async function checkDurability({ db }: Database): Promise<void> {
  const show = async (setting: string): Promise<string | undefined> =>
    (await sql<{ value: string }>`select current_setting(${setting}) as value`.execute(db)).rows[0]?.value;
  const [fsync, commit] = [await show('fsync'), await show('synchronous_commit')];
  if (fsync !== 'on' || commit === 'off')
    throw new AftercareError(
      'STORAGE_UNAVAILABLE',
      `Opening PostgreSQL failed: expected fsync on and synchronous_commit not off, got ${String(fsync)} and ${String(commit)}. Set both in postgresql.conf.`,
    );
}

/** A connection that is thrown away once it failed otherwise than by a refusal of the server: a later query on it would wait behind the lost one. */
function watched(client: PoolClient): Pick<PoolClient, 'query' | 'release'> {
  let isBroken = false;
  const query = async (...args: unknown[]): Promise<unknown> => {
    try {
      return await (client.query as (...args: unknown[]) => Promise<unknown>)(...args);
    } catch (error) {
      if (!isRefusal(error)) isBroken = true;
      throw error;
    }
  };
  // Kysely looks at `query` and `release` alone.
  return { query: query.bind(client) as PoolClient['query'], release: () => client.release(isBroken) };
}

/** An SQLSTATE says that the server answered; class 57P is its shutdown, 08 a broken connection. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(57P|08)/.test(code);
}
