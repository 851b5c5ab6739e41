import type { ReasonCode } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';

/** What a member of staff means by a text; `ref` is null where the text names none, as in "ack". */
export type StaffReply =
  | { readonly kind: 'acknowledge'; readonly ref: number | null }
  | { readonly kind: 'pass_on'; readonly ref: number | null }
  /** Without a reason it is `handled`. */
  | { readonly kind: 'resolve'; readonly ref: number | null; readonly reason?: ReasonCode }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown' };

type Action = 'acknowledge' | 'pass_on' | 'resolve';

/** The words for each action. None of them is a word that Twilio acts on by itself, such as "stop" or "end". */
const WORDS: readonly (readonly [Action, string])[] = [
  ['acknowledge', 'a|ack|acked|acknowledge|acknowledged|ok|okay|got it|got this|on it|im on it|mine|i have it|ive got it|will do'],
  ['pass_on', 'e|escalate|pass|pass on|pass it on|not me'],
  ['resolve', 'c|close|closed|done|resolve|resolved'],
];
const ANY_WORD = WORDS.map(([, words]) => words).join('|');
const REF = '(?:ref )?(\\d{1,9})';
const POLITE = '(?: (?:please|pls|thanks|thank you|thx|ty))?';

/** "12a", "12 ack", "12c3": the reference first. */
const REF_FIRST = new RegExp(`^${REF} ?(${ANY_WORD})(?: ?(\\d))?${POLITE}$`);
/** "ack", "ack 12", "close 12", "ack 12a": the word first. */
const WORD_FIRST = new RegExp(`^(${ANY_WORD})(?: ?${REF} ?([aec])?)?${POLITE}$`);
const HELP = /^(?:help|info|how|commands?|\?+)$/;

/**
 * Reads a text of a member of staff: "12a", "12 A.", "ack", "Ack12", "12e", "12c3", "got it". Anything that is not surely one of
 * these is unknown, because an acknowledgement ends paging.
 */
export function readStaffReply(text: string): StaffReply {
  const plain = tidy(text);
  if (HELP.test(plain)) return { kind: 'help' };
  const refFirst = REF_FIRST.exec(plain);
  if (refFirst) return reply(actionOf(refFirst[2]), Number(refFirst[1]), refFirst[3]);
  const wordFirst = WORD_FIRST.exec(plain);
  if (!wordFirst) return { kind: 'unknown' };
  const [, word, ref, letter] = wordFirst;
  const action = actionOf(word);
  if (letter !== undefined && actionOf(letter) !== action) return { kind: 'unknown' };
  return reply(action, ref === undefined ? null : Number(ref), undefined);
}

/** Lower case, one space between words, no quotes, marks or full stops around: telephones add them by themselves. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘"“”()[\]<>*]/g, '')
    .replace(/[\s.,;:!#/_-]+/g, ' ')
    .trim();
}

function actionOf(word: string | undefined): Action | null {
  return WORDS.find(([, words]) => words.split('|').includes(word ?? ''))?.[0] ?? null;
}

/** `digit` picks a reason, 1 to 5; it belongs to closing alone. */
function reply(action: Action | null, ref: number | null, digit: string | undefined): StaffReply {
  if (action === null || (digit !== undefined && action !== 'resolve')) return { kind: 'unknown' };
  if (action !== 'resolve' || digit === undefined) return { kind: action, ref };
  const reason = REASON_CODES[Number(digit)];
  return reason === undefined || digit === '0' ? { kind: 'unknown' } : { kind: 'resolve', ref, reason };
}
