import type { SmsStore } from '../model/sms-edge';
import type { Database } from './database';
import { makePatients } from './patients';
import { deriveKey } from '../tools/derive-key';
import { makeSmsInbox } from './sms-inbox';
import { makeSmsTexts } from './sms-texts';

/** What is kept for patients who text, each kind of secret under a key of its own. */
export function makeSmsStore(database: Database, secret: Buffer): SmsStore {
  return {
    patients: makePatients(database, { index: deriveKey(secret, 'patient-index'), seal: deriveKey(secret, 'patient-numbers') }),
    inbox: makeSmsInbox(database, deriveKey(secret, 'sms-inbox')),
    texts: makeSmsTexts(database),
    messageIdOf: (conversationId, seq) =>
      database.read('Looking for a message', async (db) => {
        const row = await db
          .selectFrom('messages')
          .select('channel_msg_id')
          .where('conversation_id', '=', conversationId)
          .where('seq', '=', seq)
          .executeTakeFirst();
        return row?.channel_msg_id ?? null;
      }),
  };
}
