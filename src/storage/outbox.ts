import type { Selectable, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { ClaimedSending, EscalationStore, Sending } from '../model/escalation';
import { addSendings } from './add-sendings';
import type { Database } from './database';
import { appendMessages } from './messages';
import type { OutboxRow, Tables } from './schema';
import type { StoreParts } from './store';
import { writeChange } from './write-change';

/** How far back a clinic's claims count against it when it is another clinic's turn. */
export const FAIRNESS_MS = 10_000;

type Outbox = Pick<EscalationStore, 'claimSendings' | 'beginAttempt' | 'settle' | 'addSending'>;

/** What waits to leave the house: claimed in turn between clinics, under a lease and a fence. */
export function makeOutbox(parts: StoreParts): Outbox {
  const { database, listeners } = parts;
  return {
    async claimSendings(now, options) {
      const waits = await database.read('Looking for what to send', (db) =>
        db.selectFrom('outbox').select('id').where('claimable_at', '<=', now).limit(1).executeTakeFirst(),
      );
      if (!waits) return [];
      return database.write('Claiming what to send', (transaction) => claim(transaction, database.kind, { now, ...options }));
    },
    beginAttempt: (sending, now, leaseMs) =>
      database.attempt('Beginning to send', async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('outbox')
          .set((row) => ({ claimable_at: now + leaseMs, attempts: row('attempts', '+', 1) }))
          .where('id', '=', sending.id)
          .where('claim_epoch', '=', sending.epoch)
          .where('state', '=', 'leased')
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),
    async settle(sending, outcome, change, messages) {
      let added: string[] = [];
      const isSettled = await database.attempt('Storing what was sent', async (transaction) => {
        added = await appendMessages(parts, transaction, messages);
        if (change && !(await writeChange(transaction, change))) return false;
        const { numUpdatedRows } = await transaction
          .updateTable('outbox')
          .set({ failure: outcome.failure, ...settled(outcome) })
          .where('id', '=', sending.id)
          .where('claim_epoch', '=', sending.epoch)
          .where('state', '=', 'leased')
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      });
      if (isSettled) listeners.tell({ conversationIds: added, wakes: change !== null || outcome.state === 'again' });
      return isSettled;
    },
    async addSending(sending) {
      await database.write('Storing a notice', (transaction) => addSendings(transaction, [sending]));
      listeners.tell({ conversationIds: [], wakes: true });
    },
  };
}

function settled({ state, at }: Parameters<EscalationStore['settle']>[1]): Partial<OutboxRow> {
  if (state === 'again') return { state: 'waiting', due_at: at, claimable_at: at };
  return { state, claimable_at: null, settled_at: at };
}

interface Claim {
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly fullClinics: readonly string[];
}

async function claim(transaction: Transaction<Tables>, kind: Database['kind'], wanted: Claim): Promise<ClaimedSending[]> {
  const picked = await pick(transaction, kind, wanted);
  if (picked.length === 0) return [];
  const rows = await transaction
    .updateTable('outbox')
    .set((row) => ({
      state: 'leased',
      claim_epoch: row('claim_epoch', '+', 1),
      claimable_at: wanted.now + wanted.leaseMs,
      claimed_at: wanted.now,
    }))
    .where('id', 'in', picked)
    .returningAll()
    .execute();
  const place = new Map(picked.map((id, index) => [id, index]));
  return rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)).map(toClaimed);
}

/**
 * The sendings whose turn it is. Within one priority each clinic's oldest comes first, then each clinic's second; what a clinic got
 * lately counts as turns it has had. The condition on `claimable_at` stands twice: PostgreSQL looks at the outer one again after it
 * waited for a row.
 */
async function pick(transaction: Transaction<Tables>, kind: Database['kind'], { now, limit, fullClinics }: Claim): Promise<string[]> {
  const notFull = fullClinics.length > 0 ? sql`and clinic_id not in (${sql.join(fullClinics)})` : sql``;
  const { rows } = await sql<{ id: string }>`
    select outbox.id from outbox
    join (
      select id, row_number() over (partition by priority, clinic_id order by due_at, id) as turn
      from outbox where claimable_at <= ${now} ${notFull}
    ) waiting on waiting.id = outbox.id
    left join (
      select priority, clinic_id, count(*) as turns from outbox where claimed_at > ${now - FAIRNESS_MS} group by priority, clinic_id
    ) lately on lately.priority = outbox.priority and lately.clinic_id = outbox.clinic_id
    where outbox.claimable_at <= ${now}
    order by outbox.priority, waiting.turn + coalesce(lately.turns, 0), outbox.due_at, outbox.id
    limit ${limit} ${kind === 'postgres' ? sql`for update of outbox skip locked` : sql``}`.execute(transaction);
  return rows.map(({ id }) => id);
}

function toClaimed(row: Selectable<OutboxRow>): ClaimedSending {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    clinicId: row.clinic_id,
    priority: row.priority as ClaimedSending['priority'],
    dueAt: row.due_at,
    sending: JSON.parse(row.payload) as Sending,
    epoch: row.claim_epoch,
    attempts: row.attempts,
  };
}
