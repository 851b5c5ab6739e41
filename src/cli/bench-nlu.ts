import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';
import { findCorpora, readCorpus, type CorpusFiles } from './nlu-corpus';
import { measure, type Measurement } from './nlu-measure';
import { ours } from './nlu-ours';
import { PEERS, type Peer } from './nlu-peers';
import { familyLines, toJsonLine, toTable } from './nlu-report';
import { installPackages, missingPackages, PEER_FOLDER } from './peer-packages';

const USAGE =
  'bench:nlu -- FOLDER | --train FILE... [--val FILE...] [--test FILE...] [--oos-label LABEL] [--only NAME] [--peers install] [--json]';
const FOLDER_OOS_LABEL = 'oos';

interface Request {
  readonly corpora: readonly CorpusFiles[];
  readonly models: readonly Peer[];
  readonly installsPeers: boolean;
  readonly isJson: boolean;
}

/** Allows "--train a b c" beside "--train a --train b". */
function repeatFlags(argv: readonly string[]): string[] {
  const takesMany = new Set(['--train', '--val', '--test']);
  const result: string[] = [];
  let flag = '';
  for (const word of argv) {
    if (word.startsWith('--')) flag = word;
    else if (takesMany.has(flag) && result.at(-1) !== flag) result.push(flag);
    result.push(word);
  }
  return result;
}

function chooseModels(only: string | undefined): Peer[] {
  const all = [ours, ...PEERS];
  const chosen = all.filter(({ name }) => only === undefined || name === only);
  if (chosen.length > 0) return chosen;
  throw new AftercareError('USAGE', `Expected --only ${all.map(({ name }) => name).join(' | ')}, got ${only}`);
}

function readRequest(argv: readonly string[]): Request {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values, positionals } = parseArgs({
    args: repeatFlags(argv),
    allowPositionals: true,
    options: {
      train: many,
      val: many,
      test: many,
      only: { type: 'string' },
      peers: { type: 'string' },
      'oos-label': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { train, val, test, only, peers, json, 'oos-label': oosLabel } = values;
  const [folder, ...others] = positionals;
  if (others.length > 0 || (folder === undefined) === (train.length === 0) || (peers ?? 'install') !== 'install')
    throw new AftercareError('USAGE', `Expected ${USAGE}`);
  const corpora = folder === undefined ? [{ train, val, test, oosLabel }] : findCorpora(folder, oosLabel ?? FOLDER_OOS_LABEL);
  if (corpora.length === 0)
    console.error(
      `bench:nlu: skipped, no corpus in ${folder} (a corpus is NAME.train.jsonl, with NAME.val.jsonl and NAME.test.jsonl if any)`,
    );
  return { corpora, models: chooseModels(only), installsPeers: peers === 'install', isJson: json };
}

function commandOf({ train, val, test, oosLabel }: CorpusFiles, model: Peer): string[] {
  const flags = Object.entries({ train, val, test }).flatMap(([flag, files]) => files.flatMap((file) => [`--${flag}`, file]));
  return [...flags, ...(oosLabel === undefined ? [] : ['--oos-label', oosLabel]), '--only', model.name, '--json'];
}

// Run as a program this file measures in place; so does uncompiled code (tests).
const measuresHere = require.main === module || !__filename.endsWith('.js');

/** Measures one model on one corpus, in a process of its own so that memory and warm-up do not mix. */
async function measureApart(model: Peer, corpus: CorpusFiles): Promise<Measurement[]> {
  if (measuresHere) return measure(model, readCorpus(corpus));
  const child = spawnSync(process.execPath, [...process.execArgv, __filename, ...commandOf(corpus, model)], { encoding: 'utf8' });
  if (child.status !== 0) throw new AftercareError('INTERNAL', child.stderr.trim().split('\n').at(-1) ?? 'its process ended early');
  const lines = child.stdout.split('\n').filter((line) => line.startsWith('{"model":'));
  return lines.map((line) => JSON.parse(line) as Measurement);
}

/** Installs the rivals that are missing where that was asked for; returns the models that can be measured. */
function prepareModels({ models, installsPeers }: Request): Peer[] {
  const missing = models.flatMap(({ packages }) => missingPackages(packages));
  if (missing.length > 0 && installsPeers) installPackages(missing);
  return models.filter(({ name, packages }) => {
    const lacking = missingPackages(packages);
    if (lacking.length > 0)
      console.error(
        `${name}: not measured, it lacks ${lacking.join(' ')}; --peers install puts rivals into ${PEER_FOLDER}, not into our dependencies`,
      );
    return lacking.length === 0;
  });
}

async function benchNlu(argv: readonly string[]): Promise<number> {
  const request = readRequest(argv);
  const { corpora, isJson } = request;
  if (corpora.length === 0) return 0;
  const models = prepareModels(request);
  const rows: Measurement[] = [];
  let hasFailed = false;
  for (const corpus of corpora) {
    readCorpus(corpus); // faults of the files are told once, not by every model
    for (const model of models) {
      try {
        const measured = await measureApart(model, corpus);
        if (isJson) for (const row of measured) console.log(toJsonLine(row));
        rows.push(...measured);
      } catch (error) {
        hasFailed ||= model === ours;
        console.error(`${model.name} on ${corpus.train.join(' ')}: not measured; ${reasonOf(error)}`);
      }
    }
  }
  if (!isJson && rows.length > 0) for (const line of toTable(rows)) console.log(line);
  for (const line of familyLines(rows)) (isJson ? console.error : console.log)(line);
  return hasFailed || rows.length === 0 ? 1 : 0;
}

/** Measures our classifier (and the installed rivals) on labelled texts; prints a table or JSON lines and returns the exit code. */
export async function runBenchNlu(argv: readonly string[]): Promise<number> {
  try {
    return await benchNlu(argv);
  } catch (error) {
    console.error(`bench:nlu: ${reasonOf(error)}`);
    return 1;
  }
}

if (require.main === module) void runBenchNlu(process.argv.slice(2)).then((code) => (process.exitCode = code));
