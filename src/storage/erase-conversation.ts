import type { Transaction } from 'kysely';
import type { EraseOutcome } from '../model/web-edge';
import type { Database } from './database';
import type { Tables } from './schema';

/** What stands in place of a destroyed data key. */
const DESTROYED_KEY = Buffer.alloc(0);

/** Whether a conversation was erased: to whoever reads or adds to it, it is one that nobody knows. */
export function isErased(row: { readonly key_sealed: Uint8Array }): boolean {
  return row.key_sealed.length === 0;
}

/**
 * Destroys a conversation's data key and its messages, so that nothing of it can be read again, in backups either. The row stays for
 * what the clinic must keep (that somebody was paged, when and by whom). Refused while an urgent escalation is open: staff need the words.
 */
export async function eraseConversation(
  transaction: Transaction<Tables>,
  kind: Database['kind'],
  conversationId: string,
): Promise<EraseOutcome> {
  const conversation = await transaction
    .selectFrom('conversations')
    .select(['version', 'key_sealed'])
    .where('id', '=', conversationId)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (!conversation || isErased(conversation)) return 'unknown';
  const open = await transaction
    .selectFrom('escalations')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('tier', 'in', ['urgent', 'emergency'])
    .where('status', '!=', 'resolved')
    .executeTakeFirst();
  if (open) return 'urgent_open';
  for (const table of ['not_understood', 'detector_reviews', 'staff_notes', 'teams_pushes', 'messages', 'sms_texts'] as const)
    await transaction.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
  // Ids of texts stay, so that a late copy is none; that a number wants no texts stays too, the number itself does not.
  await transaction
    .updateTable('sms_inbox')
    .set({ body_sealed: DESTROYED_KEY, waits: 0 })
    .where('conversation_id', '=', conversationId)
    .execute();
  await transaction.updateTable('patients').set({ number_sealed: DESTROYED_KEY }).where('conversation_id', '=', conversationId).execute();
  await transaction.deleteFrom('teams_places').where('key', '=', `conversation/${conversationId}`).execute();
  await transaction
    .updateTable('conversations')
    .set({ key_sealed: DESTROYED_KEY, state_sealed: DESTROYED_KEY, patient_id: '', version: conversation.version + 1 })
    .where('id', '=', conversationId)
    .execute();
  return 'erased';
}
