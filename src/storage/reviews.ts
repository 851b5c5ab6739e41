import type { Kysely, Transaction } from 'kysely';
import type { StoredReview, TurnRecord } from '../model/turn';
import type { Disposition } from '../model/words';
import type { Tables } from './schema';

/** Stores where the two danger detectors differ beside the message, in the same transaction. */
export async function writeReview(transaction: Transaction<Tables>, { input, review, clinicId }: TurnRecord, seq: number): Promise<void> {
  if (!review) return;
  await transaction
    .insertInto('detector_reviews')
    .values({
      conversation_id: input.conversationId,
      seq,
      clinic_id: clinicId,
      rules: review.rules,
      statistics: review.statistics,
      answered: review.answered,
      flags: review.flags.join(' '),
      at: input.at,
    })
    .execute();
}

/** The newest reviews first, of one clinic or of all. */
export async function listReviews(db: Kysely<Tables>, clinicId: string | null, limit: number): Promise<StoredReview[]> {
  const all = db.selectFrom('detector_reviews').selectAll().orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit);
  const rows = await (clinicId === null ? all : all.where('clinic_id', '=', clinicId)).execute();
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    clinicId: row.clinic_id,
    seq: row.seq,
    at: row.at,
    rules: row.rules as Disposition,
    statistics: row.statistics as Disposition,
    answered: row.answered as Disposition,
    flags: row.flags === '' ? [] : row.flags.split(' '),
  }));
}
