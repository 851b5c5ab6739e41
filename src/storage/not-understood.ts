import type { Kysely, Transaction } from 'kysely';
import type { NotUnderstood, TurnRecord } from '../model/turn';
import type { Tables } from './schema';

/** A message that was not understood, as the clinic reviews it: where it stands and what was made of it. Its words stay sealed. */
export interface NotUnderstoodRow extends NotUnderstood {
  readonly conversationId: string;
  readonly clinicId: string;
  /** Place of the patient's message in the conversation. */
  readonly seq: number;
  readonly at: number;
}

/** Stores the turn's record beside its message, in the same transaction. */
export async function writeNotUnderstood(transaction: Transaction<Tables>, record: TurnRecord, seq: number): Promise<void> {
  const { notUnderstood, input } = record;
  if (notUnderstood === null) return;
  await transaction
    .insertInto('not_understood')
    .values({
      conversation_id: input.conversationId,
      seq,
      at: input.at,
      kind: notUnderstood.kind,
      confidence: notUnderstood.confidence,
      guesses: notUnderstood.guesses.map(({ topic, probability }) => `${topic}:${probability.toFixed(2)}`).join(' '),
    })
    .execute();
}

/** The newest records first, of one clinic or of all. */
export async function listNotUnderstood(db: Kysely<Tables>, clinicId: string | null, limit: number): Promise<NotUnderstoodRow[]> {
  const all = db
    .selectFrom('not_understood')
    .innerJoin('conversations', 'conversations.id', 'not_understood.conversation_id')
    .selectAll('not_understood')
    .select('conversations.clinic_id')
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit);
  const rows = await (clinicId === null ? all : all.where('conversations.clinic_id', '=', clinicId)).execute();
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    clinicId: row.clinic_id,
    seq: row.seq,
    at: row.at,
    kind: row.kind as NotUnderstood['kind'],
    confidence: row.confidence,
    guesses: row.guesses === '' ? [] : row.guesses.split(' ').map(readGuess),
  }));
}

function readGuess(text: string): NotUnderstood['guesses'][number] {
  const [topic = '', probability = '0'] = text.split(':');
  return { topic, probability: Number(probability) };
}
