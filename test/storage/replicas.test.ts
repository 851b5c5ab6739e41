import { Client } from 'pg';
import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import { startTypeScript } from '../run-main';
import type { Place } from './databases';
import { DATABASES, testPostgres } from './databases';
import { changeTo, sampleEscalation, sampleSending } from './escalation-samples';
import { turnRecord } from './turn-record';

const SECRET = Buffer.alloc(32, 9);
/** Far under every time limit of a query, and above what a busy machine needs to refuse one. */
const AT_ONCE_MS = 500;

/** Waits until something that happens by itself has happened. */
async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`Wait: expected it to happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const postgresql = DATABASES.filter(({ name }) => name === 'PostgreSQL');

describe.each(DATABASES)('an empty database, $name', ({ newPlace }) => {
  it('is made ready once by several processes that start together', async () => {
    const fresh = await newPlace();
    const starts = Array.from({ length: 4 }, () => startTypeScript('test/storage/open-child.ts', [fresh.path, fresh.databaseUrl ?? '']));
    expect(await Promise.all(starts.map((child) => new Promise((resolve) => child.on('close', resolve))))).toEqual([0, 0, 0, 0]);
  }, 60_000);
});

describe.each(postgresql)('two replicas on $name', ({ newPlace }) => {
  let place: Place;
  let stores: Store[];
  beforeEach(async () => {
    place = await newPlace();
    stores = [await openStore({ ...place, secret: SECRET, now: 1 }), await openStore({ ...place, secret: SECRET, now: 1 })];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  const both = <T>(work: (store: Store) => Promise<T>): Promise<PromiseSettledResult<T>[]> => Promise.allSettled(stores.map(work));

  it('begin one conversation once, whoever is first', async () => {
    for (let round = 0; round < 10; round++) {
      const results = await both((store) =>
        store.commit(turnRecord({ conversation: `c${round}`, message: `m${stores.indexOf(store)}`, text: 'hello' }), 0),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toMatchObject([{ reason: { code: 'TURN_CONFLICT' } }]);
    }
  });

  it('take one of two turns that go on from the same state', async () => {
    await stores[0]?.commit(turnRecord({ message: 'm0', text: 'hello' }), 0);
    for (let version = 1; version <= 10; version++) {
      const results = await both((store) =>
        store.commit(turnRecord({ message: `m${version}/${stores.indexOf(store)}`, text: 'hello' }), version),
      );
      expect(results.filter((result) => result.status === 'rejected')).toMatchObject([{ reason: { code: 'TURN_CONFLICT' } }]);
    }
  });

  it('give every escalation a number of its own', async () => {
    const raise = (store: Store): Promise<unknown> =>
      Promise.all(Array.from({ length: 10 }, () => store.save(changeTo(sampleEscalation()), [])));
    await both(raise);
    const refs = (await stores[0]?.listEscalations(null, 100))?.map(({ ref }) => ref).sort((a, b) => a - b);
    expect(refs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('share what is due without doing any of it twice', async () => {
    for (let page = 0; page < 40; page++) await stores[0]?.addSending(sampleSending(`p${page}`, { clinicId: `clinic-${page % 4}` }));
    const sent: string[] = [];
    await both(async (store) => {
      for (;;) {
        const claimed = await store.claimSendings(1_000, { limit: 3, leaseMs: 60_000, fullClinics: [] });
        if (claimed.length === 0) return;
        for (const sending of claimed) {
          expect(await store.beginAttempt(sending, 1_000, 60_000)).toBe(true);
          sent.push(sending.dedupeKey);
          expect(await store.settle(sending, { state: 'done', at: 1_000, failure: null }, null, [])).toBe(true);
        }
      }
    });
    expect([sent.length, new Set(sent).size]).toEqual([40, 40]);
  });

  it('neither wait for each other in a ring nor lose a message where escalations and conversations change at once', async () => {
    for (const conversation of ['c1', 'c2']) await stores[0]?.commit(turnRecord({ conversation, message: 'm0', text: 'hi' }), 0);
    const added = await both(async (store) => {
      for (let round = 0; round < 15; round++) {
        const order = stores.indexOf(store) === 0 ? ['c1', 'c2'] : ['c2', 'c1'];
        const id = `n${stores.indexOf(store)}-${round}`;
        const message = { id, at: 1, text: 'seen', actions: [], author: null, escalation: null };
        await store.addMessages(order.map((conversationId) => ({ ...message, conversationId })));
      }
    });
    expect(added.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    for (const conversation of ['c1', 'c2']) expect((await stores[0]?.read(conversation, 0))?.lastSeq).toBe(32);
  });
});

describe.each(postgresql)('$name', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  const faults: unknown[] = [];
  const open = (): Promise<Store> => openStore({ ...place, secret: SECRET, now: 1, onFault: (error) => faults.push(error) });
  beforeEach(async () => {
    place = await newPlace();
    store = await open();
  });
  afterEach(() => store.close());

  const gone = { code: 'STORAGE_UNAVAILABLE' };
  const answers = (): Promise<boolean> =>
    store.check().then(
      () => true,
      () => false,
    );
  /** What a turn asks of the store, each refused. */
  const refusals = (): (() => Promise<unknown>)[] => [
    () => expect(store.hasMessage('c1', 'm1')).rejects.toMatchObject(gone),
    () => expect(store.load('c1')).rejects.toMatchObject(gone),
    () => expect(store.commit(turnRecord({ message: 'm1', text: 'hello' }), 1)).rejects.toMatchObject(gone),
  ];
  const slowestOf = async (tries: readonly (() => Promise<unknown>)[]): Promise<number> => {
    const durations: number[] = [];
    for (const attempt of tries) {
      const before = performance.now();
      await attempt();
      durations.push(performance.now() - before);
    }
    return Math.max(...durations);
  };

  it('tells other replicas at once of messages and of what is due', async () => {
    const other = await open();
    const heard: string[] = [];
    let wakes = 0;
    other.onCommit((id) => heard.push(id));
    other.onWake(() => (wakes += 1));
    await store.commit(turnRecord({ message: 'm1', text: 'is pus normal', escalation: 'e1' }), 0);
    await eventually(() => heard.length > 0 && wakes > 0, 2_000);
    expect([heard, wakes]).toEqual([['c1'], 1]);
    await other.close();
  });

  it('tells itself once', async () => {
    const heard: string[] = [];
    store.onCommit((id) => heard.push(id));
    const other = await open();
    const echoed = new Promise((resolve) => other.onCommit(resolve));
    await store.commit(turnRecord({ message: 'm1', text: 'hello' }), 0);
    await echoed;
    await store.check();
    expect(heard).toEqual(['c1']);
    await other.close();
  });

  it.each(['synchronous_commit=off'])('is refused with %s, under which it may lose what it acknowledged', async (setting) => {
    const url = new URL(place.databaseUrl ?? '');
    url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c${setting}`);
    await expect(openStore({ path: '', databaseUrl: url.href, secret: SECRET, now: 1 })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('expected fsync on and synchronous_commit not off'),
    });
  });

  it('that cannot be reached is named, without its password', async () => {
    const refused = openStore({ path: '', databaseUrl: 'postgresql://u:geheim@127.0.0.1:1/x', secret: SECRET, now: 1 });
    await expect(refused).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining('DATABASE_URL') });
    await expect(refused).rejects.not.toThrow(/geheim/);
  });

  it('that drops its connections is used again at once, and listened to again', async () => {
    await store.commit(turnRecord({ message: 'm0', text: 'hello' }), 0);
    const client = new Client({ connectionString: place.databaseUrl ?? '' });
    await client.connect();
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'aftercare'");
    await client.end();
    await eventually(() => faults.length > 0);
    await eventually(answers);
    expect(await store.commit(turnRecord({ message: 'm1', text: 'hello' }), 1)).toBe(true);
    const other = await open();
    const heard: string[] = [];
    store.onCommit((id) => heard.push(id));
    let version = 2;
    await eventually(async () => {
      await other.commit(turnRecord({ message: `v${version}`, text: 'hello' }), version);
      version += 1;
      return heard.length > 0;
    });
    await other.close();
  });

  it('that is down refuses at once, and is used again when it is back', async () => {
    const server = await testPostgres();
    await store.commit(turnRecord({ message: 'm0', text: 'hello' }), 0);
    await server.halt();
    await expect(store.load('c1')).rejects.toMatchObject(gone);
    expect(await slowestOf(refusals())).toBeLessThan(AT_ONCE_MS);
    await server.start();
    await eventually(answers);
    expect(await store.commit(turnRecord({ message: 'm1', text: 'hello' }), 1)).toBe(true);
  });

  it('that hangs is found out once, then refuses at once, and is used again when it goes on', async () => {
    const server = await testPostgres();
    await store.commit(turnRecord({ message: 'm0', text: 'hello' }), 0);
    server.freeze();
    try {
      await expect(store.load('c1')).rejects.toMatchObject(gone);
      expect(await slowestOf(refusals())).toBeLessThan(AT_ONCE_MS);
    } finally {
      server.thaw();
    }
    await eventually(answers, 20_000);
    expect(await store.commit(turnRecord({ message: 'm1', text: 'hello' }), 1)).toBe(true);
  });
});
