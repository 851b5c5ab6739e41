import { DatabaseSync } from '@photostructure/sqlite';
import type { DatabaseConnection, DatabaseIntrospector, Dialect, DialectAdapter, Driver, Kysely, QueryCompiler, QueryResult } from 'kysely';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { AftercareError, reasonOf } from '../tools/errors';

type SqlValue = null | number | bigint | string | Uint8Array;

/** Kysely over SQLite with the API of node:sqlite: one connection, write-ahead log, every commit flushed to disk. */
export class SqliteFileDialect implements Dialect {
  constructor(private readonly path: string) {}

  createDriver(): Driver {
    return new SqliteFileDriver(this.path);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class SqliteFileDriver implements Driver {
  private database: InstanceType<typeof DatabaseSync> | undefined;
  private tail: Promise<void> = Promise.resolve();
  private release: (() => void) | undefined;

  constructor(private readonly path: string) {}

  init(): Promise<void> {
    try {
      this.database = new DatabaseSync(this.path);
      this.database.exec(
        'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on',
      );
    } catch (error) {
      throw new AftercareError(
        'STORAGE_UNAVAILABLE',
        `Opening the database ${this.path} failed (${reasonOf(error)}): expected a folder that can be read and written, with free space. Set DATA_DIR to one.`,
        { cause: error },
      );
    }
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => (release = resolve));
    await before;
    this.release = release;
    if (!this.database) release(); // whoever waits next is refused too, not left waiting
    if (!this.database) throw new AftercareError('STORAGE_UNAVAILABLE', 'Using the database failed: it is closed.');
    return new SqliteFileConnection(this.database);
  }

  /** Immediate: a transaction that reads and then writes must not find out late that another one wrote in between. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** On a full disk SQLite has rolled back by itself; that must not hide the first error behind a second one. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.database?.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  releaseConnection(): Promise<void> {
    this.release?.();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.database?.close();
    this.database = undefined;
    return Promise.resolve();
  }
}

class SqliteFileConnection implements DatabaseConnection {
  constructor(private readonly database: InstanceType<typeof DatabaseSync>) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.database.prepare(query.sql);
    const parameters = query.parameters as SqlValue[];
    if (statement.columns().length > 0) return Promise.resolve({ rows: statement.all(...parameters) as R[] });
    const { changes } = statement.run(...parameters);
    return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) });
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming a query failed: SQLite answers at once.');
  }
}
