import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { newConversationState } from '../../src/model/turn';
import { MIGRATIONS } from '../../src/storage/migrations';
import { openStore } from '../../src/storage/open-store';
import type { Tables } from '../../src/storage/schema';
import { deriveKey } from '../../src/tools/derive-key';
import { SqliteFileDialect } from '../../src/storage/sqlite-dialect';
import { sealJson, Vault } from '../../src/storage/vault';

const SECRET = Buffer.alloc(32, 9);

describe('a database from before paging', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'aftercare-old-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** One conversation with two escalations as the first three migrations knew them. */
  const makeOld = async (path: string): Promise<void> => {
    const db = new Kysely<Tables>({ dialect: new SqliteFileDialect(path) });
    for (const migration of MIGRATIONS.slice(0, 3)) await migration(db, { bytes: sql.raw('blob') });
    await sql`create table schema_migrations (version integer primary key, at bigint not null)`.execute(db);
    for (const version of [1, 2, 3]) await sql`insert into schema_migrations values (${version}, 1)`.execute(db);
    const { key, newKey } = new Vault(deriveKey(SECRET, 'conversation-keys')).newKey('c1');
    const state = { ...newConversationState(), open: [{ id: 'e1', flags: ['U02'], tier: 'urgent', reason: 'red_flag', at: 5_000 }] };
    const sealed = sealJson(key, 'conversations|state|c1', state);
    await sql`insert into conversations values ('c1', 'demo', 'sms', 'p', ${newKey}, ${sealed}, 3, 2, 5000, 6000)`.execute(db);
    const body = { reply: { text: 'I told the nurse', actions: [] }, outcome: {}, escalation: { id: 'e1', status: 'open' } };
    const sealedBody = sealJson(key, 'messages|body|c1/2', body);
    await sql`insert into messages values ('c1', 2, 'out', 'm1#1', ${sealedBody}, 'urgent', 'k1', 5000)`.execute(db);
    await sql`insert into escalations values ('e2', 'demo', 'c1', 'ask_clinic', '', 'open', 'question:swimming', 6000)`.execute(db);
    await sql`insert into escalations values ('e1', 'demo', 'c1', 'urgent', 'U02 U08', 'open', 'red_flag', 5000)`.execute(db);
    await sql`insert into escalation_events values ('e1', 1, 'raised', 'bot', 5000, 'U02 U08')`.execute(db);
    await db.destroy();
  };

  it('keeps its conversations and escalations, numbered by age and ready for their first page', async () => {
    const path = join(folder, 'aftercare.db');
    await makeOld(path);
    const store = await openStore({ path, secret: SECRET, now: 9_000 });
    const loaded = await store.load('c1');
    expect(loaded).toMatchObject({ version: 3, takenOver: null });
    expect(loaded?.open).toMatchObject([
      {
        ...{ id: 'e1', ref: 1, channel: 'sms', flags: ['U02', 'U08'], tier: 'urgent', status: 'open', nextAt: 5_000, version: 1 },
        ...{ pages: [], acknowledged: null, resolved: null, isDrill: false },
        course: { startedAt: 5_000, step: 1, round: 1, stepAt: 5_000 },
      },
      { id: 'e2', ref: 2, flags: [], tier: 'ask_clinic', nextAt: 6_000, course: { stepAt: null } },
    ]);
    expect((await store.events('e1')).map(({ kind }) => kind)).toEqual(['raised']);
    expect((await store.read('c1', 0)).messages).toMatchObject([{ seq: 2, reply: { text: 'I told the nurse' }, author: null }]);
    expect(await store.claimDue(9_000, { limit: 5, leaseMs: 1 })).toHaveLength(2);
    expect(await store.nextRef('demo')).toBe(3);
    await store.close();
  });
});
