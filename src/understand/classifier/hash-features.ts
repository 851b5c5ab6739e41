/**
 * The features of one text as 64-bit hashes (two 32-bit lanes), without building a string per feature.
 * Positions 0..unigrams are words, unigrams..words are word pairs, words..total are character grams.
 */
export interface HashedFeatures {
  low: Int32Array;
  high: Int32Array;
  unigrams: number;
  words: number;
  total: number;
}

const UNIGRAM_SEED = 0x2545f491;
const PAIR_SEED = 0x51ed270b;
const GRAM_SEED = 0x1b873593;
const SENTENCE_START = 0x5e;
const SENTENCE_END = 0x24;
const WORD_EDGE = 0x20;
const APOSTROPHE = 0x27;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;

const UNSEEN = 0;
const WORD_UNIT = 1;
const OTHER_UNIT = 2;
const unitClasses = new Uint8Array(65_536);
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}\p{Cs}\p{So}]/u;

function isWordUnit(unit: number): boolean {
  let unitClass = unitClasses[unit]!;
  if (unitClass === UNSEEN) {
    unitClass = WORD_CHARACTER.test(String.fromCharCode(unit)) ? WORD_UNIT : OTHER_UNIT;
    unitClasses[unit] = unitClass;
  }
  return unitClass === WORD_UNIT;
}

const mixLow = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
const mixHigh = (hash: number, unit: number): number => {
  const mixed = Math.imul(hash ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** An empty set of hashed features with room for `capacity` of them; reuse it from text to text. */
export function createHashedFeatures(capacity = 1024): HashedFeatures {
  return { low: new Int32Array(capacity), high: new Int32Array(capacity), unigrams: 0, words: 0, total: 0 };
}

function makeRoom(features: HashedFeatures, needed: number): void {
  if (needed <= features.low.length) return;
  const capacity = Math.max(needed, features.low.length * 2);
  const low = new Int32Array(capacity);
  const high = new Int32Array(capacity);
  low.set(features.low);
  high.set(features.high);
  features.low = low;
  features.high = high;
}

let starts = new Int32Array(256);
let ends = new Int32Array(256);

function findWords(text: string): number {
  if (starts.length < text.length) {
    starts = new Int32Array(text.length * 2);
    ends = new Int32Array(text.length * 2);
  }
  let count = 0;
  let start = -1;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const inside = isWordUnit(unit) || (unit === APOSTROPHE && start >= 0 && i + 1 < text.length && isWordUnit(text.charCodeAt(i + 1)));
    if (inside && start < 0) start = i;
    else if (!inside && start >= 0) {
      starts[count] = start;
      ends[count++] = i;
      start = -1;
    }
  }
  if (start >= 0) {
    starts[count] = start;
    ends[count++] = text.length;
  }
  return count;
}

function hashUnigrams(text: string, wordCount: number, features: HashedFeatures): void {
  const { low, high } = features;
  for (let w = 0; w < wordCount; w++) {
    let wordLow = UNIGRAM_SEED;
    let wordHigh = ~UNIGRAM_SEED;
    for (let i = starts[w]!, end = ends[w]!; i < end; i++) {
      const unit = text.charCodeAt(i);
      wordLow = mixLow(wordLow, unit);
      wordHigh = mixHigh(wordHigh, unit);
    }
    low[w] = wordLow;
    high[w] = wordHigh;
  }
}

function hashPairs(wordCount: number, features: HashedFeatures): void {
  const { low, high } = features;
  let at = wordCount;
  for (let w = 0; wordCount > 0 && w <= wordCount; w++) {
    const leftLow = w === 0 ? SENTENCE_START : low[w - 1]!;
    const leftHigh = w === 0 ? SENTENCE_START : high[w - 1]!;
    const rightLow = w === wordCount ? SENTENCE_END : low[w]!;
    const rightHigh = w === wordCount ? SENTENCE_END : high[w]!;
    low[at] = mixLow(mixLow(PAIR_SEED, leftLow) ^ (leftLow >>> 13), rightLow);
    high[at++] = mixHigh(mixHigh(~PAIR_SEED, leftHigh), rightHigh);
  }
}

/** Adds the in-word 2-5 character grams of the word with this number, in the text that `hashWords` was last given, behind what `features` holds. */
export function addGrams(normalizedText: string, word: number, features: HashedFeatures): void {
  const { low, high } = features;
  const start = starts[word]!;
  const end = ends[word]!;
  let at = features.total;
  for (let from = start - 1; from < end; from++) {
    let gramLow = GRAM_SEED;
    let gramHigh = ~GRAM_SEED;
    const last = Math.min(from + LONGEST_GRAM - 1, end);
    for (let i = from; i <= last; i++) {
      const unit = i < start || i === end ? WORD_EDGE : normalizedText.charCodeAt(i);
      gramLow = mixLow(gramLow, unit);
      gramHigh = mixHigh(gramHigh, unit);
      if (i - from + 1 < SHORTEST_GRAM) continue;
      low[at] = gramLow;
      high[at++] = gramHigh;
    }
  }
  features.total = at;
}

/** Fills `features` with the words and word pairs (with both sentence edges) of a normalised text, and makes room for the grams of its words. */
export function hashWords(normalizedText: string, features: HashedFeatures): void {
  const wordCount = findWords(normalizedText);
  const pairCount = wordCount === 0 ? 0 : wordCount + 1;
  features.unigrams = wordCount;
  features.words = features.total = wordCount + pairCount;
  const mostGrams = (normalizedText.length + 2 * wordCount) * (LONGEST_GRAM - SHORTEST_GRAM + 1);
  makeRoom(features, features.words + mostGrams);
  hashUnigrams(normalizedText, wordCount, features);
  hashPairs(wordCount, features);
}

/** Fills `features` with the words, the word pairs and the grams of a normalised text. */
export function hashFeatures(normalizedText: string, features: HashedFeatures): void {
  hashWords(normalizedText, features);
  for (let word = 0; word < features.unigrams; word++) addGrams(normalizedText, word, features);
}
