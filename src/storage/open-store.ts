import { mkdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { AftercareError, reasonOf } from '../tools/errors';
import { makeClinicStore } from './clinics';
import { makeConversationStore } from './conversations';
import { Database } from './database';
import { eraseConversation } from './erase-conversation';
import { makeEscalationStore } from './escalations';
import { Listeners } from './listeners';
import { migrate } from './migrations';
import { listNotUnderstood } from './not-understood';
import { listReviews } from './reviews';
import type { Tables } from './schema';
import { makeTeamsStore } from './teams-references';
import { deriveKey, unseal } from './seal';
import { SqliteFileDialect } from './sqlite-dialect';
import type { Store } from './store';
import { makeTurnStore } from './turns';
import { Vault } from './vault';

const EXPECTED = 'expected a folder that can be read and written, with free space. Set DATA_DIR to one.';

/** Opens (and where needed makes) a SQLite store; `:memory:` keeps nothing. Throws STORAGE_UNAVAILABLE with what was expected. */
export async function openStore(options: { path: string; secret: Buffer; now: number }): Promise<Store> {
  if (options.path !== ':memory:') makeFolder(dirname(options.path));
  const database = new Database(new Kysely<Tables>({ dialect: new SqliteFileDialect(options.path) }), 'sqlite', EXPECTED);
  const masterKey = deriveKey(options.secret, 'conversation-keys');
  try {
    await database.read(`Preparing the database ${options.path}`, async (db) => {
      await migrate(database, options.now);
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
      if (rows[0]?.synchronous !== 2) throw new Error('synchronous is not FULL');
    });
    await checkSecret(database, masterKey);
  } catch (error) {
    await database.db.destroy();
    throw error;
  }
  return makeStore(database, { masterKey, teamsKey: deriveKey(options.secret, 'teams-places'), path: options.path });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new AftercareError('STORAGE_UNAVAILABLE', `Making the data folder ${folder} failed (${reasonOf(error)}): ${EXPECTED}`, {
      cause: error,
    });
  }
}

/** Refuses a secret that opens none of the newest conversations: under it every patient of before would be met by errors. */
async function checkSecret({ db }: Database, masterKey: Buffer): Promise<void> {
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

function makeStore(database: Database, options: { readonly masterKey: Buffer; readonly teamsKey: Buffer; readonly path: string }): Store {
  const listeners = new Listeners();
  const parts = { database, vault: new Vault(options.masterKey), listeners };
  const conversations = makeConversationStore(parts);
  return {
    ...makeTurnStore(parts),
    ...conversations,
    ...makeEscalationStore(parts),
    ...makeClinicStore(database),
    teams: makeTeamsStore(database, options.teamsKey),
    exists: async (conversationId) => (await conversations.summaryOf(conversationId)) !== null,
    listReviews: (clinicId, limit) => database.read('Reading reviews', (db) => listReviews(db, clinicId, limit)),
    listNotUnderstood: (clinicId, limit) =>
      database.read('Reading what was not understood', (db) => listNotUnderstood(db, clinicId, limit)),
    erase: (conversationId) => database.write('Erasing a conversation', (transaction) => eraseConversation(transaction, conversationId)),
    onCommit: (listener) => listeners.add(listener),
    check: () =>
      database.read('Asking the database', async (db) => {
        if (options.path !== ':memory:') await access(options.path); // an open file still answers after its folder was removed
        await sql`select 1 from schema_migrations limit 1`.execute(db);
      }),
    close: () => database.db.destroy(),
  };
}
