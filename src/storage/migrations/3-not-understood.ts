import type { Migration } from './migration';

/** Messages that were not understood. */
export const notUnderstood: Migration = async (db) => {
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
};
