import { createInterface } from 'node:readline';
import { DatabaseSync } from '@photostructure/sqlite';
import { openStore } from '../../src/storage/open-store';
import { startTypeScript } from '../run-main';
import type { Place } from './databases';
import { DATABASES } from './databases';

interface Acknowledged {
  readonly conversationId: string;
  readonly messageId: string;
  readonly replies: readonly string[];
}

const KILLS = 3;
const CONVERSATIONS = ['c0', 'c1', 'c2', 'c3'];

/** Lets a process take turns and kills it a random moment after it acknowledged some. */
function takeTurnsUntilKilled({ path, databaseUrl }: Place, round: number): Promise<Acknowledged[]> {
  return new Promise((resolve, reject) => {
    const child = startTypeScript('test/storage/crash-child.ts', [path, databaseUrl ?? '', String(round)]);
    const acknowledged: Acknowledged[] = [];
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.endsWith('}')) return; // cut short by the kill: not acknowledged
      acknowledged.push(JSON.parse(line) as Acknowledged);
      if (acknowledged.length === 25) setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
    });
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(acknowledged);
      else reject(new Error(`Take turns: expected to be killed, ended with ${String(code)}: ${Buffer.concat(complaints).toString()}`));
    });
  });
}

describe.each(DATABASES)('kill -9 in the middle of a turn on $name', ({ newPlace }) => {
  it('loses no acknowledged message, answers each once and leaves a sound database', async () => {
    const place = await newPlace();
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < KILLS; round++) acknowledged.push(...(await takeTurnsUntilKilled(place, round)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(25 * KILLS);

    if (place.databaseUrl === null) {
      const database = new DatabaseSync(place.path);
      expect(database.prepare('pragma integrity_check').all()).toEqual([expect.objectContaining({ integrity_check: 'ok' })]);
      database.close();
    }
    const store = await openStore({ ...place, secret: Buffer.alloc(32, 9), now: 1 });
    const told = new Map<string, string[]>();
    for (const conversationId of CONVERSATIONS) {
      const { messages, lastSeq } = await store.read(conversationId, 0);
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
      // each message of the patient is followed by its answer: no half turn is stored
      expect(messages.filter(({ direction }) => direction === 'in').every(({ seq }) => messages[seq]?.direction === 'out')).toBe(true);
      told.set(
        conversationId,
        messages.map((message) => (message.direction === 'in' ? '> ' : message.reply.text)),
      );
    }
    for (const conversationId of CONVERSATIONS) {
      const texts = told.get(conversationId) ?? [];
      let from = 0;
      for (const { messageId, replies } of acknowledged.filter((one) => one.conversationId === conversationId)) {
        expect(await store.hasMessage(conversationId, messageId)).toBe(true);
        from = findInOrder(texts, replies, from);
      }
    }
    // each turn of the enrolled patient, in either conversation, went into the chart with the turn or not at all
    const turnsOf = async (id: string): Promise<number> =>
      (await store.read(id, 0)).messages.filter(({ direction }) => direction === 'in').length;
    const charts = [(await store.load('c2'))?.chart, (await store.load('c3'))?.chart];
    expect(charts[0]).toEqual(charts[1]);
    expect(charts[0]?.version).toBe(KILLS + (await turnsOf('c2')) + (await turnsOf('c3')));
    expect((await store.listEscalations(null, 100)).length).toBeGreaterThan(0);
    await store.close();
  }, 180_000);
});

/** Where `replies` stand together after `from`; fails when they do not. */
function findInOrder(texts: readonly string[], replies: readonly string[], from: number): number {
  const at = texts.findIndex((_, index) => index >= from && replies.every((reply, place) => texts[index + place] === reply));
  expect([at >= from, replies]).toEqual([true, replies]);
  return at + replies.length;
}
