import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AftercareError, reasonOf } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import { runEval } from './eval';

const USAGE = 'Measuring confidence failed: expected `npm run bench:confidence -- [--json] FILE...` with files of labelled cases.';

const labelSchema = z.object({
  id: z.union([z.string(), z.number()]),
  topics: z.array(z.string()),
  topicsAlso: z.array(z.string()).optional(),
});
const answerSchema = z.object({
  id: z.union([z.string(), z.number()]),
  topics: z.array(z.string()),
  disposition: z.string(),
  confidence: z.number(),
});

/** Upper ends of the rows of the reliability table. */
const STEPS = [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.01];
const PAGED = new Set(['urgent', 'emergency']);

interface Sample {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** One row of the reliability table: messages of about one confidence, and how many of them were read right. */
export interface ReliabilityRow {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanConfidence: number;
  readonly right: number;
}

/**
 * Measures whether the confidence of an answer tells how often its topic is right: a reliability table and the expected calibration
 * error over files of labelled cases. Messages that page somebody are left out: a danger has no topic to be sure of.
 */
export async function runBenchConfidence(
  parts: Omit<TurnParts, 'store'>,
  args: readonly string[],
  print: (line: string) => void,
  now: () => number,
): Promise<number> {
  const files = args.filter((arg) => arg !== '--json');
  if (files.length === 0 || files.some((file) => file.startsWith('--'))) throw new AftercareError('USAGE', USAGE);
  const samples: Sample[] = [];
  for (const file of files) samples.push(...(await samplesOf(parts, file, now)));
  const rows = reliabilityOf(samples);
  const ece = calibrationError(rows);
  if (args.includes('--json')) {
    for (const row of rows) print(JSON.stringify({ set: files.join(' '), ...row }));
    print(JSON.stringify({ set: files.join(' '), n: samples.length, ece: rounded(ece) }));
    return 0;
  }
  print('confidence     n   mean   right');
  for (const row of rows)
    print(
      `${row.from.toFixed(2)}-${Math.min(1, row.to).toFixed(2)} ${String(row.n).padStart(6)}  ${row.meanConfidence.toFixed(3)}  ${row.right.toFixed(3)}`,
    );
  print(`${samples.length} calm messages, expected calibration error ${ece.toFixed(3)}`);
  return 0;
}

async function samplesOf(parts: Omit<TurnParts, 'store'>, file: string, now: () => number): Promise<Sample[]> {
  const lines: string[] = [];
  await runEval(parts, [file], (line) => lines.push(line), now);
  const answers = new Map(lines.map((line) => answerSchema.parse(readJson(file, line))).map((answer) => [answer.id, answer]));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const label = labelSchema.parse(readJson(file, line));
      const answer = answers.get(label.id);
      if (!answer || PAGED.has(answer.disposition)) return [];
      const [first] = answer.topics;
      const isRight = first === undefined ? label.topics.length === 0 : [...label.topics, ...(label.topicsAlso ?? [])].includes(first);
      return [{ confidence: answer.confidence, isRight }];
    });
}

function readJson(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new AftercareError('USAGE', `Reading ${file} failed (${reasonOf(error)}): expected JSON lines.`);
  }
}

/** The reliability table of some samples; rows without samples are left out. */
export function reliabilityOf(samples: readonly Sample[]): ReliabilityRow[] {
  return STEPS.flatMap((to, index) => {
    const from = STEPS[index - 1] ?? 0;
    const inside = samples.filter(({ confidence }) => confidence >= from && confidence < to);
    if (inside.length === 0) return [];
    const meanConfidence = rounded(inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length);
    return [{ from, to, n: inside.length, meanConfidence, right: rounded(inside.filter(({ isRight }) => isRight).length / inside.length) }];
  });
}

/** The mean gap between confidence and being right, weighed by how many messages have it. */
export function calibrationError(rows: readonly ReliabilityRow[]): number {
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  return rows.reduce((sum, row) => sum + (row.n / total) * Math.abs(row.meanConfidence - row.right), 0);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
