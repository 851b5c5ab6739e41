import type { ConversationContext, Question, TimesSaid } from '../model/understanding';
import { carryQuestions } from './carry-questions';
import { confidenceOf } from './confidence';
import { findAct } from './find-act';
import type { Hearing } from './hear';
import { clauseWords, findMeantTopics } from './find-meant-topics';
import type { TopicNamed } from './find-topics';
import { findQualifiers } from './find-topics';
import type { MatchedMessage, ReaderParts } from './match-message';

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

/** Probabilities from which a learned topic counts: in a clause of its own, beside named ones, and as the only reading of a message. */
const LEARNED = { clause: 0.55, beside: 0.8, whole: 0.42, inScope: 0.35 } as const;
/** From this probability on a message tells what the patient already did against the guide. */
const CONFESSION = 0.85;
/** From this probability on a message is put as a question. */
const ASKED = 0.5;
const MISSED_STEP = 'missed_instruction_did_it_anyway';
/** From so many words on a question that the classifier hears needs no earlier one to lean on. */
const WHOLE_QUESTION_WORDS = 6;
const QUESTION_STARTS = new Set(
  'can could should may is are do does did will would when how what whats why where which whens hows'.split(' '),
);
const JOINING = new Set(['and', 'also', 'plus', 'or', 'so']);

/** Finds the questions of a message: topics that are named, topics the classifier hears, and what the conversation was about. */
export function findQuestions(parts: ReaderParts, matched: MatchedMessage, asked: AskedWith): Asked {
  const words = matched.message.tokens.filter((token) => token.kind !== 'mark').map((token) => token.text);
  const whole = words.join(' ');
  const { hear } = asked;
  const intents = hear.intents(whole).labels;
  const top = intents[0] ?? { label: 'out_of_scope', probability: 0 };
  const meant = insteadOf(matched, asked, findMeantTopics(parts, matched, asked.named, hear));
  const act = findAct(parts, top, {
    heard: hear.topics(whole),
    named: meant.map((entry) => entry.topic),
    awaiting: asked.conversation.awaiting,
    saysTime: asked.times.treatment !== null,
    wordCount: words.length,
    isMarked: matched.message.tokens.some((token) => token.text === '?'),
  });
  const saysAllGone =
    meant.length === 0 &&
    !act &&
    asked.named.length > 0 &&
    asked.named.every((entry) => isSign(parts, entry) && entry.assertion === 'absent');
  const questions = act || saysAllGone ? [] : questionsOf(parts, matched, { ...asked, meant, hear, words });
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
  const heardTopics = new Map(hear.topics(whole).labels.map((entry) => [entry.label, entry.probability]));
  return {
    questions: questions.map((question) => ({
      ...question,
      confidence: confidenceOf(question, heardTopics.get(question.topic) ?? 0, questions.length > 1),
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

const CONTRASTING = new Set(['not', 'isnt', 'wasnt', 'aint', 'instead']);
const CONTRASTED = new Set([',', '.', 'its', 'just', 'but', 'rather', 'mean', 'meant', 'more']);

/**
 * "nah not peeling, swelling": where the topic of the last question is denied and one other is set against it, the other one is meant,
 * also where it would pass for the next item of a denied list. "no peeling, no swelling" denies both.
 */
function insteadOf({ message }: MatchedMessage, { named, conversation }: AskedWith, meant: TopicNamed[]): TopicNamed[] {
  const last = new Set(conversation.lastQuestions.map((question) => question.topic));
  const denied = named.some((entry) => last.has(entry.topic) && entry.assertion === 'absent');
  if (!denied || !message.tokens.some((token) => CONTRASTING.has(token.text))) return meant;
  const others = named.filter((entry) => !last.has(entry.topic) && CONTRASTED.has(message.tokens[entry.span.start - 1]?.text ?? ''));
  return others.length === 1 && meant.every((entry) => last.has(entry.topic)) ? others : meant;
}

/** Whether a topic is something that patients feel or see. */
function isSign(parts: ReaderParts, { topic }: TopicNamed): boolean {
  const known = parts.knowledge.topics.get(topic);
  return known?.kind === 'sign' || known?.hoursRule === 'sign';
}

interface QuestionInput extends AskedWith {
  readonly meant: readonly TopicNamed[];
  readonly words: readonly string[];
}

function questionsOf(parts: ReaderParts, matched: MatchedMessage, { meant, hear, words, conversation, times }: QuestionInput): Question[] {
  const whole = words.join(' ');
  const own = clauseQuestions(parts, matched, { meant, hear, whole });
  const kind = questionKind(parts, hear, { clause: whole, whole });
  const clauses = Array.from({ length: matched.message.clauseCount }, (_, clause) => clause);
  const qualifiers = [...new Set(clauses.flatMap((clause) => findQualifiers(matched.input, matched.context, clause)))];
  const asksMoment = times.asked !== null || words.some((word) => word === 'today' || word === 'tonight' || word === 'now');
  const carried = carryQuestions({
    ...{ words, conversation, named: meant.length > 0, kind, qualifiers, asksMoment },
    isAsked: isAsked(parts, matched, hear, whole),
  });
  if (carried.length > 0) {
    const standsAlone = meant.length === 0 && words.length >= WHOLE_QUESTION_WORDS && own.length > 0;
    if (standsAlone) return own;
    const sure = meant.length > 0 ? own : own.filter((question) => question.confidence >= LEARNED.beside);
    return distinct([...sure, ...carried]);
  }
  if (own.length > 0) return own;
  const best = hear.topics(whole).labels[0];
  if (!best || best.probability < LEARNED.whole || hear.topics(whole).inScope < LEARNED.inScope) return [];
  return [{ topic: best.label, variant: null, intent: kind, qualifiers, clause: 0, source: 'learned', confidence: best.probability }];
}

/** Whether a message is put as a question: by its mark, or by a kind of question that is plainly heard. */
function isAsked({ knowledge }: ReaderParts, { message }: MatchedMessage, hear: Hearing, whole: string): boolean {
  if (message.tokens.some((token) => token.kind === 'mark' && token.text === '?')) return true;
  const top = hear.intents(whole).labels[0];
  return top !== undefined && top.probability >= ASKED && top.label !== 'report' && knowledge.intents.get(top.label)?.kind === 'question';
}

/** The questions of each clause: what it names, or else what the classifier hears in it. */
function clauseQuestions(
  parts: ReaderParts,
  matched: MatchedMessage,
  { meant, hear, whole }: { meant: readonly TopicNamed[]; hear: Hearing; whole: string },
): Question[] {
  const questions: Question[] = [];
  for (let clause = 0; clause < matched.message.clauseCount; clause++) {
    const words = clauseWords(matched, clause);
    if (words.length === 0) continue;
    const intent = questionKind(parts, hear, { clause: words.length >= 2 ? words.join(' ') : whole, whole });
    const qualifiers = findQualifiers(matched.input, matched.context, clause);
    const here = meant.filter((entry) => entry.clause === clause);
    questions.push(
      ...here.map((entry): Question => ({
        topic: entry.topic,
        variant: entry.variant,
        intent,
        qualifiers,
        clause,
        source: 'named',
        confidence: 0.95,
      })),
    );
    if (here.length > 0 || words.length < 3) continue;
    const heard = hear.topics(words.join(' '));
    const best = heard.labels[0];
    const isOwnQuestion = QUESTION_STARTS.has(words.find((word) => !JOINING.has(word)) ?? '');
    const least = meant.length > 0 && !isOwnQuestion ? LEARNED.beside : LEARNED.clause;
    if (best && best.probability >= least && heard.inScope >= LEARNED.inScope)
      questions.push({ topic: best.label, variant: null, intent, qualifiers, clause, source: 'learned', confidence: best.probability });
  }
  return distinct(questions);
}

/** Each topic once; the first question about it stays. */
function distinct(questions: readonly Question[]): Question[] {
  return questions.filter((question, at) => questions.findIndex((other) => other.topic === question.topic) === at);
}

/** The question kind of a clause: the best intent that is a question; the whole message decides where the clause says little. */
function questionKind(parts: ReaderParts, hear: Hearing, { clause, whole }: { clause: string; whole: string }): string {
  if (/^(and |so |ok |then )*(what|how) about\b/.test(clause)) return 'may_i';
  const best = (text: string): { label: string; probability: number } | undefined =>
    hear.intents(text).labels.find((entry) => parts.knowledge.intents.get(entry.label)?.kind === 'question');
  const own = best(clause);
  if (own && own.probability >= 0.3) return own.label;
  return best(whole)?.label ?? own?.label ?? 'may_i';
}
