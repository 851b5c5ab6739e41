import type { Transaction } from 'kysely';
import type { EraseOutcome } from '../model/web-edge';
import { lockChart, openMemory, sealMemory, withoutWordsOf } from './chart-memory';
import type { Tables } from './schema';
import type { StoreParts } from './store';

/** What stands in place of a destroyed data key. */
const DESTROYED_KEY = Buffer.alloc(0);

/** Whether a conversation was erased: to whoever reads or adds to it, it is one that nobody knows. */
export function isErased(row: { readonly key_sealed: Uint8Array }): boolean {
  return row.key_sealed.length === 0;
}

/**
 * Destroys a conversation's data key and its messages, so that nothing of it can be read again, in backups either. The row stays for
 * what the clinic must keep (that somebody was paged, when and by whom). Refused while an urgent escalation of the patient is open: staff
 * need the words. The chart of an enrolled patient stays with the clinic, without the words; a browser that erases is no longer known as theirs.
 */
export async function eraseConversation(
  parts: StoreParts,
  transaction: Transaction<Tables>,
  conversationId: string,
): Promise<EraseOutcome> {
  const conversation = await transaction
    .selectFrom('conversations')
    .select(['version', 'key_sealed', 'chart_id', 'channel', 'clinic_id', 'patient_id'])
    .where('id', '=', conversationId)
    .$if(parts.database.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (!conversation || isErased(conversation)) return 'unknown';
  const open = await transaction
    .selectFrom('escalations')
    .select('id')
    .where((where) =>
      where.or([
        where('conversation_id', '=', conversationId),
        where('conversation_id', 'in', transaction.selectFrom('conversations').select('id').where('chart_id', '=', conversation.chart_id)),
      ]),
    )
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
  if (conversation.chart_id !== null) await forgetWords(parts, transaction, { chartId: conversation.chart_id, conversationId });
  if (conversation.channel === 'web')
    await transaction
      .deleteFrom('chart_addresses')
      .where('clinic_id', '=', conversation.clinic_id)
      .where('patient_id', '=', conversation.patient_id)
      .execute();
  await transaction.deleteFrom('teams_places').where('key', '=', `conversation/${conversationId}`).execute();
  await transaction
    .updateTable('conversations')
    .set({ key_sealed: DESTROYED_KEY, state_sealed: DESTROYED_KEY, patient_id: '', version: conversation.version + 1 })
    .where('id', '=', conversationId)
    .execute();
  return 'erased';
}

/** What a chart remembers in words for half an hour may be this conversation's. */
async function forgetWords(
  { database, vault }: StoreParts,
  transaction: Transaction<Tables>,
  { chartId, conversationId }: { readonly chartId: string; readonly conversationId: string },
): Promise<void> {
  const chart = await lockChart(database, transaction, chartId);
  const memory = withoutWordsOf(openMemory(vault, chart), conversationId);
  await transaction
    .updateTable('charts')
    .set((row) => ({
      memory_sealed: sealMemory(vault.openKey(chartId, chart.key_sealed), chartId, memory),
      version: row('version', '+', 1),
    }))
    .where('id', '=', chartId)
    .execute();
}
