import type { Migration } from './migration';

/** Patients who text, their texts until they are answered, and what became of ours. */
export const sms: Migration = async (db, { bytes }) => {
  await db.schema
    .createTable('patients')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('number_index', 'text', (column) => column.notNull())
    .addColumn('number_sealed', bytes, (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('opted_out_at', 'bigint')
    .addColumn('opted_out_by', 'text')
    .addColumn('opted_out_text', 'text')
    .addColumn('consent_at', 'bigint')
    .addColumn('consent_wording', 'text')
    .addColumn('consent_channel', 'text')
    .addColumn('zone', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('patients_by_number', ['clinic_id', 'number_index'])
    .execute();
  await db.schema.createIndex('patients_by_conversation').on('patients').columns(['conversation_id']).execute();
  await db.schema
    .createTable('sms_inbox')
    .addColumn('message_id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('body_sealed', bytes, (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('turn_id', 'text')
    .addColumn('waits', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sms_inbox_by_conversation').on('sms_inbox').columns(['conversation_id', 'waits', 'seq']).execute();
  await db.schema.createIndex('sms_inbox_waiting').on('sms_inbox').columns(['waits']).execute();
  await db.schema
    .createTable('sms_texts')
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('part', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('provider_id', 'text')
    .addColumn('code', 'text')
    .addColumn('leased_until', 'bigint')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sms_texts_pk', ['conversation_id', 'seq', 'part'])
    .execute();
  await db.schema.createIndex('sms_texts_by_provider').on('sms_texts').columns(['provider_id']).execute();
};
