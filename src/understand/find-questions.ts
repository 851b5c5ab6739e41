import type { ConversationContext, Question, TimesSaid } from '../model/understanding';
import { addsTo, asksOn, carryQuestions, goesOn, namesNextOnly, pointsAtLast } from './carry-questions';
import { confidenceOf } from './confidence';
import { findAct } from './find-act';
import type { Hearing } from './hear';
import type { TopicNamed } from './find-topics';
import { findQualifiers, findVariants, isSignTopic } from './find-topics';
import type { MatchedMessage, ReaderParts } from './match-message';
import { insteadOf, meantOf } from './meant-topics';
import { isAsked, isAskedIn, kindSaid, questionKind } from './question-kind';
import type { TopicCandidate } from './weigh-topics';
import { clauseWords, weighTopics } from './weigh-topics';

/** What a message asks, tells or does, apart from danger signs. */
export interface Asked {
  readonly questions: readonly Question[];
  readonly act: { readonly id: string; readonly confidence: number } | null;
  readonly intent: { readonly id: string; readonly confidence: number };
  readonly inScope: number;
  readonly guesses: readonly { readonly topic: string; readonly probability: number }[];
}

/** What else finding questions needs to know. */
export interface AskedWith {
  readonly named: readonly TopicNamed[];
  readonly conversation: ConversationContext;
  readonly times: TimesSaid;
  readonly hear: Hearing;
}

/** From this probability on a message tells what the patient already did against the guide. */
const CONFESSION = 0.85;
const MISSED_STEP = 'missed_instruction_did_it_anyway';
/** From this probability on a topic that is only heard stands beside what the message carries on from the last one; more so where it plainly leans on that. */
const MEANT_OVER_CARRIED = { leaning: 0.85, other: 0.6 } as const;
/** From so many words on a question that the classifier hears needs no earlier one to lean on. */
const WHOLE_QUESTION_WORDS = 6;

/** The topic that names parts of the body, and how short a follow-up is that only names one. */
const PLACES = 'body_areas';
const PLACE_WORDS = 8;

/** "4ish would be great": an hour that answers what was said of a visit. */
const CLOCK = /\b\d{1,2}( \d\d)? ?(am|pm|ish|oclock)\b/;
const BOOKING = new Set(['price_booking', 'reschedule', 'next_appointment']);

/** Words that ask about this very moment. */
const NOW = new Set(['today', 'tonight', 'now']);

/** Finds the questions of a message: topics that are named, topics the classifier hears, and what the conversation was about. */
export function findQuestions(parts: ReaderParts, matched: MatchedMessage, asked: AskedWith): Asked {
  const words = matched.message.tokens.filter((token) => token.kind !== 'mark').map((token) => token.text);
  const whole = words.join(' ');
  const { hear } = asked;
  const intents = hear.intents(whole).labels;
  const top = intents[0] ?? { label: 'out_of_scope', probability: 0 };
  const weighed = weighTopics(parts, matched, asked.named, hear);
  const meant = meantOf(parts, matched, insteadOf(matched, asked, weighed));
  const act = findAct(parts, top, {
    heard: hear.topics(whole),
    named: meant.filter((entry) => entry.isNamed).map((entry) => entry.topic),
    awaiting: asked.conversation.awaiting,
    saysTime: asked.times.treatment !== null,
    wordCount: words.length,
    isMarked: matched.message.tokens.some((token) => token.text === '?'),
    pointsBack: pointsAtLast({ words, conversation: asked.conversation, isAlone: meant.length === 0 }),
  });
  const saysAllGone =
    meant.length === 0 &&
    !act &&
    asked.named.length > 0 &&
    asked.named.every((entry) => isSign(parts, entry) && entry.assertion === 'absent');
  const leaning = parts.knowledge.intents.get(top.label)?.kind === 'follow_up' ? top.probability : 0;
  const questions = act || saysAllGone ? [] : questionsOf(parts, matched, { ...asked, meant, words, leaning });
  const confession = intents.find((label) => label.label === 'did_it')?.probability ?? 0;
  const hasRule = questions.some((question) => ['permission', 'care'].includes(parts.knowledge.topics.get(question.topic)?.kind ?? ''));
  if (
    confession >= CONFESSION &&
    hasRule &&
    asked.times.treatment === null &&
    !questions.some((question) => question.topic === MISSED_STEP)
  )
    questions.push({
      topic: MISSED_STEP,
      variant: null,
      intent: 'did_it',
      qualifiers: [],
      clause: 0,
      source: 'learned',
      confidence: confession,
    });
  questions.push(...alreadyDone(parts, asked.named, questions));
  return {
    questions: questions.map((question) => ({
      ...question,
      confidence: confidenceOf(question, questions.length > 1),
    })),
    act: saysAllGone ? { id: 'acknowledge', confidence: 0.5 } : act,
    intent: { id: top.label, confidence: top.probability },
    inScope: hear.topics(whole).inScope,
    guesses: hear
      .topics(whole)
      .labels.slice(0, 3)
      .map((entry) => ({ topic: entry.label, probability: entry.probability })),
  };
}

/** What is named as done beside "i forgot and": its rule belongs to the answer, though in the past it is asked about no more. */
function alreadyDone({ knowledge }: ReaderParts, named: readonly TopicNamed[], questions: readonly Question[]): Question[] {
  if (!questions.some((question) => question.topic === MISSED_STEP && question.source !== 'carried')) return [];
  const done = named.filter(
    ({ topic, assertion }) =>
      ['permission', 'care'].includes(knowledge.topics.get(topic)?.kind ?? '') &&
      (assertion === 'past' || assertion === 'present') &&
      !questions.some((question) => question.topic === topic),
  );
  return distinct(
    done.map(({ topic, variant, clause }) => ({
      ...{ topic, variant, clause, intent: 'did_it', qualifiers: [] },
      ...({ source: 'named', confidence: CONFESSION } as const),
    })),
  );
}

function isSign({ knowledge }: ReaderParts, { topic }: Pick<TopicNamed, 'topic'>): boolean {
  return isSignTopic(knowledge.topics.get(topic));
}

interface QuestionInput extends AskedWith {
  readonly meant: readonly TopicCandidate[];
  readonly words: readonly string[];
  readonly leaning: number;
}

function questionsOf(
  parts: ReaderParts,
  matched: MatchedMessage,
  { meant: all, named, hear, words, leaning, conversation, times }: QuestionInput,
): Question[] {
  const whole = words.join(' ');
  const isPut = isAsked(parts, matched, hear, whole);
  const aside = isPut || !pointsAtLast({ words, conversation, isAlone: false }) ? [] : signsDenied(parts, named);
  const meant = all.filter((entry) => !aside.includes(entry.topic));
  const isHourOfVisit = conversation.lastQuestions.some(({ topic }) => BOOKING.has(topic)) && CLOCK.test(whole);
  const asksMoment = times.asked !== null || words.some((word) => NOW.has(word)) || isHourOfVisit;
  const own = meant
    .map((entry) => askOf(parts, matched, { entry, hear, whole, asksMoment }))
    .map((question) => (namesNextOnly(words) ? askedAlike(parts, question, conversation) : question))
    .sort((a, b) => a.clause - b.clause);
  // "and my neck?" asks the same of another place
  const isNamed = meant.some((entry) => entry.isNamed && !(entry.topic === PLACES && words.length <= PLACE_WORDS));
  const kind = questionKind(parts, hear, { clause: whole, whole });
  const clauses = Array.from({ length: matched.message.clauseCount }, (_, clause) => clause);
  const qualifiers = [...new Set(clauses.flatMap((clause) => findQualifiers(matched.input, matched.context, clause)))];
  const carried = carryQuestions({
    ...{ words, conversation, named: isNamed, isAlone: meant.length === 0, kind, qualifiers, asksMoment, leaning },
    variants: conversation.lastQuestions.length > 0 ? findVariants(parts.lexicon, matched) : [],
    isAsked: isPut,
    lastIsSign: conversation.lastQuestions.some((question) => isSign(parts, question)),
  });
  if (carried.length > 0) {
    // "and my neck? they did that too"
    const isOnlyPlace = own.every((question) => question.topic === PLACES) && addsTo(words);
    const goesOnWithLast = isOnlyPlace || goesOn(words) || asksOn(words) || leaning > 0 || (asksMoment && addsTo(words));
    if (!isNamed && !goesOnWithLast && words.length >= WHOLE_QUESTION_WORDS && own.length > 0) return own;
    const least = leaning > 0 ? MEANT_OVER_CARRIED.leaning : MEANT_OVER_CARRIED.other;
    const sure = isNamed ? own : own.filter((question) => question.confidence >= least);
    return distinct([...sure, ...carried]);
  }
  return own;
}

/** "and the tightness?", "what about the steam room": asks of the next thing whatever was asked of the last one. */
function askedAlike(parts: ReaderParts, question: Question, { lastQuestions }: ConversationContext): Question {
  const alike = lastQuestions.find((last) => isSign(parts, last) === isSign(parts, question));
  if (alike) return { ...question, intent: alike.intent };
  return isSign(parts, question) ? { ...question, intent: 'is_normal' } : question;
}

/** The signs that a message only denies: "theyre dry, not sore" goes on with the flakes of the last question. */
function signsDenied(parts: ReaderParts, named: readonly TopicNamed[]): string[] {
  return named
    .filter((entry) => isSign(parts, entry) && named.every((other) => other.topic !== entry.topic || other.assertion === 'absent'))
    .map((entry) => entry.topic);
}

/** A meant topic as a question, with the kind and the colours of the clause that holds it. */
function askOf(
  parts: ReaderParts,
  matched: MatchedMessage,
  { entry, hear, whole, asksMoment }: { entry: TopicCandidate; hear: Hearing; whole: string; asksMoment: boolean },
): Question {
  const words = clauseWords(matched, entry.clause);
  const clause = words.length >= 2 ? words.join(' ') : whole;
  const heard = questionKind(parts, hear, { clause, whole });
  const isRule = ['permission', 'care'].includes(parts.knowledge.topics.get(entry.topic)?.kind ?? '');
  const kind = isRule || isSign(parts, entry) ? kindSaid(heard, { isRule, isAsked: isAskedIn(matched, words), clause }) : heard;
  return {
    topic: entry.topic,
    variant: entry.variant,
    // "has it been long enough, can i tonight" asks about a moment, however it asks
    intent: asksMoment && isRule && kind === 'how_long' ? 'may_i' : kind,
    qualifiers: findQualifiers(matched.input, matched.context, entry.clause),
    clause: entry.clause,
    source: entry.isNamed ? 'named' : 'learned',
    confidence: entry.probability,
    ...(entry.isSupposed && kind !== 'is_normal' ? { isSupposed: true as const } : {}),
  };
}

/** Each topic once; the first question about it stays. */
function distinct(questions: readonly Question[]): Question[] {
  return questions.filter((question, at) => questions.findIndex((other) => other.topic === question.topic) === at);
}
