import type { Knowledge } from './model/knowledge';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Express } from 'express';
import { defaultWebLimits, mountWebChannel } from './channels/web';
import type { WebLimits } from './channels/web';
import type { Config } from './config';
import { mountConsole } from './console/mount-console';
import { loadKnowledge } from './guide/load-knowledge';
import { readClinic } from './guide/read-clinic';
import { unsignedEntries } from './guide/unsigned-entries';
import type { PatientTurns } from './model/web-edge';
import { finishServer, makeServer } from './server';
import { readDemoSecret } from './storage/demo-secret';
import { openStore } from './storage/open-store';
import type { Store } from './storage/store';
import { makeWebLog } from './storage/web-log';
import type { Clock } from './tools/clock';
import { AftercareError } from './tools/errors';
import type { Log } from './tools/log';
import { makePatientTurns } from './turn/patient-turns';
import type { TurnParts } from './turn/turn-parts';
import { buildLexicon } from './understand/build-lexicon';
import { loadModels } from './understand/load-models';
import type { Models } from './understand/models';
import type { Reader } from './understand/understand';
import { makeReader } from './understand/understand';

/** Everything a turn needs but the store: the knowledge, the trained reader, the clinic, the dialogs. */
export interface Minds extends Omit<TurnParts, 'store'> {
  readonly models: Models;
}

/** The folder of package.json: two levels up from dist/src, one from src. */
export function findPackageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Loads knowledge and models; trains once and keeps the result in dist/model. */
export async function assembleReader(
  onTraining: (fraction: number) => void,
): Promise<{ knowledge: Knowledge; reader: Reader; models: Models }> {
  const root = findPackageRoot();
  const cache = join(root, 'dist', 'model');
  const knowledge = loadKnowledge(join(root, 'knowledge'), cache);
  const lexicon = buildLexicon(knowledge);
  const models = await loadModels(knowledge, lexicon, { folder: cache, packageRoot: root, onTraining });
  return { knowledge, reader: makeReader(knowledge, models, lexicon), models };
}

/** Puts together everything a turn needs but the store. */
export async function assembleMinds(options: {
  dialogs: TurnParts['dialogs'];
  clinicFile?: string | undefined;
  log: Log;
  onTraining: (fraction: number) => void;
}): Promise<Minds> {
  const { knowledge, reader, models } = await assembleReader(options.onTraining);
  const clinic = readClinic(options.clinicFile ?? join(findPackageRoot(), 'knowledge', 'clinics', 'demo.yaml'));
  const { dialogs, log } = options;
  return { knowledge, clinic, dialogs, log, models, understand: (text, context) => reader.understand(text, context) };
}

/** How long open browsers have to answer a goodbye before their sockets are cut. */
const GOODBYE_MS = 1000;

/** A wired house that does not listen yet. */
export interface OpenHouse {
  readonly app: Express;
  readonly server: Server;
  readonly store: Store;
  readonly secret: Buffer;
  readonly unsigned: readonly string[];
  /** One-time token of the console's start-up link. */
  readonly consoleToken: string;
  close(): Promise<void>;
}

/** Wires every room on one server. `turns` lets a measurement put another bot behind the same doors. */
export async function openHouse(
  minds: Minds,
  config: Config,
  options: { clock: Clock; limits?: WebLimits; turns?: (parts: TurnParts) => PatientTurns },
): Promise<OpenHouse> {
  const { knowledge, clinic, log } = minds;
  const unsigned = unsignedEntries(knowledge);
  if (config.mode === 'live' && unsigned.length > 0)
    throw new AftercareError(
      'KNOWLEDGE_UNSIGNED',
      `Starting in live mode failed: ${unsigned.length} entries have no reviewedBy and reviewedOn, the first is ${unsigned[0] ?? ''}.`,
    );
  const secret = Buffer.from(config.secret ?? readDemoSecret(config.dataDir));
  const store = await openStore({
    path: join(config.dataDir, 'aftercare.db'),
    databaseUrl: config.databaseUrl,
    secret,
    now: options.clock(),
    onFault: (cause) => log.warn({ err: cause }, 'a connection to the database was lost'),
  });
  const { app, server } = makeServer(() => store.check());
  const makeTurns = options.turns ?? makePatientTurns;
  const streams = mountWebChannel(app, server, {
    turns: makeTurns({ ...minds, store }),
    log: makeWebLog(store, { name: `${clinic.name} aftercare helper` }),
    clock: options.clock,
    secret,
    publicUrl: config.publicUrl,
    allowedOrigins: clinic.origins ?? [],
    clinic: { name: clinic.name, phone: clinic.phone },
    limits: options.limits ?? defaultWebLimits,
    onFault: (code, cause) => log.error({ err: cause, code }, 'the web channel failed'),
  });
  const consoleToken = mountConsole(app, {
    listEscalations: (limit) => store.listEscalations(null, limit),
    flagTitle: (flag) => knowledge.flags.get(flag)?.title ?? flag,
    unsignedEntries: unsigned.length,
    clinicName: clinic.name,
    zone: clinic.zone,
    isHttps: config.publicUrl?.startsWith('https:') ?? false,
    clock: options.clock,
  });
  finishServer(app, log);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  const close = async (): Promise<void> => {
    streams.close();
    server.closeAllConnections();
    const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), GOODBYE_MS);
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    clearTimeout(cut);
    await store.close();
  };
  return { app, server, store, secret, unsigned, consoleToken, close };
}
