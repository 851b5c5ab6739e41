import type { SmsInbox, WaitingText } from '../model/sms-edge';
import type { Database } from './database';
import { openJson, sealJson } from './vault';

const FORGOTTEN = Buffer.alloc(0);
type Body = Pick<WaitingText, 'text' | 'media' | 'optOut'>;

/** Texts of patients between their acknowledgement and their turn; their words are sealed, and forgotten once the turn has them. */
export function makeSmsInbox(database: Database, key: Buffer): SmsInbox {
  return {
    keep: ({ messageId, conversationId, at, text, media, optOut }) =>
      database.attempt('Keeping a text', async (transaction) => {
        const last = await transaction
          .selectFrom('sms_inbox')
          .select((expression) => expression.fn.max('seq').as('seq'))
          .where('conversation_id', '=', conversationId)
          .executeTakeFirst();
        const body: Body = { text, media, optOut };
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('sms_inbox')
          .values({
            ...{ message_id: messageId, conversation_id: conversationId, seq: (last?.seq ?? 0) + 1, at, turn_id: null, waits: 1 },
            body_sealed: sealJson(key, placeOf(messageId), body),
          })
          .onConflict((conflict) => conflict.column('message_id').doNothing())
          .executeTakeFirst();
        return numInsertedOrUpdatedRows === 1n;
      }),
    known: (messageIds) =>
      database.read('Looking for texts', async (db) => {
        if (messageIds.length === 0) return new Set();
        const rows = await db.selectFrom('sms_inbox').select('message_id').where('message_id', 'in', messageIds).execute();
        return new Set(rows.map(({ message_id }) => message_id));
      }),
    waiting: (conversationId) =>
      database.read('Reading texts', async (db) => {
        const rows = await db
          .selectFrom('sms_inbox')
          .selectAll()
          .where('conversation_id', '=', conversationId)
          .where('waits', '=', 1)
          .orderBy('at')
          .orderBy('seq')
          .orderBy('message_id')
          .execute();
        return rows.map((row) => {
          const body = openJson(key, placeOf(row.message_id), row.body_sealed) as Body;
          return { ...body, messageId: row.message_id, at: row.at, turnId: row.turn_id };
        });
      }),
    group: (messageIds, turnId) =>
      database.attempt('Giving texts to a turn', async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('sms_inbox')
          .set({ turn_id: turnId })
          .where('message_id', 'in', messageIds)
          .where('turn_id', 'is', null)
          .where('waits', '=', 1)
          .executeTakeFirst();
        return numUpdatedRows === BigInt(messageIds.length);
      }),
    async done(turnId) {
      await database.write('Forgetting answered texts', (transaction) =>
        transaction.updateTable('sms_inbox').set({ waits: 0, body_sealed: FORGOTTEN }).where('turn_id', '=', turnId).execute(),
      );
    },
    conversationsWaiting: () =>
      database.read('Looking for texts', async (db) => {
        const rows = await db.selectFrom('sms_inbox').select('conversation_id').distinct().where('waits', '=', 1).execute();
        return rows.map(({ conversation_id }) => conversation_id);
      }),
  };
}

function placeOf(messageId: string): string {
  return `sms_inbox|body|${messageId}`;
}
