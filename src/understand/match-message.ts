import type { Knowledge } from '../model/knowledge';
import type { Lexicon } from './build-lexicon';
import type { CueHit, MatchInput, Span } from './cues';
import { findClasses, findCues } from './find-cues';
import type { Recall } from './danger-memory';
import type { ContextFound } from './find-assertion';
import { findContext } from './find-assertion';
import type { Message } from './read-message';
import type { Models } from './models';

/** What understanding works with. */
export interface ReaderParts {
  readonly knowledge: Knowledge;
  readonly models: Models;
  readonly lexicon: Lexicon;
  readonly recall: Recall;
}

/** A message with everything that was found by matching its words. */
export interface MatchedMessage {
  readonly message: Message;
  readonly input: MatchInput;
  readonly context: ContextFound;
  /** The cues of topics; both the questions and the statistical detector ask for them. */
  readonly topicHits: readonly CueHit[];
  /** Where it names things to do or use. */
  readonly matters: readonly Span[];
}

/** Splits a message and finds word classes and context in it. */
export function matchMessage(lexicon: Lexicon, text: string): MatchedMessage {
  const message = lexicon.reader.read(text);
  const base = { tokens: message.tokens, clauseOf: message.clauseOf, light: message.light, idle: message.idle };
  const input: MatchInput = { ...base, classSpans: findClasses(lexicon.classes, base) };
  const topicHits = findCues(lexicon.topics, input);
  const matters = topicHits.flatMap(({ owner, spans }) => (lexicon.matters.has(owner) && spans.length === 1 ? spans : []));
  return { message, input, context: findContext(lexicon.context, { message, input, matters }), topicHits, matters };
}
