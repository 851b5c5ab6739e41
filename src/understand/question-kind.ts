import type { Hearing } from './hear';
import type { MatchedMessage, ReaderParts } from './match-message';
import { clauseWords } from './weigh-topics';

/** From this probability on a message is put as a question. */
const ASKED = 0.5;

/** Words that ask about how long a rule or a sign lasts, or when. */
const LENGTH_OF_TIME =
  /\b(how|hw|until|untill|til|till|wait|waiting|hours?|hrs?|days?|weeks?|length|duration|(so|too|that|much|for) long(er)?|before)\b/;
const ASKING = new Set('hw what whats whens why until til till wondering curious'.split(' '));
const ASK_STARTS = new Set('will does do did is are can could should would'.split(' '));
const ASK_LEADS = new Set('so and but ok okay also then hi hey hello'.split(' '));
const TOLD_OF = new Set('i he she they we you it my'.split(' '));
const LASTS = new Set('long soon many much often bad'.split(' '));
const ASKED_OF_SIGNS = new Set(['how', 'how_long', 'when']);

/** Whether a message is put as a question: by its mark, or by a kind of question that is plainly heard. */
export function isAsked({ knowledge }: ReaderParts, { message }: MatchedMessage, hear: Hearing, whole: string): boolean {
  if (message.tokens.some((token) => token.kind === 'mark' && token.text === '?')) return true;
  const top = hear.intents(whole).labels[0];
  return top !== undefined && top.probability >= ASKED && top.label !== 'report' && knowledge.intents.get(top.label)?.kind === 'question';
}

/** How a clause begins that asks. */
const ASKS =
  /^(?:(?:and|but|so|also|then|ok|okay|hi|hey|or|plus|please|pls|now) )*(?:can|could|is|are|am|do|does|did|should|will|would|may|when|how|what|whats|which|why|where|any|ok|okay|allowed|safe)\b/;

/** Whether a clause asks for itself: it begins as a question, or its sentence ends as one, whatever the rest of the message does. */
export function isClauseAsked(matched: MatchedMessage, clause: number): boolean {
  const { tokens, clauseOf, sentenceOf } = matched.message;
  const sentence = sentenceOf[clauseOf.indexOf(clause)];
  return ASKS.test(clauseWords(matched, clause).join(' ')) || tokens.some((token, at) => token.text === '?' && sentenceOf[at] === sentence);
}

/** Whether a clause asks: its message has a question mark, it begins like a question, or it holds a word that asks; "when he saw how red i am" tells. */
export function isAskedIn({ message }: MatchedMessage, words: readonly string[]): boolean {
  if (message.tokens.some((token) => token.text === '?')) return true;
  const first = words.findIndex((word) => !ASK_LEADS.has(word));
  return words.some((word, at) => {
    if (ASK_STARTS.has(word)) return at === first;
    if (word === 'when') return !TOLD_OF.has(words[at + 1] ?? '');
    if (word === 'how') return !TOLD_OF.has(words[at + 2] ?? '') || LASTS.has(words[at + 1] ?? '');
    return ASKING.has(word);
  });
}

/**
 * A kind of question that the words bear out: "giving off heat like a stove" tells of a sign however it is heard, and "long hot shower??"
 * asks for no length of time.
 */
export function kindSaid(heard: string, { isRule, isAsked, clause }: { isRule: boolean; isAsked: boolean; clause: string }): string {
  if (isRule) return heard === 'how_long' && !LENGTH_OF_TIME.test(clause) ? 'may_i' : heard;
  return !isAsked && ASKED_OF_SIGNS.has(heard) ? 'report' : heard;
}

/** The question kind of a clause: the best intent that is a question; the whole message decides where the clause says little. */
export function questionKind(parts: ReaderParts, hear: Hearing, { clause, whole }: { clause: string; whole: string }): string {
  if (/^(and |so |ok |then )*(what|how) about\b/.test(clause)) return 'may_i';
  const best = (text: string): { label: string; probability: number } | undefined =>
    hear.intents(text).labels.find((entry) => parts.knowledge.intents.get(entry.label)?.kind === 'question');
  const own = best(clause);
  if (own && own.probability >= 0.3) return own.label;
  return best(whole)?.label ?? own?.label ?? 'may_i';
}
