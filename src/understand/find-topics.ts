import type { Qualifier, Assertion } from '../model/words';
import { QUALIFIERS } from '../model/words';
import type { MatchInput, Span } from './cues';
import { findCues } from './find-cues';
import type { ContextFound } from './find-assertion';
import type { Lexicon } from './build-lexicon';
import type { MatchedMessage } from './match-message';

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
 * of equally long ones all stay.
 */
export function findTopics(lexicon: Lexicon, { input, context, topicHits }: MatchedMessage): TopicNamed[] {
  const hits = topicHits.map((hit) => ({ topic: hit.owner, span: around(hit.spans), spans: hit.spans }));
  const kept = hits.filter((hit) => !hits.some((other) => other.topic !== hit.topic && covers(other.spans, hit.spans)));
  const variants = findCues(lexicon.variants, input)
    .filter((hit) => !isDenied(hit.spans, input, context))
    .map((hit) => {
      const [topic = '', variant = ''] = hit.owner.split('/');
      return { topic, variant, span: around(hit.spans) };
    });
  const byTopicAndClause = new Map<string, TopicNamed>();
  for (const hit of kept) {
    const clause = input.clauseOf[hit.span.start] ?? 0;
    const key = `${hit.topic}/${clause}`;
    const near = variants.filter((entry) => entry.topic === hit.topic).sort((a, b) => lengthOf(b.span) - lengthOf(a.span));
    const variant = near.find((entry) => input.clauseOf[entry.span.start] === clause) ?? near[0];
    const assertion = context.assertionOf(hit.spans);
    const known = byTopicAndClause.get(key);
    if (known && (known.assertion === 'present' || assertion !== 'present')) continue;
    byTopicAndClause.set(key, { topic: hit.topic, variant: variant?.variant ?? null, clause, span: hit.span, assertion });
  }
  return [...byTopicAndClause.values()];
}

/** How the patient colours what a clause says: "a bit", "really", "spreading", "going down", "suddenly"; denied colours do not count. */
export function findQualifiers(input: MatchInput, context: ContextFound, clause: number): Qualifier[] {
  return QUALIFIERS.filter((qualifier) => {
    for (const [start, ends] of input.classSpans.get(qualifier) ?? [])
      if (input.clauseOf[start] === clause && context.assertionOf([{ start, end: ends[0] ?? start + 1 }]) === 'present') return true;
    return false;
  });
}

/** "fragrance free", "no perfume": what a product is without is no variant of it. */
function isDenied(spans: readonly Span[], input: MatchInput, context: ContextFound): boolean {
  return input.tokens[around(spans).end]?.text === 'free' || context.assertionOf(spans) === 'absent';
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
  const overlap = outer.some((one) => inner.some((other) => one.start < other.end && other.start < one.end));
  return overlap && length(outer) > length(inner);
}
