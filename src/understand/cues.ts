import type { Token } from './tokens';

/** One place in a cue: a set of words, a word class, a mark or a gap. */
type Element =
  | {
      readonly kind: 'words';
      readonly stems: ReadonlySet<string>;
      readonly exact: ReadonlySet<string>;
      /** Word classes that may stand here as well: `{face}|ear`. */
      readonly classes: readonly string[];
      readonly optional?: boolean;
    }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'gap' };

/** A run of elements that must follow one another. */
interface Part {
  readonly elements: readonly Element[];
  /** Numbers of words that the message must hold anyway, one of each set: a cheap way to pass over nearly every cue. */
  readonly needs: readonly (readonly number[])[];
  readonly cue: number;
  readonly index: number;
}

/** A compiled set of cues, each belonging to an owner ("topic:makeup", "U02:pus"). */
export interface CueSet {
  readonly owners: readonly string[];
  readonly partCounts: readonly number[];
  readonly byStem: ReadonlyMap<string, readonly Part[]>;
  readonly byExact: ReadonlyMap<string, readonly Part[]>;
  readonly byClass: ReadonlyMap<string, readonly Part[]>;
  /** The numbers of the words that parts need. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Token positions [start, end) that a cue's part covers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A cue found in a message. */
export interface CueHit {
  readonly owner: string;
  /** The words of the cue in their runs; words that it only skipped lie between, so that a "not" among them still counts. */
  readonly spans: readonly Span[];
}

/** One part of a cue in a message: its whole reach and the runs of words that really matched. */
interface Found extends Span {
  readonly runs: readonly Span[];
}

/** What matching needs to know about a message: its words, where its clauses are, where word classes stand. */
export interface MatchInput {
  readonly tokens: readonly Token[];
  /** Clause number of each token. */
  readonly clauseOf: readonly number[];
  /** Which tokens are light words that a cue may skip. */
  readonly light: readonly boolean[];
  /** Which tokens say nothing at all ("um", a pause): a cue runs over any number of them. */
  readonly idle: readonly boolean[];
  readonly classSpans: ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;
  /** A mistyped word is taken for anything it may have meant. */
  readonly isGuessing?: boolean;
}

const MAX_GAP = 4;
const MAX_LIGHT = 3;

/** Turns cue texts into a matcher. `prepare` splits a cue's plain words the way messages are split (shorthand, hyphens, apostrophes). */
export function compileCues(
  cues: Iterable<readonly [owner: string, cue: string]>,
  prepare: (words: string) => readonly Token[],
  isLight: (word: string) => boolean = () => false,
): CueSet {
  const owners: string[] = [];
  const partCounts: number[] = [];
  const byStem = new Map<string, Part[]>();
  const byExact = new Map<string, Part[]>();
  const byClass = new Map<string, Part[]>();
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  const file = (map: Map<string, Part[]>, key: string, part: Part): void => {
    const parts = map.get(key);
    if (parts) parts.push(part);
    else map.set(key, [part]);
  };
  for (const [owner, cue] of cues) {
    const sequences = cue
      .split(' + ')
      .map((part) => loosen(parsePart(part, prepare), isLight))
      .filter((elements) => elements.length > 0);
    if (sequences.length === 0) continue;
    const number = owners.length;
    owners.push(owner);
    partCounts.push(sequences.length);
    sequences.forEach((elements, index) => {
      const part: Part = { elements, needs: needsOf(elements).map((words) => words.map(numberOf)), cue: number, index };
      const first = elements[0];
      if (first?.kind === 'class') file(byClass, first.name, part);
      else if (first?.kind === 'words') {
        for (const stem of first.stems) file(byStem, stem, part);
        for (const word of first.exact) file(byExact, word, part);
        for (const name of first.classes) file(byClass, name, part);
      }
    });
  }
  return { owners, partCounts, byStem, byExact, byClass, numbers };
}

/** The plain words after the first that a part cannot do without, the most telling first. */
function needsOf(elements: readonly Element[]): (readonly string[])[] {
  return elements
    .slice(1)
    .flatMap((element) =>
      element.kind === 'words' && !element.optional && element.classes.length === 0 ? [[...element.stems, ...element.exact]] : [],
    )
    .sort((a, b) => a.length - b.length);
}

function parsePart(part: string, prepare: (words: string) => readonly Token[]): Element[] {
  const elements: Element[] = [];
  for (const piece of part.replace(/"/g, ' ').split(/\s+/).filter(Boolean)) {
    const className = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (piece === '_') elements.push({ kind: 'gap' });
    else if (className !== undefined) elements.push({ kind: 'class', name: className });
    else if (piece.includes('|')) elements.push(parseAlternatives(piece, prepare));
    else if (piece.startsWith('=') && piece.length > 1) {
      const words = prepare(piece.slice(1));
      elements.push({
        kind: 'words',
        classes: [],
        stems: new Set(),
        exact: new Set([words.length === 1 ? words[0]!.text : piece.slice(1).replace(/'/g, '')]),
      });
    } else
      for (const token of prepare(piece)) elements.push({ kind: 'words', classes: [], stems: new Set([token.stem]), exact: new Set() });
  }
  while (elements[0]?.kind === 'gap') elements.shift();
  while (elements.at(-1)?.kind === 'gap') elements.pop();
  return elements;
}

/** Light words inside a cue may be missing in the message ("touch my face" is "touch face"); the first and the last word may not. */
function loosen(elements: readonly Element[], isLight: (word: string) => boolean): Element[] {
  return elements.map((element, at) => {
    if (element.kind !== 'words' || element.exact.size > 0 || at === 0 || at === elements.length - 1) return element;
    return element.stems.size === 1 && element.classes.length === 0 && [...element.stems].every(isLight)
      ? { ...element, optional: true }
      : element;
  });
}

function parseAlternatives(piece: string, prepare: (words: string) => readonly Token[]): Element {
  const stems = new Set<string>();
  const exact = new Set<string>();
  const classes: string[] = [];
  for (const alternative of piece.split('|').filter(Boolean)) {
    const className = /^\{(\w+)\}$/.exec(alternative)?.[1];
    if (className !== undefined) {
      classes.push(className);
      continue;
    }
    const isExact = alternative.startsWith('=');
    const tokens = prepare(isExact ? alternative.slice(1) : alternative);
    const token = tokens[0];
    if (!token) continue;
    if (isExact || tokens.length > 1) exact.add(alternative.replace(/[='"]/g, ''));
    else stems.add(token.stem);
  }
  return { kind: 'words', classes, stems, exact };
}

/** Where each entry of each word class stands in a message: class -> start -> ends. */
export function findClasses(classes: CueSet, input: Omit<MatchInput, 'classSpans'>): Map<string, Map<number, number[]>> {
  const found = new Map<string, Map<number, number[]>>();
  const empty: MatchInput = { ...input, classSpans: new Map() };
  forEachPart(classes, empty, (part, { start, end }) => {
    const name = classes.owners[part.cue]!;
    const starts = found.get(name) ?? new Map<number, number[]>();
    found.set(name, starts);
    starts.set(start, [...(starts.get(start) ?? []), end]);
  });
  return found;
}

/** All cues found in a message. A cue of several parts needs all of them in one clause. */
export function findCues(cues: CueSet, input: MatchInput): CueHit[] {
  const hits: CueHit[] = [];
  const several = new Map<number, Found[][]>();
  forEachPart(cues, input, (part, found) => {
    if (cues.partCounts[part.cue] === 1) hits.push({ owner: cues.owners[part.cue]!, spans: found.runs });
    else {
      const spans = several.get(part.cue) ?? Array.from({ length: cues.partCounts[part.cue]! }, (): Found[] => []);
      several.set(part.cue, spans);
      spans[part.index]!.push(found);
    }
  });
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
  return hits;
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

/** Which numbered words the message at hand holds: those marked with the current stamp, so that nothing has to be wiped between messages. */
let marks = new Uint32Array(1024);
let stamp = 0;

function markWords(cues: CueSet, { tokens, isGuessing }: Pick<MatchInput, 'tokens' | 'isGuessing'>): void {
  if (cues.numbers.size > marks.length) marks = new Uint32Array(cues.numbers.size * 2);
  stamp = (stamp + 1) >>> 0;
  const mark = (word: string): void => {
    const number = cues.numbers.get(word);
    if (number !== undefined) marks[number] = stamp;
  };
  for (const { stem, text, orMeant } of tokens) {
    mark(stem);
    if (text !== stem) mark(text);
    if (!isGuessing || !orMeant) continue;
    for (const meant of orMeant) {
      mark(meant.stem);
      mark(meant.text);
    }
  }
}

/** Plain loops: this runs for every cue that begins with a word of the message. */
function canMatch({ needs }: Part): boolean {
  for (let at = 0; at < needs.length; at++) if (!holdsAny(needs[at]!)) return false;
  return true;
}

function holdsAny(words: readonly number[]): boolean {
  for (let at = 0; at < words.length; at++) if (marks[words[at]!] === stamp) return true;
  return false;
}

function forEachPart(cues: CueSet, input: MatchInput, take: (part: Part, found: Found) => void): void {
  markWords(cues, input);
  const attempt = (parts: readonly Part[] | undefined, start: number): void => {
    if (!parts) return;
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at]!;
      if (!canMatch(part)) continue;
      const trail: number[] = [];
      const end = matchFrom(part.elements, { at: 0, position: start }, input, trail);
      if (end >= 0) take(part, { start, end, runs: runsOf(trail) });
    }
  };
  for (let start = 0; start < input.tokens.length; start++) {
    const token = input.tokens[start]!;
    attempt(cues.byStem.get(token.stem), start);
    attempt(cues.byExact.get(token.text), start);
    if (!input.isGuessing || !token.orMeant) continue;
    for (const { stem, text } of token.orMeant) {
      attempt(cues.byStem.get(stem), start);
      attempt(cues.byExact.get(text), start);
    }
  }
  for (const [name, starts] of input.classSpans) {
    const parts = cues.byClass.get(name);
    if (parts) for (const start of starts.keys()) attempt(parts, start);
  }
}

/** Positions that matched, joined where they touch. The trail holds them from the last to the first. */
function runsOf(trail: readonly number[]): Span[] {
  const runs: { start: number; end: number }[] = [];
  for (let index = trail.length - 1; index >= 0; index--) {
    const position = trail[index]!;
    const last = runs.at(-1);
    if (last?.end === position) last.end = position + 1;
    else runs.push({ start: position, end: position + 1 });
  }
  return runs;
}

interface Place {
  readonly at: number;
  readonly position: number;
}

/**
 * The end of a match of the elements from `at` on with the token at `position`, or -1. Some light words between elements are skipped, and
 * whatever is idle.
 */
function matchFrom(elements: readonly Element[], { at, position }: Place, input: MatchInput, trail: number[]): number {
  const element = elements[at];
  if (!element) return position;
  const isGap = element.kind === 'gap';
  const limit = isGap ? MAX_GAP : at === 0 ? 0 : MAX_LIGHT;
  for (let skipped = 0, here = position; skipped <= limit && here <= input.tokens.length; here++) {
    const end = matchHere(elements, { at: isGap ? at + 1 : at, position: here }, input, trail);
    if (end >= 0 || at === 0) return end;
    if (input.idle[here]) continue;
    if (!(isGap ? canBridge(input.tokens[here]) : input.light[here])) return -1;
    skipped++;
  }
  return -1;
}

/** Words that end a statement: "lips fine, just puffy cheeks" is not about puffy lips. */
const STATEMENT_ENDS = new Set(['fine', 'ok', 'just', 'only', 'but', 'normal']);

/** A gap runs over words, numbers and commas, not into another statement. */
function canBridge(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'mark' || token.text === ',') && !STATEMENT_ENDS.has(token.text);
}

function matchHere(elements: readonly Element[], { at, position }: Place, input: MatchInput, trail: number[]): number {
  const element = elements[at];
  const token = input.tokens[position];
  if (!element) return position;
  if (!token) return -1;
  if (element.kind === 'words') {
    if (isOneOf(element, token) || (input.isGuessing && token.orMeant?.some((meant) => isOneOf(element, meant)))) {
      const rest = matchFrom(elements, { at: at + 1, position: position + 1 }, input, trail);
      if (rest >= 0) {
        trail.push(position);
        return rest;
      }
    }
    for (const name of element.classes) {
      const end = matchClass(elements, { at, position }, input, { name, trail });
      if (end >= 0) return end;
    }
    return element.optional ? matchHere(elements, { at: at + 1, position }, input, trail) : -1;
  }
  return element.kind === 'class' ? matchClass(elements, { at, position }, input, { name: element.name, trail }) : -1;
}

function isOneOf({ stems, exact }: Extract<Element, { kind: 'words' }>, { stem, text }: Pick<Token, 'stem' | 'text'>): boolean {
  return stems.has(stem) || exact.has(text);
}

/** The rest of a cue after an entry of a word class. */
function matchClass(
  elements: readonly Element[],
  { at, position }: Place,
  input: MatchInput,
  { name, trail }: { name: string; trail: number[] },
): number {
  for (const end of input.classSpans.get(name)?.get(position) ?? []) {
    const rest = matchFrom(elements, { at: at + 1, position: end }, input, trail);
    if (rest < 0) continue;
    for (let covered = end - 1; covered >= position; covered--) trail.push(covered);
    return rest;
  }
  return -1;
}
