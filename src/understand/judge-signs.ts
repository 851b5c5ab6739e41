import type { AssertionKind } from '../model/words';
import type { Span } from './cues';
import type { ClauseFrame } from './find-frame';
import { findFrame } from './find-frame';
import type { Hearing } from './hear';
import type { MatchedMessage } from './match-message';
import type { MessageReader } from './read-message';

/** What a message says of a sign that its words name. */
export interface SignJudgement {
  readonly kind: AssertionKind;
  /** What it is taken for, without asking: "prob just a bruise". */
  readonly isGuess: boolean;
  readonly clause: number;
  /** The question kind of that clause; a report where nothing in it asks. */
  readonly intent: string;
}

/** "the pus", "this rash": a sign pointed at is there, whatever is asked about it. */
const POINTERS = new Set(['the', 'this', 'that', 'these', 'those', 'my', 'all']);

/** "which concealer for over an oozing spot": what is to be covered is there. */
const COVERING = new Set('over cover covers covering hide hides hiding conceal conceals concealing camouflage'.split(' '));
const COVER_REACH = 4;
/** "which spf is best for a raw open patch": what something is wanted for is there, unless one only looks out for it. */
const WANTED_FOR =
  /\b(spf|sunscreen|cream|ointment|balm|gel|serum|concealer|makeup|foundation|plaster|dressing|bandage|product|lotion|cleanser|wash|mask|best) (\w+ ){0,3}(for|on) (a|an|my|this|these|the) (\w+ ){0,2}$/;
const WANTED_REACH = 9;
/** "how do i get pus out of my brow": what is to be taken away is there. */
const REMOVING = new Set(
  'get getting wash washing clean cleaning wipe wiping rinse rinsing squeeze squeezing pick picking take'.split(' '),
);
const OUT = new Set(['out', 'off', 'outta']);

const GUESSES = new Set('probably maybe perhaps likely hopefully guess assume guessing'.split(' '));
const GUESS_REACH = 4;

/** Whether a product is wanted for what stands at a place. */
function isWantedFor({ tokens, sentenceOf }: MatchedMessage['message'], start: number): boolean {
  const from = Math.max(sentenceOf.indexOf(sentenceOf[start] ?? 0), start - WANTED_REACH);
  return WANTED_FOR.test(
    `${tokens
      .slice(from, start)
      .map(({ text }) => text)
      .join(' ')} `,
  );
}

const SUPPOSING = new Set('if would could might may should case ever someone somebody people anyone person'.split(' '));

/** Whether the words of the clause up to a place suppose ("what if i had to cover ..."), beyond being put as a question. */
function isSupposedIn({ tokens, clauseOf }: MatchedMessage['message'], clause: number, end: number): boolean {
  return tokens.some(({ text }, at) => at < end && clauseOf[at] === clause && SUPPOSING.has(text));
}

function isGuessed({ text }: { readonly text: string }): boolean {
  return GUESSES.has(text);
}

/** Makes the judge of one message's signs: the context cues around each, and whether its clause only asks to learn. */
export function judgeSigns({ message, context }: MatchedMessage, hear: Hearing): (spans: readonly Span[]) => SignJudgement {
  const frames = new Map<number, ClauseFrame>();
  const frameOf = (clause: number): ClauseFrame => {
    const found = frames.get(clause) ?? findFrame(hear, message, clause);
    frames.set(clause, found);
    return found;
  };
  return (spans) => {
    const start = spans[0]?.start ?? 0;
    const clause = message.clauseOf[start] ?? 0;
    const { intent, isAsked, isLesson } = frameOf(clause);
    const kind = context.kindOf(spans);
    const before = message.tokens.slice(Math.max(0, start - COVER_REACH), start);
    const isDealtWith =
      before.some(({ text }) => COVERING.has(text)) ||
      isWantedFor(message, start) ||
      isTakenAway(before.at(-1)?.text ?? '', message.tokens[spans.at(-1)?.end ?? start + 1]?.text ?? '');
    const isPointedAt = isDealtWith || POINTERS.has(before.at(-1)?.text ?? '');
    const isOpen = kind === 'present' || kind === 'uncertain';
    const isAsIfThere = isDealtWith && kind === 'hypothetical' && !isSupposedIn(message, clause, start);
    return {
      kind: isAsIfThere
        ? 'present'
        : isOpen && isLesson && !isPointedAt && !(spans[0] && context.isApart(spans[0]))
          ? 'hypothetical'
          : kind,
      isGuess: kind === 'uncertain' && !isAsked && message.tokens.slice(Math.max(0, start - GUESS_REACH), start).some(isGuessed),
      clause,
      intent: isAsked ? intent : 'report',
    };
  };
}

/** "wash the pus from my chin" takes it away; "get cold sores from this" asks where they come from. */
function isTakenAway(before: string, after: string): boolean {
  return REMOVING.has(before) && (OUT.has(after) || (after === 'from' && !before.startsWith('get')));
}

/** What one is able to do; a sign like "cant breathe" is there, and the breathing that it denies is not. */
const ABILITIES = new Set(
  'breathe see swallow talk speak move walk sleep eat drink open close hear think focus blink smile chew respirar ver tragar hablar dormir comer caminar'.split(
    ' ',
  ),
);
const CANNOT = new Set(['cant', 'couldnt', 'cannot', 'unable', 'no puedo', 'no puede']);

/** Whether a span is only what the patient is unable to do, without the word that says so: the "breathe" of "i cant breathe". */
export function isLostAbility({ message }: MatchedMessage, { start, end }: Span): boolean {
  const word = (at: number): string => message.tokens[at]?.text ?? '';
  const before = word(start - 1) === 'to' ? start - 2 : start - 1;
  return end - start === 1 && ABILITIES.has(word(start)) && (CANNOT.has(word(before)) || CANNOT.has(`${word(before - 1)} ${word(before)}`));
}

/** A stretch of a text in characters. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/** The words of a message that stand at a place of its text. */
export function spanAt(reader: MessageReader, text: string, { start, end }: TextPlace): Span {
  const first = reader.read(text.slice(0, start)).tokens.length;
  return { start: first, end: Math.max(first + 1, reader.read(text.slice(0, end)).tokens.length) };
}
