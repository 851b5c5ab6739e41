import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from '@photostructure/sqlite';
import { openStore } from '../../src/storage/open-store';
import { startTypeScript } from '../run-main';

interface Acknowledged {
  readonly conversationId: string;
  readonly messageId: string;
  readonly replies: readonly string[];
}

const KILLS = 3;

describe('kill -9 in the middle of a turn', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'aftercare-crash-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Lets a process take turns and kills it a random moment after it acknowledged some. */
  const takeTurnsUntilKilled = (round: number): Promise<Acknowledged[]> =>
    new Promise((resolve, reject) => {
      const child = startTypeScript('test/storage/crash-child.ts', [folder, String(round)]);
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

  it('loses no acknowledged message, answers each once and leaves a sound database', async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < KILLS; round++) acknowledged.push(...(await takeTurnsUntilKilled(round)));

    const database = new DatabaseSync(join(folder, 'aftercare.db'));
    expect(database.prepare('pragma integrity_check').all()).toEqual([expect.objectContaining({ integrity_check: 'ok' })]);
    const answersOf = database.prepare(
      "select seq from messages where conversation_id = ? and direction = 'out' and channel_msg_id like ? || '#%' order by seq",
    );
    const store = await openStore({ path: join(folder, 'aftercare.db'), secret: Buffer.alloc(32, 9), now: 1 });
    const told = new Map<string, Map<number, string>>();
    for (const conversationId of ['c0', 'c1', 'c2', 'c3']) {
      const { messages } = await store.read(conversationId, 0);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      told.set(
        conversationId,
        new Map(messages.flatMap((message) => (message.direction === 'out' ? [[message.seq, message.reply.text]] : []))),
      );
    }
    for (const { conversationId, messageId, replies } of acknowledged) {
      const stored = answersOf.all(conversationId, messageId).map((row) => told.get(conversationId)?.get((row as { seq: number }).seq));
      expect(stored).toEqual(replies);
    }
    const once = database
      .prepare("select count(*) as n from messages where direction = 'in' group by conversation_id, channel_msg_id having n > 1")
      .all();
    expect(once).toEqual([]);
    const unanswered = database
      .prepare(
        "select channel_msg_id from messages m where direction = 'in' and not exists (select 1 from messages o where o.conversation_id = m.conversation_id and o.channel_msg_id = m.channel_msg_id || '#1')",
      )
      .all();
    expect(unanswered).toEqual([]);
    expect((await store.listEscalations(null, 100)).length).toBeGreaterThan(0);
    await store.close();
    database.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(25 * KILLS);
  }, 180_000);
});
