import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely, sql } from 'kysely';
import { MIGRATIONS } from '../../src/storage/migrations';
import { openStore } from '../../src/storage/open-store';
import { SqliteFileDialect } from '../../src/storage/sqlite-dialect';
import type { Store } from '../../src/storage/store';
import { startTypeScript } from '../run-main';
import { turnRecord } from './turn-record';

const SECRET = Buffer.alloc(32, 9);

describe('the store on a real SQLite file', () => {
  let folder: string;
  let stores: Store[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
    stores = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (): string => join(folder, 'data', 'aftercare.db');
  const open = async (given: { secret?: Buffer; path?: string } = {}): Promise<Store> => {
    const store = await openStore({ path: given.path ?? file(), secret: given.secret ?? SECRET, now: 1 });
    stores.push(store);
    return store;
  };
  const peek = <T>(look: (database: InstanceType<typeof DatabaseSync>) => T): T => {
    const database = new DatabaseSync(file());
    try {
      return look(database);
    } finally {
      database.close();
    }
  };

  describe('migrations', () => {
    it('run once each, also when the store is opened again', async () => {
      await (await open()).close();
      await (await open()).close();
      const versions = peek((database) => database.prepare('select version from schema_migrations order by version').all());
      expect(versions.map((row) => (row as { version: number }).version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
      stores = [];
    });

    it('run once when several processes start together', async () => {
      const starts = Array.from({ length: 4 }, () => startTypeScript('test/storage/open-child.ts', [file()]));
      const codes = await Promise.all(starts.map((child) => new Promise((resolve) => child.on('close', resolve))));
      expect(codes).toEqual([0, 0, 0, 0]);
    }, 60_000);
  });

  it('flushes every commit to the disk, keeps references whole and wipes what it deletes', async () => {
    mkdirSync(join(folder, 'data'));
    const db = new Kysely<never>({ dialect: new SqliteFileDialect(file()) });
    const pragma = async (name: string): Promise<unknown> =>
      (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)).rows[0]?.[name];
    const FULL = 2;
    expect([
      await pragma('synchronous'),
      await pragma('journal_mode'),
      await pragma('foreign_keys'),
      await pragma('secure_delete'),
    ]).toEqual([FULL, 'wal', 1, 1]);
    await db.destroy();
  });

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
      const columns = peek((database) => database.prepare('select * from detector_reviews').all());
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
    const words = ['oozingcheek', 'makeupquestion', 'replywords'];
    const fill = async (): Promise<Store> => {
      const store = await open();
      const text = 'oozingcheek and makeupquestion';
      for (let turn = 0; turn < 20; turn++) await store.commit(turnRecord({ message: `m${turn}`, text, reply: 'replywords' }), turn);
      return store;
    };
    const bytesOnDisk = (): string =>
      readdirSync(join(folder, 'data'))
        .map((name) => readFileSync(join(folder, 'data', name), 'latin1'))
        .join('');

    it('no word of a conversation is on the disk, neither in the database nor in its log', async () => {
      const store = await fill();
      expect(readdirSync(join(folder, 'data')).some((name) => name.endsWith('-wal'))).toBe(true);
      const before = bytesOnDisk();
      await store.close();
      stores = [];
      const after = bytesOnDisk();
      for (const word of words) expect([before.includes(word), after.includes(word)]).toEqual([false, false]);
    });

    it('another secret is refused at the start, with what to do', async () => {
      await (await fill()).close();
      stores = [];
      await expect(open({ secret: Buffer.alloc(32, 1) })).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        message: expect.stringMatching(/expected the AFTERCARE_SECRET .* sealed with/),
      });
      expect((await (await open()).read('c1', 0)).messages).toHaveLength(40);
    });

    it.each([
      ['to another row', 'update messages set body_sealed = (select body_sealed from messages where seq = 3) where seq = 1'],
      [
        'to another conversation',
        "update messages set body_sealed = (select body_sealed from messages where conversation_id = 'c2') where seq = 1 and conversation_id = 'c1'",
      ],
      [
        'by one byte',
        "update messages set body_sealed = cast(substr(body_sealed, 1, 40) || x'00' || substr(body_sealed, 42) as blob) where seq = 1",
      ],
    ])('sealed bytes that were moved or changed %s do not open', async (_how, change) => {
      const store = await open();
      for (const [turn, message] of ['m1', 'm2'].entries()) await store.commit(turnRecord({ message, text: 'oozingcheek' }), turn);
      await store.commit(turnRecord({ conversation: 'c2', message: 'm1', text: 'oozingcheek' }), 0);
      peek((database) => database.exec(change));
      await expect(store.read('c1', 0)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      await expect(store.read('c1', 0)).rejects.not.toThrow(/oozingcheek/);
    });
  });

  describe('trouble with the folder', () => {
    const whatToDo = {
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringMatching(/expected a folder that can be read and written.*DATA_DIR/),
    };

    it('a file in its place is named, with what to do', async () => {
      writeFileSync(join(folder, 'data'), 'not a folder');
      await expect(open()).rejects.toMatchObject(whatToDo);
    });

    it('a file that is no database is named, with what to do', async () => {
      mkdirSync(join(folder, 'data'));
      writeFileSync(file(), 'this is not a database, although it is long enough to be read as one. '.repeat(20));
      await expect(open()).rejects.toMatchObject(whatToDo);
    });

    it('a store whose folder was removed does not count as ready', async () => {
      const store = await open();
      await store.check();
      rmSync(join(folder, 'data'), { recursive: true });
      await expect(store.check()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    });

    it('a closed store refuses at once, every time', async () => {
      const store = await open();
      await store.close();
      stores = [];
      await expect(store.check()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      await expect(store.check()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    });

    const small = (options: string): string | null => {
      const mounted = join(folder, 'small');
      mkdirSync(mounted);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', mounted], { stdio: 'pipe' });
        return mounted;
      } catch {
        process.stderr.write(`SKIPPED: this machine does not let the test mount a small disk (${options})\n`);
        return null;
      }
    };

    it('a read-only folder is named, with what to do', async () => {
      const mounted = small('size=1m');
      if (mounted === null) return;
      try {
        execFileSync('mount', ['-o', 'remount,ro', mounted]);
        await expect(open({ path: join(mounted, 'aftercare.db') })).rejects.toMatchObject(whatToDo);
        await expect(open({ path: join(mounted, 'deeper', 'aftercare.db') })).rejects.toMatchObject(whatToDo);
      } finally {
        execFileSync('umount', [mounted]);
      }
    });

    it('a full disk refuses turns with what to do, loses none that was stored, and goes on when there is room', async () => {
      const mounted = small('size=2m');
      if (mounted === null) return;
      const path = join(mounted, 'aftercare.db');
      const store = await openStore({ path, secret: SECRET, now: 1 });
      try {
        const ballast = join(mounted, 'ballast');
        writeFileSync(ballast, Buffer.alloc(700_000));
        let turn = 0;
        const take = (): Promise<boolean> => store.commit(turnRecord({ message: `m${turn}`, text: 'x'.repeat(4_000) }), turn);
        const fill = async (): Promise<void> => {
          for (; turn < 2_000; turn++) await take();
        };
        await expect(fill()).rejects.toMatchObject(whatToDo);
        expect(turn).toBeGreaterThan(10);
        expect((await store.read('c1', 0)).messages).toHaveLength(2 * turn);
        await expect(take()).rejects.toMatchObject(whatToDo);
        rmSync(ballast);
        expect(await take()).toBe(true);
        copyFileSync(path, join(folder, 'copy.db'));
      } finally {
        await store.close();
        execFileSync('umount', ['-l', mounted]);
      }
    });
  });
});
