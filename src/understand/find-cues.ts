import { findCandidates, guessedKeys } from './candidate-parts';
import type { ClassSpans, CueHit, CueSet, MatchInput, Part, Span } from './cues';
import { classKey } from './cues';
import { holdKeys, NO_KEY } from './held-keys';
import type { Found } from './match-part';
import { matchPart } from './match-part';

/** Where each entry of each word class stands in a message: class -> start -> ends. */
export function findClasses(classes: CueSet, input: Omit<MatchInput, 'classSpans'>): ClassSpans {
  const found = new Map<string, Map<number, number[]>>();
  const plain: MatchInput = { ...input, classSpans: new Map() };
  forEachFound(classes, { input: plain, guessed: null }, (order, { start, end }) => {
    const name = classes.owners[classes.cueOf[order]!]!;
    let starts = found.get(name);
    if (!starts) found.set(name, (starts = new Map()));
    const ends = starts.get(start);
    if (ends) ends.push(end);
    else starts.set(start, [end]);
  });
  return found;
}

/** All cues found in a message. A cue of several parts needs all of them in one clause. */
export function findCues(cues: CueSet, input: MatchInput): CueHit[] {
  return hitsOf(cues, { input, guessed: null });
}

/** The cues that a message holds only if its mistyped words are taken for what they may have meant (and some that it holds anyway). */
export function findGuessedCues(cues: CueSet, input: MatchInput, sureClasses: ClassSpans): CueHit[] {
  const guessing = { ...input, isGuessing: true };
  return hitsOf(cues, { input: guessing, guessed: guessedKeys(cues, input, sureClasses) });
}

/** A message, and the keys that count as new in it when it is read a second time with guesses. */
interface Search {
  readonly input: MatchInput;
  readonly guessed: ReadonlySet<number | undefined> | null;
}

function hitsOf(cues: CueSet, search: Search): CueHit[] {
  const hits: CueHit[] = [];
  const several = new Map<number, Found[][]>();
  forEachFound(cues, search, (order, found) => {
    const cue = cues.cueOf[order]!;
    if (cues.partCounts[cue] === 1) hits.push({ owner: cues.owners[cue]!, spans: found.runs });
    else {
      const spans = several.get(cue) ?? Array.from({ length: cues.partCounts[cue]! }, (): Found[] => []);
      several.set(cue, spans);
      spans[cues.parts[order]!.index]!.push(found);
    }
  });
  if (several.size > 0) joinParts(cues, search.input, several, hits);
  return hits;
}

/** Adds the cues of several parts that stand in one clause with all of them. */
function joinParts(cues: CueSet, input: MatchInput, several: ReadonlyMap<number, Found[][]>, hits: CueHit[]): void {
  for (const [cue, parts] of several) {
    if (parts.some((spans) => spans.length === 0)) continue;
    const clauses = new Set(parts[0]!.map((span) => input.clauseOf[span.start]));
    for (const clause of clauses) {
      const chosen = parts.map((spans) => spans.filter((span) => input.clauseOf[span.start] === clause));
      if (chosen.some((spans) => spans.length === 0)) continue;
      const distinct = distinctSpans(chosen);
      if (distinct) hits.push({ owner: cues.owners[cue]!, spans: distinct.flatMap((found) => found.runs) });
    }
  }
}

/** One span for each part, no word used twice; undefined when that cannot be. */
function distinctSpans(parts: readonly (readonly Found[])[]): Found[] | undefined {
  const chosen: Found[] = [];
  const place = (index: number): boolean => {
    if (index === parts.length) return true;
    for (const span of parts[index]!) {
      if (chosen.some((other) => span.start < other.end && other.start < span.end)) continue;
      chosen.push(span);
      if (place(index + 1)) return true;
      chosen.pop();
    }
    return false;
  };
  return place(0) ? chosen : undefined;
}

type Take = (order: number, found: Found) => void;

/** Tries each part wherever the message holds what it may begin with: words from the first to the last, then word classes. */
function forEachFound(cues: CueSet, { input, guessed }: Search, take: Take): void {
  const held = holdKeys(cues.keys, input);
  const candidates = findCandidates(cues, held, guessed);
  const isOneOfSeveral = (order: number): boolean => cues.partCounts[cues.cueOf[order]!]! > 1;
  const visit = (start: number, key: number, kind: 'stems' | 'exact'): void => {
    const all = cues.alone[kind][key];
    const alone = guessed && !guessed.has(key) ? all?.filter(isOneOfSeveral) : all;
    const parts = candidates[kind].get(key);
    if (alone) takeAll({ alone, parts, start, input }, take);
    else if (parts) for (const part of parts) attempt(part, start, input, take);
  };
  const visitWord = (start: number, stem: number, text: number): void => {
    if (stem !== NO_KEY) visit(start, stem, 'stems');
    if (text !== NO_KEY) visit(start, text, 'exact');
  };
  for (let start = 0; start < input.tokens.length; start++) {
    visitWord(start, held.stems[start]!, held.texts[start]!);
    const { orMeant } = input.tokens[start]!;
    if (!input.isGuessing || !orMeant) continue;
    for (const { stem, text } of orMeant) visitWord(start, cues.keys.get(stem) ?? NO_KEY, cues.keys.get(text) ?? NO_KEY);
  }
  if (candidates.classes.size === 0) return;
  for (const [name, starts] of input.classSpans) {
    const parts = candidates.classes.get(cues.keys.get(classKey(name)) ?? NO_KEY);
    if (parts) for (const start of starts.keys()) for (const part of parts) attempt(part, start, input, take);
  }
}

function attempt(part: Part, start: number, input: MatchInput, take: Take): void {
  const found = matchPart(part, start, input);
  if (found) take(part.order, found);
}

interface AtWord {
  readonly alone: Int32Array;
  readonly parts: readonly Part[] | undefined;
  readonly start: number;
  readonly input: MatchInput;
}

/** Takes the parts that are this word alone and tries the longer ones, all in their order. */
function takeAll({ alone, parts = [], start, input }: AtWord, take: Take): void {
  const runs: readonly Span[] = [{ start, end: start + 1 }];
  const word: Found = { start, end: start + 1, runs };
  let next = 0;
  for (const part of parts) {
    for (; next < alone.length && alone[next]! < part.order; next++) take(alone[next]!, word);
    attempt(part, start, input, take);
  }
  for (; next < alone.length; next++) take(alone[next]!, word);
}
