import type { Topic } from '../model/knowledge';
import type { Qualifier, Assertion } from '../model/words';
import { QUALIFIERS } from '../model/words';
import type { MatchInput, Span } from './cues';
import { findCues } from './find-cues';
import type { ContextFound } from './find-assertion';
import type { Lexicon } from './build-lexicon';
import type { MatchedMessage } from './match-message';

/** How near "or" follows the first of two forms between which a patient chooses. */
const CHOICE_REACH = 3;

/** A topic that the words of a message name. */
export interface TopicNamed {
  readonly topic: string;
  readonly variant: string | null;
  readonly clause: number;
  readonly span: Span;
  readonly assertion: Assertion;
}

/**
 * Topics that a message names. Where mentions of several topics overlap ("ice pick scars", "chemical peel") the longest one wins;
 * of equally long ones all stay. The colour of a thing ("the red box") is no sign.
 */
export function findTopics(lexicon: Lexicon, { input, context, topicHits }: MatchedMessage): TopicNamed[] {
  const hits = topicHits
    .filter((hit) => !(lexicon.signTopics.has(hit.owner) && context.isThing(hit.spans)))
    .map((hit) => ({ topic: hit.owner, span: around(hit.spans), spans: hit.spans }));
  const kept = hits.filter(
    (hit) => !hits.some((other) => other.topic !== hit.topic && overlap(other.span, hit.span) && covers(other.spans, hit.spans)),
  );
  const variants = findVariants(lexicon, { input, context });
  const choices = input.tokens.flatMap((token, at) => (token.text === 'or' ? [at] : []));
  const isChoice = input.tokens.some((token) => token.text === 'which');
  const byTopicAndClause = new Map<string, TopicNamed>();
  for (const hit of kept) {
    const clause = input.clauseOf[hit.span.start] ?? 0;
    const key = `${hit.topic}/${clause}`;
    // a hot shower is no sign of heat, yet it is what the question is about
    const assertion = context.isThing(hit.spans) ? 'present' : context.assertionOf(hit.spans);
    const known = byTopicAndClause.get(key);
    if (known && (known.assertion === 'present' || assertion !== 'present')) continue;
    const near = variants.filter(
      (entry) => entry.topic === hit.topic && !isAlternative(entry.span, hit.span, choices) && !(isChoice && isBefore(entry.span, choices)),
    );
    const variant = near.find((entry) => input.clauseOf[entry.span.start] === clause) ?? near[0];
    byTopicAndClause.set(key, { topic: hit.topic, variant: variant?.variant ?? null, clause, span: hit.span, assertion });
  }
  return [...byTopicAndClause.values()];
}

/** A special form of a topic that the words of a message name. */
export interface VariantNamed {
  readonly topic: string;
  readonly variant: string;
  readonly span: Span;
}

/** Whether a topic is something that patients feel or see. */
export function isSignTopic(topic: Topic | undefined): boolean {
  return topic?.kind === 'sign' || topic?.hoursRule === 'sign';
}

/** Special forms that a message names and does not deny, in the order in which the topic declares them: "foaming cleanser" is about foaming. */
export function findVariants(lexicon: Lexicon, { input, context }: Pick<MatchedMessage, 'input' | 'context'>): VariantNamed[] {
  const place = ({ topic, variant }: VariantNamed): number => lexicon.variantOrder.get(`${topic}/${variant}`) ?? 0;
  return findCues(lexicon.variants, input)
    .filter((hit) => !isDenied(hit.spans, input, context))
    .map((hit) => {
      const [topic = '', variant = ''] = hit.owner.split('/');
      return { topic, variant, span: around(hit.spans) };
    })
    .sort((a, b) => place(a) - place(b));
}

/** "a hot shower yet or still lukewarm": what is set after "or" against the mention is what the patient hopes to leave. */
function isAlternative(variant: Span, mention: Span, choices: readonly number[]): boolean {
  return choices.some((at) => at >= mention.end && at < variant.start);
}

/** "chemical or the white zinc kind, which one": neither form is chosen yet. */
function isBefore(variant: Span, choices: readonly number[]): boolean {
  return choices.some((at) => at >= variant.end && at - variant.end <= CHOICE_REACH);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** How the patient colours what a clause says: "a bit", "really", "spreading", "going down", "suddenly"; denied colours do not count. */
export function findQualifiers(input: MatchInput, context: ContextFound, clause: number): Qualifier[] {
  return QUALIFIERS.filter((qualifier) => {
    for (const [start, ends] of input.classSpans.get(qualifier) ?? [])
      if (input.clauseOf[start] === clause && context.assertionOf([{ start, end: ends[0] ?? start + 1 }]) === 'present') return true;
    return false;
  });
}

/** "fragrance free", "no perfume", "non foaming": what a product is without, or what another one had, is no variant of it. */
function isDenied(spans: readonly Span[], { tokens }: MatchInput, context: ContextFound): boolean {
  return (
    spans.some(({ start, end }) => isFree(tokens, end) || tokens[start - 1]?.text === 'non') ||
    (!context.isThing(spans) && ['absent', 'past'].includes(context.assertionOf(spans)))
  );
}

/** "fragrance free", "fragrance-free". */
function isFree(tokens: MatchInput['tokens'], end: number): boolean {
  return (tokens[end]?.text === '-' ? tokens[end + 1] : tokens[end])?.text === 'free';
}

function around(spans: readonly Span[]): Span {
  return { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

function lengthOf(span: Span): number {
  return span.end - span.start;
}

/** Whether longer words of one mention lie over the other; words that a mention only skips are free for others. */
function covers(outer: readonly Span[], inner: readonly Span[]): boolean {
  const length = (spans: readonly Span[]): number => spans.reduce((sum, span) => sum + lengthOf(span), 0);
  return outer.some((one) => inner.some((other) => overlap(one, other))) && length(outer) > length(inner);
}
