import { createHashedFeatures, hashFeatures } from './hash-features';
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

/** An empty row that grows as needed; reuse it from text to text. */
export function createFeatureRow(): FeatureRow {
  return { indices: new Int32Array(512), values: new Float32Array(512), length: 0, unknownWords: 0, unknownGrams: 0 };
}

function countKnown(vocabulary: Vocabulary, row: FeatureRow, from: number, to: number): number {
  let unknown = 0;
  for (let i = from; i < to; i++) {
    const index = findFeature(vocabulary, features.low[i]!, features.high[i]!);
    if (index < 0) {
      unknown++;
      continue;
    }
    const seen = counts[index]!;
    if (seen === 0) row.indices[row.length++] = index;
    counts[index] = seen + 1;
  }
  return unknown;
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
  hashFeatures(normalizedText, features);
  if (row.indices.length < features.total) {
    row.indices = new Int32Array(features.total * 2);
    row.values = new Float32Array(features.total * 2);
  }
  row.length = 0;
  const { unigrams, words, total } = features;
  const unknownWords = countKnown(vocabulary, row, 0, unigrams);
  countKnown(vocabulary, row, unigrams, words);
  weighBlock(vocabulary, row, 0, wordBlockWeight);
  const gramsFrom = row.length;
  const unknownGrams = countKnown(vocabulary, row, words, total);
  weighBlock(vocabulary, row, gramsFrom, 1);
  row.unknownWords = unigrams === 0 ? 1 : unknownWords / unigrams;
  row.unknownGrams = total === words ? 1 : unknownGrams / (total - words);
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
