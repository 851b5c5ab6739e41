import { access } from 'node:fs/promises';
import { sql } from 'kysely';
import { AftercareError } from '../tools/errors';
import { makeChartStore } from './charts';
import { makeClinicStore } from './clinics';
import { makeConversationStore } from './conversations';
import type { Database } from './database';
import { eraseConversation } from './erase-conversation';
import { makeEscalationStore } from './escalations';
import { Listeners } from './listeners';
import { migrate } from './migrations';
import { listNotUnderstood } from './not-understood';
import type { Postgres } from './postgres';
import { checkDurability, connectPostgres } from './postgres';
import { PostgresHints } from './postgres-hints';
import { listReviews } from './reviews';
import { unseal } from './seal';
import { deriveKey } from '../tools/derive-key';
import { checkFlush, openSqlite } from './sqlite';
import { makeSmsStore } from './sms-store';
import type { Store } from './store';
import { makeTeamsStore } from './teams-references';
import { makeTurnStore } from './turns';
import { Vault } from './vault';

/** Where and how a store is opened. */
export interface OpenStoreOptions {
  /** The SQLite file; `:memory:` keeps nothing. Not touched when there is a `databaseUrl`. */
  readonly path: string;
  /** A PostgreSQL server that several replicas share. */
  readonly databaseUrl?: string | null;
  readonly secret: Buffer;
  readonly now: number;
  /** Hears of faults that no caller sees, such as a lost idle connection; everything works on or fails by itself. */
  readonly onFault?: (error: unknown) => void;
}

/** Opens (and where needed makes) a store. Throws STORAGE_UNAVAILABLE with what was expected. */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const listeners = new Listeners();
  const onFault = options.onFault ?? ((): void => undefined);
  const postgres = options.databaseUrl ? connectPostgres(options.databaseUrl, onFault) : null;
  const database = postgres?.database ?? openSqlite(options.path);
  const masterKey = deriveKey(options.secret, 'conversation-keys');
  const hints = postgres && new PostgresHints(postgres, listeners, onFault);
  try {
    await database.read(`Preparing the database${postgres ? '' : ` ${options.path}`}`, async () => {
      await unhurried(postgres, database, async (opening) => {
        await (postgres ? checkDurability(opening) : checkFlush(opening));
        await migrate(opening, options.now);
        await checkSecret(opening, masterKey);
      });
    });
    await hints?.listen();
  } catch (error) {
    await database.db.destroy();
    throw error;
  }
  const close = async (): Promise<void> => {
    await hints?.close();
    await database.db.destroy();
  };
  // An open SQLite file still answers after its folder was removed.
  const file = postgres || options.path === ':memory:' ? null : options.path;
  const channels = {
    teams: makeTeamsStore(database, deriveKey(options.secret, 'teams-places')),
    sms: makeSmsStore(database, options.secret),
  };
  return makeStore({ database, vault: new Vault(masterKey), listeners }, { file, close, ...channels });
}

/** Opens the store over a connection without haste where there is one. */
async function unhurried(postgres: Postgres | null, database: Database, open: (opening: Database) => Promise<void>): Promise<void> {
  if (!postgres) return open(database);
  const opening = postgres.newUnhurriedDatabase();
  try {
    await open(opening);
  } finally {
    await opening.db.destroy();
  }
}

/** Refuses a secret that opens none of the newest conversations: under it every patient of before would be met by errors. */
async function checkSecret(database: Database, masterKey: Buffer): Promise<void> {
  const rows = await database.read('Checking the secret', (db) =>
    db
      .selectFrom('conversations')
      .select(['id', 'key_sealed'])
      .where('patient_id', '!=', '')
      .orderBy('updated_at', 'desc')
      .limit(3)
      .execute(),
  );
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

function makeStore(
  parts: { readonly database: Database; readonly vault: Vault; readonly listeners: Listeners },
  { file, close, teams, sms }: Pick<Store, 'teams' | 'sms' | 'close'> & { readonly file: string | null },
): Store {
  const { database, listeners } = parts;
  const conversations = makeConversationStore(parts);
  return {
    ...makeTurnStore(parts),
    ...conversations,
    ...makeEscalationStore(parts),
    ...makeClinicStore(database),
    ...{ teams, sms, charts: makeChartStore(parts) },
    exists: async (conversationId) => (await conversations.summaryOf(conversationId)) !== null,
    listReviews: (clinicId, limit) => database.read('Reading reviews', (db) => listReviews(db, clinicId, limit)),
    listNotUnderstood: (clinicId, limit) =>
      database.read('Reading what was not understood', (db) => listNotUnderstood(db, clinicId, limit)),
    erase: (conversationId) =>
      database.write('Erasing a conversation', (transaction) => eraseConversation(parts, transaction, conversationId)),
    onCommit: (listener) => listeners.addCommit(listener),
    onWake: (listener) => listeners.addWake(listener),
    check: () =>
      database.read('Asking the database', async (db) => {
        if (file !== null) await access(file);
        await sql`select 1 from schema_migrations limit 1`.execute(db);
      }),
    close,
  };
}
