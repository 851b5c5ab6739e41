import type { ConversationContext, Question, TimesSaid } from '../model/understanding';
import type { Classification } from './classifier/classify';
import { classify } from './classifier/classify';
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
}

/** Probabilities from which a learned topic counts: in a clause beside others, and as the only reading of a whole message. */
const LEARNED = { clause: 0.55, whole: 0.34, beside: 0.8, inScope: 0.35 } as const;
/**
 * A topic named beside others may only be the setting ("before bed", "a beach trip"): it counts when the classifier hears it at
 * least this much in its clause or in the message. What is named alone always counts.
 */
const HEARD_BESIDE = { silent: 0.05, info: 0.05, sign: 0.012, permission: 0.012, care: 0.012 } as const;
const ACT = { alone: 0.45 } as const;
const FOLLOW_UP_WORDS = 12;
const CARRY_STARTS = new Set('with even then but so if like only just for same unless without'.split(' '));
const REPLACE_STARTS = new Set('and or what how also'.split(' '));
const POINTING = new Set('it that one ones this them those these they same'.split(' '));

/** Finds the questions of a message: topics that are named, topics the classifier hears, and what the conversation was about. */
export function findQuestions(parts: ReaderParts, matched: MatchedMessage, asked: AskedWith): Asked {
  const { message, input, context } = matched;
  const words = message.tokens.filter((token) => token.kind !== 'mark').map((token) => token.text);
  const whole = words.join(' ');
  const hear = makeHearing(parts);
  const heard = hear(whole);
  const intents = classify(parts.models.intents, whole, 5);
  const top = intents.labels[0] ?? { label: 'out_of_scope', probability: 0 };
  const intent = { id: top.label, confidence: top.probability };
  const guesses = heard.labels.slice(0, 3).map((entry) => ({ topic: entry.label, probability: entry.probability }));
  const questions: Question[] = [];
  const add = (question: Question): void => {
    if (!questions.some((known) => known.topic === question.topic)) questions.push(question);
  };
  const clauseText = (clause: number): string[] => message.tokens.filter((token, at) => token.kind !== 'mark' && message.clauseOf[at] === clause).map((token) => token.text);
  const meant = asked.named.filter((entry) => counts(parts, entry));
  const isAlone = new Set(meant.map((entry) => entry.topic)).size <= 1;
  const heardIn = (text: string, topic: string): number => hear(text).labels.find((label) => label.label === topic)?.probability ?? 0;
  const present = meant.filter((entry) => {
    const least = HEARD_BESIDE[parts.knowledge.topics.get(entry.topic)?.kind ?? 'info'];
    return isAlone || heardIn(whole, entry.topic) >= least || heardIn(clauseText(entry.clause).join(' '), entry.topic) >= least;
  });
  for (let clause = 0; clause < message.clauseCount; clause++) {
    const text = clauseText(clause);
    if (text.length === 0) continue;
    const kind = questionKind(parts, text.length >= 2 ? text.join(' ') : whole, whole);
    const qualifiers = findQualifiers(input, context, clause);
    const here = present.filter((entry) => entry.clause === clause);
    for (const entry of here) add({ topic: entry.topic, variant: entry.variant, intent: kind, qualifiers, clause, source: 'named', confidence: 0.95 });
    if (here.length > 0 || text.length < 3) continue;
    const guess = hear(text.join(' '));
    const best = guess.labels[0];
    if (best && best.probability >= (present.length > 0 ? LEARNED.beside : LEARNED.clause) && guess.inScope >= LEARNED.inScope)
      add({ topic: best.label, variant: null, intent: kind, qualifiers, clause, source: 'learned', confidence: best.probability });
  }
  const kind = questionKind(parts, whole, whole);
  const all = Array.from({ length: message.clauseCount }, (_, clause) => findQualifiers(input, context, clause)).flat();
  const carried = carry(parts, { words, conversation: asked.conversation, named: present.length > 0, kind, qualifiers: [...new Set(all)] });
  const act = actOf(parts, top, { hasTopics: present.length > 0, awaiting: asked.conversation.awaiting, saysTime: asked.times.treatment !== null, wordCount: words.length });
  if (carried.length > 0 && !act) {
    if (present.length === 0) questions.splice(0, questions.length, ...questions.filter((question) => question.confidence >= LEARNED.beside));
    for (const question of carried) add(question);
  }
  if (questions.length === 0 && !act) {
    const best = heard.labels[0];
    if (best && best.probability >= LEARNED.whole && heard.inScope >= LEARNED.inScope)
      add({ topic: best.label, variant: null, intent: kind, qualifiers: [...new Set(all)], clause: 0, source: 'learned', confidence: best.probability });
  }
  return { questions, act, intent, inScope: heard.inScope, guesses };
}

/** Classifies each text of one message once, over all topics. */
function makeHearing({ models, knowledge }: ReaderParts): (text: string) => Classification {
  const known = new Map<string, Classification>();
  return (text) => {
    const found = known.get(text) ?? classify(models.topics, text, knowledge.topics.size);
    known.set(text, found);
    return found;
  };
}

/** Whether a named topic is really meant: signs that are denied, supposed or somebody's past are not. */
function counts(parts: ReaderParts, entry: TopicNamed): boolean {
  const topic = parts.knowledge.topics.get(entry.topic);
  if (!topic) return false;
  if (entry.assertion === 'present') return true;
  if (topic.kind === 'sign') return false;
  if (topic.kind === 'info' || topic.kind === 'silent') return entry.assertion === 'hypothetical' || entry.assertion === 'absent';
  return true;
}

/** The question kind of a clause: the best intent that is a question; the whole message decides where the clause says little. */
function questionKind(parts: ReaderParts, clause: string, whole: string): string {
  const isQuestion = (id: string): boolean => parts.knowledge.intents.get(id)?.kind === 'question';
  const best = (text: string): { label: string; probability: number } | undefined => classify(parts.models.intents, text, 8).labels.find((entry) => isQuestion(entry.label));
  const own = best(clause);
  if (own && own.probability >= 0.3) return own.label;
  return best(whole)?.label ?? own?.label ?? 'may_i';
}

interface CarryInput {
  readonly words: readonly string[];
  readonly conversation: ConversationContext;
  readonly named: boolean;
  readonly kind: string;
  readonly qualifiers: Question['qualifiers'];
}

/** What "and tomorrow?", "even a gentle one?", "why?" are about: the last questions of the conversation. */
function carry(_parts: ReaderParts, { words, conversation, named, kind, qualifiers }: CarryInput): Question[] {
  const last = conversation.lastQuestions;
  if (last.length === 0 || words.length === 0 || words.length > FOLLOW_UP_WORDS) return [];
  const first = words[0] ?? '';
  const points = words.some((word) => POINTING.has(word));
  if (named && !(CARRY_STARTS.has(first) && !REPLACE_STARTS.has(first))) return [];
  const keepsKind = words.length <= 3 || points || CARRY_STARTS.has(first) || REPLACE_STARTS.has(first);
  const specific = ['why', 'how_long', 'when', 'how', 'how_many', 'effect', 'risk', 'what', 'is_normal'].includes(kind);
  return last.map((question) => ({
    ...question,
    intent: specific && !(keepsKind && kind === 'is_normal' && question.intent !== 'report') ? kind : question.intent,
    qualifiers,
    clause: 0,
    source: 'carried' as const,
    confidence: 0.7,
  }));
}

/** Small talk and steering: only when the message names no topic, or is clearly addressed at the bot itself. */
function actOf(
  parts: ReaderParts,
  top: { label: string; probability: number },
  about: { hasTopics: boolean; awaiting: ConversationContext['awaiting']; saysTime: boolean; wordCount: number },
): Asked['act'] {
  if (about.awaiting === 'treatment_time' && about.saysTime && !about.hasTopics && about.wordCount <= FOLLOW_UP_WORDS) return { id: 'treatment_time', confidence: 0.9 };
  if (parts.knowledge.intents.get(top.label)?.kind !== 'act' || about.hasTopics) return null;
  if (top.label === 'treatment_time' && !about.saysTime) return null;
  return top.probability >= ACT.alone ? { id: top.label, confidence: top.probability } : null;
}
