import type { ConversationStore } from '../model/conversations';
import { isErased } from './erase-conversation';
import type { StoreParts } from './store';
import { openJson, sealJson } from './vault';

/** Notes of staff, sealed with the key of their conversation. */
export function makeNotes({ database, vault }: StoreParts): Pick<ConversationStore, 'addNote' | 'readNotes'> {
  return {
    addNote: (note) =>
      database.write('Storing a note', async (transaction) => {
        const { conversationId } = note;
        const conversation = await transaction
          .selectFrom('conversations')
          .select('key_sealed')
          .where('id', '=', conversationId)
          .executeTakeFirst();
        if (!conversation || isErased(conversation)) return false;
        await transaction
          .insertInto('staff_notes')
          .values({
            id: note.id,
            conversation_id: conversationId,
            escalation_id: note.escalationId,
            author: note.by,
            text_sealed: sealJson(vault.openKey(conversationId, conversation.key_sealed), placeOf(note.id), note.text),
            created_at: note.at,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        return true;
      }),
    readNotes: (conversationId) =>
      database.read('Reading notes', async (db) => {
        const conversation = await db.selectFrom('conversations').select('key_sealed').where('id', '=', conversationId).executeTakeFirst();
        if (!conversation || isErased(conversation)) return [];
        const key = vault.openKey(conversationId, conversation.key_sealed);
        const rows = await db
          .selectFrom('staff_notes')
          .selectAll()
          .where('conversation_id', '=', conversationId)
          .orderBy('created_at')
          .orderBy('id')
          .execute();
        return rows.map((row) => ({
          id: row.id,
          conversationId,
          escalationId: row.escalation_id,
          by: row.author,
          at: row.created_at,
          text: openJson(key, placeOf(row.id), row.text_sealed) as string,
        }));
      }),
  };
}

function placeOf(noteId: string): string {
  return `staff_notes|text|${noteId}`;
}
