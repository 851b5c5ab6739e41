import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, types } from 'pg';
import type { PoolClient } from 'pg';
import { AftercareError } from '../tools/errors';
import { Breaker } from './breaker';
import { Database } from './database';
import type { Tables } from './schema';

const EXPECTED = 'expected a PostgreSQL server that answers and takes writes. Check DATABASE_URL and the server.';

/** Type number of bigint, which holds our epoch milliseconds and counts: exact as numbers. */
const INT8 = 20;
types.setTypeParser(INT8, Number);

/** How long a patient's turn may wait for the database before it is answered without. */
const TIMEOUTS = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 3_000,
  query_timeout: 4_000,
  /** A replica that stands still in a transaction must not hold its rows. */
  idle_in_transaction_session_timeout: 5_000,
};
/** No patient waits while a store is opened: a busy server may take its time to accept a connection. */
const UNHURRIED_CONNECTION_MS = 15_000;
const MAX_CONNECTIONS = 10;

/** A PostgreSQL database, with a connection of its own for hints between processes. */
export interface Postgres {
  readonly database: Database;
  /** One connection without haste, for opening the store and changes of its schema; whoever takes it destroys it. */
  newUnhurriedDatabase(): Database;
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
  const breaker = new Breaker(isLost, async () => {
    const client = watched(await pool.connect());
    try {
      await client.query('select 1');
    } finally {
      client.release();
    }
  });
  const dialect = new PostgresDialect({
    pool: {
      connect: async () => watched(await pool.connect()),
      end: () => {
        breaker.close();
        return pool.end();
      },
    },
  });
  const unlimited = { ...options, connectionTimeoutMillis: UNHURRIED_CONNECTION_MS, statement_timeout: 0, query_timeout: 0 };
  return {
    database: new Database(new Kysely<Tables>({ dialect }), 'postgres', EXPECTED, (work) => breaker.run(work)),
    newUnhurriedDatabase() {
      const one = new Pool({ ...unlimited, max: 1 });
      one.on('error', onFault);
      return new Database(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: one }) }), 'postgres', EXPECTED);
    },
    newClient: () => new Client(unlimited),
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

/** A connection that is thrown away once it was lost: a later query on it would wait behind the lost one. */
function watched(client: PoolClient): Pick<PoolClient, 'query' | 'release'> {
  let isBroken = false;
  const query = async (...args: unknown[]): Promise<unknown> => {
    if (isBroken) throw new Error('Connection terminated'); // a rollback would wait behind the lost query
    try {
      return await (client.query as (...args: unknown[]) => Promise<unknown>)(...args);
    } catch (error) {
      isBroken ||= isLost(error);
      throw error;
    }
  };
  // Kysely looks at `query` and `release` alone.
  return { query: query.bind(client) as PoolClient['query'], release: () => client.release(isBroken) };
}

/** Codes of the network and of a server that is going down; pg has none for its own time-outs and for connections that ended. */
const LOST_CODE = /^(E[A-Z_]{3,}|57P\d\d|08\w{3})$/;
const LOST_TEXT = /timeout|terminated|not queryable/i;

function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null ? LOST_TEXT.test(error.message) : LOST_CODE.test(code);
}
