import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { EscalationChange, EscalationEvent } from '../model/escalation';
import { toEscalationRow, toPageRow, withoutDoublePages } from './escalation-rows';
import { addSendings } from './add-sendings';
import type { EscalationRow, PageRow, Tables } from './schema';

/**
 * Writes one step of an escalation's life: its row, pages, history and what has to leave the house. False when the escalation has moved
 * on since it was read; then the caller undoes the transaction.
 */
export async function writeChange(transaction: Transaction<Tables>, { after, events, send }: EscalationChange): Promise<boolean> {
  const isNew = after.version === 0;
  const ref = after.ref > 0 ? after.ref : await takeRef(transaction, after.clinicId);
  const row = toEscalationRow({ ...after, ref, version: after.version + 1 });
  const isWritten = isNew ? await insertNew(transaction, row) : await replace(transaction, row, after.version);
  if (!isWritten) return false;
  await writePages(transaction, after, isNew);
  await writeEvents(transaction, after.id, events);
  await addSendings(transaction, send);
  return true;
}

async function insertNew(transaction: Transaction<Tables>, row: EscalationRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('escalations')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function replace(transaction: Transaction<Tables>, row: EscalationRow, version: number): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('escalations')
    .set(row)
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** The next reference number of a clinic. */
export async function takeRef(transaction: Transaction<Tables>, clinicId: string): Promise<number> {
  const { value } = await transaction
    .insertInto('counters')
    .values({ clinic_id: clinicId, name: 'ref', value: 1 })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'name']).doUpdateSet({ value: sql<number>`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

async function writePages(transaction: Transaction<Tables>, after: EscalationChange['after'], isNew: boolean): Promise<void> {
  const rows = withoutDoublePages(after.pages).map((page, seq) => toPageRow(page, after.id, seq));
  const stored = isNew ? [] : await transaction.selectFrom('pages').selectAll().where('escalation_id', '=', after.id).execute();
  const before = new Map(stored.map((row) => [row.id, row]));
  for (const row of rows) {
    const known = before.get(row.id);
    if (!known) await transaction.insertInto('pages').values(row).execute();
    else if (differs(known, row)) await transaction.updateTable('pages').set(row).where('id', '=', row.id).execute();
  }
}

function differs(before: PageRow, after: PageRow): boolean {
  return (Object.keys(after) as (keyof PageRow)[]).some((name) => before[name] !== after[name]);
}

async function writeEvents(transaction: Transaction<Tables>, escalationId: string, events: readonly EscalationEvent[]): Promise<void> {
  if (events.length === 0) return;
  const last = await transaction
    .selectFrom('escalation_events')
    .select((expression) => expression.fn.max('seq').as('seq'))
    .where('escalation_id', '=', escalationId)
    .executeTakeFirst();
  const first = (last?.seq ?? 0) + 1;
  await transaction
    .insertInto('escalation_events')
    .values(
      events.map(({ kind, actor, at, detail }, index) => ({ escalation_id: escalationId, seq: first + index, kind, actor, at, detail })),
    )
    .execute();
}
