import { isFillerOnly } from './cues';
import type { Mention } from './mention';

/** A piece of a message that says one thing: "got it done tuesday" | "can i swim friday". */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isQuestion: boolean;
}

/** Where a new thing begins: punctuation, joining words, the start of a question, of a treatment or of a symptom report. */
const BOUNDARY =
  /[.!?;\n]+(?!\d)|,|(?<!\w)(?:and(?! (?:my |the )?(?:neck|chest|face|hands|decollete|scalp|jawline|cheeks|forehead|stomach|arms|back)(?! (?:is|are|was|were|feels?|felt|hurts?|got|gets|looks?|has|still|its|itch\w*|burn\w*|peel\w*|now|red|swollen)))|but|so|because|cuz|bc|then|though|although|when can|how long|how soon|how many|can (?:i|we|u|you)|could i|should i|may i|is it|is this(?! (?:past |last |coming |upcoming )?(?:mon|tue|wed|thu|fri|sat|sun|week|month|morning|afternoon|evening))|is that|is(?= (?:tonight|today|tomorrow|this \w+|\w{3,6}day)(?: \w+){0,3} (?:too|ok|okay|fine|safe|alright|enough)(?!\w))|would it|will (?:i|it|my)|do i|does it|am i|are we|what about|ok to|okay to|when (?:should|do|will|is)|i (?:got|had|did)|mine (?:was|is)|woke|noticed|was wondering|wondering)(?!\w)/g;

/** "monday i think?" tells. */
const UNSURE = /(?<!\w)i (?:think|believe|guess)(?: so| it was)? ?$/;

const IT_WAS = /^ ?(?:\w+ ){0,3}(?:it|mine) was (?!it\b)/;
const DATE_PARTS = /\d[\d:/]*(?:st|nd|rd|th|am|pm)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/g;

/** Cuts a normalised message into clauses; a question mark marks the clause it ends. */
export function splitClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  const close = (end: number, isQuestion: boolean): void => {
    const words = text.slice(start, end);
    if (words.trim() !== '')
      clauses.push({ start, end, text: words, isQuestion: isQuestion && !UNSURE.test(words) && !tellsUnsure(words) });
  };
  for (const match of text.matchAll(BOUNDARY)) {
    const isMark = /^[.!?;,\n]/.test(match[0]);
    if (isInsideTime(text, match.index, isMark)) continue;
    close(match.index, match[0].includes('?'));
    start = isMark ? match.index + match[0].length : match.index;
  }
  close(text.length, false);
  return clauses;
}

/** "it was 12/15 or 12/16?" tells a time and nothing else. */
function tellsUnsure(words: string): boolean {
  return IT_WAS.test(words) && isFillerOnly(words.replace(DATE_PARTS, ' '));
}

/** "10:30", "between 2 and 3" */
function isInsideTime(text: string, at: number, isMark: boolean): boolean {
  if (!isMark) return /(?<!\w)between [\d:]+(?: ?[ap]m)? $/.test(text.slice(Math.max(0, at - 20), at)) && /^and \d/.test(text.slice(at));
  return /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at + 1] ?? '');
}

/** Longest stretch of a clause on either side of a time that is searched for cues, in characters. */
const REACH = 120;

/** A time with the words around it. */
export interface Setting {
  readonly mention: Mention;
  readonly index: number;
  readonly clause: Clause;
  readonly before: string;
  readonly after: string;
  /** The clause without the time itself. */
  readonly around: string;
  /** What stands before the time in the whole message, at most 40 characters. */
  readonly lead: string;
  readonly trail: string;
  /** The time in the patient's words, as far as they were joined. */
  readonly words: string;
}

/** Puts a time into its clause. */
export function settingOf(text: string, clauses: readonly Clause[], mention: Mention): Setting {
  const index = Math.max(
    0,
    clauses.findIndex((clause) => mention.start < clause.end),
  );
  const clause = clauses[index] ?? { start: 0, end: text.length, text, isQuestion: false };
  const before = text.slice(Math.max(clause.start, mention.start - REACH), Math.max(clause.start, mention.start));
  const after = text.slice(mention.end, Math.max(mention.end, Math.min(clause.end, mention.end + REACH)));
  const lead = text.slice(Math.max(0, mention.start - 40), mention.start);
  return {
    mention,
    index,
    clause,
    before,
    after,
    around: `${before.trimEnd()} | ${after.trimStart()}`,
    lead,
    trail: text.slice(mention.end, mention.end + 40),
    words: text.slice(mention.start, mention.end),
  };
}
