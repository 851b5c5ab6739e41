import type { DangerGuess } from '../model/understanding';
import type { Lexicon } from './build-lexicon';
import { classify } from './classifier/classify';
import type { ClassifierModel } from './classifier/classifier-model';
import { findCues } from './cues';
import type { MatchedMessage } from './match-message';

const WINDOW_WORDS = 12;
const WINDOW_STEP = 6;
const SHORTEST_SENTENCE_WORDS = 4;

/** The statistical detector: what it makes of the most alarming of the whole message and its parts. */
export function listenForDanger(model: ClassifierModel, lexicon: Pick<Lexicon, 'topics'>, matched: MatchedMessage): DangerGuess {
  let most: DangerGuess = { emergency: 0, urgent: 0 };
  for (const text of dangerTexts(lexicon, matched)) {
    const { labels } = classify(model, text, 3);
    const of = (label: string): number => labels.find((entry) => entry.label === label)?.probability ?? 0;
    const guess = { emergency: of('emergency'), urgent: of('urgent') };
    if (guess.emergency + guess.urgent > most.emergency + most.urgent) most = guess;
  }
  return most;
}

/**
 * The texts in which the statistical detector listens for danger: the whole message first, then each of its sentences and, since an
 * everyday question beside a danger must not thin it out, stretches of twelve words. Words that are denied, supposed, past or about
 * others are left out; what word classes and topics the words belong to is written behind them.
 */
export function dangerTexts({ topics }: Pick<Lexicon, 'topics'>, { message, input, context }: MatchedMessage): string[] {
  const kept = message.tokens.flatMap((token, at) =>
    token.kind !== 'mark' && context.assertionOf([{ start: at, end: at + 1 }]) === 'present' ? [at] : [],
  );
  if (kept.length === 0) return [];
  const groups = new Map<number, string[]>();
  const note = (at: number, group: string): void => {
    const found = groups.get(at);
    if (found) found.push(group);
    else groups.set(at, [group]);
  };
  for (const [name, starts] of input.classSpans) for (const at of starts.keys()) note(at, asWord('kk', name));
  for (const hit of findCues(topics, input)) note(hit.spans[0]!.start, asWord('tt', hit.owner));
  const textOf = (places: readonly number[]): string => {
    const named = new Set(places.flatMap((at) => groups.get(at) ?? []));
    return [...places.map((at) => message.tokens[at]!.text), ...[...named].sort()].join(' ');
  };
  return [kept, ...sentences(kept, message.sentenceOf), ...windows(kept)].map(textOf);
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

function windows(places: readonly number[]): number[][] {
  const found: number[][] = [];
  if (places.length <= WINDOW_WORDS) return found;
  for (let at = 0; at + WINDOW_STEP < places.length; at += WINDOW_STEP) found.push(places.slice(at, at + WINDOW_WORDS));
  return found;
}
