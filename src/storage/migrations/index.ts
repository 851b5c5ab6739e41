import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database';
import type { Tables } from '../schema';
import type { Migration } from './migration';
import { turns } from './1-turns';
import { reviews } from './2-reviews';
import { notUnderstood } from './3-not-understood';
import { paging } from './4-paging';
import { teams } from './5-teams';
import { sms } from './6-sms';
import { charts } from './7-charts';

/** Every change of the schema, in order; a migration that has run is never edited. */
export const MIGRATIONS: readonly Migration[] = [turns, reviews, notUnderstood, paging, teams, sms, charts];

/** One number for all our replicas, so that they migrate one after the other. */
const LOCK = 7_238_104;

/** Brings a database to the newest schema. Several processes may try at the same moment. */
export async function migrate({ db, kind }: Database, now: number): Promise<void> {
  const types = { bytes: sql.raw(kind === 'postgres' ? 'bytea' : 'blob') };
  const alone = (change: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> =>
    db.transaction().execute(async (transaction) => {
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      await change(transaction);
    });
  await alone((transaction) =>
    transaction.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute(),
  );
  for (const [index, migration] of MIGRATIONS.entries())
    await alone(async (transaction) => {
      // Looked up inside: another process that starts at the same moment may just have run it.
      const done = await transaction
        .selectFrom('schema_migrations')
        .select('version')
        .where('version', '=', index + 1)
        .executeTakeFirst();
      if (done) return;
      await migration(transaction, types);
      await transaction
        .insertInto('schema_migrations')
        .values({ version: index + 1, at: now })
        .execute();
    });
}
