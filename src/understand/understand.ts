import type { Knowledge } from '../model/knowledge';
import type { BuiltInSign, ConversationContext, DangerGuess, Question, SignSeen, TimesSaid, Understanding } from '../model/understanding';
import type { AssertionKind } from '../model/words';
import { settleAssertion } from '../model/words';
import type { Lexicon } from './build-lexicon';
import { buildLexicon } from './build-lexicon';
import { classify } from './classifier/classify';
import type { Span } from './cues';
import { findCues } from './cues';
import { findForeign } from './find-foreign';
import type { Hearing } from './hear';
import { makeHearing } from './hear';
import { findQuestions } from './find-questions';
import type { TextPlace } from './judge-signs';
import { judgeSigns, spanAt } from './judge-signs';
import type { MatchedMessage, ReaderParts } from './match-message';
import { matchMessage } from './match-message';
import { findQualifiers, findTopics } from './find-topics';
import type { Measures } from './read-measures';
import { readMeasures } from './read-measures';
import { readTimes } from './read-times';
import type { Models } from './train-models';

/** Reads patients' messages. */
export interface Reader {
  understand(text: string, context: ConversationContext): Understanding;
  /** How a text holds what its words name at a place; the same judgement that danger signs get. */
  kindAt(text: string, place: TextPlace): AssertionKind;
  readonly lexicon: Lexicon;
}

/** Makes a reader from a knowledge base and the models trained from it. */
export function makeReader(knowledge: Knowledge, models: Models, lexicon: Lexicon = buildLexicon(knowledge)): Reader {
  return {
    lexicon,
    understand: (text, context) => understand({ knowledge, models, lexicon }, text, context),
    kindAt: (text, place) => judgeSigns(matchMessage(lexicon, text), makeHearing(models))([spanAt(lexicon.reader, text, place)]).kind,
  };
}

function understand(parts: ReaderParts, text: string, conversation: ConversationContext): Understanding {
  const matched = matchMessage(parts.lexicon, text);
  const { message, input, context } = matched;
  const measures = readMeasures(message.tokens, (at) => ['present', 'absent'].includes(context.assertionOf([{ start: at, end: at + 1 }])));
  const hear = makeHearing(parts.models);
  const signs = findSigns(parts, matched, hear);
  const modifiers = new Set(
    findCues(parts.lexicon.modifiers, input)
      .filter((hit) => context.assertionOf(hit.spans) === 'present')
      .map((hit) => hit.owner),
  );
  const times = readTimes(text, {
    now: conversation.now,
    zone: conversation.zone,
    treatedAt: conversation.treatedAt,
    awaitsTime: conversation.awaiting === 'treatment_time',
  });
  const asked = findQuestions(parts, matched, { named: findTopics(parts.lexicon, input, context), conversation, times, hear });
  return {
    isEmpty: !message.tokens.some((token) => token.kind !== 'mark'),
    answer: answerOf(message.tokens.slice(0, ANSWER_WORDS).map((token) => token.text)),
    wordCount: message.tokens.filter((token) => token.kind === 'word').length,
    signs,
    builtIn: builtInSigns(measures, modifiers, matched),
    measuredNormal: measures.temperatureC !== null && measures.temperatureC < 38 && measures.temperatureC >= 36,
    isPainLow: measures.pain !== null && measures.pain <= 4,
    danger: guessDanger(parts.models, matched, signs),
    questions: asked.questions.length > 0 || asked.act ? asked.questions : lessonsOf(parts.knowledge, signs),
    act: asked.act,
    intent: asked.intent,
    inScope: asked.inScope,
    guesses: asked.guesses,
    times: times satisfies TimesSaid,
    foreign: findForeign(parts.knowledge.language, message),
    ageYears: measures.ageYears,
    modifiers: [...modifiers],
  };
}

const ANSWER_WORDS = 4;
const NOT_YET = new Set(['no', 'hasnt', 'isnt', 'not', 'still', 'didnt', 'havent', 'doesnt']);

function answerOf(first: readonly string[]): 'yes' | 'no' | null {
  if (first[0] === 'yes' || first[0] === 'definitely' || (first[0] === 'i' && (first[1] === 'do' || first[1] === 'am'))) return 'yes';
  return first.some((word) => NOT_YET.has(word)) ? 'no' : null;
}

/** "what counts as a fever": signs that are only supposed are questions about the topic that most of them are near to. */
function lessonsOf(knowledge: Knowledge, signs: readonly SignSeen[]): Question[] {
  const counts = new Map<string, number>();
  for (const sign of signs) {
    if (sign.assertion !== 'hypothetical') continue;
    for (const topic of knowledge.flags.get(sign.flag)?.topics.slice(0, 1) ?? []) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  }
  const [topic] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return topic === undefined
    ? []
    : [{ topic, variant: null, intent: 'risk', qualifiers: [], clause: 0, source: 'learned', confidence: 0.5 }];
}

function findSigns(parts: ReaderParts, matched: MatchedMessage, hear: Hearing): SignSeen[] {
  const hits = findCues(parts.lexicon.signs, matched.input);
  if (hits.length === 0) return [];
  const judge = judgeSigns(matched, hear);
  const seen = new Map<string, SignSeen>();
  for (const hit of hits) {
    const [flag = '', sign = ''] = hit.owner.split('/');
    const { kind, clause, intent } = judge(hit.spans);
    const key = `${hit.owner}@${clause}`;
    if (seen.get(key)?.assertion !== 'present') seen.set(key, { flag, sign, assertion: settleAssertion(kind), clause, intent });
  }
  return [...seen.values()];
}

function builtInSigns(measures: Measures, modifiers: ReadonlySet<string>, { message, input, context }: MatchedMessage): BuiltInSign[] {
  const signs: BuiltInSign[] = [];
  const { temperatureC, pain, ageYears } = measures;
  if (temperatureC !== null && temperatureC >= 37.99) signs.push('@fever');
  if (temperatureC !== null && temperatureC >= 39.39) signs.push('@high_fever');
  if (temperatureC !== null && temperatureC < 36) signs.push('@low_temperature');
  if (pain !== null && pain >= 7) signs.push('@pain_7');
  const clauses = Array.from({ length: message.clauseCount }, (_, clause) => clause);
  if (clauses.some((clause) => findQualifiers(input, context, clause).includes('worse'))) signs.push('@worse');
  if (modifiers.has('M05') || (ageYears !== null && (ageYears >= 65 || ageYears < 18))) signs.push('@high_risk');
  return signs;
}

/** The statistical detector reads the message without the words that are denied, supposed, past or about others. */
function guessDanger(models: Models, { message, context }: MatchedMessage, signs: readonly SignSeen[]): DangerGuess {
  const kept = message.tokens.filter(
    (token, at) => token.kind !== 'mark' && context.assertionOf([{ start: at, end: at + 1 } satisfies Span]) === 'present',
  );
  if (kept.length === 0) return { emergency: 0, urgent: 0 };
  const { labels } = classify(models.danger, kept.map((token) => token.text).join(' '), 3);
  const of = (label: string): number => labels.find((entry) => entry.label === label)?.probability ?? 0;
  const denied = signs.length > 0 && signs.every((sign) => sign.assertion !== 'present');
  return denied ? { emergency: of('emergency') / 2, urgent: of('urgent') / 2 } : { emergency: of('emergency'), urgent: of('urgent') };
}
