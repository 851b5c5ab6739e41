import { addGrams, createHashedFeatures, hashWords } from './hash-features';
import { findFeature, type Vocabulary } from './vocabulary';

/** One text as a sparse vector; only the first `length` entries count. Shares run from 0 to 1. */
export interface FeatureRow {
  indices: Int32Array;
  values: Float32Array;
  length: number;
  unknownWords: number;
  unknownGrams: number;
}

/** Many sparse vectors in compressed form: row r holds the entries rowStarts[r] to rowStarts[r+1]. */
export interface FeatureRows {
  readonly rowStarts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

const features = createHashedFeatures();
// Zero between calls; shared by all models, so predicting allocates nothing of vocabulary size.
let counts = new Float32Array(0);
/** The features of the words of the text at hand. */
let wordIndices = new Int32Array(256);

/** The character grams of a word that training saw: the known ones in order, each as often as it stands, and how many are unknown. */
interface KnownGrams {
  readonly indices: Int32Array;
  readonly unknown: number;
}

/** A message is heard in many overlapping texts, and all messages share most words: the grams of a word of the vocabulary are looked up once. */
const gramsByWord = new WeakMap<Vocabulary, Map<number, KnownGrams>>();

/** An empty row that grows as needed; reuse it from text to text. */
export function createFeatureRow(): FeatureRow {
  return { indices: new Int32Array(512), values: new Float32Array(512), length: 0, unknownWords: 0, unknownGrams: 0 };
}

function count(row: FeatureRow, index: number): void {
  const seen = counts[index]!;
  if (seen === 0) row.indices[row.length++] = index;
  counts[index] = seen + 1;
}

function countKnown(vocabulary: Vocabulary, row: FeatureRow, from: number, to: number): number {
  let unknown = 0;
  for (let i = from; i < to; i++) {
    const index = findFeature(vocabulary, features.low[i]!, features.high[i]!);
    if (i < features.unigrams) wordIndices[i] = index;
    if (index < 0) unknown++;
    else count(row, index);
  }
  return unknown;
}

/** Counts the grams of all words; returns how many there are and how many are unknown. */
function countGrams(vocabulary: Vocabulary, row: FeatureRow, normalizedText: string): { unknown: number; all: number } {
  let memory = gramsByWord.get(vocabulary);
  if (!memory) gramsByWord.set(vocabulary, (memory = new Map()));
  let [unknown, all] = [0, 0];
  for (let word = 0; word < features.unigrams; word++) {
    const index = wordIndices[word]!;
    let grams = memory.get(index);
    if (!grams) {
      grams = findGrams(vocabulary, normalizedText, word);
      if (index >= 0) memory.set(index, grams);
    }
    const { indices } = grams;
    for (let at = 0; at < indices.length; at++) count(row, indices[at]!);
    unknown += grams.unknown;
    all += indices.length + grams.unknown;
  }
  return { unknown, all };
}

function findGrams(vocabulary: Vocabulary, normalizedText: string, word: number): KnownGrams {
  features.total = features.words;
  addGrams(normalizedText, word, features);
  const indices = new Int32Array(features.total - features.words);
  let known = 0;
  for (let i = features.words; i < features.total; i++) {
    const index = findFeature(vocabulary, features.low[i]!, features.high[i]!);
    if (index >= 0) indices[known++] = index;
  }
  return { indices: indices.slice(0, known), unknown: indices.length - known };
}

function weighBlock(vocabulary: Vocabulary, row: FeatureRow, from: number, norm: number): void {
  let squares = 0;
  for (let i = from; i < row.length; i++) {
    const index = row.indices[i]!;
    const count = counts[index]!;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * vocabulary.idf[index]!;
    counts[index] = 0;
    row.values[i] = value;
    squares += value * value;
  }
  const factor = squares === 0 ? 0 : norm / Math.sqrt(squares);
  for (let i = from; i < row.length; i++) row.values[i] = row.values[i]! * factor;
}

/** Turns a normalised text into (1 + ln tf) x idf values, the word block of length `wordBlockWeight` and the character block of length 1. */
export function fillFeatureRow(row: FeatureRow, normalizedText: string, scale: { vocabulary: Vocabulary; wordBlockWeight: number }): void {
  const { vocabulary, wordBlockWeight } = scale;
  if (counts.length < vocabulary.idf.length) counts = new Float32Array(vocabulary.idf.length);
  hashWords(normalizedText, features);
  const { unigrams, words } = features;
  const room = features.low.length;
  if (row.indices.length < room) {
    row.indices = new Int32Array(room);
    row.values = new Float32Array(room);
  }
  if (wordIndices.length < unigrams) wordIndices = new Int32Array(unigrams * 2);
  row.length = 0;
  const unknownWords = countKnown(vocabulary, row, 0, unigrams);
  countKnown(vocabulary, row, unigrams, words);
  weighBlock(vocabulary, row, 0, wordBlockWeight);
  const gramsFrom = row.length;
  const grams = countGrams(vocabulary, row, normalizedText);
  weighBlock(vocabulary, row, gramsFrom, 1);
  row.unknownWords = unigrams === 0 ? 1 : unknownWords / unigrams;
  row.unknownGrams = grams.all === 0 ? 1 : grams.unknown / grams.all;
}

/** Turns many normalised texts into compressed sparse rows, in order. */
export function buildFeatureRows(
  normalizedTexts: readonly string[],
  scale: { vocabulary: Vocabulary; wordBlockWeight: number },
): FeatureRows {
  const row = createFeatureRow();
  const rowStarts = new Int32Array(normalizedTexts.length + 1);
  let indices = new Int32Array(4096);
  let values = new Float32Array(4096);
  normalizedTexts.forEach((text, r) => {
    fillFeatureRow(row, text, scale);
    const from = rowStarts[r]!;
    const to = from + row.length;
    if (to > indices.length) {
      const widerIndices = new Int32Array(to * 2);
      const widerValues = new Float32Array(to * 2);
      widerIndices.set(indices);
      widerValues.set(values);
      indices = widerIndices;
      values = widerValues;
    }
    indices.set(row.indices.subarray(0, row.length), from);
    values.set(row.values.subarray(0, row.length), from);
    rowStarts[r + 1] = to;
  });
  const total = rowStarts[normalizedTexts.length]!;
  return { rowStarts, indices: indices.subarray(0, total), values: values.subarray(0, total) };
}
