import type { Knowledge } from '../model/knowledge';
import type { BuiltInSign, ConversationContext, Question, SignSeen, TimesSaid, Understanding } from '../model/understanding';
import { ASKING_KINDS } from '../model/understanding';
import type { AssertionKind } from '../model/words';
import { settleAssertion } from '../model/words';
import type { Lexicon } from './build-lexicon';
import { buildLexicon } from './build-lexicon';
import type { CueHit, Span } from './cues';
import { findClasses, findCues, findGuessedCues } from './find-cues';
import { makeRecall } from './danger-memory';
import { findForeign } from './find-foreign';
import { dangerTexts, heardStems, listenForDanger } from './guess-danger';
import type { Hearing } from './hear';
import { makeHearing } from './hear';
import { findQuestions } from './find-questions';
import type { SignJudgement, TextPlace } from './judge-signs';
import { isLostAbility, judgeSigns, spanAt } from './judge-signs';
import type { MatchedMessage, ReaderParts } from './match-message';
import { matchMessage } from './match-message';
import { findQualifiers, findTopics } from './find-topics';
import type { Measures } from './read-measures';
import { readMeasures } from './read-measures';
import { readTimes } from './read-times';
import type { Models } from './models';
import type { WeighedTopic } from './weigh-topics';
import { weighTopics } from './weigh-topics';

/** Reads patients' messages. */
export interface Reader {
  understand(text: string, context: ConversationContext): Understanding;
  /** The topics that a message may be about with the evidence for each, for fitting its weights. */
  weigh(text: string): readonly WeighedTopic[];
  /** How a text holds what its words name at a place; the same judgement that danger signs get. */
  kindAt(text: string, place: TextPlace): AssertionKind;
  readonly lexicon: Lexicon;
}

/** Makes a reader from a knowledge base and the models trained from it. */
export function makeReader(knowledge: Knowledge, models: Models, lexicon: Lexicon = buildLexicon(knowledge)): Reader {
  const parts: ReaderParts = { knowledge, models, lexicon, recall: makeRecall(models.memory) };
  return {
    lexicon,
    understand: (text, context) => understand(parts, text, context),
    weigh(text) {
      const matched = matchMessage(lexicon, text);
      return weighTopics(parts, matched, findTopics(lexicon, matched), makeHearing(models));
    },
    kindAt(text, place) {
      const matched = matchMessage(lexicon, text);
      const span = spanAt(lexicon.reader, text, place);
      return isLostAbility(matched, span) ? 'absent' : judgeSigns(matched, makeHearing(models))([span]).kind;
    },
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
    correctsAsked: conversation.correctsAsked ?? false,
  });
  const asked = findQuestions(parts, matched, { named: findTopics(parts.lexicon, matched), conversation, times, hear });
  return {
    isEmpty: !message.tokens.some((token) => token.kind !== 'mark'),
    answer: answerOf(message.tokens.slice(0, ANSWER_WORDS).map((token) => token.text)),
    wordCount: message.tokens.filter((token) => token.kind === 'word').length,
    signs,
    builtIn: builtInSigns(measures, modifiers, matched),
    measuredNormal: measures.temperatureC !== null && measures.temperatureC < 38 && measures.temperatureC >= 36,
    isPainLow: measures.pain !== null && measures.pain <= 4,
    danger: {
      ...listenForDanger(parts.models.danger, dangerTexts(matched), askedClauses(parts.knowledge, asked.questions)),
      remembered: parts.recall(heardStems(matched)),
    },
    questions: asked.questions.length > 0 || asked.act ? asked.questions : lessonsOf(parts.knowledge, signs),
    act: asked.act,
    intent: asked.intent,
    cued: [...new Set(findCues(parts.lexicon.acts, input).map((hit) => hit.owner))],
    namesTreatment: findCues(parts.lexicon.treatments, input).length > 0,
    inScope: asked.inScope,
    guesses: asked.guesses,
    times: times satisfies TimesSaid,
    foreign: findForeign(parts.lexicon.foreign, message, isDeniedIn(matched)),
    ageYears: measures.ageYears,
    modifiers: [...modifiers],
  };
}

/** Whether a clause only asks about a topic that is no sign: "can i go for a run", not "why is my lip so big". */
function askedClauses(knowledge: Knowledge, questions: readonly Question[]): (clause: number) => boolean {
  const asks = (question: Question): boolean =>
    ASKING_KINDS.has(question.intent) && question.source !== 'carried' && knowledge.topics.get(question.topic)?.kind !== 'sign';
  const [asking, telling] = [questions.filter(asks), questions.filter((question) => !asks(question))].map(
    (some) => new Set(some.map((question) => question.clause)),
  );
  return (clause) => asking!.has(clause) && !telling!.has(clause);
}

const ANSWER_WORDS = 4;
const NOT_YET = new Set(['no', 'hasnt', 'isnt', 'not', 'still', 'didnt', 'havent', 'doesnt']);

function answerOf(first: readonly string[]): 'yes' | 'no' | null {
  if (first[0] === 'yes' || first[0] === 'definitely' || (first[0] === 'i' && (first[1] === 'do' || first[1] === 'am'))) return 'yes';
  return first.some((word) => NOT_YET.has(word)) ? 'no' : null;
}

/**
 * "what counts as a fever": signs that are only supposed are questions about the topic that most of them are near to. One of them has
 * to be what a rule of a danger asks for: the words that tell a rule what kind of sentence it is ("is that ...?") stand in small talk too.
 */
function lessonsOf(knowledge: Knowledge, signs: readonly SignSeen[]): Question[] {
  const supposed = signs.flatMap((sign) => {
    const flag = knowledge.flags.get(sign.flag);
    return sign.assertion === 'hypothetical' && flag ? [{ flag, sign: sign.sign }] : [];
  });
  if (!supposed.some(({ flag, sign }) => flag.verdict === 'watch' && flag.rules.some((rule) => rule.all.includes(sign)))) return [];
  const counts = new Map<string, number>();
  for (const { flag } of supposed) for (const topic of flag.topics.slice(0, 1)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const [topic] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return topic === undefined
    ? []
    : [{ topic, variant: null, intent: 'risk', qualifiers: [], clause: 0, source: 'learned', confidence: 0.5 }];
}

function findSigns(parts: ReaderParts, matched: MatchedMessage, hear: Hearing): SignSeen[] {
  const hits = findSignCues(parts, matched);
  if (hits.length === 0) return [];
  const judge = judgeSigns(matched, hear);
  const seen: SignSeen[] = [];
  const places = new Map<string, number[]>();
  const judged = new Map<readonly Span[], SignJudgement>();
  for (const { owner, spans } of hits) {
    // all cues that are one word share its spans
    let judgement = judged.get(spans);
    if (!judgement) judged.set(spans, (judgement = judge(spans)));
    const { clause, intent } = judgement;
    const isGuess = judgement.isGuess || isByTypo(matched.message, spans);
    const assertion = settleAssertion(judgement.kind);
    const known = places.get(owner)?.find((place) => seen[place]!.clause === clause);
    if (known !== undefined && seen[known]!.assertion === 'present' && (assertion !== 'present' || isGuess || !seen[known]!.isGuess))
      continue;
    const slash = owner.indexOf('/');
    const sign = {
      flag: owner.slice(0, slash),
      sign: owner.slice(slash + 1),
      assertion,
      isGuess,
      clause,
      intent,
    };
    if (known === undefined) places.set(owner, [...(places.get(owner) ?? []), seen.push(sign) - 1]);
    else seen[known] = sign;
  }
  return seen;
}

/** Whether a sign rests on a mistyped word that may have meant another: "what dod you put on me" names no dog for sure. */
function isByTypo({ tokens }: MatchedMessage['message'], spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => tokens.slice(start, end).some((token) => token.orMeant));
}

/** Whether a phrase's last word stands in a message, and nowhere as something that is there ("no tengo fiebre"). */
function isDeniedIn({ message, context }: MatchedMessage): (phrase: string) => boolean {
  return (phrase) => {
    const word = phrase.slice(phrase.lastIndexOf(' ') + 1);
    const places = message.tokens.flatMap(({ text }, at) => (text === word ? [at] : []));
    return places.length > 0 && places.every((at) => context.assertionOf([{ start: at, end: at + 1 }]) === 'absent');
  };
}

/** More unknown words than this are no typos but another language or noise. */
const MOST_TYPOS = 20;

/** The cues of signs, and those that stand there if mistyped words are taken for whatever they may have meant beside words that are sure. */
function findSignCues({ lexicon }: ReaderParts, { message, input }: MatchedMessage): CueHit[] {
  const spoken = { ...input, idle: withPauses(message) };
  const hits = findCues(lexicon.signs, spoken);
  const typos = message.tokens.filter((token) => token.orMeant).length;
  if (typos === 0 || typos > MOST_TYPOS) return hits;
  const guessing = { ...spoken, isGuessing: true };
  const isSure = ({ start, end }: Span): boolean => message.tokens.slice(start, end).some((token) => !token.orMeant);
  const classSpans = findClasses(lexicon.classes, guessing);
  const guessed = findGuessedCues(lexicon.signs, { ...guessing, classSpans }, input.classSpans);
  return [...hits, ...guessed.filter(({ spans }) => spans.some(isSure))];
}

const PAUSES = new Set([',', '-']);

/** Said while one looks for words, also in the middle of a sign: "the skin um slid off". */
const HESITATIONS = new Set(['um', 'uh', 'uhm', 'er', 'erm', 'actually', 'well']);

/** A comma, a dash, dots or a hesitation do not cut a sign in two: "wont, stop bleeding", "my lip is... buzzing". */
function withPauses({ tokens, idle }: MatchedMessage['message']): boolean[] {
  const isDot = (at: number): boolean => tokens[at]?.text === '.';
  return idle.map(
    (is, at) => is || PAUSES.has(tokens[at]!.text) || HESITATIONS.has(tokens[at]!.text) || (isDot(at) && (isDot(at - 1) || isDot(at + 1))),
  );
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
