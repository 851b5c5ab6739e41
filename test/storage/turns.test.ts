import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { openStore } from '../../src/storage/open-store';
import type { Tables } from '../../src/storage/schema';
import { SqliteFileDialect } from '../../src/storage/sqlite-dialect';
import type { Store } from '../../src/storage/store';
import type { Place } from './databases';
import { DATABASES } from './databases';
import { turnRecord } from './turn-record';

const SECRET = Buffer.alloc(32, 9);

describe.each(DATABASES)('turns in $name', ({ newPlace }) => {
  let place: Place;
  let stores: Store[];
  beforeEach(async () => {
    place = await newPlace();
    stores = [];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  const open = async (secret = SECRET): Promise<Store> => {
    const store = await openStore({ ...place, secret, now: 1 });
    stores.push(store);
    return store;
  };
  /** Reads or changes the database past the store. */
  const past = async <T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> => {
    const { path, databaseUrl } = place;
    const dialect =
      databaseUrl === null ? new SqliteFileDialect(path) : new PostgresDialect({ pool: new Pool({ connectionString: databaseUrl }) });
    const db = new Kysely<Tables>({ dialect });
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  };

  describe('a turn', () => {
    it('is read back as it was said', async () => {
      const store = await open();
      await store.commit(turnRecord({ message: 'm1', text: 'can i swim', reply: 'I will not guess', escalation: 'e1' }), 0);
      expect(await store.read('c1', 0)).toMatchObject({
        lastSeq: 2,
        messages: [
          { seq: 1, direction: 'in', text: 'can i swim', echo: { text: 'can i swim' } },
          { seq: 2, direction: 'out', reply: { text: 'I will not guess' }, escalation: { id: 'e1', status: 'open' } },
        ],
      });
      expect(await store.read('c1', 1)).toMatchObject({ messages: [{ seq: 2 }] });
      expect(await store.read('unknown', 0)).toEqual({ messages: [], lastSeq: 0 });
    });

    it('is stored once for one message id, and tells listeners once', async () => {
      const store = await open();
      const heard: string[] = [];
      const stop = store.onCommit((id) => heard.push(id));
      expect(await store.commit(turnRecord({ message: 'm1', text: 'one' }), 0)).toBe(true);
      expect(await store.commit(turnRecord({ message: 'm1', text: 'one' }), 1)).toBe(false);
      expect(heard).toEqual(['c1']);
      stop();
      await store.commit(turnRecord({ message: 'm2', text: 'two' }), 1);
      expect(heard).toEqual(['c1']);
    });

    it.each([0, 2])('is refused when the conversation is not at version %i any more', async (version) => {
      const store = await open();
      await store.commit(turnRecord({ message: 'm1', text: 'one' }), 0);
      await expect(store.commit(turnRecord({ message: 'm2', text: 'two' }), version)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      expect(await store.hasMessage('c1', 'm2')).toBe(false);
    });

    it('leaves nothing behind when a part of it cannot be stored', async () => {
      const store = await open();
      const record = turnRecord({ message: 'm1', text: 'one', escalation: 'e1' });
      await expect(store.commit({ ...record, changes: [...record.changes, ...record.changes] }, 0)).rejects.toMatchObject({
        code: 'TURN_CONFLICT',
      });
      expect([await store.exists('c1'), await store.hasMessage('c1', 'm1'), await store.listEscalations(null, 10)]).toEqual([
        false,
        false,
        [],
      ]);
    });
  });

  describe('reviews of messages on which the detectors differ', () => {
    const review = { rules: 'none', statistics: 'urgent', answered: 'urgent', flags: [] } as const;

    it('are kept with the turn and listed, newest first, without words', async () => {
      const store = await open();
      const second = { rules: 'emergency', statistics: 'none', answered: 'emergency', flags: ['E01', 'U08'] } as const;
      await store.commit(turnRecord({ message: 'm1', text: 'oozingcheek', review, at: 1_000 }), 0);
      await store.commit(turnRecord({ message: 'm2', text: 'can i swim', at: 2_000 }), 1);
      await store.commit(turnRecord({ message: 'm3', text: 'oozingcheek', review: second, at: 3_000 }), 2);
      const listed = [
        { conversationId: 'c1', clinicId: 'demo', seq: 5, at: 3_000, ...second },
        { conversationId: 'c1', clinicId: 'demo', seq: 1, at: 1_000, ...review },
      ];
      expect(await store.listReviews(null, 10)).toEqual(listed);
      expect(await store.listReviews(null, 1)).toEqual(listed.slice(0, 1));
      const message = (await store.read('c1', 0)).messages.find(({ seq }) => seq === 5);
      expect(message).toMatchObject({ direction: 'in', text: 'oozingcheek' });
      const columns = await past((db) => db.selectFrom('detector_reviews').selectAll().execute());
      expect(JSON.stringify(columns)).not.toContain('oozing');
    });

    it('are not kept when their turn is refused', async () => {
      const store = await open();
      const record = turnRecord({ message: 'm1', text: 'one', escalation: 'e1', review });
      await expect(store.commit({ ...record, changes: [...record.changes, ...record.changes] }, 0)).rejects.toThrow();
      expect(await store.listReviews(null, 10)).toEqual([]);
    });
  });

  describe('secrets', () => {
    it('another secret is refused at the start, with what to do', async () => {
      await (await open()).commit(turnRecord({ message: 'm1', text: 'oozingcheek' }), 0);
      await expect(open(Buffer.alloc(32, 1))).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        message: expect.stringMatching(/expected the AFTERCARE_SECRET .* sealed with/),
      });
      expect((await (await open()).read('c1', 0)).messages).toHaveLength(2);
    });

    const sealed = (db: Kysely<Tables>, conversation: string, seq: number): Promise<Uint8Array> =>
      db
        .selectFrom('messages')
        .select('body_sealed')
        .where('conversation_id', '=', conversation)
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow()
        .then((row) => row.body_sealed);
    it.each<[string, (db: Kysely<Tables>) => Promise<Uint8Array>]>([
      ['to another row', (db) => sealed(db, 'c1', 3)],
      ['to another conversation', (db) => sealed(db, 'c2', 1)],
      ['by one byte', async (db) => (await sealed(db, 'c1', 1)).map((byte, index) => (index === 40 ? byte ^ 1 : byte))],
    ])('sealed bytes that were moved or changed %s do not open', async (_how, change) => {
      const store = await open();
      for (const [turn, message] of ['m1', 'm2'].entries()) await store.commit(turnRecord({ message, text: 'oozingcheek' }), turn);
      await store.commit(turnRecord({ conversation: 'c2', message: 'm1', text: 'oozingcheek' }), 0);
      await past(async (db) => {
        const body_sealed = Buffer.from(await change(db));
        await db.updateTable('messages').set({ body_sealed }).where('conversation_id', '=', 'c1').where('seq', '=', 1).execute();
      });
      await expect(store.read('c1', 0)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      await expect(store.read('c1', 0)).rejects.not.toThrow(/oozingcheek/);
    });
  });
});
