import type { ConversationContext, Question } from '../model/understanding';

const FOLLOW_UP_WORDS = 12;
const CARRY_STARTS = new Set('with even then but so if like only just for same unless without'.split(' '));
const REPLACE_STARTS = new Set('and or what how also'.split(' '));
const POINTING = new Set('it its that thats one ones this them those these they same'.split(' '));
/** Question kinds that a follow-up can turn the last question into. */
const SPECIFIC = new Set(['why', 'how_long', 'when', 'how', 'how_many', 'effect', 'risk', 'what', 'is_normal']);
/** Question kinds that a named moment turns into "may i then". */
const HOURLESS = new Set(['when', 'how_long']);

/** What a short message brings by itself. */
export interface FollowUp {
  readonly words: readonly string[];
  readonly conversation: ConversationContext;
  /** The message names a topic of its own. */
  readonly named: boolean;
  readonly kind: string;
  /** It is put as a question: a question mark, or a kind of question that is plainly heard. */
  readonly isAsked: boolean;
  readonly qualifiers: Question['qualifiers'];
  /** The message names a moment ("and tomorrow?"). */
  readonly asksMoment: boolean;
}

/** What "and tomorrow?", "even a gentle one?", "why?" are about: the last questions of the conversation, asked anew. "i like trains" is about nothing of it. */
export function carryQuestions({ words, conversation, named, kind, isAsked, qualifiers, asksMoment }: FollowUp): Question[] {
  const last = conversation.lastQuestions;
  if (last.length === 0 || words.length === 0 || words.length > FOLLOW_UP_WORDS) return [];
  const first = words[0] ?? '';
  if (named && !CARRY_STARTS.has(first)) return [];
  const pointsBack = CARRY_STARTS.has(first) || REPLACE_STARTS.has(first) || words.some((word) => POINTING.has(word));
  if (!pointsBack && !isAsked && !asksMoment && qualifiers.length === 0) return [];
  const leansOnLast = words.length <= 3 || pointsBack;
  const intentOf = (question: Question): string => {
    if (asksMoment && HOURLESS.has(question.intent)) return 'may_i';
    // the reason is told; "and for my neck" goes on with the rule
    if (question.intent === 'why' && kind !== 'why') return SPECIFIC.has(kind) && !leansOnLast ? kind : 'may_i';
    if (!SPECIFIC.has(kind) || (leansOnLast && kind === 'is_normal' && question.intent !== 'report')) return question.intent;
    return kind;
  };
  return last.map((question) => ({ ...question, intent: intentOf(question), qualifiers, clause: 0, source: 'carried', confidence: 0.7 }));
}
