import type { Transaction } from 'kysely';
import type { EraseOutcome } from '../model/web-edge';
import type { Tables } from './schema';

/** What stands in place of a destroyed data key. */
export const DESTROYED_KEY = Buffer.alloc(0);

/**
 * Destroys a conversation's data key and its messages, so that nothing of it can be read again, in backups either. The row stays for
 * what the clinic must keep (that somebody was paged, when and by whom). Refused while an urgent escalation is open: staff need the words.
 */
export async function eraseConversation(transaction: Transaction<Tables>, conversationId: string): Promise<EraseOutcome> {
  const conversation = await transaction
    .selectFrom('conversations')
    .select(['version', 'key_sealed'])
    .where('id', '=', conversationId)
    .executeTakeFirst();
  if (!conversation || conversation.key_sealed.length === 0) return 'unknown';
  const open = await transaction
    .selectFrom('escalations')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('tier', 'in', ['urgent', 'emergency'])
    .where('status', '!=', 'resolved')
    .executeTakeFirst();
  if (open) return 'urgent_open';
  for (const table of ['not_understood', 'detector_reviews', 'messages'] as const)
    await transaction.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
  await transaction.deleteFrom('teams_places').where('key', '=', `conversation/${conversationId}`).execute();
  await transaction
    .updateTable('conversations')
    .set({ key_sealed: DESTROYED_KEY, state_sealed: DESTROYED_KEY, patient_id: '', version: conversation.version + 1 })
    .where('id', '=', conversationId)
    .execute();
  return 'erased';
}
