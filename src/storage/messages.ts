import type { Insertable, Selectable, Transaction } from 'kysely';
import type { StoredMessage } from '../model/conversations';
import type { AddedMessage, EscalationStatus } from '../model/escalation';
import type { Outcome, TurnRecord } from '../model/turn';
import { addSendings } from './add-sendings';
import { isErased } from './erase-conversation';
import type { ConversationRow, MessageRow, Tables } from './schema';
import type { StoreParts } from './store';
import { openJson, sealJson } from './vault';

/** Whether the patients of a channel do not come for their messages. */
export function isPushed(channel: string): boolean {
  return channel === 'sms' || channel === 'teams';
}

/** What a message amounts to that no patient asked for. */
const NOTHING_SAID: Outcome = {
  topics: [],
  verdict: 'none',
  verdicts: {},
  disposition: 'none',
  intent: 'notice',
  confidence: 1,
  hoursSinceTreatment: null,
  citations: [],
  knowledgeVersion: '',
};

/** Where a conversation stands while messages are added to it. */
interface Place {
  readonly key: Buffer;
  readonly lastSeq: number;
}

/** Stores both sides of a turn, and what of it has to be pushed to the patient. */
export async function writeTurnMessages(transaction: Transaction<Tables>, record: TurnRecord, { key, lastSeq }: Place): Promise<void> {
  const { input, outcome } = record;
  const escalation = await escalationOf(transaction, record);
  const first = lastSeq + 1;
  const firstSaid = record.isHeard ? first + 1 : first;
  const common = {
    conversation_id: input.conversationId,
    disposition: outcome.disposition,
    knowledge_version: outcome.knowledgeVersion,
    created_at: input.at,
  };
  const heard: Insertable<MessageRow> = {
    ...common,
    seq: first,
    direction: 'in',
    channel_msg_id: input.messageId,
    body_sealed: sealJson(key, placeOf(input.conversationId, first), { text: input.text, echo: input.echo }),
  };
  const said = record.replies.map((reply, index): Insertable<MessageRow> => {
    const seq = firstSaid + index;
    const body_sealed = sealJson(key, placeOf(input.conversationId, seq), { reply, outcome, escalation, author: null });
    return { ...common, seq, direction: 'out', channel_msg_id: `${input.messageId}#${index + 1}`, body_sealed };
  });
  const rows = record.isHeard ? [heard, ...said] : said;
  if (rows.length > 0) await transaction.insertInto('messages').values(rows).execute();
  if (isPushed(input.channel))
    for (const { seq } of said)
      await push(transaction, { conversationId: input.conversationId, clinicId: record.clinicId, seq, at: input.at });
}

/** Adds messages outside a turn, each once; returns the conversations that got one. */
export async function appendMessages(
  { database, vault }: StoreParts,
  transaction: Transaction<Tables>,
  messages: readonly AddedMessage[],
): Promise<string[]> {
  const added = new Set<string>();
  // In one order everywhere, so that two processes never wait for each other's conversations in a ring.
  const inOrder = messages.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0));
  for (const message of inOrder) {
    const conversation = await transaction
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', message.conversationId)
      .$if(database.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (!conversation || isErased(conversation)) continue;
    const key = vault.openKey(conversation.id, conversation.key_sealed);
    if (await appendMessage(transaction, message, { conversation, key })) added.add(conversation.id);
  }
  return [...added];
}

async function appendMessage(
  transaction: Transaction<Tables>,
  message: AddedMessage,
  { conversation, key }: { conversation: Selectable<ConversationRow>; key: Buffer },
): Promise<boolean> {
  const seq = conversation.last_seq + 1;
  const reply = { text: message.text, actions: message.actions };
  const outcome = { ...NOTHING_SAID, intent: message.author ? 'staff' : NOTHING_SAID.intent };
  const body = { reply, outcome, escalation: message.escalation, author: message.author };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('messages')
    .values({
      conversation_id: conversation.id,
      seq,
      direction: 'out',
      channel_msg_id: message.id,
      body_sealed: sealJson(key, placeOf(conversation.id, seq), body),
      disposition: outcome.disposition,
      knowledge_version: outcome.knowledgeVersion,
      created_at: message.at,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'direction', 'channel_msg_id']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await transaction.updateTable('conversations').set({ last_seq: seq, updated_at: message.at }).where('id', '=', conversation.id).execute();
  if (isPushed(conversation.channel))
    await push(transaction, { conversationId: conversation.id, clinicId: conversation.clinic_id, seq, at: message.at });
  return true;
}

function push(
  transaction: Transaction<Tables>,
  message: { readonly conversationId: string; readonly clinicId: string; readonly seq: number; readonly at: number },
): Promise<void> {
  const { conversationId, clinicId, seq, at } = message;
  const sending = { kind: 'patient', conversationId, seq } as const;
  return addSendings(transaction, [{ dedupeKey: `patient/${conversationId}/${seq}`, clinicId, priority: 2, dueAt: at, sending }]);
}

/** The escalation that a turn's replies speak of: the one it raised or changed, else the one that waits for a person. */
async function escalationOf(
  transaction: Transaction<Tables>,
  { changes, outcome, input, chart }: TurnRecord,
): Promise<{ id: string; status: EscalationStatus } | null> {
  const changed = changes.at(-1)?.after;
  if (changed) return { id: changed.id, status: changed.status };
  if (outcome.disposition !== 'urgent' && outcome.disposition !== 'emergency') return null;
  const waiting = await transaction
    .selectFrom('escalations')
    .select(['id', 'status'])
    .$if(chart === null, (query) => query.where('conversation_id', '=', input.conversationId))
    .$if(chart !== null, (query) =>
      query.where(
        'conversation_id',
        'in',
        transaction
          .selectFrom('conversations')
          .select('id')
          .where('chart_id', '=', chart?.id ?? ''),
      ),
    )
    .where('status', '!=', 'resolved')
    .where('tier', '!=', 'ask_clinic')
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return waiting ? { id: waiting.id, status: waiting.status as EscalationStatus } : null;
}

/** A message from its row. Messages stored before staff could write have no author. */
export function openMessage(row: Selectable<MessageRow>, key: Buffer): StoredMessage {
  const body = openJson(key, placeOf(row.conversation_id, row.seq), row.body_sealed) as object;
  return { author: null, ...body, seq: row.seq, at: row.created_at, direction: row.direction } as StoredMessage;
}

function placeOf(conversationId: string, seq: number): string {
  return `messages|body|${conversationId}/${seq}`;
}
