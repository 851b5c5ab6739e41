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

    it('a store whose file was removed, or is another one now, takes nothing that would be lost', async () => {
      const store = await open();
      await store.commit(turnRecord({ message: 'm1', text: 'one' }), 0);
      const kept = readFileSync(file());
      rmSync(file());
      await expect(store.commit(turnRecord({ message: 'm2', text: 'two' }), 1)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      writeFileSync(file(), kept);
      await expect(store.commit(turnRecord({ message: 'm2', text: 'two' }), 1)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect((await store.read('c1', 0)).messages).toHaveLength(2);
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
