import type { TopicNamed } from './find-topics';
import type { Hearing } from './hear';
import type { MatchedMessage } from './match-message';

/** Words that may stand between the items of a list of wishes: "go to the gym, put on makeup and use retinol". */
const LIST_WORDS = new Set(
  'and or , - plus nor a the my some with then put use go do wear on to take drink eat have get about also over under ? cold nice quick few couple glass of one'.split(
    ' ',
  ),
);
const LONGEST_JOIN = 5;
const JOINERS = new Set(['and', 'or', ',', 'plus', 'nor', 'then', 'over', 'under', '?']);
const SIMILE_REACH = 8;
/** "and like how long do i hide": a "like" before these compares nothing. */
const ASKING = new Set('how what when why where who which can do does is'.split(' '));

/** What the classifier makes of one item of a list. */
export interface HeardSegment {
  readonly probability: number;
  readonly isFirst: boolean;
}

const SEPARATORS = new Set([',', 'and', 'or', 'then', 'plus', '-', ':', '(', ')', 'nor', '/']);

/** What the classifier hears in the item of a list that holds a mention: "then pilates at 5" of "mascara, foundation, then pilates at 5". */
export function hearSegment({ message }: MatchedMessage, mention: TopicNamed, hear: Hearing): HeardSegment {
  const { tokens, sentenceOf } = message;
  const parts = (at: number): boolean => sentenceOf[at] !== sentenceOf[mention.span.start] || SEPARATORS.has(tokens[at]!.text);
  let start = mention.span.start;
  while (start > 0 && !parts(start - 1)) start--;
  let end = mention.span.end;
  while (end < tokens.length && !parts(end)) end++;
  const words = tokens.slice(start, end).filter((token) => token.kind !== 'mark');
  const { labels } = hear.topics(words.map((token) => token.text).join(' '));
  const at = labels.findIndex((entry) => entry.label === mention.topic);
  return { probability: labels[at]?.probability ?? 0, isFirst: at === 0 };
}

/** "red and puffy", "wine or a swim": two mentions with nothing but list words between them are asked about alike. */
export function areListed({ message }: MatchedMessage, a: TopicNamed, b: TopicNamed): boolean {
  const [first, second] = a.span.start <= b.span.start ? [a, b] : [b, a];
  const length = second.span.start - first.span.end;
  if (length < 1 || length > LONGEST_JOIN) return false;
  const between = message.tokens.slice(first.span.end, second.span.start).map((token) => token.text);
  return between.every((word) => LIST_WORDS.has(word)) && between.some((word) => JOINERS.has(word));
}

/** "red like i fell asleep on the beach": what stands after a comparing "like", "as though" or "resembles" only says what another topic looks like. */
export function isSimile({ message }: MatchedMessage, mention: TopicNamed, all: readonly TopicNamed[]): boolean {
  for (let at = mention.span.start - 1; at >= Math.max(0, mention.span.start - SIMILE_REACH); at--) {
    if (message.sentenceOf[at] !== message.sentenceOf[mention.span.start]) return false;
    const [word, next] = [message.tokens[at]!.text, message.tokens[at + 1]?.text ?? ''];
    if (word === 'resembles' || (word === 'as' && (next === 'though' || next === 'if'))) return true;
    if (word !== 'like' || ASKING.has(next)) continue;
    const before = message.tokens[at - 1]?.text ?? '';
    return (
      /^(look|looks|looking|looked|feel|feels|feeling|felt|is|its|am|im|are)$/.test(before) ||
      all.some((other) => other.topic !== mention.topic && other.span.end <= at && at - other.span.end <= 1)
    );
  }
  return false;
}

const NOT_A = new Set('not isnt aint arent wasnt'.split(' '));
const NAMED_AS = new Set('it its thats that this these theyre they'.split(' '));
const FILLERS = new Set('a an any even really actually real proper the is are'.split(' '));
const IDENTITY_REACH = 5;

/** "it isnt a retinol or an acid", "its not a proper workout": what something is said not to be. */
export function isRuledOut({ message: { tokens, sentenceOf } }: MatchedMessage, { span }: TopicNamed): boolean {
  let at = span.start - 1;
  const isHere = (): boolean => at >= Math.max(0, span.start - IDENTITY_REACH) && sentenceOf[at] === sentenceOf[span.start];
  const skip = (): void => {
    while (isHere() && FILLERS.has(tokens[at]!.text)) at--;
  };
  skip();
  if (!isHere() || at === span.start - 1 || !NOT_A.has(tokens[at]!.text)) return false;
  at--;
  skip();
  return isHere() && NAMED_AS.has(tokens[at]!.text);
}
