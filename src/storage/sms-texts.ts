import type { SmsTexts, TextKey, TextState } from '../model/sms-edge';
import type { Database } from './database';

/** What a report may overtake: callbacks come late and out of order, and delivered beats all. */
const BELOW: Readonly<Record<'sent' | 'failed' | 'delivered', readonly TextState[]>> = {
  sent: ['sending', 'again'],
  failed: ['sending', 'again', 'sent'],
  delivered: ['sending', 'again', 'sent', 'failed'],
};

/** Our texts to patients: each part is sent by one process, and its state never goes back. */
export function makeSmsTexts(database: Database): SmsTexts {
  return {
    begin: (key, now, leaseMs) =>
      database.write('Beginning a text', async (transaction) => {
        const lease = { state: 'sending', leased_until: now + leaseMs, at: now } as const;
        const inserted = await transaction
          .insertInto('sms_texts')
          .values({ ...columnsOf(key), ...lease, provider_id: null, code: null })
          .onConflict((conflict) => conflict.columns(['conversation_id', 'seq', 'part']).doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 1n) return 'mine';
        const { numUpdatedRows } = await transaction
          .updateTable('sms_texts')
          .set(lease)
          .where('conversation_id', '=', key.conversationId)
          .where('seq', '=', key.seq)
          .where('part', '=', key.part)
          .where((or) => or.or([or('state', '=', 'again'), or.and([or('state', '=', 'sending'), or('leased_until', '<=', now)])]))
          .executeTakeFirst();
        if (numUpdatedRows === 1n) return 'mine';
        const row = await transaction
          .selectFrom('sms_texts')
          .select('state')
          .where('conversation_id', '=', key.conversationId)
          .where('seq', '=', key.seq)
          .where('part', '=', key.part)
          .executeTakeFirst();
        return row?.state === 'sending' ? 'busy' : 'settled';
      }),
    async settle(key, { state, providerId, code, at }) {
      await database.write('Storing what became of a text', (transaction) =>
        transaction
          .updateTable('sms_texts')
          // A report that overtook the answer to the send has said more already.
          .set((row) => ({
            state: row.case().when('state', '=', 'sending').then<string>(state).else(row.ref('state')).end(),
            ...(providerId === null ? {} : { provider_id: providerId }),
            ...(code === null ? {} : { code }),
            leased_until: null,
            at,
          }))
          .where('conversation_id', '=', key.conversationId)
          .where('seq', '=', key.seq)
          .where('part', '=', key.part)
          .execute(),
      );
    },
    report: ({ providerId, key }, { state, code, at }) =>
      database.write('Storing a report', async (transaction) => {
        const row = await transaction
          .updateTable('sms_texts')
          .set({ state, code, at, provider_id: providerId })
          .where((where) =>
            key === null
              ? where('provider_id', '=', providerId)
              : where.and([
                  where('conversation_id', '=', key.conversationId),
                  where('seq', '=', key.seq),
                  where('part', '=', key.part),
                  where.or([where('provider_id', 'is', null), where('provider_id', '=', providerId)]),
                ]),
          )
          .where('state', 'in', [...BELOW[state]])
          .returning(['conversation_id', 'seq', 'part'])
          .executeTakeFirst();
        return row ? { conversationId: row.conversation_id, seq: row.seq, part: row.part } : null;
      }),
    stateOf: (key) =>
      database.read('Reading what became of a text', async (db) => {
        const row = await db
          .selectFrom('sms_texts')
          .select(['state', 'code'])
          .where('conversation_id', '=', key.conversationId)
          .where('seq', '=', key.seq)
          .where('part', '=', key.part)
          .executeTakeFirst();
        return row ? { state: row.state as TextState, code: row.code } : null;
      }),
  };
}

function columnsOf({ conversationId, seq, part }: TextKey): { conversation_id: string; seq: number; part: number } {
  return { conversation_id: conversationId, seq, part };
}
