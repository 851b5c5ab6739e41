import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Times are epoch milliseconds, booleans 0 or 1, *_sealed columns encrypted: types that SQLite and PostgreSQL share. */
export interface Tables {
  conversations: {
    id: string;
    clinic_id: string;
    channel: string;
    patient_id: string;
    key_sealed: Uint8Array;
    state_sealed: Uint8Array;
    version: number;
    last_seq: number;
    created_at: number;
    updated_at: number;
  };
  messages: {
    conversation_id: string;
    seq: number;
    direction: 'in' | 'out';
    channel_msg_id: string;
    body_sealed: Uint8Array;
    disposition: string;
    knowledge_version: string;
    created_at: number;
  };
  escalations: {
    id: string;
    clinic_id: string;
    conversation_id: string;
    tier: string;
    flags: string;
    status: string;
    reason: string;
    raised_at: number;
  };
  escalation_events: { escalation_id: string; seq: number; kind: string; actor: string; at: number; detail: string };
  /** Messages on which the two danger detectors differ; no patient words. */
  detector_reviews: {
    conversation_id: string;
    seq: number;
    clinic_id: string;
    rules: string;
    statistics: string;
    answered: string;
    flags: string;
    at: number;
  };
  not_understood: { conversation_id: string; seq: number; at: number; kind: string; confidence: number; guesses: string };
  schema_migrations: { version: number; at: number };
}

type Migration = (db: Kysely<Tables>) => Promise<void>;

const bytes = sql.raw('blob');

/** Every change of the schema, in order; a migration that has run is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  async (db) => {
    await db.schema
      .createTable('conversations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('clinic_id', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('patient_id', 'text', (column) => column.notNull())
      .addColumn('key_sealed', bytes, (column) => column.notNull())
      .addColumn('state_sealed', bytes, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('last_seq', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('messages')
      .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('direction', 'text', (column) => column.notNull())
      .addColumn('channel_msg_id', 'text', (column) => column.notNull())
      .addColumn('body_sealed', bytes, (column) => column.notNull())
      .addColumn('disposition', 'text', (column) => column.notNull())
      .addColumn('knowledge_version', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('messages_pk', ['conversation_id', 'seq'])
      .addUniqueConstraint('messages_once', ['conversation_id', 'direction', 'channel_msg_id'])
      .execute();
    await db.schema
      .createTable('escalations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('clinic_id', 'text', (column) => column.notNull())
      .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
      .addColumn('tier', 'text', (column) => column.notNull())
      .addColumn('flags', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('raised_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('escalations_by_time').on('escalations').columns(['status', 'raised_at']).execute();
    await db.schema
      .createTable('escalation_events')
      .addColumn('escalation_id', 'text', (column) => column.notNull().references('escalations.id'))
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('escalation_events_pk', ['escalation_id', 'seq'])
      .execute();
  },
  async (db) => {
    await db.schema
      .createTable('detector_reviews')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('clinic_id', 'text', (column) => column.notNull())
      .addColumn('rules', 'text', (column) => column.notNull())
      .addColumn('statistics', 'text', (column) => column.notNull())
      .addColumn('answered', 'text', (column) => column.notNull())
      .addColumn('flags', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('detector_reviews_pk', ['conversation_id', 'seq'])
      .addForeignKeyConstraint('detector_reviews_message', ['conversation_id', 'seq'], 'messages', ['conversation_id', 'seq'])
      .execute();
    await db.schema.createIndex('detector_reviews_by_time').on('detector_reviews').columns(['at']).execute();
  },
  async (db) => {
    await db.schema
      .createTable('not_understood')
      .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('confidence', 'real', (column) => column.notNull())
      .addColumn('guesses', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('not_understood_pk', ['conversation_id', 'seq'])
      .execute();
    await db.schema.createIndex('not_understood_by_time').on('not_understood').columns(['at']).execute();
  },
];

/** Brings a database to the newest schema. */
export async function migrate(db: Kysely<Tables>, now: number): Promise<void> {
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  for (const [index, migration] of MIGRATIONS.entries())
    await db.transaction().execute(async (transaction) => {
      // Looked up inside: another process that starts at the same moment may just have run it.
      const done = await transaction
        .selectFrom('schema_migrations')
        .select('version')
        .where('version', '=', index + 1)
        .executeTakeFirst();
      if (done) return;
      await migration(transaction);
      await transaction
        .insertInto('schema_migrations')
        .values({ version: index + 1, at: now })
        .execute();
    });
}
