import type { ConversationContext, Question } from '../model/understanding';
import type { VariantNamed } from './find-topics';

const FOLLOW_UP_WORDS = 16;
const CARRY_STARTS = new Set('with even then but so if like only just for same unless without'.split(' '));
/** "and what about" asks anew, "and if i only" goes on. */
const LEAD_INS = new Set('and ok okay but so well not hmm oh what'.split(' '));
const GOING_ON = new Set('if even only just once past'.split(' '));
const REPLACE_STARTS = new Set('and or what how also'.split(' '));
const POINTING = new Set('mine it its that thats one ones this them those these they same'.split(' '));
/** "round my nostrils as well", "mostly on my chin": a place alone is where the sign of the last question is. */
const PLACE_STARTS = new Set('around round near under underneath behind between along above below mostly mainly especially'.split(' '));
const ADDING_ENDS = new Set('too also aswell well'.split(' '));
const PLACE_WORDS = 6;
/** "yeah its dry", "no theyre tiny": an answer about what the last question was about. */
const ANSWER_STARTS = new Set('yes yeah yep yup yea ya no nope nah'.split(' '));
const ANSWERED_OF = new Set('its it theyre they thats mine'.split(' '));
/** Question kinds that a follow-up can turn the last question into. */
const SPECIFIC = new Set(['why', 'how_long', 'when', 'how', 'how_many', 'effect', 'risk', 'what', 'is_normal']);
/** From this probability on a message is heard as leaning on the answer before; from the second on also beside a topic that its words name. */
const LEANING = { alone: 0.4, besideNamed: 0.7 } as const;
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
  /** How surely it only leans on the answer before ("are you sure", "mostly on the left"), from 0 to 1. */
  readonly leaning: number;
  readonly qualifiers: Question['qualifiers'];
  /** The message names a moment ("and tomorrow?"). */
  readonly asksMoment: boolean;
  /** The last question is about something that patients feel or see. */
  readonly lastIsSign: boolean;
  /** The special form of a topic that the message brings ("its scented"). */
  readonly variants: readonly VariantNamed[];
}

/** What "and tomorrow?", "even a gentle one?", "why?" are about: the last questions of the conversation, asked anew. "i like trains" is about nothing of it. */
export function carryQuestions(followUp: FollowUp): Question[] {
  const { words, conversation, named, kind, isAsked, leaning, qualifiers, asksMoment, variants } = followUp;
  const last = conversation.lastQuestions;
  if (last.length === 0 || words.length === 0 || words.length > FOLLOW_UP_WORDS) return [];
  const leans = leaning >= (named ? LEANING.besideNamed : LEANING.alone);
  if (named && !leans && !goesOn(words) && !describesLast(followUp)) return [];
  const pointsBack = pointsAtLast({ words, conversation });
  if (!pointsBack && !leans && !isAsked && !asksMoment && qualifiers.length === 0) return [];
  const leansOnLast = words.length <= 3 || pointsBack || leans;
  const intentOf = (question: Question): string => {
    if (asksMoment && HOURLESS.has(question.intent)) return 'may_i';
    // "what if my doctor said yes" asks the same again
    if (words[0] === 'what' && words[1] === 'if') return question.intent;
    // the reason is told; "and for my neck" goes on with the rule
    if (question.intent === 'why' && kind !== 'why') return SPECIFIC.has(kind) && !leansOnLast ? kind : 'may_i';
    // "mine is day 6 and still strong" tells of the sign that was asked about in general
    if (qualifiers.length > 0 && !isAsked && HOURLESS.has(question.intent)) return 'report';
    if (!SPECIFIC.has(kind) || (leansOnLast && kind === 'is_normal' && question.intent !== 'report')) return question.intent;
    return kind;
  };
  return last.map((question) => ({
    ...question,
    variant: variants.find((entry) => entry.topic === question.topic)?.variant ?? question.variant,
    intent: intentOf(question),
    qualifiers,
    clause: 0,
    source: 'carried',
    confidence: 0.7,
  }));
}

/** Whether a short message after an answer begins or speaks as if it went on with that answer. */
export function pointsAtLast({ words, conversation }: Pick<FollowUp, 'words' | 'conversation'>): boolean {
  if (conversation.lastQuestions.length === 0 || words.length > FOLLOW_UP_WORDS) return false;
  return goesOn(words) || addsTo(words) || namesPlace(words) || words.some((word) => POINTING.has(word));
}

/** A few words that only add a place to what was asked. */
function namesPlace(words: readonly string[]): boolean {
  return words.length <= PLACE_WORDS && (PLACE_STARTS.has(words[0] ?? '') || ADDING_ENDS.has(words.at(-1) ?? ''));
}

/** Whether a message that names a topic tells by it of the last one: what is in a product, what a sign is like, "for wrinkles the same number?". */
function describesLast({ words, conversation, lastIsSign }: FollowUp): boolean {
  if (/\b(in|inside) (it|them|there)\b|\b(it|they) contains?\b/.test(words.join(' '))) return true;
  if (lastIsSign && ANSWER_STARTS.has(words[0] ?? '') && ANSWERED_OF.has(words[1] ?? '')) return true;
  const asksNumber = conversation.lastQuestions.some((question) => question.intent === 'how_many');
  return asksNumber && (words.includes('same') || (words[0] === 'and' && words[1] === 'for'));
}

/** "and when its been two days": goes on with the answer before where it asks about another moment. */
export function addsTo(words: readonly string[]): boolean {
  return REPLACE_STARTS.has(words[0] ?? '');
}

/** "even a gentle one", "and if i sit far away", "not even a drop in my cream": goes on with the answer before, whatever it names. */
export function goesOn(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  return CARRY_STARTS.has(first) || (LEAD_INS.has(first) && GOING_ON.has(second));
}
