import type { Span } from '../cues';
import type { Message } from '../read-message';
import type { ContextKind } from './context-cues';

/** No cue reaches further than this many words, so that long messages stay cheap to read. */
const FURTHEST = 40;
const NO_SPANS: readonly Span[] = [];

/** A message with the context cues found in it: what every test of a sign looks at. */
export class Scene {
  private readonly starts = new Map<ContextKind, ReadonlySet<number>>();

  constructor(
    readonly message: Message,
    /** Cues by kind, from the first to the last. */
    private readonly found: ReadonlyMap<string, readonly Span[]>,
  ) {}

  /** The text of the token at a position; empty before the beginning and after the end. */
  word(at: number): string {
    return this.message.tokens[at]?.text ?? '';
  }

  /** The words from a position up to, not including, another. */
  words(from: number, to: number): string[] {
    return this.message.tokens.slice(Math.max(0, from), Math.max(0, to)).map((token) => token.text);
  }

  /** Whether a punctuation mark stands here. */
  isMark(at: number): boolean {
    return this.message.tokens[at]?.kind === 'mark';
  }

  /** Whether nothing follows, or a mark. */
  isEnd(at: number): boolean {
    return at >= this.message.tokens.length || this.isMark(at);
  }

  /** All cues of a kind. */
  spans(kind: ContextKind): readonly Span[] {
    return this.found.get(kind) ?? NO_SPANS;
  }

  /** Whether a cue of a kind begins here. */
  begins(kind: ContextKind, at: number): boolean {
    let starts = this.starts.get(kind);
    if (!starts) this.starts.set(kind, (starts = new Set(this.spans(kind).map((span) => span.start))));
    return starts.has(at);
  }

  /** Whether a cue of a kind lies wholly between two positions. */
  holds(kind: ContextKind, from: number, to: number): boolean {
    return this.spans(kind).some((span) => from <= span.start && span.end <= to);
  }

  /** Cues of a kind before a sign in its sentence, near enough to reach it. */
  before(kind: ContextKind, sign: Span): Span[] {
    return this.spans(kind).filter(
      (cue) => cue.end <= sign.start && sign.start - cue.end <= FURTHEST && this.sameSentence(cue.start, sign.start),
    );
  }

  /** Cues of a kind behind a sign in its sentence, near enough to reach it. */
  after(kind: ContextKind, sign: Span): Span[] {
    return this.spans(kind).filter(
      (cue) => cue.start >= sign.end && cue.start - sign.end <= FURTHEST && this.sameSentence(cue.start, sign.start),
    );
  }

  /** Whether two positions stand in one sentence. */
  sameSentence(a: number, b: number): boolean {
    return this.message.sentenceOf[a] === this.message.sentenceOf[b];
  }

  /** The first position of the sentence that a position stands in. */
  sentenceStart(at: number): number {
    let start = at;
    while (start > 0 && this.sameSentence(start - 1, at)) start--;
    return start;
  }
}
