import type { Kysely, Transaction } from 'kysely';
import type { NotUnderstood, TurnRecord } from '../model/turn';
import type { Tables } from './schema';

/** A message that was not understood, as the clinic reviews it: where it stands and what was made of it. Its words stay sealed. */
export interface NotUnderstoodRow extends NotUnderstood {
  readonly conversationId: string;
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

/** The newest records first. */
export async function listNotUnderstood(db: Kysely<Tables>, limit: number): Promise<NotUnderstoodRow[]> {
  const rows = await db.selectFrom('not_understood').selectAll().orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    conversationId: row.conversation_id,
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
