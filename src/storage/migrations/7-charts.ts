import type { Migration } from './migration';

/** Charts: one patient over all channels, with addresses and one-time links; and who recorded a consent to texts. */
export const charts: Migration = async (db, { bytes }) => {
  await db.schema
    .createTable('charts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('key_sealed', bytes, (column) => column.notNull())
    .addColumn('facts_sealed', bytes, (column) => column.notNull())
    .addColumn('memory_sealed', bytes, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('chart_addresses')
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('patient_id', 'text', (column) => column.notNull())
    .addColumn('chart_id', 'text', (column) => column.notNull().references('charts.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('chart_addresses_pk', ['clinic_id', 'patient_id'])
    .execute();
  await db.schema
    .createTable('chart_links')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('chart_id', 'text', (column) => column.notNull().references('charts.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('used_by', 'text')
    .addColumn('claim_hash', 'text')
    .execute();
  await db.schema.alterTable('conversations').addColumn('chart_id', 'text').execute();
  await db.schema.createIndex('conversations_by_chart').on('conversations').columns(['chart_id']).execute();
  await db.schema.alterTable('patients').addColumn('consent_by', 'text').execute();
};
