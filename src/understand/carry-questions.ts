import type { ConversationContext, Question } from '../model/understanding';
import type { VariantNamed } from './find-topics';

/** How many words a follow-up has at most; one that begins with "same" may say why it asks, and one that means nothing by itself may be longer. */
const FOLLOW_UP_WORDS = { most: 16, same: 30, alone: 32 } as const;
const CARRY_STARTS = new Set('with even then but so if like only just for same unless without'.split(' '));
/** "and what about" asks anew, "and if i only" goes on. */
const LEAD_INS = new Set('and ok okay but so well not hmm oh what'.split(' '));
const GOING_ON = new Set('if even only just once past'.split(' '));
const REPLACE_STARTS = new Set('and or what how also'.split(' '));
const POINTING = new Set('mine it its that thats one ones this them those these they same'.split(' '));
/** "does that change your answer", "would that settle it", "in that case", "if i run it now": points at the answer before in a message of any length. */
const POINTS_BACK =
  /\b(your|ur|the) answer\b|\bdo(es)? (that|it|this) (change|make|mean|count|help|matter)\b|\b(would|will|is|does) (that|it|this) (be|settle|change|make|still|do|count)\b|\bin that case\b|^(all right |alright |i see |i understand |thanks |thank you |ok |okay )*(if|suppose|supposing|assuming|even|what if|and if|but if)\b/;
/** "round my nostrils as well", "mostly on my chin": a place alone is where the sign of the last question is. */
const PLACE_STARTS = new Set('around round near under underneath behind between along above below mostly mainly especially'.split(' '));
const ADDING_ENDS = new Set('too also aswell well'.split(' '));
/** "lukewarm then", "a stroll instead": settles for less than what was asked. */
const SETTLING_ENDS = new Set(['then', 'instead']);
const SETTLING_WORDS = 6;
const PLACE_WORDS = 6;
/** "yeah its dry", "no theyre tiny": an answer about what the last question was about. */
const ANSWER_STARTS = new Set('yes yeah yep yup yea ya no nope nah'.split(' '));
const ANSWERED_OF = new Set('its it theyre they thats mine'.split(' '));
/** "the milky kind, my sisters", "a gentle one": which one of what was asked about. */
const ONE_OF_THEM = /^(no |yes |yeah |its |just |only |well )*(the|a|an|its|my) (\w+ ){1,3}(kind|one|type|sort|version|brand)\b/;
/** "the one in the bag you gave me": which one, whatever else it names. */
const THIS_ONE = /^(no |yes |yeah |its |just |only |well )*(the|that|this) (\w+ ){0,2}(one|ones|stuff) /;
const POINTED_AT = /^(and |so |ok |but )*(is|are|does|do|was|will|would|can|should) (that|those|these|this)\b/;
const HOW_LONG_STILL = /\bhow (many|much) (more |longer )?(hours|days|hrs|longer|time)\b/;
const SAME_OF_ANOTHER = /^(and |ok |so |what about |how about |but )*(for|on|with) /;
const SAME_OF_ANOTHER_WORDS = 8;
const NEXT_ONLY =
  /^(ok |okay |so |then |oh )*(and|or|plus|what about|how about) (?!(if|then|when|how|what|why|is|are|can|do|does|will|would|should|i|its|it) )/;
const NEXT_ONLY_WORDS = 7;
const SAYING = new Set(
  'is are was im its if when how what why can could do does did will would should feels looks hurts i not no'.split(' '),
);
/** Question kinds that a follow-up can turn the last question into. */
const SPECIFIC = new Set(['why', 'how_long', 'when', 'how', 'how_many', 'effect', 'risk', 'what', 'is_normal']);
/** From this probability on a message is heard as leaning on the answer before; from the second on also beside a topic that its words name. */
const LEANING = { alone: 0.4, besideNamed: 0.7 } as const;
/** "how many for fine lines", "and for my scars": the question stays, only its object is another. */
const COUNTED = new Set(['how_many', 'how_long', 'when']);
/** Question kinds that a named moment turns into "may i then". */
const HOURLESS = new Set(['when', 'how_long']);

/** What a short message brings by itself. */
export interface FollowUp {
  readonly words: readonly string[];
  readonly conversation: ConversationContext;
  /** The message names a topic of its own. */
  readonly named: boolean;
  /** It names no topic, and none is heard in it. */
  readonly isAlone: boolean;
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
  const { words, conversation, named, kind, isAsked, leaning, qualifiers, asksMoment, variants, isAlone } = followUp;
  const last = conversation.lastQuestions;
  if (last.length === 0 || words.length === 0 || words.length > (isAlone ? FOLLOW_UP_WORDS.alone : mostWords(words))) return [];
  const leans = leaning >= (named ? LEANING.besideNamed : LEANING.alone);
  const isSame = asksSame(words) && last.every((question) => COUNTED.has(question.intent));
  if (named && !leans && !isSame && !goesOn(words) && !describesLast(followUp)) return [];
  const pointsBack = pointsAtLast({ words, conversation, isAlone });
  if (words.length > mostWords(words) && !pointsBack) return [];
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

function mostWords(words: readonly string[]): number {
  return words[0] === 'same' ? FOLLOW_UP_WORDS.same : FOLLOW_UP_WORDS.most;
}

/** Whether a short message after an answer begins or speaks as if it went on with that answer. */
export function pointsAtLast({ words, conversation, isAlone }: Pick<FollowUp, 'words' | 'conversation' | 'isAlone'>): boolean {
  if (conversation.lastQuestions.length === 0) return false;
  // a long message is full of "it" and "that"
  if (words.length > mostWords(words)) return isAlone && (goesOn(words) || addsTo(words) || POINTS_BACK.test(words.join(' ')));
  return (
    goesOn(words) || addsTo(words) || namesPlace(words) || ONE_OF_THEM.test(words.join(' ')) || words.some((word) => POINTING.has(word))
  );
}

/** A few words that only add a place to what was asked. */
function namesPlace(words: readonly string[]): boolean {
  return words.length <= PLACE_WORDS && (PLACE_STARTS.has(words[0] ?? '') || ADDING_ENDS.has(words.at(-1) ?? ''));
}

/** Whether a message that names a topic tells by it of the last one: what is in a product, what a sign is like, "for wrinkles the same number?". */
function describesLast({ words, conversation, lastIsSign, isAsked }: FollowUp): boolean {
  if (/\b(in|inside) (it|them|there)\b|\b(it|they) contains?\b/.test(words.join(' '))) return true;
  const answered = ANSWER_STARTS.has(words[0] ?? '') ? words[1] : words[0];
  if (lastIsSign && !isAsked && ANSWERED_OF.has(answered ?? '')) return true;
  if (!lastIsSign && THIS_ONE.test(words.join(' '))) return true;
  return words.includes('same') && conversation.lastQuestions.some((question) => question.intent === 'how_many');
}

/** "and when its been two days", "what about friday": begins as an addition to what was asked before. */
export function addsTo(words: readonly string[]): boolean {
  return REPLACE_STARTS.has(words[0] ?? '');
}

/** "and the tightness?", "what about steam rooms": a thing is named and nothing is said about it. */
export function namesNextOnly(words: readonly string[]): boolean {
  return words.length <= NEXT_ONLY_WORDS && NEXT_ONLY.test(words.join(' ')) && !words.slice(2).some((word) => SAYING.has(word));
}

/** "is that only for the face", "how many more hours": asks on about the answer before, though a topic is heard in it. */
export function asksOn(words: readonly string[]): boolean {
  const text = words.join(' ');
  return POINTED_AT.test(text) || HOW_LONG_STILL.test(text);
}

/** "and for my acne scars?": the same question about another thing, which is named. */
export function asksSame(words: readonly string[]): boolean {
  return words.length <= SAME_OF_ANOTHER_WORDS && SAME_OF_ANOTHER.test(words.join(' '));
}

/** "even a gentle one", "and if i sit far away", "not even a drop in my cream": goes on with the answer before, whatever it names. */
export function goesOn(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  return CARRY_STARTS.has(first) || (LEAD_INS.has(first) && (GOING_ON.has(second) || second === 'but')) || settles(words);
}

function settles(words: readonly string[]): boolean {
  return words.length > 1 && words.length <= SETTLING_WORDS && SETTLING_ENDS.has(words.at(-1)!) && !LEAD_INS.has(words[0]!);
}
