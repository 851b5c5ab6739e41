import type { Kysely, SelectQueryBuilder, Selectable, Transaction } from 'kysely';
import type { Escalation, EscalationStore } from '../model/escalation';
import { toEscalation, toEvent } from './escalation-rows';
import { appendMessages } from './messages';
import { makeOutbox } from './outbox';
import type { EscalationRow, PageRow, Tables } from './schema';
import type { StoreParts } from './store';
import { takeRef, writeChange } from './write-change';

/** How many ids one query names at most. */
const CHUNK = 500;

/** Escalations and what has to leave the house because of them. */
export function makeEscalationStore(parts: StoreParts): EscalationStore {
  const { database, listeners } = parts;
  const reading = 'Reading escalations';
  const first = async (db: Kysely<Tables>, where: (query: EscalationQuery) => EscalationQuery): Promise<Escalation | null> =>
    (await findEscalations(db, where))[0] ?? null;
  const ofClinic =
    (clinicId: string | null) =>
    (query: EscalationQuery): EscalationQuery =>
      clinicId === null ? query : query.where('clinic_id', '=', clinicId);
  return {
    find: (id) => database.read(reading, (db) => first(db, (query) => query.where('id', '=', id))),
    findByRef: (clinicId, ref) =>
      database.read(reading, (db) => first(db, (query) => query.where('clinic_id', '=', clinicId).where('ref', '=', ref))),
    findByPage: (pageId) =>
      database.read(reading, (db) =>
        first(db, (query) => query.where('id', '=', db.selectFrom('pages').select('escalation_id').where('id', '=', pageId))),
      ),
    findByProviderId: (providerId) =>
      database.read(reading, async (db) => {
        const found = await db.selectFrom('pages').select(['id', 'escalation_id']).where('provider_id', '=', providerId).executeTakeFirst();
        const escalation = found ? await first(db, (query) => query.where('id', '=', found.escalation_id)) : null;
        const page = escalation?.pages.find(({ id }) => id === found?.id);
        return escalation && page ? { escalation, page } : null;
      }),
    listUnresolved: (clinicId, limit) =>
      database.read(reading, (db) =>
        findEscalations(db, (query) =>
          ofClinic(clinicId)(query).where('status', '!=', 'resolved').orderBy('raised_at').orderBy('id').limit(limit),
        ),
      ),
    listEscalations: (clinicId, limit) =>
      database.read(reading, (db) =>
        findEscalations(db, (query) => ofClinic(clinicId)(query).orderBy('raised_at', 'desc').orderBy('id', 'desc').limit(limit)),
      ),
    events: (id) =>
      database.read('Reading the history of an escalation', async (db) =>
        (await db.selectFrom('escalation_events').selectAll().where('escalation_id', '=', id).orderBy('seq').execute()).map(toEvent),
      ),
    claimDue: async (now, options) => {
      const isDue = await database.read(reading, (db) =>
        db.selectFrom('escalations').select('id').where('claimable_at', '<=', now).limit(1).executeTakeFirst(),
      );
      if (!isDue) return [];
      return database.write('Claiming escalations', (transaction) => claimDue(transaction, database.kind, { now, ...options }));
    },
    async save(change, messages) {
      let added: string[] = [];
      const saved = await database.attempt('Storing an escalation', async (transaction) => {
        // Conversations before escalations, as turns do it: locks taken in one order never wait for each other in a ring.
        added = await appendMessages(parts, transaction, messages);
        return writeChange(transaction, change);
      });
      if (saved) listeners.tell({ conversationIds: added, wakes: true });
      return saved;
    },
    nextDueAt: () => database.read('Looking for what is due', nextDueAt),
    nextRef: (clinicId) => database.write('Numbering an escalation', (transaction) => takeRef(transaction, clinicId)),
    ...makeOutbox(parts),
  };
}

type EscalationQuery = SelectQueryBuilder<Tables, 'escalations', Selectable<EscalationRow>>;

/** Escalations with their pages, as `where` picks and orders them. */
export async function findEscalations(db: Kysely<Tables>, where: (query: EscalationQuery) => EscalationQuery): Promise<Escalation[]> {
  const rows = await where(db.selectFrom('escalations').selectAll()).execute();
  const pages = new Map<string, Selectable<PageRow>[]>();
  for (let start = 0; start < rows.length; start += CHUNK) {
    const ids = rows.slice(start, start + CHUNK).map(({ id }) => id);
    const found = await db.selectFrom('pages').selectAll().where('escalation_id', 'in', ids).orderBy('seq').execute();
    for (const page of found) pages.set(page.escalation_id, [...(pages.get(page.escalation_id) ?? []), page]);
  }
  return rows.map((row) => toEscalation(row, pages.get(row.id) ?? []));
}

async function claimDue(
  transaction: Transaction<Tables>,
  kind: 'sqlite' | 'postgres',
  wanted: { readonly now: number; readonly limit: number; readonly leaseMs: number },
): Promise<Escalation[]> {
  const due = await transaction
    .selectFrom('escalations')
    .select('id')
    .where('claimable_at', '<=', wanted.now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(wanted.limit)
    .$if(kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  if (due.length === 0) return [];
  const ids = due.map(({ id }) => id);
  await transaction
    .updateTable('escalations')
    .set({ claimable_at: wanted.now + wanted.leaseMs })
    .where('id', 'in', ids)
    .execute();
  return findEscalations(transaction, (query) => query.where('id', 'in', ids).orderBy('next_at').orderBy('id'));
}

async function nextDueAt(db: Kysely<Tables>): Promise<number | null> {
  const moments = await Promise.all(
    (['escalations', 'outbox'] as const).map(async (table) => {
      const row = await db
        .selectFrom(table)
        .select((expression) => expression.fn.min('claimable_at').as('at'))
        .executeTakeFirst();
      return row?.at ?? null;
    }),
  );
  const known = moments.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
