import type { Transaction } from 'kysely';
import type { NewSending } from '../model/escalation';
import { newId } from '../tools/ids';
import type { Tables } from './schema';

/** Puts sendings into the outbox; one whose dedupe key is there already is left out. */
export async function addSendings(transaction: Transaction<Tables>, sendings: readonly NewSending[]): Promise<void> {
  for (const { dedupeKey, clinicId, priority, dueAt, sending } of sendings)
    await transaction
      .insertInto('outbox')
      .values({
        id: newId('out', dueAt),
        dedupe_key: dedupeKey,
        clinic_id: clinicId,
        kind: sending.kind,
        priority,
        due_at: dueAt,
        state: 'waiting',
        claimable_at: dueAt,
        claimed_at: null,
        claim_epoch: 0,
        attempts: 0,
        failure: null,
        payload: JSON.stringify(sending),
        settled_at: null,
      })
      .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
      .execute();
}
