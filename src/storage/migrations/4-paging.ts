import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Course } from '../../model/escalation';
import type { Tables } from '../schema';
import type { Migration } from './migration';

interface OldEscalation {
  readonly id: string;
  readonly clinic_id: string;
  readonly conversation_id: string;
  readonly channel: string;
  readonly tier: string;
  readonly flags: string;
  readonly status: string;
  readonly reason: string;
  readonly raised_at: number;
}

/** Escalations get a course, pages and a queue of what has to leave the house; conversations can be taken over by a person. */
export const paging: Migration = async (db, { bytes }) => {
  const { rows: old } = await sql<OldEscalation>`
    select e.id, e.clinic_id, e.conversation_id, c.channel, e.tier, e.flags, e.status, e.reason, e.raised_at
    from escalations e join conversations c on c.id = e.conversation_id order by e.raised_at, e.id`.execute(db);
  const events = await db.selectFrom('escalation_events').selectAll().execute();
  await db.schema.dropTable('escalation_events').execute();
  await db.schema.dropTable('escalations').execute();
  await makeEscalations(db);
  await makeOutbox(db);
  await db.schema.alterTable('conversations').addColumn('taken_over_by', 'text').execute();
  await db.schema.alterTable('conversations').addColumn('taken_over_at', 'bigint').execute();
  await db.schema.createIndex('conversations_by_clinic').on('conversations').columns(['clinic_id', 'updated_at']).execute();
  await db.schema
    .createTable('staff_notes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('escalation_id', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('text_sealed', bytes, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('staff_notes_by_conversation').on('staff_notes').columns(['conversation_id']).execute();
  await carryOver(db, old);
  for (const event of events) await db.insertInto('escalation_events').values(event).execute();
};

async function makeEscalations(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('escalations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ref', 'integer', (column) => column.notNull())
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('tier', 'text', (column) => column.notNull())
    .addColumn('flags', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'bigint', (column) => column.notNull())
    .addColumn('course', 'text', (column) => column.notNull())
    .addColumn('acknowledged', 'text')
    .addColumn('resolved', 'text')
    .addColumn('is_drill', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('claimable_at', 'bigint')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addUniqueConstraint('escalations_by_ref', ['clinic_id', 'ref'])
    .execute();
  await db.schema.createIndex('escalations_by_time').on('escalations').columns(['status', 'raised_at']).execute();
  await db.schema.createIndex('escalations_to_claim').on('escalations').columns(['claimable_at']).execute();
  await db.schema.createIndex('escalations_by_conversation').on('escalations').columns(['conversation_id']).execute();
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
  await db.schema
    .createTable('pages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('escalation_id', 'text', (column) => column.notNull().references('escalations.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('step', 'integer', (column) => column.notNull())
    .addColumn('round', 'integer', (column) => column.notNull())
    .addColumn('is_first', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('queued_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('delivered_at', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('provider_id', 'text')
    .addUniqueConstraint('pages_once', ['escalation_id', 'round', 'step', 'person_id', 'method'])
    .execute();
  await db.schema.createIndex('pages_by_provider').on('pages').columns(['provider_id']).execute();
}

async function makeOutbox(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('claimable_at', 'bigint')
    .addColumn('claimed_at', 'bigint')
    .addColumn('claim_epoch', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await db.schema.createIndex('outbox_to_claim').on('outbox').columns(['claimable_at']).execute();
  await db.schema.createIndex('outbox_by_claim').on('outbox').columns(['claimed_at']).execute();
  await db.schema
    .createTable('counters')
    .addColumn('clinic_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('counters_pk', ['clinic_id', 'name'])
    .execute();
  await db.schema
    .createTable('clinics')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('yaml', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('imported_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** No human had closed one of these: each is looked at as soon as the paging loop runs, from its first step. */
async function carryOver(db: Kysely<Tables>, old: readonly OldEscalation[]): Promise<void> {
  const refs = new Map<string, number>();
  for (const row of old) {
    const ref = (refs.get(row.clinic_id) ?? 0) + 1;
    refs.set(row.clinic_id, ref);
    const course: Course = {
      startedAt: row.raised_at,
      step: 1,
      round: 1,
      stepAt: row.tier === 'ask_clinic' ? null : row.raised_at,
      passedOnBy: [],
      visitedAt: null,
      hurried: 0,
      toldNobodyAt: null,
      reachedAskedAt: null,
      reached: null,
      outcomeAskedAt: null,
      dueAt: null,
      digestAt: null,
      overdueSaidAt: null,
      snoozedUntil: null,
    };
    const next_at = row.status === 'resolved' ? null : row.raised_at;
    const added = { ref, course: JSON.stringify(course), acknowledged: null, resolved: null, is_drill: 0, version: 1 };
    await db
      .insertInto('escalations')
      .values({ ...row, ...added, next_at, claimable_at: next_at })
      .execute();
  }
  for (const [clinic_id, value] of refs) await db.insertInto('counters').values({ clinic_id, name: 'ref', value }).execute();
}
