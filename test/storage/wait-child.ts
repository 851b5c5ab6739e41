import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { dialogs } from '../../dialogs';
import { assembleMinds } from '../../src/assemble-minds';
import { makeFigures } from '../../src/figures';
import { readKnowledge } from '../../src/guide/read-knowledge';
import { PAGE_METHODS } from '../../src/model/clinic';
import type { Notifier } from '../../src/model/escalation';
import { openPaging } from '../../src/open-paging';
import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import { silentLog } from '../../src/tools/log';
import { takeTurn } from '../../src/turn/take-turn';
import { nightClinic } from '../nights/night-clinic';

/** `ask`: patients tell of an itch, each answered with a safety question. `wait`: the paging loop goes round. Either until it is killed. */
async function run([what, path = '', databaseUrl = '', now = '', patients = '']: readonly string[]): Promise<void> {
  const store = await openStore({ path, databaseUrl: databaseUrl || null, secret: Buffer.alloc(32, 9), now: 1 });
  await (what === 'ask' ? ask(store, Number(now), Number(patients)) : wait(store, Number(now)));
  setInterval(() => undefined, 1000);
}

async function ask(store: Store, at: number, patients: number): Promise<void> {
  const minds = await assembleMinds({ dialogs, log: silentLog, onTraining: () => undefined });
  for (let patient = 0; patient < patients; patient++) {
    const ids = { conversationId: `c${patient}`, patientId: `p${patient}`, messageId: 'm1' };
    const input = { channel: 'web', ...ids, text: 'my face is so itchy', attachments: 0, isStart: false, at, echo: null } as const;
    await takeTurn({ ...minds, clinic: nightClinic(), store }, input);
    writeSync(1, 'asked\n');
  }
}

function wait(store: Store, now: number): Promise<void> {
  const knowledge = readKnowledge(join(__dirname, '..', '..', 'knowledge'));
  const clinic = nightClinic();
  const book = { get: () => clinic, all: () => [clinic] };
  const notifiers = PAGE_METHODS.map((method): [typeof method, Notifier] => [
    method,
    { method, send: () => Promise.resolve({ kind: 'sent', providerId: null }) },
  ]);
  const never = (): never => {
    throw new Error('nobody writes');
  };
  const paging = openPaging({
    ...{ store, clinics: book, knowledge, notifiers: new Map(notifiers), clock: () => now, log: silentLog, figures: makeFigures() },
    ...{ secret: Buffer.alloc(32, 9), publicUrl: null, heartbeatUrl: null, pushPatient: never },
    spool: { keep: never, list: () => Promise.resolve([]), remove: never },
    partsOf: () => ({ knowledge, clinic, understand: never, dialogs: [], store, log: silentLog }),
  });
  writeSync(1, 'waiting\n');
  paging.watch.start();
  return Promise.resolve();
}

void run(process.argv.slice(2));
