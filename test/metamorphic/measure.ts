import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from '../../src/model/knowledge';
import type { Disposition } from '../../src/model/words';
import { DISPOSITIONS } from '../../src/model/words';
import { createRandom, shuffledOrder } from '../../src/understand/classifier/seeded-random';
import { buildLexicon } from '../../src/understand/build-lexicon';
import type { Source, Transformation } from './transformations';
import { TRANSFORMATIONS } from './transformations';

/** A danger message of ours, with the hours since the treatment where its case gives them. */
export interface Base {
  /** The lowest disposition that its labels accept; null where its flag alone decides. */
  readonly needed: Disposition | null;
  readonly text: string;
  readonly hours: number | null;
  /** The flag it was written for, or "labelled". */
  readonly flag: string;
}

/** The highest tier that these messages of one conversation reach, sent a minute apart. */
export type Hear = (messages: readonly string[], hours: number | null) => Disposition;

/** One composition that lost its tier. */
export interface Fall {
  readonly flag: string;
  readonly names: readonly string[];
  readonly from: Disposition;
  readonly to: Disposition;
  readonly base: string;
  readonly parts: readonly string[];
  readonly hasRealWordTypo: boolean;
}

/** Compositions and falls of one kind. */
export interface Count {
  tried: number;
  fell: number;
}

/** What a run found. */
export interface Findings {
  readonly bases: number;
  readonly tiers: Readonly<Record<'emergency' | 'urgent', Count>>;
  /** Compositions in which a typo made another English word; counted here and not in `tiers`. */
  readonly realWordTypos: Readonly<Record<'emergency' | 'urgent', Count>>;
  readonly byTransformation: ReadonlyMap<string, Count>;
  readonly byFlag: ReadonlyMap<string, Count>;
  readonly falls: readonly Fall[];
}

const LABELLED = ['red-flags/red-flags.jsonl', 'questions/mixed.jsonl', 'questions/questions.jsonl'];
const MOST_TRANSFORMATIONS = 3;

/** A line of the labelled messages. */
interface Labelled {
  readonly text: string;
  readonly hoursSinceTreatment: number | null;
  readonly group: string;
  readonly history?: unknown;
  readonly flag?: string;
  readonly disposition: readonly Disposition[];
}

/** Every danger message that the project owns: `says` of the flags that page, and the labelled messages. */
export function readBases(knowledge: Knowledge): Base[] {
  const says = [...knowledge.flags.values()]
    .filter((flag) => flag.tier === 'urgent' || flag.tier === 'emergency')
    .flatMap((flag) => flag.words.says.map((text) => ({ text, hours: null, flag: flag.id, needed: null })));
  const labelled = LABELLED.flatMap((file) =>
    readFileSync(join(__dirname, '..', file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Labelled)
      .filter((entry) => (entry.group === 'redflag' || entry.group === 'tricky_mixed') && !entry.history)
      .map((entry) => ({
        ...{ text: entry.text, hours: entry.hoursSinceTreatment, flag: entry.flag ?? 'labelled' },
        needed: entry.disposition.reduce((least, accepted) => (level(accepted) < level(least) ? accepted : least)),
      })),
  );
  return [...says, ...labelled];
}

/** Everyday questions of the topics that ask for permission or care. */
function readQuestions(knowledge: Knowledge): string[] {
  return [...knowledge.topics.values()]
    .filter((topic) => topic.kind === 'permission' || topic.kind === 'care')
    .flatMap((topic) => Object.values(topic.words.asks).flat());
}

/** Whether the reader takes a word for another one than it is. */
function makeIsMistyped(knowledge: Knowledge): (word: string) => boolean {
  const { reader } = buildLexicon(knowledge);
  return (word) => {
    const [read] = reader.read(word).tokens;
    return read !== undefined && (read.orMeant !== undefined || read.text !== word.replace(/'/g, ''));
  };
}

/** Asks each question once, so that a text is not heard twice. */
function once<K, V>(find: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key)!;
  };
}

/** Rewords danger messages at random and counts how often the tier falls under what the plain message reaches. */
export function measure(knowledge: Knowledge, hear: Hear, { seed, count }: { seed: number; count: number }): Findings {
  const random = createRandom(seed);
  const questions = readQuestions(knowledge);
  const isHarmless = once((text: string) => level(hear([text], null)) < level('urgent'));
  const bases = readBases(knowledge);
  const order = shuffledOrder(bases.length, random);
  // a labelled message that is heard as graver than its authors ask for has the tier to lose that they ask for
  const tierOf = once((at: number) => {
    const { text, hours, needed } = bases[at]!;
    const heard = hear([text], hours);
    return needed !== null && level(needed) < level(heard) ? needed : heard;
  });
  const tiers = { emergency: newCount(), urgent: newCount() };
  const realWordTypos = { emergency: newCount(), urgent: newCount() };
  const byTransformation = new Map<string, Count>();
  const byFlag = new Map<string, Count>();
  const falls: Fall[] = [];
  const source: Source = { random, questions, isHarmless, isMistyped: once(makeIsMistyped(knowledge)) };
  for (let index = 0, tried = 0; tried < count; index++) {
    const at = order[index % order.length]!;
    const tier = tierOf(at);
    if (tier !== 'urgent' && tier !== 'emergency') continue;
    tried++;
    const base = bases[at]!;
    const composed = compose(base.text, source);
    const to = hear(composed.parts, base.hours);
    const fell = level(to) < level(tier);
    if (fell) falls.push({ flag: base.flag, from: tier, to, base: base.text, ...composed });
    const counts = [(composed.hasRealWordTypo ? realWordTypos : tiers)[tier], counted(byFlag, base.flag)];
    for (const entry of [...counts, ...composed.names.map((name) => counted(byTransformation, name))]) {
      entry.tried++;
      if (fell) entry.fell++;
    }
  }
  return { bases: bases.length, tiers, realWordTypos, byTransformation, byFlag, falls };
}

/** Applies one to three transformations, in the order of their stages. */
function compose(text: string, source: Source): { names: string[]; parts: readonly string[]; hasRealWordTypo: boolean } {
  const { random } = source;
  const wanted = 1 + Math.floor(random() * MOST_TRANSFORMATIONS);
  const chosen = new Set<Transformation>();
  while (chosen.size < wanted) chosen.add(TRANSFORMATIONS[Math.floor(random() * TRANSFORMATIONS.length)]!);
  const names: string[] = [];
  let parts: readonly string[] = [text];
  let hasRealWordTypo = false;
  for (const transformation of [...chosen].sort((a, b) => a.stage - b.stage)) {
    const reworded = transformation.apply(parts[0]!, source);
    if (!reworded) continue;
    names.push(transformation.name);
    parts = reworded.parts;
    hasRealWordTypo ||= reworded.hasRealWordTypo ?? false;
  }
  return { names, parts, hasRealWordTypo };
}

function level(disposition: Disposition): number {
  return DISPOSITIONS.indexOf(disposition);
}

function newCount(): Count {
  return { tried: 0, fell: 0 };
}

function counted(counts: Map<string, Count>, key: string): Count {
  const found = counts.get(key) ?? newCount();
  counts.set(key, found);
  return found;
}
