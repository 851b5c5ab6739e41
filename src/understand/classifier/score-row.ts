import type { Mixture, NetPart, QuantizedRows, ScoringParts } from './classifier-model';
import type { FeatureRow } from './feature-row';
import { wordsPerRow } from './quantize-rows';

/** Raw scores of one text, one a label: the net's logits and the separators' margins; an absent part leaves null. */
export interface RawScores {
  readonly net: Float64Array | null;
  readonly svm: Float64Array | null;
}

// So many features' rows stay in the nearest cache while their columns are summed four at a time.
const CHUNK = 256;
// Factors with this total, times weights of at most 127, stay within 31 bits.
const MOST_FACTORS = 0x7fff_ffff / 128;

// Looked up once: a global in the innermost loop is slow where tests run code in a context of its own.
const multiply = Math.imul;

// Shared by all calls, so that scoring allocates nothing.
let factors = new Int32Array(1024);
let offsets = new Int32Array(1024);
let sums = new Float64Array(256);
let units = new Int32Array(256);
let activities = new Float64Array(256);

/** Turns the row's values into whole numbers as fine as 32-bit sums allow; returns the size of one step. */
function prepareFactors(matrix: QuantizedRows, row: FeatureRow): number {
  const { indices, values, length } = row;
  const { scales } = matrix;
  if (factors.length < length) {
    factors = new Int32Array(length * 2);
    offsets = new Int32Array(length * 2);
  }
  let total = 0;
  for (let p = 0; p < length; p++) total += values[p]! * scales[indices[p]!]!;
  if (total === 0) return 0;
  const words = wordsPerRow(matrix.columns);
  const fineness = MOST_FACTORS / total;
  for (let p = 0; p < length; p++) {
    const index = indices[p]!;
    factors[p] = values[p]! * scales[index]! * fineness;
    offsets[p] = index * words;
  }
  return total / MOST_FACTORS;
}

/** Leaves features times weights in `sums`, one a column: in whole numbers and four weights a load, which is twice as fast as one by one. */
function sumRows(matrix: QuantizedRows, row: FeatureRow): void {
  const { packed } = matrix;
  const words = wordsPerRow(matrix.columns);
  if (sums.length < words * 4) sums = new Float64Array(words * 8);
  sums.fill(0, 0, words * 4);
  const step = prepareFactors(matrix, row);
  if (step === 0) return;
  for (let from = 0; from < row.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, row.length);
    for (let word = 0, j = 0; word < words; word++, j += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let p = from; p < to; p++) {
        const factor = factors[p]!;
        const four = packed[offsets[p]! + word]!;
        a = (a + multiply(factor, (four << 24) >> 24)) | 0;
        b = (b + multiply(factor, (four << 16) >> 24)) | 0;
        c = (c + multiply(factor, (four << 8) >> 24)) | 0;
        d = (d + multiply(factor, four >> 24)) | 0;
      }
      sums[j] = sums[j]! + a * step;
      sums[j + 1] = sums[j + 1]! + b * step;
      sums[j + 2] = sums[j + 2]! + c * step;
      sums[j + 3] = sums[j + 3]! + d * step;
    }
  }
}

/** Packs the hidden units that are on; returns how many. */
function activate(hiddenBias: Float32Array): number {
  if (units.length < hiddenBias.length) {
    units = new Int32Array(hiddenBias.length);
    activities = new Float64Array(hiddenBias.length);
  }
  let count = 0;
  for (let j = 0; j < hiddenBias.length; j++) {
    const activity = sums[j]! + hiddenBias[j]!;
    if (activity <= 0) continue;
    units[count] = j;
    activities[count++] = activity;
  }
  return count;
}

/** The logits of four labels from `first` on (fewer at the end) at once: their sums do not wait for one another. */
function scoreFour({ output, outputBias, hiddenBias }: NetPart, first: number, active: number, logits: Float64Array): void {
  const width = hiddenBias.length;
  const last = logits.length - 1;
  const [k1, k2, k3] = [Math.min(first + 1, last), Math.min(first + 2, last), Math.min(first + 3, last)];
  const from = first * width;
  const [from1, from2, from3] = [k1 * width, k2 * width, k3 * width];
  let a = outputBias[first]!;
  let b = outputBias[k1]!;
  let c = outputBias[k2]!;
  let d = outputBias[k3]!;
  for (let u = 0; u < active; u++) {
    const unit = units[u]!;
    const activity = activities[u]!;
    a += activity * output[from + unit]!;
    b += activity * output[from1 + unit]!;
    c += activity * output[from2 + unit]!;
    d += activity * output[from3 + unit]!;
  }
  logits[first] = a;
  logits[k1] = b;
  logits[k2] = c;
  logits[k3] = d;
}

function scoreNet(net: NetPart, row: FeatureRow, logits: Float64Array): void {
  sumRows(net.input, row);
  const active = activate(net.hiddenBias);
  for (let first = 0; first < logits.length; first += 4) scoreFour(net, first, active, logits);
}

/** Room for the scores of one text; reuse it from text to text where nobody keeps them. */
export function createScores(parts: ScoringParts): RawScores {
  return {
    net: parts.net && new Float64Array(parts.net.outputBias.length),
    svm: parts.svm && new Float64Array(parts.svm.bias.length),
  };
}

/** Scores one sparse row with every part the model has, into `scores`. */
export function scoreRow(parts: ScoringParts, row: FeatureRow, scores: RawScores = createScores(parts)): RawScores {
  const { net, svm } = scores;
  if (parts.net && net) scoreNet(parts.net, row, net);
  if (parts.svm && svm) {
    sumRows(parts.svm.weights, row);
    for (let k = 0; k < svm.length; k++) svm[k] = sums[k]! + parts.svm.bias[k]!;
  }
  return scores;
}

/** Adds `share` of the softmax of `scores`, sharpened by an inverse temperature, to `probabilities`. */
function addSoftmax(scores: Float64Array, sharpness: number, target: { probabilities: Float64Array; share: number }): void {
  const { probabilities, share } = target;
  if (sums.length < scores.length) sums = new Float64Array(scores.length * 2);
  let largest = -Infinity;
  for (let k = 0; k < scores.length; k++) if (scores[k]! > largest) largest = scores[k]!;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += sums[k] = Math.exp((scores[k]! - largest) * sharpness);
  const factor = share / sum;
  for (let k = 0; k < scores.length; k++) probabilities[k] = probabilities[k]! + sums[k]! * factor;
}

/** Weighted mean of the parts' sharpened softmaxes, into `probabilities`: one a label, summing to 1. */
export function combineScores(
  raw: RawScores,
  mixture: Mixture,
  probabilities: Float64Array = new Float64Array((raw.net ?? raw.svm)?.length ?? 0),
): Float64Array {
  probabilities.fill(0);
  const netShare = raw.net ? (raw.svm ? mixture.netShare : 1) : 0;
  if (raw.net) addSoftmax(raw.net, mixture.netSharpness, { probabilities, share: netShare });
  if (raw.svm) addSoftmax(raw.svm, mixture.svmSharpness, { probabilities, share: 1 - netShare });
  return probabilities;
}
