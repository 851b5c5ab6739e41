import type { Token } from './tokens';

/** One place in a cue: a set of words, a word class, a mark or a gap. */
export type Element =
  | {
      readonly kind: 'words';
      readonly stems: ReadonlySet<string>;
      readonly exact: ReadonlySet<string>;
      /** Word classes that may stand here as well: `{face}|ear`. */
      readonly classes: readonly string[];
      readonly optional?: boolean;
    }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'gap' };

/** A run of elements that must follow one another. */
export interface Part {
  readonly elements: readonly Element[];
  readonly cue: number;
  readonly index: number;
  /** Its place among all parts: of several that begin at one word the earlier is tried first. */
  readonly order: number;
  /** Keys of every word and word class that it mentions, needed or not. */
  readonly mentions: readonly number[];
  readonly first: FirstKeys;
}

/** Keys of what a part may begin with. */
export interface FirstKeys {
  readonly stems: readonly number[];
  readonly exact: readonly number[];
  readonly classes: readonly number[];
}

/** A compiled set of cues, each belonging to an owner ("topic:makeup", "U02:pus"). */
export interface CueSet {
  readonly owners: readonly string[];
  readonly partCounts: readonly number[];
  readonly parts: readonly Part[];
  /** The numbers of words and word classes (in braces: `{face}`) that cues mention. */
  readonly keys: ReadonlyMap<string, number>;
  /**
   * By key: the parts of whose needs it is one of the rarest, each as its order, how much else it needs, and these needs. A need is a key,
   * or the complement of a place in `lists` where several keys stand of which one is enough. A message asks only about its own words.
   */
  readonly byRarest: readonly (Int32Array | undefined)[];
  /** Lists of keys, each after its length. */
  readonly lists: Int32Array;
  /** By key: the orders of parts that are one word, as its stem or its text; most cues are found here at once. */
  readonly alone: { readonly stems: readonly (Int32Array | undefined)[]; readonly exact: readonly (Int32Array | undefined)[] };
  /** The cue of each part. */
  readonly cueOf: Int32Array;
}

/** Token positions [start, end) that a cue's part covers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A cue found in a message. */
export interface CueHit {
  readonly owner: string;
  /** The words of the cue in their runs; words that it only skipped lie between, so that a "not" among them still counts. */
  readonly spans: readonly Span[];
}

/** Where the entries of each word class stand in a message: class -> start -> ends. */
export type ClassSpans = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;

/** What matching needs to know about a message: its words, where its clauses are, where word classes stand. */
export interface MatchInput {
  readonly tokens: readonly Token[];
  /** Clause number of each token. */
  readonly clauseOf: readonly number[];
  /** Which tokens are light words that a cue may skip. */
  readonly light: readonly boolean[];
  /** Which tokens say nothing at all ("um", a pause): a cue runs over any number of them. */
  readonly idle: readonly boolean[];
  readonly classSpans: ClassSpans;
  /** A mistyped word is taken for anything it may have meant. */
  readonly isGuessing?: boolean;
}

/** The name under which a word class has its key. */
export function classKey(name: string): string {
  return `{${name}}`;
}
