import type { Minds } from './assemble-minds';
import { findPackageRoot } from './assemble-minds';
import { chooseNotifiers } from './choose-notifiers';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import { defaultWebLimits, mountWebChannel, readWidgetFiles } from './channels/web';
import type { WebLimits } from './channels/web';
import { makeClinicBook } from './clinic-book';
import type { Config } from './config';
import { makeEnrolmentDesk } from './enrolment';
import { makeFigures } from './figures';
import { findHoles, sayHole } from './escalation/coverage';
import { findLiveFaults } from './escalation/live-faults';
import { nextChangeAfter, whoIsOnCall } from './escalation/on-call';
import { mountHooks } from './channels/hooks/mount-hooks';
import { mountTwilio } from './channels/twilio';
import type { SmsChannel } from './channels/sms';
import type { TeamsCloud } from './channels/teams';
import { makePostCard, makeTeamsPush, mountTeams, openTeams } from './channels/teams';
import { makePatientPush } from './push-patient';
import { wordPhrase } from './turn/word-notice';
import { mountStaffConsole } from './console/mount-staff-console';
import { readStore } from './console/read-store';
import { parseClinic } from './guide/read-clinic';
import { unsignedEntries } from './guide/unsigned-entries';
import type { Clinic, ClinicBook } from './model/clinic';
import type { PatientTurns, WebClinic } from './model/web-edge';
import type { PageMethod } from './model/clinic';
import type { Notifier } from './model/escalation';
import type { Paging } from './open-paging';
import { openPaging } from './open-paging';
import { openSmsChannel } from './open-sms-channel';
import { makePatientPages } from './patient-pages';
import { finishServer, makeServer } from './server';
import { readDemoSecret } from './storage/demo-secret';
import { openStore } from './storage/open-store';
import type { Store } from './storage/store';
import { openSpool } from './storage/spool';
import { makeWebLog } from './storage/web-log';
import type { Clock } from './tools/clock';
import { AftercareError } from './tools/errors';
import { makeWebhookKeys } from './tools/webhook-keys';
import type { PatientTurnsParts } from './turn/patient-turns';
import { makePatientTurns } from './turn/patient-turns';
import type { TurnParts } from './turn/turn-parts';

/** How long open browsers have to answer a goodbye before their sockets are cut. */
const GOODBYE_MS = 1000;

/** A wired house that does not listen yet. */
export interface OpenHouse {
  readonly app: Express;
  readonly server: Server;
  readonly store: Store;
  readonly secret: Buffer;
  readonly unsigned: readonly string[];
  readonly clinics: ClinicBook;
  readonly paging: Paging;
  /** Null without an account at the phone company. */
  readonly sms: SmsChannel | null;
  /** One-time token of the console's start-up link. */
  readonly consoleToken: string;
  close(): Promise<void>;
}

/** What a house is opened with, beside its settings. */
export interface HouseOptions {
  readonly clock: Clock;
  readonly limits?: WebLimits;
  /** Lets a measurement put another bot behind the same doors. */
  readonly turns?: (parts: PatientTurnsParts) => PatientTurns;
  /** Runs something later, for patients' texts; not given: the machine's timers. */
  readonly after?: (ms: number, work: () => void) => void;
  /** Where a demo prints the pages that would leave. */
  readonly print?: (line: string) => void;
  /** Other servers than Microsoft's, for tests. */
  readonly teamsCloud?: TeamsCloud;
  /** Ways to reach staff in the place of those of the settings. */
  readonly notifiers?: ReadonlyMap<PageMethod, Notifier>;
}

/** Wires every room on one server. */
export async function openHouse(minds: Minds, config: Config, options: HouseOptions): Promise<OpenHouse> {
  const { knowledge, log } = minds;
  const { clock } = options;
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
    now: clock(),
    onFault: (cause) => log.warn({ err: cause }, 'a connection to the database was lost'),
  });
  const clinics = makeClinicBook([minds.clinic, ...minds.otherClinics], store, (id, yaml) => parseClinic(yaml, id));
  await clinics.refresh();
  if (config.mode === 'live') refuseHoles(clinics.all(), clock());
  const first = minds.clinic.id;
  const figures = makeFigures();
  const address = config.publicUrl ?? (config.mode === 'demo' && config.port > 0 ? `http://127.0.0.1:${config.port}` : null);
  const webhookKeys = makeWebhookKeys(clinics, secret);
  const spool = openSpool(config.dataDir, secret, (cause) => log.error({ err: cause }, 'a message in the spool cannot be opened'));
  const partsOf = (clinicId: string | undefined): TurnParts => ({ ...minds, clinic: clinics.get(clinicId ?? first), store });
  const sms = openSmsChannel({
    ...{ config, store, clinics, knowledge, clock, log, partsOf, alarm: (clinicId: string) => paging.alarmUnstored(clinicId) },
    ...(options.after ? { after: options.after } : {}),
  });
  const teams = config.teams
    ? openTeams({
        settings: config.teams,
        secret,
        publicUrl: address,
        store,
        clinics,
        clock,
        log,
        ...(options.teamsCloud ? { cloud: options.teamsCloud } : {}),
      })
    : null;
  const paging = openPaging({
    ...{ spool, partsOf },
    ...{ store, clinics, knowledge, clock, log, figures, secret, publicUrl: address, heartbeatUrl: config.heartbeatUrl },
    notifiers:
      options.notifiers ??
      chooseNotifiers(config, {
        ...{ webhookKeys, clock, print: options.print ?? (() => undefined) },
        postCard: teams && makePostCard(teams),
      }),
    pushPatient: makePatientPush(store, { sms: sms?.push ?? null, teams: teams && makeTeamsPush(teams) }),
  });
  store.onWake(() => paging.watch.wake());
  const { app, server } = makeServer(async () => {
    await store.check();
    paging.check();
  });
  app.get('/metrics', async (_request, response) => void response.type(figures.contentType).send(await figures.text()));
  const turns = (options.turns ?? makePatientTurns)({
    ...{ partsOf, spool, wake: () => paging.watch.wake() },
    onSpooled: (clinicId) => paging.alarmUnstored(clinicId),
  });
  const streams = mountWebChannel(app, server, {
    turns,
    log: makeWebLog(store, { name: 'Aftercare helper' }),
    links: store.charts,
    clock,
    secret,
    publicUrl: config.publicUrl,
    get clinics() {
      return webClinics(clinics, minds.clinic);
    },
    pages: makePatientPages({ knowledge, clinics, store }),
    widget: readWidgetFiles(join(findPackageRoot(), 'dist', 'widget'), join(config.dataDir, 'launchers')),
    limits: options.limits ?? defaultWebLimits,
    onFault: (code, cause) => log.error({ err: cause, code }, 'the web channel failed'),
  });
  mountHooks(app, { desk: paging.desk, keysOf: webhookKeys, clock });
  const { twilio, publicUrl } = config;
  if (twilio && publicUrl !== null && sms)
    mountTwilio(app, {
      ...{ ...twilio, publicUrl, desk: paging.desk, clinics, clock, log },
      ...{ patientText: sms.take, patientReport: sms.takeReport },
    });
  if (teams) {
    const failureText = (clinicId: string | undefined): string =>
      wordPhrase(knowledge, 'failure', { clinic: clinics.get(clinicId ?? first), now: clock() });
    mountTeams(app, teams, { desk: paging.desk, turns, wake: () => paging.watch.wake(), failureText });
    teams.care.start();
  }
  const consoleToken = mountStaffConsole(app, {
    ...readStore(store, clinics),
    ...{ clinics, secret, clock, publicUrl: config.publicUrl, unsignedEntries: unsigned.length, desk: paging.desk },
    enrolment: makeEnrolmentDesk({ store, knowledge, secret, clock, canText: sms !== null }),
    holes: (clinic) => findHoles(clinic, clock()).map((hole) => ({ ...hole, why: sayHole(hole) })),
    onCall: whoIsOnCall,
    nextChangeAfter,
    sendSignIn: (person, clinic, link) => paging.sendSignIn(person, clinic, link),
    flagTitle: (flag) => knowledge.flags.get(flag)?.title ?? flag,
    onFault: (code, cause) => log.error({ err: cause, code }, 'the console failed'),
  });
  finishServer(app, log);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  const refresh = setInterval(
    () => void clinics.refresh().catch((error: unknown) => log.error({ err: error }, 'reading imported clinics failed')),
    REFRESH_MS,
  );
  refresh.unref();
  const close = async (): Promise<void> => {
    clearInterval(refresh);
    sms?.stop();
    streams.close();
    server.closeAllConnections();
    const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), GOODBYE_MS);
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    clearTimeout(cut);
    teams?.care.stop();
    await paging.stop();
    await store.close();
  };
  return { app, server, store, secret, unsigned, clinics, paging, sms, consoleToken, close };
}

/** Imports of other processes are noticed within this time. */
const REFRESH_MS = 15_000;

/** The clinics as patients of their websites meet them; the first one is meant where a page names none. */
function webClinics(clinics: ClinicBook, first: Clinic): readonly [WebClinic, ...WebClinic[]] {
  const toWeb = ({ id, name, phone, origins }: Clinic): WebClinic => ({ id, name, phone, origins: origins ?? [] });
  return [
    toWeb(clinics.get(first.id)),
    ...clinics
      .all()
      .filter(({ id }) => id !== first.id)
      .map(toWeb),
  ];
}

/** Live mode promises that somebody can always be reached. */
function refuseHoles(clinics: readonly Clinic[], now: number): void {
  const faults = clinics.flatMap((clinic) => findLiveFaults(clinic, now).map((fault) => `${clinic.id}: ${fault}`));
  if (faults.length > 0) throw new AftercareError('CLINIC_INVALID', `Starting in live mode failed:\n  ${faults.join('\n  ')}`);
}
