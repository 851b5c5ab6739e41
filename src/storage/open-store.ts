import { mkdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { ConversationState, Escalation, Outcome, Reply, StoredConversation, StoredReview, TurnRecord, TurnStore } from '../model/turn';
import type { EraseOutcome } from '../model/web-edge';
import type { Disposition } from '../model/words';
import { eraseConversation } from './erase-conversation';
import type { NotUnderstoodRow } from './not-understood';
import { listNotUnderstood, writeNotUnderstood } from './not-understood';
import { AftercareError, reasonOf } from '../tools/errors';
import type { Tables } from './schema';
import { migrate } from './schema';
import { deriveKey, newDataKey, seal, unseal } from './seal';
import { SqliteFileDialect } from './sqlite-dialect';

const EXPECTED = 'expected a folder that can be read and written, with free space. Set DATA_DIR to one.';

/** One side of one exchange, as kept. */
export type StoredMessage = { readonly seq: number; readonly at: number } & (
  | { readonly direction: 'in'; readonly echo: unknown; readonly text: string }
  | {
      readonly direction: 'out';
      readonly reply: Reply;
      readonly outcome: Outcome;
      readonly escalation: { id: string; status: string } | null;
    }
);

/** A store of turns with what the channels and the console read from it. */
export interface Store extends TurnStore {
  exists(conversationId: string): Promise<boolean>;
  read(conversationId: string, afterSeq: number): Promise<{ messages: StoredMessage[]; lastSeq: number }>;
  listEscalations(limit: number): Promise<Escalation[]>;
  /** Messages on which the danger detectors differ, newest first. */
  listReviews(limit: number): Promise<StoredReview[]>;
  /** Messages that were not understood, newest first; without words. */
  listNotUnderstood(limit: number): Promise<NotUnderstoodRow[]>;
  onCommit(listener: (conversationId: string) => void): () => void;
  /** Destroys what a conversation holds, unless staff still need it. */
  erase(conversationId: string): Promise<EraseOutcome>;
  /** Whether storage answers; throws STORAGE_UNAVAILABLE when it does not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Opens (and where needed makes) a SQLite store; `:memory:` keeps nothing. Throws STORAGE_UNAVAILABLE with what was expected. */
export async function openStore(options: { path: string; secret: Buffer; clinicId: string; now: number }): Promise<Store> {
  if (options.path !== ':memory:') {
    try {
      mkdirSync(dirname(options.path), { recursive: true });
    } catch (error) {
      throw new AftercareError(
        'STORAGE_UNAVAILABLE',
        `Making the data folder ${dirname(options.path)} failed (${reasonOf(error)}): ${EXPECTED}`,
        { cause: error },
      );
    }
  }
  const db = new Kysely<Tables>({ dialect: new SqliteFileDialect(options.path) });
  try {
    await migrate(db, options.now);
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    if (rows[0]?.synchronous !== 2) throw new Error('synchronous is not FULL');
  } catch (error) {
    await db.destroy();
    if (error instanceof AftercareError) throw error;
    throw new AftercareError('STORAGE_UNAVAILABLE', `Preparing the database ${options.path} failed (${reasonOf(error)}): ${EXPECTED}`, {
      cause: error,
    });
  }
  const masterKey = deriveKey(options.secret, 'conversation-keys');
  try {
    await checkSecret(db, masterKey);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return new SqlStore(db, { masterKey, clinicId: options.clinicId, path: options.path });
}

/** Refuses a secret that opens none of the newest conversations: under it every patient of before would be met by errors. */
async function checkSecret(db: Kysely<Tables>, masterKey: Buffer): Promise<void> {
  const query = db.selectFrom('conversations').select(['id', 'key_sealed']).where('patient_id', '!=', '');
  const rows = await query.orderBy('updated_at', 'desc').limit(3).execute();
  for (const [index, row] of rows.entries()) {
    try {
      unseal(masterKey, `conversations|key|${row.id}`, row.key_sealed);
      return;
    } catch (error) {
      if (index === rows.length - 1)
        throw new AftercareError(
          'STORAGE_UNAVAILABLE',
          'Opening the database failed: expected the AFTERCARE_SECRET that its conversations were sealed with. Set that secret again, or set DATA_DIR to another folder.',
          { cause: error },
        );
    }
  }
}

class SqlStore implements Store {
  private readonly listeners = new Set<(conversationId: string) => void>();

  constructor(
    private readonly db: Kysely<Tables>,
    private readonly options: { readonly masterKey: Buffer; readonly clinicId: string; readonly path: string },
  ) {}

  async load(conversationId: string): Promise<StoredConversation | null> {
    const row = await this.db
      .selectFrom('conversations')
      .select(['key_sealed', 'state_sealed', 'version'])
      .where('id', '=', conversationId)
      .executeTakeFirst();
    if (!row || row.key_sealed.length === 0) return null;
    const state = openJson(
      this.dataKey(conversationId, row.key_sealed),
      `conversations|state|${conversationId}`,
      row.state_sealed,
    ) as ConversationState;
    return { state, version: row.version };
  }

  async exists(conversationId: string): Promise<boolean> {
    const row = await this.db.selectFrom('conversations').select('key_sealed').where('id', '=', conversationId).executeTakeFirst();
    return row !== undefined && row.key_sealed.length > 0;
  }

  async hasMessage(conversationId: string, messageId: string): Promise<boolean> {
    const query = this.db
      .selectFrom('messages')
      .select('seq')
      .where('conversation_id', '=', conversationId)
      .where('direction', '=', 'in')
      .where('channel_msg_id', '=', messageId);
    return (await query.executeTakeFirst()) !== undefined;
  }

  async commit(record: TurnRecord, version: number): Promise<boolean> {
    const { conversationId } = record.input;
    const stored = await this.write(async (transaction) => {
      const known = await transaction
        .selectFrom('conversations')
        .select(['version', 'last_seq', 'key_sealed'])
        .where('id', '=', conversationId)
        .executeTakeFirst();
      if ((known?.version ?? 0) !== version)
        throw new AftercareError('TURN_CONFLICT', 'Storing a turn failed: the conversation changed meanwhile.');
      const twice = await transaction
        .selectFrom('messages')
        .select('seq')
        .where('conversation_id', '=', conversationId)
        .where('channel_msg_id', '=', record.input.messageId)
        .where('direction', '=', 'in')
        .executeTakeFirst();
      if (twice) return false;
      const key = known ? this.dataKey(conversationId, known.key_sealed) : newDataKey();
      await this.writeConversation(transaction, record, { key, version, lastSeq: known?.last_seq ?? 0 });
      await this.writeMessages(transaction, record, { key, lastSeq: known?.last_seq ?? 0 });
      await writeEscalations(transaction, record);
      await this.writeReview(transaction, record, (known?.last_seq ?? 0) + 1);
      await writeNotUnderstood(transaction, record, (known?.last_seq ?? 0) + 1);
      return true;
    });
    if (stored) for (const listener of this.listeners) listener(conversationId);
    return stored;
  }

  /** One transaction; what SQLite refuses (a full disk, a lost folder) is said in our words. */
  private async write<T>(change: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    try {
      return await this.db.transaction().execute(change);
    } catch (error) {
      if (error instanceof AftercareError) throw error;
      throw new AftercareError('STORAGE_UNAVAILABLE', `Storing a turn failed (${reasonOf(error)}): ${EXPECTED}`, { cause: error });
    }
  }

  private async writeConversation(
    transaction: Transaction<Tables>,
    record: TurnRecord,
    at: { key: Buffer; version: number; lastSeq: number },
  ): Promise<void> {
    const { conversationId, channel, patientId } = record.input;
    const state_sealed = sealJson(at.key, `conversations|state|${conversationId}`, record.state);
    const changed = {
      state_sealed,
      version: at.version + 1,
      last_seq: at.lastSeq + 1 + record.replies.length,
      updated_at: record.input.at,
    };
    if (at.version > 0) {
      await transaction.updateTable('conversations').set(changed).where('id', '=', conversationId).execute();
      return;
    }
    const key_sealed = seal(this.options.masterKey, `conversations|key|${conversationId}`, at.key);
    await transaction
      .insertInto('conversations')
      .values({
        id: conversationId,
        clinic_id: this.options.clinicId,
        channel,
        patient_id: patientId,
        key_sealed,
        created_at: record.input.at,
        ...changed,
      })
      .execute();
  }

  private async writeMessages(transaction: Transaction<Tables>, record: TurnRecord, at: { key: Buffer; lastSeq: number }): Promise<void> {
    const { input, outcome } = record;
    const common = {
      conversation_id: input.conversationId,
      disposition: outcome.disposition,
      knowledge_version: outcome.knowledgeVersion,
      created_at: input.at,
    };
    const place = (seq: number): string => `messages|body|${input.conversationId}/${seq}`;
    const raised = escalationOf(record);
    const first = at.lastSeq + 1;
    await transaction
      .insertInto('messages')
      .values([
        {
          ...common,
          seq: first,
          direction: 'in',
          channel_msg_id: input.messageId,
          body_sealed: sealJson(at.key, place(first), { text: input.text, echo: input.echo }),
        },
        ...record.replies.map((reply, index) => ({
          ...common,
          seq: first + 1 + index,
          direction: 'out' as const,
          channel_msg_id: `${input.messageId}#${index + 1}`,
          body_sealed: sealJson(at.key, place(first + 1 + index), { reply, outcome, escalation: raised }),
        })),
      ])
      .execute();
  }

  private async writeReview(transaction: Transaction<Tables>, { input, review }: TurnRecord, seq: number): Promise<void> {
    if (!review) return;
    await transaction
      .insertInto('detector_reviews')
      .values({
        conversation_id: input.conversationId,
        seq,
        clinic_id: this.options.clinicId,
        rules: review.rules,
        statistics: review.statistics,
        answered: review.answered,
        flags: review.flags.join(' '),
        at: input.at,
      })
      .execute();
  }

  async read(conversationId: string, afterSeq: number): Promise<{ messages: StoredMessage[]; lastSeq: number }> {
    const conversation = await this.db
      .selectFrom('conversations')
      .select(['key_sealed', 'last_seq'])
      .where('id', '=', conversationId)
      .executeTakeFirst();
    if (!conversation || conversation.key_sealed.length === 0) return { messages: [], lastSeq: 0 };
    const key = this.dataKey(conversationId, conversation.key_sealed);
    const rows = await this.db
      .selectFrom('messages')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('seq', '>', afterSeq)
      .where('seq', '<=', conversation.last_seq)
      .orderBy('seq')
      .execute();
    const messages = rows.map((row) => {
      const body = openJson(key, `messages|body|${conversationId}/${row.seq}`, row.body_sealed) as object;
      return { ...body, seq: row.seq, at: row.created_at, direction: row.direction } as StoredMessage;
    });
    return { messages, lastSeq: conversation.last_seq };
  }

  async listEscalations(limit: number): Promise<Escalation[]> {
    const rows = await this.db.selectFrom('escalations').selectAll().orderBy('raised_at', 'desc').limit(limit).execute();
    return rows.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      clinicId: row.clinic_id,
      flags: row.flags === '' ? [] : row.flags.split(' '),
      tier: row.tier as Escalation['tier'],
      status: row.status as Escalation['status'],
      reason: row.reason,
      raisedAt: row.raised_at,
    }));
  }

  async listReviews(limit: number): Promise<StoredReview[]> {
    const rows = await this.db
      .selectFrom('detector_reviews')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      seq: row.seq,
      at: row.at,
      rules: row.rules as Disposition,
      statistics: row.statistics as Disposition,
      answered: row.answered as Disposition,
      flags: row.flags === '' ? [] : row.flags.split(' '),
    }));
  }

  listNotUnderstood(limit: number): Promise<NotUnderstoodRow[]> {
    return listNotUnderstood(this.db, limit);
  }

  onCommit(listener: (conversationId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  erase(conversationId: string): Promise<EraseOutcome> {
    return this.write((transaction) => eraseConversation(transaction, conversationId));
  }

  async check(): Promise<void> {
    try {
      if (this.options.path !== ':memory:') await access(this.options.path); // an open file still answers after its folder was removed
      await sql`select 1 from schema_migrations limit 1`.execute(this.db);
    } catch (error) {
      throw new AftercareError('STORAGE_UNAVAILABLE', `Asking the database failed (${reasonOf(error)}): ${EXPECTED}`, { cause: error });
    }
  }

  close(): Promise<void> {
    return this.db.destroy();
  }

  private dataKey(conversationId: string, sealed: Uint8Array): Buffer {
    return unseal(this.options.masterKey, `conversations|key|${conversationId}`, sealed);
  }
}

/** The escalation that a turn's replies speak of: the one it raised or repeated, else the one that waits for a person. */
function escalationOf({ events, state, outcome }: TurnRecord): { id: string; status: string } | null {
  const waiting =
    outcome.disposition === 'urgent' || outcome.disposition === 'emergency'
      ? state.open.findLast((open) => open.tier !== 'ask_clinic')
      : undefined;
  const id = events.at(-1)?.escalationId ?? waiting?.id;
  return id === undefined ? null : { id, status: 'open' };
}

async function writeEscalations(transaction: Transaction<Tables>, record: TurnRecord): Promise<void> {
  for (const escalation of record.escalations)
    await transaction
      .insertInto('escalations')
      .values({
        id: escalation.id,
        clinic_id: escalation.clinicId,
        conversation_id: escalation.conversationId,
        tier: escalation.tier,
        flags: escalation.flags.join(' '),
        status: escalation.status,
        reason: escalation.reason,
        raised_at: escalation.raisedAt,
      })
      .execute();
  for (const event of record.events) {
    const last = await transaction
      .selectFrom('escalation_events')
      .select((expression) => expression.fn.max('seq').as('seq'))
      .where('escalation_id', '=', event.escalationId)
      .executeTakeFirst();
    await transaction
      .insertInto('escalation_events')
      .values({
        escalation_id: event.escalationId,
        seq: (last?.seq ?? 0) + 1,
        kind: event.kind,
        actor: event.actor,
        at: event.at,
        detail: event.detail,
      })
      .execute();
  }
}

function sealJson(key: Buffer, place: string, value: unknown): Buffer {
  return seal(key, place, Buffer.from(JSON.stringify(value)));
}

function openJson(key: Buffer, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(unseal(key, place, sealed).toString('utf8'));
}
