import type { Selectable } from 'kysely';
import type { ConversationStore, ConversationSummary } from '../model/conversations';
import type { Channel } from '../model/turn';
import { isErased } from './erase-conversation';
import { appendMessages, openMessage } from './messages';
import { makeNotes } from './notes';
import type { ConversationRow } from './schema';
import type { StoreParts } from './store';
import { takenOverOf } from './turns';

/** Conversations as the channels show them and as staff change them, outside a turn. */
export function makeConversationStore(parts: StoreParts): ConversationStore {
  const { database, vault, listeners } = parts;
  return {
    summaryOf: (conversationId) =>
      database.read('Reading a conversation', async (db) => {
        const row = await db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirst();
        return row && !isErased(row) ? toSummary(row) : null;
      }),
    conversationsOf: (clinicId, limit) =>
      database.read('Reading conversations', async (db) => {
        const rows = await db
          .selectFrom('conversations')
          .selectAll()
          .where('patient_id', '!=', '')
          .$if(clinicId !== null, (query) => query.where('clinic_id', '=', clinicId))
          .orderBy('updated_at', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute();
        return rows.map(toSummary);
      }),
    read: (conversationId, afterSeq) =>
      database.read('Reading a conversation', async (db) => {
        const conversation = await db
          .selectFrom('conversations')
          .select(['key_sealed', 'last_seq'])
          .where('id', '=', conversationId)
          .executeTakeFirst();
        if (!conversation || isErased(conversation)) return { messages: [], lastSeq: 0 };
        const key = vault.openKey(conversationId, conversation.key_sealed);
        const rows = await db
          .selectFrom('messages')
          .selectAll()
          .where('conversation_id', '=', conversationId)
          .where('seq', '>', afterSeq)
          .where('seq', '<=', conversation.last_seq)
          .orderBy('seq')
          .execute();
        return { messages: rows.map((row) => openMessage(row, key)), lastSeq: conversation.last_seq };
      }),
    async addMessages(messages) {
      const added = await database.write('Adding to a conversation', (transaction) => appendMessages(parts, transaction, messages));
      listeners.tell({ conversationIds: added, wakes: added.length > 0 });
    },
    async setTakeOver(conversationId, takeOver, message) {
      let added: string[] = [];
      const changed = await database.attempt('Taking over a conversation', async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('conversations')
          .set((row) => ({
            taken_over_by: takeOver?.by ?? null,
            taken_over_at: takeOver?.at ?? null,
            version: row('version', '+', 1), // a turn that is being computed must find out
          }))
          .where('id', '=', conversationId)
          .$if(takeOver === null, (query) => query.where('taken_over_by', 'is not', null))
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        added = await appendMessages(parts, transaction, message ? [message] : []);
        return true;
      });
      if (changed) listeners.tell({ conversationIds: added, wakes: added.length > 0 });
      return changed;
    },
    ...makeNotes(parts),
  };
}

function toSummary(row: Selectable<ConversationRow>): ConversationSummary {
  return {
    id: row.id,
    clinicId: row.clinic_id,
    channel: row.channel as Channel,
    patientId: row.patient_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSeq: row.last_seq,
    takenOver: takenOverOf(row),
  };
}
