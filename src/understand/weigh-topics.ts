import type { Topic } from '../model/knowledge';
import type { TopicNamed } from './find-topics';
import { findVariants, isSignTopic } from './find-topics';
import type { Hearing } from './hear';
import type { HeardSegment } from './list-items';
import { areListed, hearSegment, isRuledOut, isSimile } from './list-items';
import type { MatchedMessage, ReaderParts } from './match-message';
import { TOPIC_WEIGHTS } from './topic-weights';

/** A topic that a message may be about: its words name it, or the classifier hears it. */
export interface TopicCandidate {
  readonly topic: string;
  readonly variant: string | null;
  /** The clause that names it, or in which it is heard best. */
  readonly clause: number;
  readonly isNamed: boolean;
  /** Its words are denied, past or somebody else's beside a topic that is asked about ("never had a cold sore, makeup ok?"), or only compare ("red like after the beach"). */
  readonly isSetAside: boolean;
  /** Its words are only supposed: "if my eye swells", "when is swelling an emergency". */
  readonly isSupposed: boolean;
  /** The guide does not cover it: it goes to the clinic. */
  readonly isSilent: boolean;
  /** Something is said not to be it, beside another topic: "niacinamide, it isnt a retinol". */
  readonly isRuledOut: boolean;
  /** Probability (0-1) that the patient means it. */
  readonly probability: number;
}

/** What speaks for and against a candidate, each a number near 0-1 or a logarithm of a probability. */
export type TopicEvidence = Readonly<Record<EvidenceName, number>>;

type EvidenceName = keyof typeof TOPIC_WEIGHTS;

/** The names of the evidence. */
export const EVIDENCE = Object.keys(TOPIC_WEIGHTS) as EvidenceName[];

/** A candidate with its evidence, for fitting the weights. */
export interface WeighedTopic extends TopicCandidate {
  readonly evidence: TopicEvidence;
}

const LEAST_HEARD = { whole: 0.05, clause: 0.1 } as const;
const HEARD_WHOLE_LABELS = 3;
const HEARD_CLAUSE_LABELS = 2;
const FIRST_IN_CLAUSE = 0.3;
/** A clause of one word ("... powder?") is heard in a message of few clauses; a long row of words is not heard word by word. */
const LEAST_CLAUSE_WORDS = { few: 1, many: 2 } as const;
const FEW_CLAUSES = 12;
const LONGEST_LENGTH = 3;

/** The words of a clause without marks. */
export function clauseWords({ message }: MatchedMessage, clause: number): string[] {
  return message.tokens.filter((token, at) => token.kind !== 'mark' && message.clauseOf[at] === clause).map((token) => token.text);
}

/** All topics that a message may be about, the most probable first. */
export function weighTopics(parts: ReaderParts, matched: MatchedMessage, named: readonly TopicNamed[], hear: Hearing): WeighedTopic[] {
  const heard = hearTopics(matched, hear);
  const asserted = named.filter((entry) => isAsserted(entry));
  const namedTopics = new Set(asserted.map((entry) => entry.topic));
  const namedClauses = new Set(asserted.map((entry) => entry.clause));
  const candidates = new Set([
    ...named.map((entry) => entry.topic),
    ...heard.whole.labels.slice(0, HEARD_WHOLE_LABELS).flatMap((entry) => (entry.probability > LEAST_HEARD.whole ? [entry.label] : [])),
    ...heard.clauses.flatMap(({ labels }) =>
      labels.slice(0, HEARD_CLAUSE_LABELS).flatMap((entry) => (entry.probability > LEAST_HEARD.clause ? [entry.label] : [])),
    ),
  ]);
  const variants = findVariants(parts.lexicon, matched);
  const weighed = [...candidates].flatMap((topic): WeighedTopic[] => {
    const known = parts.knowledge.topics.get(topic);
    if (!known) return [];
    const mentions = named.filter((entry) => entry.topic === topic);
    const mention = mentions.find((entry) => isAsserted(entry)) ?? mentions[0];
    const whole = heard.whole.labels.findIndex((entry) => entry.label === topic);
    const wholeP = heard.whole.labels[whole]?.probability ?? 0;
    const best = heard.bestClause(topic);
    const isSign = isSignTopic(known);
    const evidence = evidenceOf({
      kind: known.kind,
      isSign,
      mention,
      isAlone: namedTopics.size === 1 && namedTopics.has(topic),
      others: [...namedTopics].filter((other) => other !== topic).length,
      isAloneInClause: mention !== undefined && !asserted.some((other) => other.topic !== topic && other.clause === mention.clause),
      isListed: mention !== undefined && asserted.some((other) => other.topic !== topic && areListed(matched, mention, other)),
      isSimile: mention !== undefined && isSimile(matched, mention, asserted),
      segment: mention && namedTopics.size > 1 ? hearSegment(matched, mention, hear) : null,
      wholeP,
      wholeInScope: heard.whole.inScope,
      isFirstInWhole: whole === 0,
      best,
      isClauseUnnamed: !namedClauses.has(best.clause),
    });
    return [
      {
        topic,
        variant: (mention ? mention.variant : variants.find((entry) => entry.topic === topic)?.variant) ?? null,
        clause: mention?.clause ?? best.clause,
        isNamed: mention !== undefined,
        isSetAside:
          (evidence.namedDeniedBesideOthers === 1 && (evidence.namedSignDenied === 1 || known.kind === 'silent')) ||
          (evidence.namedAsSimile === 1 && !isSign),
        isSupposed: mention?.assertion === 'hypothetical',
        isSilent: known.kind === 'silent',
        isRuledOut:
          mentions.length > 0 && asserted.some((other) => other.topic !== topic) && mentions.every((entry) => isRuledOut(matched, entry)),
        probability: probabilityOf(evidence),
        evidence,
      },
    ];
  });
  const isHeard = heard.whole.unknownWords < 1 && saysSomething(matched, parts.lexicon.vague);
  const counted = isHeard ? weighed : weighed.filter((entry) => entry.isNamed);
  return counted.sort((a, b) => b.probability - a.probability);
}

interface HeardBest {
  readonly clause: number;
  readonly probability: number;
  readonly inScope: number;
  readonly isFirst: boolean;
}

/** "so the thing does the stuff again": nothing in it can be heard, whatever the classifier makes of its small words. */
function saysSomething({ message }: MatchedMessage, vague: ReadonlySet<string>): boolean {
  return message.tokens.some(({ kind, text }, at) => kind === 'word' && !message.light[at] && !vague.has(text));
}

/** What the classifier makes of the whole message and of each clause. */
function hearTopics(
  matched: MatchedMessage,
  hear: Hearing,
): {
  whole: ReturnType<Hearing['topics']>;
  clauses: ReturnType<Hearing['topics']>[];
  bestClause(topic: string): HeardBest;
} {
  const whole = hear.topics(
    matched.message.tokens
      .filter((token) => token.kind !== 'mark')
      .map((token) => token.text)
      .join(' '),
  );
  const least = matched.message.clauseCount <= FEW_CLAUSES ? LEAST_CLAUSE_WORDS.few : LEAST_CLAUSE_WORDS.many;
  const heard = Array.from({ length: matched.message.clauseCount }, (_, clause) => ({ clause, words: clauseWords(matched, clause) }))
    .filter(({ words }) => words.length >= least)
    .map(({ clause, words }) => ({ clause, found: hear.topics(words.join(' ')) }));
  return {
    whole,
    clauses: heard.map(({ found }) => found),
    bestClause(topic) {
      let best: HeardBest = { clause: 0, probability: 0, inScope: whole.inScope, isFirst: false };
      for (const { clause, found } of heard) {
        const at = found.labels.findIndex((entry) => entry.label === topic);
        const probability = found.labels[at]?.probability ?? 0;
        if (probability > best.probability)
          best = { clause, probability, inScope: found.inScope, isFirst: at === 0 && probability >= FIRST_IN_CLAUSE };
      }
      return best;
    },
  };
}

interface Facts {
  readonly kind: Topic['kind'];
  readonly isSign: boolean;
  readonly mention: TopicNamed | undefined;
  readonly isAlone: boolean;
  readonly others: number;
  readonly isAloneInClause: boolean;
  readonly isListed: boolean;
  readonly isSimile: boolean;
  /** What the classifier makes of the item of a list that holds the mention; null when nothing else is named. */
  readonly segment: HeardSegment | null;
  readonly wholeP: number;
  readonly wholeInScope: number;
  readonly isFirstInWhole: boolean;
  readonly best: HeardBest;
  readonly isClauseUnnamed: boolean;
}

function evidenceOf(facts: Facts): TopicEvidence {
  const { mention, kind, best } = facts;
  const named = mention ? 1 : 0;
  const heard = 1 - named;
  const is = (claim: boolean): number => (claim ? 1 : 0);
  const denied = mention !== undefined && !isAsserted(mention);
  return {
    bias: 1,
    named,
    namedLength: mention ? Math.min(LONGEST_LENGTH, mention.span.end - mention.span.start) : 0,
    namedDenied: is(denied),
    namedSignDenied: is(denied && facts.isSign),
    namedDeniedBesideOthers: is(denied && facts.others > 0),
    namedSilent: named * is(kind === 'silent'),
    namedInfo: named * is(kind === 'info'),
    namedSign: named * is(kind === 'sign'),
    namedAlone: named * is(facts.isAlone),
    namedAmongOthers: named * is(facts.others > 0),
    namedAloneInClause: named * is(facts.others > 0 && facts.isAloneInClause),
    namedInList: named * is(facts.isListed),
    namedAsSimile: named * is(facts.isSimile),
    namedHeardWhole: named * logOf(facts.wholeP),
    namedHeardClause: named * logOf(Math.max(best.probability, facts.segment?.probability ?? 0)),
    namedHeardSegment: facts.segment ? logOf(facts.segment.probability) : 0,
    namedFirstInSegment: is(facts.segment?.isFirst ?? false),
    namedInScope: named * facts.wholeInScope,
    heardWhole: heard * logOf(facts.wholeP),
    heardClause: heard * logOf(best.probability),
    heardInScope: heard * facts.wholeInScope,
    heardClauseInScope: heard * best.inScope,
    heardSilent: heard * is(kind === 'silent'),
    heardInfo: heard * is(kind === 'info'),
    heardBesideNamed: heard * is(facts.others > 0),
    heardInClauseOfItsOwn: heard * is(facts.others > 0 && best.isFirst && facts.isClauseUnnamed),
    firstInWhole: is(facts.isFirstInWhole),
    firstInClause: is(best.isFirst),
  };
}

/** Logarithm of a probability, with a floor so that "not heard" is a finite amount. */
function logOf(probability: number): number {
  return Math.log(Math.max(probability, 1e-3));
}

function probabilityOf(evidence: TopicEvidence): number {
  let sum = 0;
  for (const name of EVIDENCE) sum += evidence[name] * TOPIC_WEIGHTS[name];
  return 1 / (1 + Math.exp(-sum));
}

function isAsserted({ assertion }: TopicNamed): boolean {
  return assertion === 'present' || assertion === 'hypothetical';
}
