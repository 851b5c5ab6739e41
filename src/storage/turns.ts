import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ChartMark, ConversationState, StoredConversation, TakeOver, TurnRecord, TurnStore, Writer } from '../model/turn';
import { newConversationState } from '../model/turn';
import { AftercareError } from '../tools/errors';
import { addSendings } from './add-sendings';
import { absorb, chartIdOf, findChart, memoryOf, openMemory, placed, sealMemory, withoutMemory } from './chart-memory';
import { isErased } from './erase-conversation';
import { findEscalations } from './escalations';
import { isPushed, writeTurnMessages } from './messages';
import { writeNotUnderstood } from './not-understood';
import { writeReview } from './reviews';
import type { ConversationRow, Tables } from './schema';
import type { StoreParts } from './store';
import { openJson, sealJson, statePlace } from './vault';
import { writeChange } from './write-change';

/** Conversations as turns read and change them. */
export function makeTurnStore(parts: StoreParts): TurnStore {
  const { database, vault, listeners } = parts;
  return {
    load: (conversationId, writer) =>
      database.read('Reading a conversation', async (db) => {
        const row = await db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirst();
        if (row && isErased(row)) return null;
        return loadFor(vault, db, { conversationId, row, writer });
      }),
    hasMessage: (conversationId, messageId) =>
      database.read('Looking for a message', async (db) => {
        const found = await db
          .selectFrom('messages')
          .select('seq')
          .where('conversation_id', '=', conversationId)
          .where('direction', '=', 'in')
          .where('channel_msg_id', '=', messageId)
          .executeTakeFirst();
        return found !== undefined;
      }),
    async commit(record, version) {
      const stored = await database.write('Storing a turn', (transaction) => commitTurn(parts, transaction, { record, version }));
      const wakes = record.changes.length > 0 || isPushed(record.input.channel);
      if (stored) listeners.tell({ conversationIds: [record.input.conversationId], wakes });
      return stored;
    },
  };
}

/** Reads a conversation as its patient's: with what is known of them by other ways, and whatever is open of theirs. */
async function loadFor(
  vault: StoreParts['vault'],
  db: Kysely<Tables>,
  of: { readonly conversationId: string; readonly row: Selectable<ConversationRow> | undefined; readonly writer: Writer | undefined },
): Promise<StoredConversation | null> {
  const { conversationId, row, writer } = of;
  const chartId = row?.chart_id ?? (writer && mayBeEnrolled(row) ? await chartIdOf(db, writer) : null);
  const chart = chartId === null ? undefined : await findChart(db, chartId);
  if (!row && !chart) return null;
  const state = row
    ? (openJson(vault.openKey(conversationId, row.key_sealed), statePlace(conversationId), row.state_sealed) as ConversationState)
    : newConversationState();
  const open = await findEscalations(db, (query) =>
    (chart
      ? query.where('conversation_id', 'in', db.selectFrom('conversations').select('id').where('chart_id', '=', chart.id))
      : query.where('conversation_id', '=', conversationId)
    )
      .where('status', '!=', 'resolved')
      .orderBy('raised_at')
      .orderBy('id'),
  );
  const at = { version: row?.version ?? 0, open, takenOver: row ? takenOverOf(row) : null };
  if (!chart) return { ...at, state, chart: null };
  const memory = openMemory(vault, chart);
  const isFree = row?.chart_id === null;
  const shared = isFree ? absorb(memory, placed(memoryOf({ ...newConversationState(), ...state }), conversationId)) : memory;
  return { ...at, state: { ...state, ...shared }, chart: { id: chart.id, version: chart.version } };
}

/** Whoever has a link is bound before they write; others may be enrolled in the moment in which they write. */
function mayBeEnrolled(row: Pick<ConversationRow, 'channel'> | undefined): boolean {
  return row?.channel !== 'web';
}

/** Who has taken a conversation over, from its row. */
export function takenOverOf(row: Pick<ConversationRow, 'taken_over_by' | 'taken_over_at'>): TakeOver | null {
  return row.taken_over_by === null || row.taken_over_at === null ? null : { by: row.taken_over_by, at: row.taken_over_at };
}

async function commitTurn(
  { database, vault }: StoreParts,
  transaction: Transaction<Tables>,
  { record, version }: { readonly record: TurnRecord; readonly version: number },
): Promise<boolean> {
  const { conversationId, messageId } = record.input;
  const known = await transaction
    .selectFrom('conversations')
    .select(['version', 'last_seq', 'key_sealed'])
    .where('id', '=', conversationId)
    .$if(database.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if ((known?.version ?? 0) !== version || (known && isErased(known))) throw moved('the conversation changed');
  const twice = await transaction
    .selectFrom('messages')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('channel_msg_id', '=', messageId)
    .where('direction', '=', 'in')
    .executeTakeFirst();
  if (twice) return false;
  const { key, newKey } = known ? { key: vault.openKey(conversationId, known.key_sealed), newKey: null } : vault.newKey(conversationId);
  const lastSeq = known?.last_seq ?? 0;
  await writeConversation(transaction, record, { key, newKey, version, lastSeq });
  if (record.chart && !(await writeChart(vault, transaction, { record, chart: record.chart }))) throw moved('the chart changed');
  for (const change of record.changes) if (!(await writeChange(transaction, change))) throw moved('an escalation changed');
  await writeTurnMessages(transaction, record, { key, lastSeq });
  await addSendings(transaction, record.later);
  await writeReview(transaction, record, lastSeq + 1);
  await writeNotUnderstood(transaction, record, lastSeq + 1);
  return true;
}

async function writeConversation(
  transaction: Transaction<Tables>,
  { input, clinicId, state, replies, chart, isHeard }: TurnRecord,
  at: { readonly key: Buffer; readonly newKey: Buffer | null; readonly version: number; readonly lastSeq: number },
): Promise<void> {
  const { conversationId, channel, patientId } = input;
  const changed = {
    state_sealed: sealJson(at.key, statePlace(conversationId), chart ? withoutMemory(state) : state),
    chart_id: chart?.id ?? null,
    version: at.version + 1,
    last_seq: at.lastSeq + (isHeard ? 1 : 0) + replies.length,
    updated_at: input.at,
  };
  if (at.newKey === null) {
    await transaction.updateTable('conversations').set(changed).where('id', '=', conversationId).execute();
    return;
  }
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('conversations')
    .values({
      id: conversationId,
      clinic_id: clinicId,
      channel,
      patient_id: patientId,
      key_sealed: at.newKey,
      created_at: input.at,
      taken_over_by: null,
      taken_over_at: null,
      ...changed,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) throw moved('the conversation began');
}

/** Keeps what the turn learned of the patient as a whole; false when the chart has moved on since it was read. */
async function writeChart(
  vault: StoreParts['vault'],
  transaction: Transaction<Tables>,
  { record: { state, input }, chart }: { readonly record: TurnRecord; readonly chart: ChartMark },
): Promise<boolean> {
  const row = await findChart(transaction, chart.id);
  if (!row) return false;
  const memory = placed(memoryOf(state), input.conversationId);
  const { numUpdatedRows } = await transaction
    .updateTable('charts')
    .set({
      memory_sealed: sealMemory(vault.openKey(chart.id, row.key_sealed), chart.id, memory),
      version: chart.version + 1,
      updated_at: input.at,
    })
    .where('id', '=', chart.id)
    .where('version', '=', chart.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function moved(what: string): AftercareError {
  return new AftercareError('TURN_CONFLICT', `Storing a turn failed: ${what} meanwhile.`);
}
