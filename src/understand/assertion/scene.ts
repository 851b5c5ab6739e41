import type { Span } from '../cues';
import type { Message } from '../read-message';
import type { ContextKind as CueKind } from './context-cues';

/** What is found in a message: cues of context, and the matters that it names. */
type ContextKind = CueKind | 'matter';

/** No cue reaches further than this many words, so that long messages stay cheap to read. */
const FURTHEST = 40;
/** Most tokens of one run of a cue. */
const LONGEST_CUE = 12;
const NO_SPANS: readonly Span[] = [];

/** A message with the context cues found in it: what every test of a sign looks at. */
export class Scene {
  private readonly starts = new Map<ContextKind, ReadonlySet<number>>();
  private readonly sentenceStarts = new Map<number, number>();

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
    return this.startingIn(kind, from, to).some((span) => span.end <= to);
  }

  /** Cues of a kind before a sign in its sentence, near enough to reach it. */
  before(kind: ContextKind, sign: Span, reach = FURTHEST): Span[] {
    return this.startingIn(kind, sign.start - reach - LONGEST_CUE, sign.start).filter(
      (cue) => cue.end <= sign.start && sign.start - cue.end <= reach && this.sameSentence(cue.start, sign.start),
    );
  }

  /** Cues of a kind behind a sign in its sentence, near enough to reach it. */
  after(kind: ContextKind, sign: Span): Span[] {
    return this.startingIn(kind, sign.end, sign.end + FURTHEST + 1).filter((cue) => this.sameSentence(cue.start, sign.start));
  }

  /** Cues of a kind that share a word with a sign. */
  over(kind: ContextKind, sign: Span): Span[] {
    return this.startingIn(kind, sign.start - LONGEST_CUE, sign.end).filter((cue) => cue.end > sign.start);
  }

  /** Cues of a kind that begin from one position on, before another. */
  startingIn(kind: ContextKind, from: number, to: number): readonly Span[] {
    const spans = this.spans(kind);
    if (spans.length === 0 || from >= to) return NO_SPANS;
    let low = 0;
    for (let high = spans.length; low < high;) {
      const middle = (low + high) >> 1;
      if (spans[middle]!.start < from) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < spans.length && spans[end]!.start < to) end++;
    return low === end ? NO_SPANS : spans.slice(low, end);
  }

  /** Whether two positions stand in one sentence. */
  sameSentence(a: number, b: number): boolean {
    return this.message.sentenceOf[a] === this.message.sentenceOf[b];
  }

  /** The first position of the sentence that a position stands in. */
  sentenceStart(at: number): number {
    const known = this.sentenceStarts.get(this.message.sentenceOf[at] ?? -1);
    if (known !== undefined && known <= at) return known;
    let start = at;
    while (start > 0 && this.sameSentence(start - 1, at)) start--;
    this.sentenceStarts.set(this.message.sentenceOf[at] ?? -1, start);
    return start;
  }
}
