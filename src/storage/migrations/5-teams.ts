import type { Migration } from './migration';

/** Where Teams can be reached, the cards that stand there, and what was pushed to patients. */
export const teams: Migration = async (db, { bytes }) => {
  await db.schema
    .createTable('teams_places')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('place_sealed', bytes, (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('teams_cards')
    .addColumn('activity_id', 'text', (column) => column.notNull())
    .addColumn('escalation_id', 'text', (column) => column.notNull())
    .addColumn('place_sealed', bytes, (column) => column.notNull())
    .addColumn('shows', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('teams_cards_pk', ['escalation_id', 'activity_id'])
    .execute();
  await db.schema
    .createTable('teams_pushes')
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('is_done', 'integer', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('teams_pushes_pk', ['conversation_id', 'seq'])
    .execute();
};
