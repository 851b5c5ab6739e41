import type { MatchedMessage, ReaderParts } from './match-message';
import type { ConversationContext } from '../model/understanding';
import type { TopicNamed } from './find-topics';
import { isSignTopic } from './find-topics';
import type { TopicCandidate } from './weigh-topics';
import { isClauseAsked } from './question-kind';

/**
 * Probabilities from which a topic counts as meant. One that the words name counts early: an answer too many costs a patient less than a
 * question left open. One that is only heard has to be likelier: asking back is better than an answer out of the blue. So has a sign, or what
 * the guide is silent on, that is denied beside a question: of 59 such in labelled messages 6 were meant.
 */
const MEANT = { named: 0.2, heard: 0.35, setAside: 0.6 } as const;
/**
 * Beside a surer topic that the guide speaks of, a weakly named one on which it is silent is a word in passing ("sit on the porch with the
 * dog"), and would send an answered question to the clinic. Told and not asked it must be surer, most of all beside a sign ("the pillow hurts
 * my cheek"): under these bounds 10 of 51 such in labelled messages were meant.
 */
const SILENT_BESIDE_SURER = { asked: 0.4, told: 0.6, toldBesideSign: 0.8 } as const;

/** The topics that a message is about. */
export function meantOf({ knowledge }: ReaderParts, matched: MatchedMessage, weighed: readonly TopicCandidate[]): TopicCandidate[] {
  const meant = weighed.filter(isMeant);
  const spoken = meant.filter((entry) => !entry.isSilent);
  const surest = spoken.reduce<TopicCandidate | null>(
    (best, entry) => (best && best.probability >= entry.probability ? best : entry),
    null,
  );
  if (!surest) return meant;
  const isBesideSign = isSignTopic(knowledge.topics.get(surest.topic));
  const least = (entry: TopicCandidate): number =>
    isClauseAsked(matched, entry.clause) || (entry.clause === surest.clause && !isBesideSign)
      ? SILENT_BESIDE_SURER.asked
      : isBesideSign
        ? SILENT_BESIDE_SURER.toldBesideSign
        : SILENT_BESIDE_SURER.told;
  return meant.filter((entry) => !entry.isSilent || entry.probability >= Math.min(surest.probability, least(entry)));
}

function isMeant({ isNamed, isSetAside, isRuledOut, probability }: TopicCandidate): boolean {
  return !isRuledOut && probability >= (isSetAside ? MEANT.setAside : isNamed ? MEANT.named : MEANT.heard);
}

/** How sure it is that what is set against a denied topic is meant. */
const MEANT_INSTEAD = 0.9;
const CONTRASTING = new Set(['not', 'isnt', 'wasnt', 'aint', 'instead']);
const CONTRASTED = new Set([',', '.', 'its', 'just', 'but', 'rather', 'mean', 'meant', 'more']);

/**
 * "nah not peeling, swelling": where the topic of the last question is denied and one other is set against it, the other one is meant,
 * also where it would pass for the next item of a denied list. "no peeling, no swelling" denies both.
 */
export function insteadOf(
  { message }: MatchedMessage,
  { named, conversation }: { readonly named: readonly TopicNamed[]; readonly conversation: ConversationContext },
  weighed: readonly TopicCandidate[],
): readonly TopicCandidate[] {
  const last = new Set(conversation.lastQuestions.map((question) => question.topic));
  const denied = named.some((entry) => last.has(entry.topic) && entry.assertion === 'absent');
  if (!denied || !message.tokens.some((token) => CONTRASTING.has(token.text))) return weighed;
  const others = named.filter((entry) => !last.has(entry.topic) && CONTRASTED.has(message.tokens[entry.span.start - 1]?.text ?? ''));
  const isPlain = weighed.every((entry) => !entry.isNamed || !isMeant(entry) || last.has(entry.topic) || entry.topic === others[0]?.topic);
  return others.length === 1 && isPlain
    ? weighed.flatMap((entry) => (entry.topic === others[0]?.topic ? [{ ...entry, probability: MEANT_INSTEAD }] : []))
    : weighed;
}
