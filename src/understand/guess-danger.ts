import type { DangerGuess, DangerHeard } from '../model/understanding';
import { classify } from './classifier/classify';
import type { ClassifierModel } from './classifier/classifier-model';
import type { HeardStem } from './danger-shares';
import type { MatchedMessage } from './match-message';

const STRETCH_WORDS = 12;
const STRETCH_STEP = 3;
/** Longer steps in long messages keep them cheap to read. */
const MOST_STRETCHES = 40;
const SHORTEST_SENTENCE_WORDS = 4;
/** What follows is left to the rules: two thousand characters hold more words only when they are no sentences. */
const MOST_WORDS = 400;

/** A part of a message that the statistical detector reads, with the clauses it touches. */
interface DangerText extends Pick<DangerGuess, 'part'> {
  readonly text: string;
  readonly clauses: readonly number[];
}

/**
 * The statistical detector: what it makes of each part of a message, apart for the parts that tell something and those that lie wholly
 * within clauses which only ask (`isAsked`).
 */
export function listenForDanger(
  model: ClassifierModel,
  texts: readonly DangerText[],
  isAsked: (clause: number) => boolean,
): Pick<DangerHeard, 'told' | 'asked'> {
  const told: DangerGuess[] = [];
  const asked: DangerGuess[] = [];
  for (const { part, text, clauses } of texts) {
    const { labels } = classify(model, text, 3);
    const of = (label: string): number => labels.find((entry) => entry.label === label)?.probability ?? 0;
    (clauses.every(isAsked) ? asked : told).push({ part, emergency: of('emergency'), urgent: of('urgent') });
  }
  return { told, asked };
}

/**
 * The texts in which the statistical detector listens for danger: the whole message first, then each of its sentences and, since an
 * everyday question beside a danger must not thin it out, stretches of twelve words. Words that are denied, supposed, past or about
 * others are left out; what word classes and topics the words belong to is written behind them.
 */
export function dangerTexts(matched: MatchedMessage): DangerText[] {
  const { message, input, topicHits } = matched;
  const kept = wordsHeard(matched).flatMap(({ at, isPresent }) => (isPresent ? [at] : []));
  if (kept.length === 0) return [];
  const groups = new Map<number, string[]>();
  const note = (at: number, group: string): void => {
    const found = groups.get(at);
    if (found) found.push(group);
    else groups.set(at, [group]);
  };
  for (const [name, starts] of input.classSpans) for (const at of starts.keys()) note(at, asWord('kk', name));
  for (const hit of topicHits) note(hit.spans[0]!.start, asWord('tt', hit.owner));
  const textOf = (places: readonly number[], part: DangerGuess['part']): DangerText => {
    const named = new Set(places.flatMap((at) => groups.get(at) ?? []));
    const words = places.map((at) => message.tokens[at]!.text);
    return { part, text: [...words, ...[...named].sort()].join(' '), clauses: clausesOf(places, input.clauseOf) };
  };
  return [
    textOf(kept, 'whole'),
    ...sentences(kept, message.sentenceOf).map((places) => textOf(places, 'sentence')),
    ...stretches(kept).map((places) => textOf(places, 'stretch')),
  ];
}

/** All words of a message as the memory of dangers hears them. */
export function heardStems(matched: MatchedMessage): HeardStem[] {
  return wordsHeard(matched).map(({ at, isPresent }) => ({ stem: matched.message.tokens[at]!.stem, isDenied: !isPresent }));
}

interface WordHeard {
  readonly at: number;
  /** Neither denied nor supposed, past or about others. */
  readonly isPresent: boolean;
}

const heard = new WeakMap<MatchedMessage, readonly WordHeard[]>();

/** The words of a message and how they are held; judged once, as it takes long. */
function wordsHeard(matched: MatchedMessage): readonly WordHeard[] {
  const known = heard.get(matched);
  if (known) return known;
  const { message, context } = matched;
  const words = message.tokens
    .flatMap(({ kind }, at) => (kind === 'mark' ? [] : [at]))
    .slice(0, MOST_WORDS)
    .map((at) => ({ at, isPresent: context.assertionOf([{ start: at, end: at + 1 }]) === 'present' }));
  heard.set(matched, words);
  return words;
}

/** The clauses that these words stand in; one of a word or two ("hi", "thanks") counts only when there is no other. */
function clausesOf(places: readonly number[], clauseOf: readonly number[]): number[] {
  const words = new Map<number, number>();
  for (const at of places) words.set(clauseOf[at]!, (words.get(clauseOf[at]!) ?? 0) + 1);
  const telling = [...words].filter(([, count]) => count > 2);
  return (telling.length > 0 ? telling : [...words]).map(([clause]) => clause);
}

/** Group names as single words that no patient writes. */
function asWord(prefix: string, name: string): string {
  return prefix + name.replace(/[^a-z]/gi, '').toLowerCase();
}

function sentences(places: readonly number[], sentenceOf: readonly number[]): number[][] {
  const found = new Map<number, number[]>();
  for (const at of places) {
    const sentence = found.get(sentenceOf[at]!);
    if (sentence) sentence.push(at);
    else found.set(sentenceOf[at]!, [at]);
  }
  return found.size < 2 ? [] : [...found.values()].filter((sentence) => sentence.length >= SHORTEST_SENTENCE_WORDS);
}

function stretches(places: readonly number[]): number[][] {
  const found: number[][] = [];
  if (places.length <= STRETCH_WORDS) return found;
  const step = Math.max(STRETCH_STEP, Math.ceil(places.length / MOST_STRETCHES));
  for (let at = 0; at + STRETCH_WORDS < places.length + step; at += step) found.push(places.slice(at, at + STRETCH_WORDS));
  return found;
}
