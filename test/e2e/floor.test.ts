import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { WebActivity } from '../../src/model/web-edge';
import { AftercareError } from '../../src/tools/errors';
import type { PatientTurnsParts } from '../../src/turn/patient-turns';
import { makePatientTurns } from '../../src/turn/patient-turns';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpool } from '../../src/storage/spool';
import { replaySpool } from '../../src/turn/floor';
import { findPostgres, startPostgres } from '../start-postgres';
import { openTestHouse, testMinds } from '../house';
import type { TestHouse } from '../house';
import { openRealServer } from './real-server';

const DANGER = 'yellow pus is coming out of my cheek';
const EMERGENCY = 'my throat is closing and i cant breathe';

describe('with storage gone', () => {
  let house: TestHouse;
  let folder: string;
  let isGone: boolean;
  let alarms: string[];
  let parts: PatientTurnsParts;
  beforeEach(async () => {
    house = await openTestHouse();
    folder = mkdtempSync(join(tmpdir(), 'floor-'));
    [isGone, alarms] = [true, []];
    const gone = (): Promise<never> =>
      Promise.reject(new AftercareError('STORAGE_UNAVAILABLE', 'Storing a turn failed: the disk is full.'));
    const store = {
      ...house.parts.store,
      commit: (...args: Parameters<typeof house.parts.store.commit>) => (isGone ? gone() : house.parts.store.commit(...args)),
    };
    parts = {
      ...{ partsOf: () => ({ ...house.parts, store }), wake: () => undefined, spool: openSpool(folder, Buffer.alloc(32, 5)) },
      onSpooled: (clinicId) => void alarms.push(clinicId),
    };
  });
  afterEach(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const take = (text: string, messageId = 'm1'): ReturnType<ReturnType<typeof makePatientTurns>['take']> =>
    makePatientTurns(parts).take({
      ...{ channel: 'web', conversationId: 'c', patientId: 'dl_1', messageId, text, attachments: 0, at: house.clock.now(), echo: null },
    });

  it('an emergency gets its words at once, is spooled, and the people on call are told', async () => {
    await take(EMERGENCY); // the first one warms the reader up
    const began = performance.now();
    const { accepted, unstored } = await take(EMERGENCY, 'm2');
    expect(accepted).toBe(true);
    expect(unstored?.[0]?.text).toMatch(/^Call 911 now/);
    expect(unstored?.at(-1)?.text).toMatch(/may hear of this late/);
    expect(performance.now() - began).toBeLessThan(2000); // nothing is waited for; the tenth of a second is measured below
    expect(alarms).toEqual([testMinds().clinic.id, testMinds().clinic.id]);
  });

  it('a question without danger is refused, so that it is sent again', async () => {
    await expect(take('can i wear makeup')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await openSpool(folder, Buffer.alloc(32, 5)).list()).toEqual([]);
  });

  it('what was spooled is sealed, and is acted on once when storage is back', async () => {
    await take(DANGER);
    await take(DANGER);
    const spool = parts.spool!;
    const faults: unknown[] = [];
    expect(await openSpool(folder, Buffer.alloc(32, 6), (fault) => faults.push(fault)).list()).toEqual([]);
    expect(faults).toMatchObject([{ message: expect.stringMatching(/AFTERCARE_SECRET/) }]);
    expect(await spool.list()).toHaveLength(1);
    isGone = false;
    expect(await replaySpool(spool, () => parts.partsOf(undefined))).toBe(1);
    expect(await replaySpool(spool, () => parts.partsOf(undefined))).toBe(0);
    expect(await house.escalations()).toMatchObject([{ tier: 'urgent', pages: [{ personId: expect.any(String), status: 'queued' }] }]);
  });

  it('stays in the spool while it still cannot be stored', async () => {
    await take(DANGER);
    await expect(replaySpool(parts.spool!, () => parts.partsOf(undefined))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await parts.spool!.list()).toHaveLength(1);
  });
});

const binaries = findPostgres();
(binaries === null ? describe.skip : describe)('a PostgreSQL that is stopped under the running product', () => {
  it('answers danger on the open page within the tenth of a second, and pages when it is back', async () => {
    const postgres = await startPostgres(binaries!);
    const real = await openRealServer({ config: { databaseUrl: await postgres.newDatabase() } });
    try {
      const call = (path: string, token: string, body: object = {}): Promise<Response> =>
        fetch(`${real.url}${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const { token } = (await (await call('/widget/token', '')).json()) as { token: string };
      const started = (await (await call('/v3/directline/conversations', token)).json()) as {
        conversationId: string;
        token: string;
        streamUrl: string;
      };
      const shown: { at: number; activity: WebActivity }[] = [];
      const socket = new WebSocket(started.streamUrl);
      socket.on('message', (data: Buffer) => {
        const frame = data.toString();
        if (frame === '') return;
        for (const activity of (JSON.parse(frame) as { activities: WebActivity[] }).activities)
          shown.push({ at: performance.now(), activity });
      });
      await new Promise((resolve) => socket.once('open', resolve));
      const say = (text: string): Promise<Response> =>
        call(`/v3/directline/conversations/${started.conversationId}/activities`, started.token, {
          type: 'message',
          from: { id: 'x' },
          text,
        });
      expect((await say('hello')).status).toBe(200);
      await postgres.halt();
      const times: number[] = [];
      for (let round = 0; round < 5; round++) {
        const began = performance.now();
        expect((await say(`${DANGER} ${round}`)).status).toBe(200);
        for (let waited = 0; waited < 200 && !shown.some(({ at, activity }) => at > began && /on-call/.test(activity.text ?? '')); waited++)
          await sleep(5);
        times.push(shown.find(({ at, activity }) => at > began && /on-call/.test(activity.text ?? ''))!.at - began);
      }
      expect((await say('can i wear makeup')).status).toBe(503);
      expect(Math.min(...times)).toBeLessThan(100);
      await postgres.start();
      for (let waited = 0; waited < 200 && (await unresolved()) === 0; waited++) await sleep(100);
      expect(await unresolved()).toBe(1);
      socket.close();
      async function unresolved(): Promise<number> {
        try {
          real.house.paging.start();
          return (await real.house.store.listUnresolved(null, 10)).length;
        } catch {
          return 0;
        }
      }
    } finally {
      await real.close();
      await postgres.stop();
    }
  }, 120_000);
});
