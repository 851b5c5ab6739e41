import type { ConversationContext } from '../model/understanding';
import type { Classification } from './classifier/classify';
import type { ReaderParts } from './match-message';

/** A small-talk or steering intent that a whole message carries. */
export type Act = { readonly id: string; readonly confidence: number } | null;

/** What else decides whether a message is small talk. */
export interface ActInput {
  /** Which topics the classifier hears in the message. */
  readonly heard: Classification;
  /** Topics that the words name. */
  readonly named: readonly string[];
  readonly awaiting: ConversationContext['awaiting'];
  readonly saysTime: boolean;
  readonly wordCount: number;
  /** It has a question mark. */
  readonly isMarked: boolean;
  /** There is an answer before, and the message points back at it ("it", "that one", "even", "but"). */
  readonly pointsBack: boolean;
}

/** Probabilities from which an act counts, measured on test/questions: right 19 times in 20 from 0.45 on where no topic is heard. */
const ACT = {
  alone: 0.45,
  /** After an answer a short message that points back at it ("its not that strong") rather goes on with it than being small talk. */
  pointingBack: 0.6,
  /** Attempts to steer the bot, whatever else the message names. */
  overTopics: 0.6,
  /** What is surely not ours ("do you like pizza") stays so beside a word that names a topic which the classifier does not hear. */
  offTopic: 0.9,
  offTopicSure: 0.98,
  unheard: 0.3,
  unheardInScope: 0.5,
  /** "ok lukewarm then?" is rather a question. */
  nodAsked: 0.9,
  /** A topic heard this clearly is what the message is about, unless the act is about as clear. */
  topicHeard: 0.85,
  topicInScope: 0.7,
  besideTopic: 0.8,
  /** Of two weak readings the one that answers nothing is the better: a random topic helps nobody. */
  offTopicAlone: 0.3,
} as const;
const NODS = new Set(['acknowledge', 'yes', 'no']);
const ANSWER_WORDS = 12;

/** Small talk and steering: only when the message names no topic, or tries to steer the bot, or is surely not ours. */
export function findAct({ knowledge }: ReaderParts, top: { label: string; probability: number }, about: ActInput): Act {
  const { named } = about;
  if (about.awaiting === 'treatment_time' && about.saysTime && named.length === 0 && about.wordCount <= ANSWER_WORDS)
    return { id: 'treatment_time', confidence: 0.9 };
  const act = { id: top.label, confidence: top.probability };
  if (top.label === 'injection' && top.probability >= ACT.overTopics) return act;
  const isOff =
    top.label === 'out_of_scope' &&
    top.probability >= ACT.offTopic &&
    (top.probability >= ACT.offTopicSure ||
      about.heard.inScope < ACT.unheardInScope ||
      named.every((topic) => hearing(about, topic) < ACT.unheard));
  if (knowledge.intents.get(top.label)?.kind !== 'act' || (named.length > 0 && !isOff)) return null;
  if (top.label === 'treatment_time' && !about.saysTime) return null;
  return top.probability >= leastFor(top.label, about) ? act : null;
}

/** How sure an act has to be beside what else the message is. */
function leastFor(label: string, { isMarked, pointsBack, heard }: ActInput): number {
  const best = heard.labels[0]?.probability ?? 0;
  if (isMarked && NODS.has(label)) return ACT.nodAsked;
  if (best >= ACT.topicHeard && heard.inScope >= ACT.topicInScope) return ACT.besideTopic;
  return label === 'out_of_scope' && best < ACT.besideTopic ? ACT.offTopicAlone : pointsBack ? ACT.pointingBack : ACT.alone;
}

function hearing({ heard }: ActInput, topic: string): number {
  return heard.labels.find((entry) => entry.label === topic)?.probability ?? 0;
}
