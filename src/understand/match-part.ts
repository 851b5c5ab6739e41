import type { Element, MatchInput, Part, Span } from './cues';
import type { Token } from './tokens';

/** One part of a cue in a message: its whole reach and the runs of words that really matched. */
export interface Found extends Span {
  readonly runs: readonly Span[];
}

const MAX_GAP = 4;
const MAX_LIGHT = 3;

/** Positions of the last match, from the last to the first; emptied before each, so that a failed match allocates nothing. */
const trail: number[] = [];

/** A part of a cue where its first element stands at `start`, or null. */
export function matchPart(part: Part, start: number, input: MatchInput): Found | null {
  trail.length = 0;
  const end = matchFrom(part.elements, { at: 0, position: start }, input);
  return end < 0 ? null : { start, end, runs: joinTrail() };
}

/** Positions that matched, joined where they touch. The trail holds them from the last to the first. */
function joinTrail(): Span[] {
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
function matchFrom(elements: readonly Element[], { at, position }: Place, input: MatchInput): number {
  const element = elements[at];
  if (!element) return position;
  const isGap = element.kind === 'gap';
  const limit = isGap ? MAX_GAP : at === 0 ? 0 : MAX_LIGHT;
  for (let skipped = 0, here = position; skipped <= limit && here <= input.tokens.length; here++) {
    const end = matchHere(elements, { at: isGap ? at + 1 : at, position: here }, input);
    if (end >= 0 || at === 0) return end;
    if (input.idle[here]) continue;
    if (!(isGap ? canBridge(input.tokens, here) : input.light[here])) return -1;
    if (!(isGap && isHalting(input.tokens, here))) skipped++;
  }
  return -1;
}

/** Said while one speaks; they make no gap longer: "he went like white like and fainted". */
const HALTING = new Set(['like', 'just', 'um', 'uh', 'well']);
const ARTICLES = new Set(['a', 'an', 'the']);

function isHalting(tokens: readonly Token[], at: number): boolean {
  return HALTING.has(tokens[at]!.text) && !ARTICLES.has(tokens[at + 1]?.text ?? '');
}

/** Words that end a statement: "lips fine, just puffy cheeks" is not about puffy lips, nor "chapped lips and im puffy". */
const STATEMENT_ENDS = new Set(['fine', 'ok', 'but', 'normal', 'im']);
/** These end a statement too where they set it against another: "no swelling just red", "lips good just puffy cheeks"; not "has gone just numb". */
const NARROWING = new Set(['just', 'only']);
const BEGINNING = new Set('i it they she he we that which its is are was were has have had can could will would'.split(' '));
const SETTLED = new Set(
  'good great okay alright calm better healed clear no not none nothing never without isnt arent wasnt dont doesnt didnt aint nope'.split(
    ' ',
  ),
);
const SETTLED_REACH = 4;
/** Words that turn what is said around: "not having trouble breathing" is no "not breathing". */
const TURNING = new Set(['trouble', 'problem', 'problems', 'issue', 'issues', 'difficulty']);

/** A gap runs over words, numbers and commas, not into another statement. */
function canBridge(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || (token.kind === 'mark' && token.text !== ',')) return false;
  if (NARROWING.has(token.text)) return BEGINNING.has(tokens[at - 1]?.text ?? '') || !isSetAgainst(tokens, at);
  return !STATEMENT_ENDS.has(token.text) && !TURNING.has(token.text);
}

function isSetAgainst(tokens: readonly Token[], at: number): boolean {
  if (tokens[at - 1]?.kind === 'mark') return true;
  return tokens.slice(Math.max(0, at - SETTLED_REACH), at).some(({ text }) => SETTLED.has(text) || STATEMENT_ENDS.has(text));
}

function matchHere(elements: readonly Element[], { at, position }: Place, input: MatchInput): number {
  const element = elements[at];
  const token = input.tokens[position];
  if (!element) return position;
  if (!token) return -1;
  if (element.kind === 'words') {
    if (isOneOf(element, token) || (input.isGuessing && token.orMeant?.some((meant) => isOneOf(element, meant)))) {
      const rest = matchFrom(elements, { at: at + 1, position: position + 1 }, input);
      if (rest >= 0) {
        trail.push(position);
        return rest;
      }
    }
    for (const name of element.classes) {
      const end = matchClass(elements, { at, position }, input, name);
      if (end >= 0) return end;
    }
    return element.optional ? matchHere(elements, { at: at + 1, position }, input) : -1;
  }
  return element.kind === 'class' ? matchClass(elements, { at, position }, input, element.name) : -1;
}

function isOneOf({ stems, exact }: Extract<Element, { kind: 'words' }>, { stem, text }: Pick<Token, 'stem' | 'text'>): boolean {
  return stems.has(stem) || exact.has(text);
}

/** The rest of a cue after an entry of a word class. */
function matchClass(elements: readonly Element[], { at, position }: Place, input: MatchInput, name: string): number {
  for (const end of input.classSpans.get(name)?.get(position) ?? []) {
    const rest = matchFrom(elements, { at: at + 1, position: end }, input);
    if (rest < 0) continue;
    for (let covered = end - 1; covered >= position; covered--) trail.push(covered);
    return rest;
  }
  return -1;
}
