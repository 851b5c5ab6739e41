import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { directLineSecret } from '../../src/channels/web';
import { openStore } from '../../src/storage/open-store';
import type { PhoneCompany } from '../phone-company';
import { openPhoneCompany } from '../phone-company';
import type { Findings } from './check-store';
import { checkIntegrity, checkStore } from './check-store';
import { Nurses } from './nurses';
import { Patients } from './patients';
import { CrashServer, freePort } from './servers';

/** What a run came to. */
export interface CrashFigures extends Findings {
  readonly store: 'sqlite' | 'postgres';
  readonly kills: number;
  /** Messages of patients and acknowledgements of staff. */
  readonly acknowledged: number;
  readonly escalations: number;
}

/** How a run goes. */
export interface CrashOptions {
  /** Null: SQLite in a folder of its own, with one server; otherwise two servers share it and are killed in turn. */
  readonly databaseUrl: string | null;
  readonly kills: number;
  /** Arguments of Node that start a server. */
  readonly program: readonly string[];
  readonly onKill?: (kills: number, acknowledged: number) => void;
}

const SECRET = 'crash-test-secret-of-32-characters!';
const PATIENTS = 6;
/** What the phone company signs for; where our doors are in truth changes with each kill. */
const PUBLIC_URL = 'http://127.0.0.1:9';
/** So many messages are acknowledged between two kills at least. */
const MESSAGES_A_LIFE = 8;
const MOST_DELAY_MS = 700;
const SETTLE_MS = 60_000;

/** Kills servers under load, again and again, and looks at what is left. */
export async function crashRun(options: CrashOptions): Promise<CrashFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-crash-'));
  const servers: CrashServer[] = [];
  const up = (): CrashServer => servers.find(({ isUp }) => isUp) ?? servers[0]!;
  let company: PhoneCompany | undefined;
  const nurses = new Nurses(() => company!);
  const patients = new Patients(() => up().url, directLineSecret(Buffer.from(SECRET)));
  try {
    company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => up().url, onTaken: (taken) => nurses.hear(taken) });
    const environment = {
      ...{ AFTERCARE_SECRET: SECRET, DATA_DIR: folder, PUBLIC_URL, LOG_LEVEL: 'error', CLINIC_FILES: join(__dirname, 'clinic.yaml') },
      ...{ TWILIO_ACCOUNT_SID: company.accountSid, TWILIO_AUTH_TOKEN: company.authToken, TWILIO_API_BASE_URL: company.url },
      ...(options.databaseUrl === null ? {} : { DATABASE_URL: options.databaseUrl }),
    };
    for (let server = 0; server < (options.databaseUrl === null ? 1 : 2); server++)
      servers.push(new CrashServer({ args: options.program, environment }, await freePort()));
    for (const server of servers) await server.start();
    patients.start(PATIENTS);
    for (let kills = 0; kills < options.kills; kills++) {
      await killOne(servers[kills % servers.length]!, patients);
      options.onKill?.(kills + 1, patients.acknowledged.length + nurses.acknowledged.size);
    }
    await patients.stop();
    return await finish(options, { folder, servers, patients, nurses, company });
  } finally {
    patients.abandon();
    void nurses.stop();
    for (const server of servers) await server.kill();
    await company?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets a server work for a while, kills it at a random moment and starts it again. */
async function killOne(server: CrashServer, patients: Patients): Promise<void> {
  const before = patients.acknowledged.length;
  while (patients.acknowledged.length < before + MESSAGES_A_LIFE) await sleep(5);
  await sleep(Math.random() * MOST_DELAY_MS);
  await server.kill();
  await server.start();
}

interface Remains {
  readonly folder: string;
  readonly servers: readonly CrashServer[];
  readonly patients: Patients;
  readonly nurses: Nurses;
  readonly company: PhoneCompany;
}

/** Waits until everything that was raised is acknowledged and nothing is about to leave, and counts. */
async function finish(options: CrashOptions, { folder, servers, patients, nurses, company }: Remains): Promise<CrashFigures> {
  const place = { path: join(folder, 'aftercare.db'), databaseUrl: options.databaseUrl };
  const store = await openStore({ ...place, secret: Buffer.from(SECRET), now: Date.now() });
  try {
    for (const until = performance.now() + SETTLE_MS; performance.now() < until; await sleep(200)) {
      const open = await store.listUnresolved(null, 1_000_000);
      if (open.every(({ tier, acknowledged }) => tier === 'ask_clinic' || acknowledged !== null)) break;
    }
    await nurses.stop();
    await company.idle();
    for (const server of servers) await server.stop();
    const promised = { messages: patients.acknowledged, refs: nurses.acknowledged, taken: company.taken };
    const findings = await checkStore(store, promised);
    return {
      store: options.databaseUrl === null ? 'sqlite' : 'postgres',
      kills: options.kills,
      acknowledged: patients.acknowledged.length + nurses.acknowledged.size,
      escalations: (await store.listEscalations(null, 1_000_000)).length,
      ...findings,
      integrity: await checkIntegrity(place),
    };
  } finally {
    await store.close();
  }
}

/** Whether a run kept every promise. */
export function isFaultless({ missing, unsent, sentTwice, kills, integrity }: CrashFigures): boolean {
  return missing.length === 0 && unsent.length === 0 && sentTwice < kills && integrity === 'ok';
}
