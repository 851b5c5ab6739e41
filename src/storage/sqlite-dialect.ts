import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
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
  private connection: SqliteFileConnection | undefined;
  private file: Stats | undefined;

  constructor(private readonly path: string) {}

  init(): Promise<void> {
    try {
      this.database = new DatabaseSync(this.path);
      this.database.exec(
        'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on',
      );
      if (this.path !== ':memory:') this.file = statSync(this.path);
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
    this.connection ??= new SqliteFileConnection(this.database);
    return this.connection;
  }

  /** An open file can still be written after somebody removed it or put another in its place: what is stored there is lost. */
  private checkFile(): void {
    if (this.path === ':memory:') return;
    const now = statSync(this.path, { throwIfNoEntry: false });
    if (now?.ino === this.file?.ino && now?.dev === this.file?.dev) return;
    throw new AftercareError(
      'STORAGE_UNAVAILABLE',
      `Writing the database ${this.path} failed: its file is gone or another one. Expected the file that was opened; put it back and start anew.`,
    );
  }

  /** Immediate: a transaction that reads and then writes must not find out late that another one wrote in between. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.checkFile();
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
    this.connection = undefined;
    return Promise.resolve();
  }
}

interface Prepared {
  readonly run: ReturnType<InstanceType<typeof DatabaseSync>['prepare']>;
  readonly isReader: boolean;
}

class SqliteFileConnection implements DatabaseConnection {
  private readonly statements = new Map<string, Prepared>();

  constructor(private readonly database: InstanceType<typeof DatabaseSync>) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.prepared(query.sql);
    const parameters = query.parameters as SqlValue[];
    if (statement.isReader) return Promise.resolve({ rows: statement.run.all(...parameters) as R[] });
    const { changes } = statement.run.run(...parameters);
    return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) });
  }

  /** Compiles a statement once; the schema does not change while a store is open. */
  private prepared(text: string): Prepared {
    const known = this.statements.get(text);
    if (known) return known;
    const run = this.database.prepare(text);
    const made = { run, isReader: run.columns().length > 0 };
    if (!/^(create|alter|drop|pragma)/i.test(text)) this.statements.set(text, made);
    return made;
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming a query failed: SQLite answers at once.');
  }
}
