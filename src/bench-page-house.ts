import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchPageDeps, PageRun } from './cli/bench-page';
import { makeFigures } from './figures';
import { makeNotifiers } from './notify';
import type { Minds } from './assemble-minds';
import { openPaging } from './open-paging';
import { openStore } from './storage/open-store';
import { openSpool } from './storage/spool';
import { systemClock } from './tools/clock';
import { newId } from './tools/ids';
import { silentLog } from './tools/log';
import { makePatientTurns } from './turn/patient-turns';
import type { TurnParts } from './turn/turn-parts';

const DANGER = 'yellow pus is coming out of my cheek';
const CALM = ['can i wear makeup', 'is redness normal', 'when can i go to the gym', 'my skin is peeling', 'can i use sunscreen'];
const PAGE_EVERY_MS = 25;
const LAST_PAGE_WAIT_MS = 20_000;

/** Wires the page benchmark: the real turn, loop and Twilio client against a local server that only notes when a request arrives. */
export function benchPageDeps(minds: Minds, databaseUrl: string | null): BenchPageDeps {
  return {
    stores: ['sqlite', ...(databaseUrl === null ? [] : ['postgres'])],
    skipped: databaseUrl === null ? ['PostgreSQL, because DATABASE_URL is not set'] : [],
    run: (store, turnsPerSecond, pages) => measure(minds, { store, databaseUrl, turnsPerSecond, pages }),
  };
}

async function measure(
  minds: Minds,
  wanted: { readonly store: string; readonly databaseUrl: string | null; readonly turnsPerSecond: number; readonly pages: number },
): Promise<PageRun> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-page-'));
  const began: number[] = [];
  const latenciesMs: number[] = [];
  const provider = createServer((request, response) => {
    const arrivedAt = performance.now();
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      // Only a first page names the reference alone; each was begun once, in the order of its number.
      const ref = Number(/Ref\+(\d+)\./.exec(body)?.[1] ?? 0);
      const start = began[ref - 1];
      if (start !== undefined && latenciesMs[ref - 1] === undefined) latenciesMs[ref - 1] = arrivedAt - start;
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid: `SM${'0'.repeat(32)}`, status: 'queued' }));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const apiBaseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const secret = Buffer.alloc(32, 3);
  const store = await openStore({
    ...{ path: join(folder, 'pages.db'), secret, now: systemClock() },
    databaseUrl: wanted.store === 'postgres' ? wanted.databaseUrl : null,
  });
  // A clinic of its own for each run, so that references count from 1 in a database that was used before.
  const clinic = { ...minds.clinic, id: newId('bench', systemClock()) };
  const clinics = { get: () => clinic, all: () => [clinic] };
  const partsOf = (): TurnParts => ({ ...minds, clinic, store });
  const spool = openSpool(folder, secret);
  const paging = openPaging({
    ...{ store, clinics, knowledge: minds.knowledge, clock: systemClock, log: silentLog, figures: makeFigures(), secret, spool, partsOf },
    ...{ publicUrl: 'https://chat.clinic.example', heartbeatUrl: null },
    notifiers: makeNotifiers({
      twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'bench', apiBaseUrl },
      ...{ smtp: null, publicUrl: 'https://chat.clinic.example', webhookKeys: () => [], clock: systemClock },
    }),
    pushPatient: () => Promise.resolve({ kind: 'sent', providerId: null }),
  });
  const turns = makePatientTurns({ partsOf, wake: () => paging.watch.wake(), spool, onSpooled: () => undefined });
  let count = 0;
  const say = (text: string): Promise<unknown> => {
    count += 1;
    const conversationId = `${clinic.id}-${count}`;
    return turns.take({
      ...{ channel: 'web', conversationId, patientId: 'dl_bench', clinicId: clinic.id, messageId: '1', text, attachments: 0 },
      ...{ at: systemClock(), echo: null },
    });
  };
  paging.watch.start();
  let isOver = false;
  const beside = besideIt(
    () => isOver,
    wanted.turnsPerSecond,
    () => say(CALM[count % CALM.length] ?? ''),
  );
  for (let page = 0; page < wanted.pages; page++) {
    began.push(performance.now());
    await say(DANGER);
    await sleep(PAGE_EVERY_MS);
  }
  for (let waited = 0; latenciesMs.filter(Number.isFinite).length < wanted.pages && waited < LAST_PAGE_WAIT_MS; waited += 50)
    await sleep(50);
  isOver = true;
  const reached = await beside;
  await paging.stop();
  await store.close();
  provider.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    store: wanted.store,
    load: wanted.turnsPerSecond === 0 ? 'idle' : `${Math.round(reached)} turns/s`,
    latenciesMs: latenciesMs.filter(Number.isFinite),
  };
}

/** Turns beside the pages at a steady rate; resolves with the rate that was reached. */
async function besideIt(isOver: () => boolean, perSecond: number, turn: () => Promise<unknown>): Promise<number> {
  if (perSecond === 0) return 0;
  const began = performance.now();
  let done = 0;
  const running = new Set<Promise<unknown>>();
  while (!isOver()) {
    const due = ((performance.now() - began) / 1000) * perSecond;
    for (let behind = Math.floor(due) - done; behind > 0 && running.size < perSecond; behind--) {
      done += 1;
      const task = turn();
      running.add(task);
      void task.finally(() => running.delete(task));
    }
    await sleep(5);
  }
  await Promise.all(running);
  return done / ((performance.now() - began) / 1000);
}
