import type { Hearing } from './hear';
import type { TopicNamed } from './find-topics';
import type { MatchedMessage, ReaderParts } from './match-message';

/**
 * A topic named beside others may only be the setting ("before bed", "a beach trip"): it counts when the classifier hears it at
 * least this much in its clause or in the message. What is named alone always counts.
 */
const HEARD_BESIDE = { silent: 0.12, info: 0.05, sign: 0.012, permission: 0.012, care: 0.012 } as const;
/** Words that may stand between the items of a list of wishes: "go to the gym, put on makeup and use retinol". */
const LIST_WORDS = new Set(
  'and or , - plus nor a the my some with then put use go do wear on to take drink eat have get about also'.split(' '),
);
const LONGEST_JOIN = 5;
const JOINERS = new Set(['and', 'or', ',', 'plus', 'nor']);

/** The words of a clause without marks. */
export function clauseWords({ message }: MatchedMessage, clause: number): string[] {
  return message.tokens.filter((token, at) => token.kind !== 'mark' && message.clauseOf[at] === clause).map((token) => token.text);
}

/** The named topics that the message is really about. */
export function findMeantTopics(parts: ReaderParts, matched: MatchedMessage, named: readonly TopicNamed[], hear: Hearing): TopicNamed[] {
  const meant = named.filter((entry) => isAsserted(parts, entry));
  if (new Set(meant.map((entry) => entry.topic)).size <= 1) return meant;
  const whole = matched.message.tokens
    .filter((token) => token.kind !== 'mark')
    .map((token) => token.text)
    .join(' ');
  const heardIn = (text: string, topic: string): number =>
    hear.topics(text).labels.find((label) => label.label === topic)?.probability ?? 0;
  const heard = meant.filter((entry) => {
    const least = HEARD_BESIDE[parts.knowledge.topics.get(entry.topic)?.kind ?? 'info'];
    return heardIn(whole, entry.topic) >= least || heardIn(clauseWords(matched, entry.clause).join(' '), entry.topic) >= least;
  });
  return meant.filter((entry) => heard.includes(entry) || heard.some((other) => areListed(matched, entry, other)));
}

/** Whether a named topic is meant at all: signs that are denied, past or somebody else's are not. */
function isAsserted({ knowledge }: ReaderParts, { topic, assertion }: TopicNamed): boolean {
  if (assertion === 'present' || assertion === 'hypothetical') return true;
  const { kind, hoursRule } = knowledge.topics.get(topic) ?? {};
  if (kind === 'permission' || kind === 'care') return true;
  return (kind === 'info' || kind === 'silent') && hoursRule !== 'sign' && assertion === 'absent';
}

/** "red and puffy", "wine or a swim": two mentions with nothing but list words between them are asked about alike. */
function areListed({ message }: MatchedMessage, a: TopicNamed, b: TopicNamed): boolean {
  const [first, second] = a.span.start <= b.span.start ? [a, b] : [b, a];
  const between = message.tokens.slice(first.span.end, second.span.start).map((token) => token.text);
  return (
    between.length >= 1 &&
    between.length <= LONGEST_JOIN &&
    between.every((word) => LIST_WORDS.has(word)) &&
    between.some((word) => JOINERS.has(word))
  );
}
