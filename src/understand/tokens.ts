import PorterStemmer = require('natural/lib/natural/stemmers/porter_stemmer');

/** One word, number or punctuation mark of a tidied message. */
export interface Token {
  /** As matched: lower case, apostrophes dropped, shorthand written out, typos corrected. */
  readonly text: string;
  /** The word without its ending; marks and numbers as they are. */
  readonly stem: string;
  readonly kind: 'word' | 'number' | 'mark';
  /** What else a mistyped word may have meant. */
  readonly orMeant?: readonly Pick<Token, 'text' | 'stem'>[];
}

const PIECE = /\d+(?:\.\d+)?\/\d+|\d+(?:st|nd|rd|th)\b|\d+(?:[.:]\d+)?|\p{L}[\p{L}\p{M}\d']*|[.?!;:,\n()=*"%$-]/gu;
const stems = new Map<string, string>();
const MAX_STEMS_KEPT = 50_000;

/** Words whose ending makes another word of them when it is cut off: "several" is not "severe", "fries" is no Friday, "noone" no "noon". */
const WHOLE_WORDS = new Map(
  (
    'several expectant noone news business organic ironic generous generic university universities universal herring experiment ' +
    'physics import imports imported wedding fries skies singe singed icing paste pasted negligible'
  )
    .split(' ')
    .map((word) => [word, word]),
).set('weddings', 'wedding');

/** The word without its English ending; words of up to three letters stay whole. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word;
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = WHOLE_WORDS.get(word) ?? PorterStemmer.stem(word);
    if (stems.size > MAX_STEMS_KEPT) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}

/** Makes a token of one finished word or mark. */
export function makeToken(text: string): Token {
  if (/^\d/.test(text)) return { text, stem: text, kind: 'number' };
  if (!/^\p{L}/u.test(text)) return { text, stem: text, kind: 'mark' };
  return { text, stem: stemOf(text), kind: 'word' };
}

/** Splits tidied text into raw pieces: words without apostrophes, numbers, marks. "24hrs" is "24", "hrs"; "7/10" stays whole. */
export function splitPieces(tidy: string): string[] {
  return [...tidy.matchAll(PIECE)]
    .map(([piece]) => (/^\p{L}/u.test(piece) ? piece.replace(/'/g, '') : piece))
    .filter((piece) => piece !== '');
}
