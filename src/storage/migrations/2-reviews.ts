import type { Migration } from './migration';

/** Messages on which the two danger detectors differ. */
export const reviews: Migration = async (db) => {
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
};
