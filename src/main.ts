#!/usr/bin/env node
import { join } from 'node:path';
import { dialogs } from '../dialogs';
import { benchTurnDeps } from './bench-house';
import { benchPageDeps } from './bench-page-house';
import { directLineSecret, readWidgetFiles } from './channels/web';
import { runAnswers } from './cli/answers';
import { runAsk } from './cli/ask';
import { runBenchAssertion } from './cli/bench-assertion';
import { runBenchDetectors } from './cli/bench-detectors';
import { runBenchConfidence } from './cli/bench-confidence';
import { runBenchNlu } from './cli/bench-nlu';
import { runBenchPage } from './cli/bench-page';
import { runBenchTurn } from './cli/bench-turn';
import { checkFlags } from './cli/check-flags';
import { runClinic } from './cli/clinic';
import { runChat } from './cli/chat';
import { runEval } from './cli/eval';
import { runSim } from './cli/sim';
import { PLANTED_BUGS } from './simulation/planted-bugs';
import type { PlantedBug } from './simulation/planted-bugs';
import { simulate } from './simulation/simulate';
import { runFitTopics } from './cli/fit-topics';
import { runWidgetEmbed } from './cli/widget-embed';
import { readClinicFiles } from './clinic-book';
import type { Config } from './config';
import { readConfig } from './config';
import { findWordingFaults } from './guide/find-wording-faults';
import { readKnowledge } from './guide/read-knowledge';
import { unsignedEntries } from './guide/unsigned-entries';
import type { Minds } from './assemble-minds';
import type { Knowledge } from './model/knowledge';
import { assembleMinds, assembleReader, findPackageRoot } from './assemble-minds';
import { makeEnrolmentDesk } from './enrolment';
import { openHouse } from './open-house';
import { listen } from './server';
import { readDemoSecret } from './storage/demo-secret';
import { openStore } from './storage/open-store';
import type { Store } from './storage/store';
import { assess } from './triage/assess';
import { systemClock } from './tools/clock';
import { AftercareError } from './tools/errors';
import type { Log } from './tools/log';
import { EVIDENCE } from './understand/weigh-topics';
import { makeLog, silentLog } from './tools/log';

function minds(log: Log = silentLog, clinicFiles: readonly string[] = []): Promise<Minds> {
  return assembleMinds({ dialogs, clinicFiles, log, onTraining: reportTraining() });
}

function reportTraining(): (fraction: number) => void {
  let last = -1;
  return (fraction) => {
    const percent = Math.min(100, Math.floor(fraction * 10 + 1e-6) * 10);
    if (percent === last) return;
    if (last < 0) process.stderr.write('Training the classifiers from knowledge/ (once): ');
    last = percent;
    process.stderr.write(percent >= 100 ? '100 %\n' : `${percent} % `);
  };
}

/** Starts the server and keeps it running until SIGINT or SIGTERM. */
async function serve(config: Config): Promise<number> {
  const parts = await minds(makeLog(config.logLevel), config.clinicFiles);
  const house = await openHouse(parts, config, { clock: systemClock, print });
  const port = await listen(house.server, config.port, config.host);
  house.paging.start();
  house.sms?.start();
  setImmediate(() => warmUp(parts));
  const address = config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  print(`${parts.clinic.name} aftercare bot (${config.mode}) is ready after ${Math.round(process.uptime() * 1000)} ms`);
  print(`  chat:     ${address}/`);
  print(`  console:  ${address}/console?token=${house.consoleToken} (works once)`);
  if (house.unsigned.length > 0)
    print(
      `  unsigned: ${house.unsigned.length} entries of knowledge/ are not signed by a medical director (npm run check:knowledge -- --unsigned lists them)`,
    );
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await house.close();
  return 0;
}

/** Reads one message that needs every lazy part (speller, date recogniser), so that the first patient does not wait for them. */
function warmUp({ understand, clinic }: Minds): void {
  understand('my tretment was at half past three on the second of novembr', {
    now: systemClock(),
    zone: clinic.zone,
    treatedAt: null,
    lastQuestions: [],
    awaiting: 'treatment_time',
  });
}

/** Checks knowledge/; with --unsigned lists what no medical director has signed. */
function checkKnowledge(args: readonly string[]): number {
  const knowledge = readKnowledge(join(findPackageRoot(), 'knowledge'));
  const faults = findWordingFaults(knowledge);
  if (faults.length > 0)
    throw new AftercareError('KNOWLEDGE_INVALID', `Checking the wording failed, ${faults.length} fault(s):\n  ${faults.join('\n  ')}`);
  const unsigned = unsignedEntries(knowledge);
  if (args.includes('--unsigned')) print(unsigned.join('\n'));
  print(
    `knowledge ${knowledge.version}: ${knowledge.topics.size} topics, ${knowledge.flags.size} red flags, ${knowledge.intents.size} intents, ${unsigned.length} unsigned entries, no faults`,
  );
  return 0;
}

/** Tries every utterance of knowledge/ against the red flags; arguments limit the list to some flags ("U02"). */
async function flagReport(only: readonly string[]): Promise<number> {
  const { knowledge, understand, clinic } = await minds();
  const faults = checkFlags(
    knowledge,
    (text, hours) => {
      const understanding = understand(text, { now: systemClock(), zone: clinic.zone, treatedAt: null, lastQuestions: [], awaiting: null });
      return {
        understanding,
        assessment: assess({
          understanding,
          knowledge,
          hours: hours === null ? null : { min: hours, max: hours },
          history: { recentFlags: [] },
          onlyExpectedSigns: false,
        }),
      };
    },
    { only, print },
  );
  return faults > 0 ? 1 : 0;
}

/** Fits the weights of topic evidence to labelled messages. */
async function fitTopics(args: readonly string[]): Promise<number> {
  const { reader } = await assembleReader(reportTraining());
  return runFitTopics({ names: EVIDENCE, candidates: (text) => reader.weigh(text) }, args, print);
}

async function benchPage(args: readonly string[]): Promise<number> {
  return runBenchPage(benchPageDeps(await minds(), readConfig(process.env).databaseUrl), args, print);
}

async function benchTurn(args: readonly string[]): Promise<number> {
  const { deps, close } = await benchTurnDeps(await minds(), readConfig(process.env));
  try {
    return await runBenchTurn(deps, args, print);
  } finally {
    await close();
  }
}

/** The secret that another server of the clinic uses to open conversations through Direct Line. */
function printDirectLineSecret(config: Config): number {
  print(directLineSecret(Buffer.from(config.secret ?? readDemoSecret(config.dataDir))));
  return 0;
}

/** Opens the store of the settings for one command, and closes it after. */
async function withOwnStore(use: (store: Store, secret: Buffer) => Promise<void>): Promise<void> {
  const { dataDir, databaseUrl, secret: given } = readConfig(process.env);
  const secret = Buffer.from(given ?? readDemoSecret(dataDir));
  const store = await openStore({ path: join(dataDir, 'aftercare.db'), databaseUrl, secret, now: systemClock() });
  try {
    await use(store, secret);
  } finally {
    await store.close();
  }
}

/** Checks, proves, imports or tries a clinic file, or enrolls a patient of it. */
function clinicCommand(args: readonly string[]): Promise<number> {
  const knowledge = (): Knowledge => readKnowledge(join(findPackageRoot(), 'knowledge'));
  return runClinic(
    {
      knowledge,
      withStore: (use) => withOwnStore(use),
      withEnrolment: (use) =>
        withOwnStore((store, secret) => {
          const canText = readConfig(process.env).twilio !== null;
          return use(makeEnrolmentDesk({ store, knowledge: knowledge(), secret, clock: systemClock, canText }));
        }),
      isLive: () => readConfig(process.env).mode === 'live',
      publicUrl: () => readConfig(process.env).publicUrl,
      clock: systemClock,
      print,
    },
    args,
  );
}

/** The script tag that a clinic puts on its site. */
function printEmbed({ publicUrl, clinicFiles }: Config): number {
  const root = findPackageRoot();
  const clinics = readClinicFiles(clinicFiles, join(root, 'knowledge', 'clinics', 'demo.yaml'));
  const { launcher } = readWidgetFiles(join(root, 'dist', 'widget'), null);
  return runWidgetEmbed({ publicUrl, launcher, clinics }, print);
}

const COMMANDS: Record<string, (args: readonly string[]) => Promise<number> | number> = {
  serve: () => serve(readConfig(process.env)),
  ask: async (args) => runAsk(await minds(), args, print, systemClock),
  eval: async (args) => runEval(await minds(), args, print, systemClock),
  chat: async (args) => runChat(await minds(), args, systemClock),
  answers: (args) => runAnswers({ knowledge: readKnowledge(join(findPackageRoot(), 'knowledge')), dialogs }, args, print),
  train: async () => (await minds(), 0),
  clinic: clinicCommand,
  'check-knowledge': checkKnowledge,
  'check-flags': flagReport,
  'bench-assertion': async (args) => runBenchAssertion((await assembleReader(reportTraining())).reader, args, print),
  'bench-confidence': async (args) => runBenchConfidence(await minds(), args, print, systemClock),
  'bench-nlu': runBenchNlu,
  'fit-topics': fitTopics,
  'bench-detectors': async (args) => runBenchDetectors({ ...(await minds()), root: findPackageRoot(), now: systemClock }, args, print),
  'bench-page': benchPage,
  'bench-turn': benchTurn,
  sim: (args) =>
    runSim(
      async (options) => ({ ...(await simulate({ ...options, plant: options.plant as PlantedBug | null })) }),
      PLANTED_BUGS,
      args,
      print,
    ),
  'widget-embed': () => printEmbed(readConfig(process.env)),
  'direct-line-secret': () => printDirectLineSecret(readConfig(process.env)),
};

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) throw new AftercareError('USAGE', `Starting failed: expected one of ${Object.keys(COMMANDS).join(', ')}, got "${name}".`);
  return command(args);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof AftercareError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
