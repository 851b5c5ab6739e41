import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';
import { classify } from '../understand/classifier/classify';
import { deserializeModel, serializeModel } from '../understand/classifier/model-file';
import { trainClassifier } from '../understand/classifier/train-classifier';
import { computeFigures, percentile, type Figures, type Judgement } from './nlu-figures';
import { missingPackages, PEERS, type LabelledText, type Peer, type TrainedPeer } from './nlu-peers';

const USAGE = 'bench:nlu -- --train FILE... [--val FILE...] [--test FILE...] [--oos-label LABEL] [--only NAME] [--json]';
const OURS = 'ours';

interface Material {
  readonly set: string;
  readonly examples: readonly LabelledText[];
  readonly outOfScope: readonly string[];
  readonly test: readonly LabelledText[];
  readonly oosLabel: string | undefined;
}

interface Measurement extends Figures {
  readonly model: string;
  readonly set: string;
  readonly trainCpuS: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly modelKb: number;
  readonly rssMb: number;
}

const ours: Peer = {
  name: OURS,
  packages: [],
  train(examples, outOfScope) {
    const stored = serializeModel(trainClassifier(examples, { outOfScope }));
    const model = deserializeModel(stored);
    const predict: TrainedPeer['predict'] = (text) => {
      const { labels, inScope } = classify(model, text, 3);
      return { label: labels[0]?.label ?? '', probability: labels[0]?.probability ?? 0, score: inScope };
    };
    return { predict, modelBytes: stored.length };
  },
};

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

function readTexts(file: string): LabelledText[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch (error) {
      throw new AftercareError('USAGE', `Reading ${file} failed at line ${index + 1}: ${reasonOf(error)}`);
    }
    const { text, label } = (entry ?? {}) as { text?: unknown; label?: unknown };
    if (typeof text === 'string' && typeof label === 'string') return [{ text, label }];
    throw new AftercareError('USAGE', `Reading ${file} failed at line ${index + 1}: expected an object with text and label`);
  });
}

function readMaterial(flags: { train: string[]; val: string[]; test: string[]; oosLabel: string | undefined }): Material {
  const testFiles = flags.test.length > 0 ? flags.test : flags.val;
  const [firstTest] = testFiles;
  if (flags.train.length === 0 || firstTest === undefined) throw new AftercareError('USAGE', `Expected ${USAGE}`);
  const isOutside = ({ label }: LabelledText): boolean => flags.oosLabel !== undefined && label === flags.oosLabel;
  const train = flags.train.flatMap(readTexts);
  // Validation files tune the gate by their out-of-scope lines, unless they are what we measure on.
  const tuning = flags.test.length > 0 ? flags.val.flatMap(readTexts) : [];
  return {
    set: basename(firstTest).replace(/\.jsonl$/, ''),
    examples: train.filter((entry) => !isOutside(entry)),
    outOfScope: [...train, ...tuning].filter(isOutside).map(({ text }) => text),
    test: testFiles.flatMap(readTexts),
    oosLabel: flags.oosLabel,
  };
}

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

async function measure(peer: Peer, material: Material): Promise<Measurement> {
  const started = process.cpuUsage();
  const trained = await peer.train(material.examples, material.outOfScope);
  const trainCpuS = cpuSeconds(started);
  for (const { text } of material.test.slice(0, 200)) await trained.predict(text);
  const timesMs: number[] = [];
  const judgements: Judgement[] = [];
  for (const { text, label } of material.test) {
    const before = performance.now();
    const answer = trained.predict(text);
    const verdict = answer instanceof Promise ? await answer : answer;
    timesMs.push(performance.now() - before);
    const { label: predicted, probability, score } = verdict;
    judgements.push({ isInScope: label !== material.oosLabel, label, predicted, probability, score });
  }
  return {
    model: peer.name,
    set: material.set,
    ...computeFigures(judgements),
    trainCpuS,
    p50Ms: percentile(timesMs, 0.5),
    p99Ms: percentile(timesMs, 0.99),
    modelKb: trained.modelBytes / 1024,
    rssMb: process.memoryUsage().rss / 1048576,
  };
}

const rounded = (measurement: Measurement): Measurement => {
  const cut = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
  return Object.fromEntries(Object.entries(measurement).map(([name, value]) => [name, cut(value)])) as unknown as Measurement;
};

function printTable(rows: readonly Measurement[]): void {
  const share = (value: number | null): string => (value === null ? '-' : (100 * value).toFixed(1));
  const header = ['model', 'set', 'acc %', 'F1 %', 'oos@10 %', 'AUROC', 'ECE', 'train s', 'p50 ms', 'p99 ms', 'KB', 'RSS MB'];
  const cells = rows.map((row) => [
    row.model,
    row.set,
    share(row.accuracy),
    share(row.macroF1),
    share(row.oosRecallAt10),
    row.auroc === null ? '-' : row.auroc.toFixed(3),
    row.ece.toFixed(3),
    row.trainCpuS.toFixed(1),
    row.p50Ms.toFixed(3),
    row.p99Ms.toFixed(3),
    row.modelKb.toFixed(0),
    row.rssMb.toFixed(0),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...cells]) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** Each rival is measured in a process of its own, so that memory and warm-up do not mix. */
function measureApart(peer: Peer, argv: readonly string[]): Measurement | string {
  const missing = missingPackages(peer);
  if (missing.length > 0) return `${peer.name}: not measured; install ${missing.join(' ')} to compare`;
  const child = spawnSync(process.execPath, [...process.execArgv, __filename, ...argv, '--only', peer.name, '--json'], {
    encoding: 'utf8',
  });
  const lastLine = child.stdout.trim().split('\n').at(-1) ?? '';
  if (child.status !== 0 || !lastLine.startsWith('{'))
    return `${peer.name}: not measured; its run failed: ${child.stderr.trim().split('\n').at(-1) ?? ''}`;
  return JSON.parse(lastLine) as Measurement;
}

async function benchNlu(argv: readonly string[]): Promise<void> {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args: repeatFlags(argv),
    options: {
      train: many,
      val: many,
      test: many,
      only: { type: 'string' },
      'oos-label': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { train, val, test, only, json } = values;
  const material = readMaterial({ train, val, test, oosLabel: values['oos-label'] });
  const chosen = [ours, ...PEERS].find(({ name }) => name === (only ?? OURS));
  if (!chosen) throw new AftercareError('USAGE', `Expected --only ${[ours, ...PEERS].map(({ name }) => name).join(' | ')}, got ${only}`);
  const rows = [await measure(chosen, material)];
  const notes: string[] = [];
  for (const peer of only === undefined ? PEERS : []) {
    const outcome = measureApart(peer, argv);
    if (typeof outcome === 'string') notes.push(outcome);
    else rows.push(outcome);
  }
  if (json) for (const row of rows) console.log(JSON.stringify(rounded(row)));
  else printTable(rows);
  for (const note of notes) console.error(note);
}

/** Measures our classifier (and the installed rivals) on labelled texts; prints a table or JSON lines and returns the exit code. */
export async function runBenchNlu(argv: readonly string[]): Promise<number> {
  try {
    await benchNlu(argv);
    return 0;
  } catch (error) {
    console.error(`bench:nlu: ${reasonOf(error)}`);
    return 1;
  }
}

if (require.main === module) void runBenchNlu(process.argv.slice(2)).then((code) => (process.exitCode = code));
