import type { Language } from '../model/knowledge';
import type { Speller } from './spelling';
import { tidyText } from './tidy-text';
import { isPause, numberSentences } from './number-sentences';
import type { Token } from './tokens';
import { makeToken, splitPieces, stemOf } from './tokens';

/** A message as words, cut into sentences (reach of a denial) and clauses (one question or statement each). */
export interface Message {
  readonly tidy: string;
  readonly tokens: readonly Token[];
  readonly sentenceOf: readonly number[];
  readonly clauseOf: readonly number[];
  readonly light: readonly boolean[];
  /** Fillers: words that say nothing where they stand ("i mean", "lol"). */
  readonly idle: readonly boolean[];
  readonly clauseCount: number;
}

/** Reads messages and cue words the same way. */
export interface MessageReader {
  readonly read: (text: string) => Message;
  readonly words: (text: string) => readonly Token[];
}

const CLAUSE_WORDS = new Set(['but', 'however', 'although', 'though', 'also', 'plus', 'anyway', 'btw', 'besides', 'except', 'whereas']);
const QUESTION_STARTS = new Set(
  'can could should shall may might is are am was do does did will would when how what whats why where which who whens hows whys any'.split(
    ' ',
  ),
);
const MAX_SHORTHAND_WORDS = 3;
/** What follows is read as one more clause, so that a message of a thousand line breaks stays cheap. */
const MOST_CLAUSES = 16;
const BEFORE_CAUSING = new Set('can could does do will would might may which'.split(' '));
const SUBJECTS_AFTER_CAUSE = new Set('i im ive its it there theres my the he she they we you'.split(' '));

/** Makes a reader for a language; the speller corrects words of messages, never words of cues. */
export function makeMessageReader(language: Language, speller: Speller): MessageReader {
  const shorthand = new Map<string, readonly string[]>();
  for (const [short, long] of Object.entries(language.shorthand)) {
    const key = short.includes(' ') ? splitPieces(short.toLowerCase()).join(' ') : short.toLowerCase().replace(/'/g, '');
    shorthand.set(key, splitPieces(long.toLowerCase()));
  }
  const light = new Set(language.light.map((word) => word.replace(/[='"]/g, '')));
  const expand = (tidy: string): string[] => expandShorthand(tidy, shorthand);
  return {
    words: (text) => expand(tidyText(text, language.emoji)).map(makeToken),
    read(text) {
      const tidy = tidyText(text, language.emoji);
      const pieces = expand(tidy).map((piece) => readPiece({ speller, shorthand }, piece));
      const tokens = joinDenials(withoutWordsInPassing(pieces), shorthand);
      const sentenceOf = numberSentences(tokens);
      const clauseOf = numberClauses(tokens, sentenceOf);
      const isLight = tokens.map((token) => token.kind === 'word' && light.has(token.text));
      return { tidy, tokens, sentenceOf, clauseOf, light: isLight, idle: findIdle(tokens), clauseCount: (clauseOf.at(-1) ?? -1) + 1 };
    },
  };
}

interface Spelling {
  readonly speller: Speller;
  readonly shorthand: ReadonlyMap<string, readonly string[]>;
}

function readPiece({ speller, shorthand }: Spelling, piece: string): Token {
  const corrected = speller.correct(piece);
  // "cannto" is cannot, which stands in knowledge/ as cant
  const long = corrected === piece ? undefined : shorthand.get(corrected);
  const meant = long?.length === 1 ? long[0]! : corrected;
  const token = makeToken(meant);
  const others = speller.guesses(piece).filter((other) => other !== meant);
  return others.length === 0 ? token : { ...token, orMeant: others.map((other) => ({ text: other, stem: stemOf(other) })) };
}

const MEANT_NOT = new Set(['nt', 'not', 'ont', 'nto']);

/** "can mot see", "kan not", "do nt": a denial whose "not" or verb was mistyped, as shorthand writes "can not". */
function joinDenials(tokens: readonly Token[], shorthand: ReadonlyMap<string, readonly string[]>): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    const isNot = next !== undefined && (MEANT_NOT.has(next.text) || (next.orMeant?.some(({ text }) => text === 'not') ?? false));
    const long = isNot ? shorthand.get(`${token.text} not`) : undefined;
    if (long?.length === 1) at++;
    joined.push(long?.length === 1 ? makeToken(long[0]!) : token);
  }
  return joined;
}

/** Writes out shorthand: first whole chunks ("w/", "b/c"), then pieces and runs of up to three pieces ("make up"). */
function expandShorthand(tidy: string, shorthand: ReadonlyMap<string, readonly string[]>): string[] {
  const pieces: string[] = [];
  for (const chunk of tidy.split(/([ \t\n]+)/)) {
    if (/^[ \t]*$/.test(chunk)) continue;
    const bare = chunk.replace(/'/g, '').replace(/^["(]+|[",.!?;:)]+$/g, '');
    // what stays one piece is looked up below, where a longer entry may hold it: "my cuz" before "cuz"
    const long = splitPieces(bare).join(' ') === bare ? undefined : shorthand.get(bare);
    if (long && bare !== '') {
      pieces.push(...long, ...splitPieces(chunk.slice(chunk.replace(/'/g, '').indexOf(bare) + bare.length).replace(/^[^",.!?;:)]+/, '')));
    } else pieces.push(...splitPieces(chunk));
  }
  const expanded: string[] = [];
  for (let at = 0; at < pieces.length;) {
    let used = 0;
    for (let count = Math.min(MAX_SHORTHAND_WORDS, pieces.length - at); count >= 1; count--) {
      const long = shorthand.get(pieces.slice(at, at + count).join(' '));
      if (!long) continue;
      expanded.push(...long);
      used = count;
      break;
    }
    if (used === 0) expanded.push(isBecause(pieces, at) ? 'because' : pieces[at]!);
    at += Math.max(1, used);
  }
  return expanded;
}

/** "cause my face is hot"; not "can sweat cause the spots", where it is the verb. */
function isBecause(pieces: readonly string[], at: number): boolean {
  return pieces[at] === 'cause' && SUBJECTS_AFTER_CAUSE.has(pieces[at + 1] ?? '') && !BEFORE_CAUSING.has(pieces[at - 2] ?? '');
}

/** A clause ends with its sentence, at "but" and the like, and where a new question begins ("..., can i", "and when do"). */
function numberClauses(tokens: readonly Token[], sentenceOf: readonly number[]): number[] {
  let clause = 0;
  let wordsInClause = 0;
  return tokens.map((token, at) => {
    const previous = tokens[at - 1];
    const newSentence = at > 0 && sentenceOf[at] !== sentenceOf[at - 1];
    const next = tokens[at + 1];
    const joins = token.text === 'and' || token.text === 'or' || token.text === ',' || token.text === '-';
    const newQuestion =
      wordsInClause >= 2 &&
      ((joins && next !== undefined && QUESTION_STARTS.has(next.text) && !isHalted(tokens, at)) ||
        (token.kind === 'word' &&
          isInvertedStart(tokens, at) &&
          previous?.kind === 'word' &&
          !isInvertedStart(tokens, at - 1) &&
          previous.text !== 'and' &&
          previous.text !== 'or'));
    const isBreak = newSentence || (wordsInClause > 0 && CLAUSE_WORDS.has(token.text)) || newQuestion;
    if (isBreak && clause + 1 < MOST_CLAUSES) {
      clause++;
      wordsInClause = 0;
    }
    if (token.kind !== 'mark') wordsInClause++;
    return clause;
  });
}

const STATING = new Set(['is', 'are', 'was', 'were']);
const DETERMINERS = new Set('my the this his her our their a an'.split(' '));
const NAME_WORDS = 2;

/** "my face, is uneven": the comma only halts the statement. */
function isHalted(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.text === 'and' || tokens[at]!.text === 'or' || !STATING.has(tokens[at + 1]?.text ?? '')) return false;
  let last = at - 1;
  while (tokens[last]?.text === ',') last--;
  const isNamed = tokens.slice(Math.max(0, last - NAME_WORDS), Math.max(0, last)).some(({ text }) => DETERMINERS.has(text));
  return isNamed && !SUBJECTS.has(tokens[at + 2]?.text ?? '');
}

const AUXILIARIES = new Set('can could should shall may will would do does did is are am'.split(' '));
const SUBJECTS = new Set('i it this that my the these those we you he she they'.split(' '));
const QUESTION_WORDS = new Set('when how what why where whats which who'.split(' '));

/** Whether a question begins here without any mark before it: "... can i", "... is this", but not "what can i". */
function isInvertedStart(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  const previous = tokens[at - 1];
  if (!token || !next || !AUXILIARIES.has(token.text) || !SUBJECTS.has(next.text)) return false;
  return !(previous && (QUESTION_WORDS.has(previous.text) || AUXILIARIES.has(previous.text) || previous.kind === 'mark'));
}

/** Said in passing, so that nothing hangs on them. */
const IN_PASSING = new Set(['honestly', 'basically', 'actually']);
const PAIRS_IN_PASSING = new Set(['i mean', 'you know', 'i guess']);

/** The words of a message without what is said in passing: "my lip you know keeps swelling", "its not stopped i mean". */
function withoutWordsInPassing(tokens: readonly Token[]): readonly Token[] {
  const isInPassing = tokens.map(({ text }) => IN_PASSING.has(text));
  for (let at = 0; at + 1 < tokens.length; at++)
    if (isFillerPair(tokens, at, PAIRS_IN_PASSING)) isInPassing[at] = isInPassing[at + 1] = true;
  return isInPassing.every(Boolean) || !isInPassing.includes(true) ? tokens : tokens.filter((_, at) => !isInPassing[at]);
}

const FILLERS = new Set('lol omg tbh haha literally'.split(' '));
const FILLER_PAIRS = new Set(['kind of', 'sort of']);
/** "do you know", "you know what": no fillers. */
const KNOWING = new Set('do did dont if should would let how what whats why when where who that about any'.split(' '));

/** "my sister just fainted", "it just keeps going": before what happens, "just" is no new statement ("no pus, just redness" is). */
const HAPPENS = /^(\w{3,}ed|went|came|fell|blew|slid|got|began|keeps?|comes?|goes|wont|cant|broke|hit|woke|feels?|floats?|falls?)$/;

function isJustNow(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.text === 'just' && tokens[at - 1]?.kind === 'word' && HAPPENS.test(tokens[at + 1]?.text ?? '');
}

/** Marks the fillers of a message. */
function findIdle(tokens: readonly Token[]): boolean[] {
  const idle = tokens.map((token, at) => FILLERS.has(token.text) || isJustNow(tokens, at) || isPause(tokens, at));
  for (let at = 0; at + 1 < tokens.length; at++) {
    if (isFillerPair(tokens, at, FILLER_PAIRS)) idle[at] = idle[at + 1] = true;
  }
  return idle;
}

function isFillerPair(tokens: readonly Token[], at: number, pairs: ReadonlySet<string>): boolean {
  if (!pairs.has(`${tokens[at]!.text} ${tokens[at + 1]!.text}`)) return false;
  return !KNOWING.has(tokens[at - 1]?.text ?? '') && !KNOWING.has(tokens[at + 2]?.text ?? '');
}
