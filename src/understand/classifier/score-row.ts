import type { NetPart, QuantizedRows, ScoringParts } from './classifier-model';
import type { FeatureRow } from './feature-row';

/** Raw scores of one text, one a label: the net's logits and the separators' margins; an absent part leaves null. */
export interface RawScores {
  readonly net: Float64Array | null;
  readonly svm: Float64Array | null;
}

function addRows(matrix: QuantizedRows, row: FeatureRow, sums: Float64Array): void {
  const { columns, scales, values } = matrix;
  const { indices, values: features, length } = row;
  const unrolled = columns - (columns % 4);
  for (let p = 0; p < length; p++) {
    const index = indices[p]!;
    const factor = features[p]! * scales[index]!;
    const from = index * columns;
    let j = 0;
    for (; j < unrolled; j += 4) {
      sums[j] = sums[j]! + factor * values[from + j]!;
      sums[j + 1] = sums[j + 1]! + factor * values[from + j + 1]!;
      sums[j + 2] = sums[j + 2]! + factor * values[from + j + 2]!;
      sums[j + 3] = sums[j + 3]! + factor * values[from + j + 3]!;
    }
    for (; j < columns; j++) sums[j] = sums[j]! + factor * values[from + j]!;
  }
}

function scoreNet(net: NetPart, row: FeatureRow): Float64Array {
  const hidden = Float64Array.from(net.hiddenBias);
  addRows(net.input, row, hidden);
  const width = hidden.length;
  const logits = Float64Array.from(net.outputBias);
  for (let k = 0; k < logits.length; k++) {
    let sum = logits[k]!;
    const from = k * width;
    for (let j = 0; j < width; j++) {
      const activity = hidden[j]!;
      if (activity > 0) sum += activity * net.output[from + j]!;
    }
    logits[k] = sum;
  }
  return logits;
}

/** Scores one sparse row with every part the model has. */
export function scoreRow(parts: ScoringParts, row: FeatureRow): RawScores {
  let svm: Float64Array | null = null;
  if (parts.svm) {
    svm = Float64Array.from(parts.svm.bias);
    addRows(parts.svm.weights, row, svm);
  }
  return { net: parts.net ? scoreNet(parts.net, row) : null, svm };
}

/** Softmax of `scores` sharpened by an inverse temperature. */
export function softmax(scores: Float64Array, sharpness: number): Float64Array {
  let largest = -Infinity;
  for (const value of scores) if (value > largest) largest = value;
  const result = new Float64Array(scores.length);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += result[k] = Math.exp((scores[k]! - largest) * sharpness);
  for (let k = 0; k < result.length; k++) result[k] = result[k]! / sum;
  return result;
}

/** Mean of the parts' sharpened softmaxes: one probability a label, summing to 1. */
export function combineScores(raw: RawScores, sharpness: { net: number; svm: number }): Float64Array {
  const net = raw.net && softmax(raw.net, sharpness.net);
  const svm = raw.svm && softmax(raw.svm, sharpness.svm);
  if (net && svm) {
    for (let k = 0; k < net.length; k++) net[k] = (net[k]! + svm[k]!) / 2;
    return net;
  }
  return net ?? svm ?? new Float64Array(0);
}
