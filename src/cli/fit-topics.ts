import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AftercareError } from '../tools/errors';

/** One candidate topic of a message with the evidence for it. */
export interface CandidateTopic {
  readonly topic: string;
  readonly evidence: Readonly<Record<string, number>>;
}

/** What fitting needs from the house. */
export interface FitTopicsDeps {
  readonly names: readonly string[];
  readonly candidates: (text: string) => readonly CandidateTopic[];
}

const caseSchema = z.object({
  text: z.string(),
  topics: z.array(z.string()),
  topicsAlso: z.array(z.string()).optional(),
  group: z.string().optional(),
  history: z.array(z.string()).optional(),
});

interface Row {
  readonly topic: string;
  readonly values: readonly number[];
  readonly wanted: boolean;
}

interface LabelledMessage {
  readonly rows: readonly Row[];
  /** Wanted topics that are no candidate at all. */
  readonly unseen: number;
}

const FOLDS = 5;
const STEPS = 1500;
const RATE = 0.02;
const SHRINK = 1e-3;
const THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
/** Groups whose topic labels are only the nearest to a danger. */
const NOT_ABOUT_TOPICS = new Set(['redflag', 'tricky_mixed']);

/** Fits the weights of topic evidence to labelled messages and prints them with cross-validated figures. Returns the exit code. */
export function runFitTopics(deps: FitTopicsDeps, args: readonly string[], print: (line: string) => void): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  if (positionals.length === 0) throw new AftercareError('USAGE', 'Fitting failed: expected files of labelled messages (JSON lines).');
  const messages = positionals.flatMap((file) => readMessages(deps, file));
  const held: { message: LabelledMessage; weights: readonly number[] }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fit(
      messages.filter((_, index) => index % FOLDS !== fold),
      deps.names.length,
    );
    held.push(...messages.filter((_, index) => index % FOLDS === fold).map((message) => ({ message, weights })));
  }
  print(`${messages.length} messages, ${messages.reduce((sum, message) => sum + message.unseen, 0)} wanted topics that are no candidate`);
  for (const threshold of THRESHOLDS) print(figuresAt(held, threshold));
  const weights = fit(messages, deps.names.length);
  for (const [index, name] of deps.names.entries()) print(`  ${name}: ${weights[index]!.toFixed(3)},`);
  return 0;
}

function readMessages({ names, candidates }: FitTopicsDeps, file: string): LabelledMessage[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => caseSchema.parse(JSON.parse(line)))
    .filter(({ group, history }) => !NOT_ABOUT_TOPICS.has(group ?? '') && !history)
    .map(({ text, topics, topicsAlso = [] }) => {
      const found = candidates(text);
      return {
        rows: found
          .filter(({ topic }) => topics.includes(topic) || !topicsAlso.includes(topic))
          .map(({ topic, evidence }) => ({ topic, values: names.map((name) => evidence[name] ?? 0), wanted: topics.includes(topic) })),
        unseen: topics.filter((topic) => !found.some((candidate) => candidate.topic === topic)).length,
      };
    });
}

function probability(weights: readonly number[], values: readonly number[]): number {
  return 1 / (1 + Math.exp(-values.reduce((sum, value, at) => sum + value * weights[at]!, 0)));
}

/** Logistic regression with a little shrinking, by Adam on all rows at once. */
function fit(messages: readonly LabelledMessage[], size: number): number[] {
  const rows = messages.flatMap((message) => message.rows);
  const weights = Array.from({ length: size }, () => 0);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  for (let step = 1; step <= STEPS; step++) {
    const slope = new Float64Array(size);
    for (const { values, wanted } of rows) {
      const miss = probability(weights, values) - (wanted ? 1 : 0);
      for (let at = 0; at < size; at++) slope[at]! += miss * values[at]!;
    }
    for (let at = 0; at < size; at++) {
      const own = slope[at]! / rows.length + (at > 0 ? SHRINK * weights[at]! : 0);
      mean[at] = 0.9 * mean[at]! + 0.1 * own;
      spread[at] = 0.999 * spread[at]! + 0.001 * own * own;
      weights[at]! -= (RATE * (mean[at]! / (1 - 0.9 ** step))) / (Math.sqrt(spread[at]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
}

function figuresAt(held: readonly { message: LabelledMessage; weights: readonly number[] }[], threshold: number): string {
  let right = 0;
  let extra = 0;
  for (const { message, weights } of held) {
    const taken = message.rows.filter((row) => probability(weights, row.values) >= threshold);
    extra += taken.filter((row) => !row.wanted).length;
    if (message.unseen === 0 && message.rows.every((row) => !row.wanted || taken.includes(row))) right++;
  }
  return `threshold ${threshold}: every wanted topic ${((100 * right) / held.length).toFixed(1)} %, other topics a message ${(extra / held.length).toFixed(3)}`;
}
