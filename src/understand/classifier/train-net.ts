import type { NetPart } from './classifier-model';
import type { FeatureRows } from './feature-row';
import { quantizeRows } from './quantize-rows';
import { createRandom, shuffle, shuffledOrder, type Random } from './seeded-random';

/** The material a part learns from: sparse rows, each with a label index and a positive weight (1 = ordinary). */
export interface TrainingSet {
  readonly rows: FeatureRows;
  readonly labels: Int32Array;
  readonly weights: Float32Array;
  readonly labelCount: number;
  readonly featureCount: number;
}

/** How a net learns; `epochs` is the number of passes over the material, `smoothing` the share (0-1) of the target that all labels have in common. */
export interface NetOptions {
  readonly epochs: number;
  readonly smoothing: number;
  readonly seed: number;
  readonly onProgress?: (fraction: number) => void;
}

const HIDDEN = 96;
const LEARNING_RATE = 0.04;
const INPUT_KEEP = 0.5;
const HIDDEN_KEEP = 0.7;
const START_SPREAD = 0.1;
const TINY = 1e-6;

interface NetState {
  readonly input: Float32Array;
  readonly inputSquares: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly biasSquares: Float32Array;
  readonly output: Float32Array;
  readonly outputSquares: Float32Array;
  readonly outputBias: Float32Array;
  readonly outputBiasSquares: Float32Array;
}

interface Workspace {
  readonly hidden: Float64Array;
  // The hidden units that take part in this step, packed: which, how active, how they should move.
  readonly units: Int32Array;
  readonly activities: Float64Array;
  readonly gradients: Float64Array;
  readonly errors: Float64Array;
  kept: Int32Array;
  keptValues: Float32Array;
  readonly smoothing: number;
}

function startNet(set: TrainingSet, random: Random): NetState {
  const input = new Float32Array(set.featureCount * HIDDEN);
  const output = new Float32Array(set.labelCount * HIDDEN);
  for (let i = 0; i < input.length; i++) input[i] = (random() * 2 - 1) * START_SPREAD;
  for (let i = 0; i < output.length; i++) output[i] = (random() * 2 - 1) * START_SPREAD;
  return {
    input,
    inputSquares: new Float32Array(set.featureCount).fill(TINY),
    hiddenBias: new Float32Array(HIDDEN),
    biasSquares: new Float32Array(HIDDEN).fill(TINY),
    output,
    outputSquares: new Float32Array(set.labelCount).fill(TINY),
    outputBias: new Float32Array(set.labelCount),
    outputBiasSquares: new Float32Array(set.labelCount).fill(TINY),
  };
}

/** Keeps half of the row's features and sums them into the hidden layer; returns how many were kept. */
function forwardInput(net: NetState, set: TrainingSet, row: number, work: Workspace, random: Random): number {
  const { indices, values, rowStarts } = set.rows;
  const { hidden, kept, keptValues } = work;
  const { input } = net;
  let keptCount = 0;
  hidden.set(net.hiddenBias);
  for (let p = rowStarts[row]!, end = rowStarts[row + 1]!; p < end; p++) {
    if (random() >= INPUT_KEEP) continue;
    const index = indices[p]!;
    const value = values[p]! / INPUT_KEEP;
    kept[keptCount] = index;
    keptValues[keptCount++] = value;
    const from = index * HIDDEN;
    for (let j = 0; j < HIDDEN; j += 4) {
      hidden[j] = hidden[j]! + value * input[from + j]!;
      hidden[j + 1] = hidden[j + 1]! + value * input[from + j + 1]!;
      hidden[j + 2] = hidden[j + 2]! + value * input[from + j + 2]!;
      hidden[j + 3] = hidden[j + 3]! + value * input[from + j + 3]!;
    }
  }
  return keptCount;
}

/** Lists the hidden units that are on and survive dropout; returns how many. */
function pickUnits(work: Workspace, random: Random): number {
  const { hidden, units, activities } = work;
  let count = 0;
  for (let j = 0; j < HIDDEN; j++) {
    if (hidden[j]! <= 0 || random() >= HIDDEN_KEEP) continue;
    activities[count] = hidden[j]! / HIDDEN_KEEP;
    units[count++] = j;
  }
  return count;
}

/** Fills `errors` with softmax minus the smoothed target. */
function outputErrors(net: NetState, label: number, unitCount: number, work: Workspace): void {
  const { activities, units, errors, smoothing } = work;
  const { output, outputBias } = net;
  const labelCount = errors.length;
  let largest = -Infinity;
  for (let k = 0; k < labelCount; k++) {
    let logit = outputBias[k]!;
    const from = k * HIDDEN;
    for (let u = 0; u < unitCount; u++) logit += output[from + units[u]!]! * activities[u]!;
    errors[k] = logit;
    if (logit > largest) largest = logit;
  }
  let sum = 0;
  for (let k = 0; k < labelCount; k++) sum += errors[k] = Math.exp(errors[k]! - largest);
  for (let k = 0; k < labelCount; k++) errors[k] = errors[k]! / sum - smoothing / labelCount;
  errors[label] = errors[label]! - (1 - smoothing);
}

function updateOutput(net: NetState, rate: number, unitCount: number, work: Workspace): void {
  const { activities, gradients, units, errors } = work;
  const { output, outputSquares, outputBias, outputBiasSquares } = net;
  let energy = 0;
  for (let u = 0; u < unitCount; u++) {
    energy += activities[u]! ** 2;
    gradients[u] = 0;
  }
  energy /= HIDDEN;
  for (let k = 0; k < errors.length; k++) {
    const error = errors[k]!;
    const squared = error * error;
    const squares = (outputSquares[k] = outputSquares[k]! + squared * energy);
    const biasSquares = (outputBiasSquares[k] = outputBiasSquares[k]! + squared);
    outputBias[k] = outputBias[k]! - (rate * error) / Math.sqrt(biasSquares);
    const step = (rate * error) / Math.sqrt(squares);
    const from = k * HIDDEN;
    for (let u = 0; u < unitCount; u++) {
      const at = from + units[u]!;
      const weight = output[at]!;
      gradients[u] = gradients[u]! + error * weight;
      output[at] = weight - step * activities[u]!;
    }
  }
}

function updateInput(net: NetState, rate: number, counts: { units: number; kept: number }, work: Workspace): void {
  const { gradients, units, kept, keptValues } = work;
  const { input, inputSquares, hiddenBias, biasSquares } = net;
  let squaredGradient = 0;
  for (let u = 0; u < counts.units; u++) {
    const j = units[u]!;
    const gradient = (gradients[u] = gradients[u]! / HIDDEN_KEEP);
    squaredGradient += gradient * gradient;
    const squares = (biasSquares[j] = biasSquares[j]! + gradient * gradient);
    hiddenBias[j] = hiddenBias[j]! - (rate * gradient) / Math.sqrt(squares);
  }
  squaredGradient /= HIDDEN;
  for (let p = 0; p < counts.kept; p++) {
    const index = kept[p]!;
    const value = keptValues[p]!;
    const squares = (inputSquares[index] = inputSquares[index]! + value * value * squaredGradient);
    const step = (rate * value) / Math.sqrt(squares);
    const from = index * HIDDEN;
    for (let u = 0; u < counts.units; u++) {
      const at = from + units[u]!;
      input[at] = input[at]! - step * gradients[u]!;
    }
  }
}

/** Trains one net by AdaGrad with one step size a feature, dropout on features and units, and smoothed targets. */
function trainOne(set: TrainingSet, options: NetOptions): NetState {
  const random = createRandom(options.seed);
  const net = startNet(set, random);
  const rowCount = set.labels.length;
  const order = shuffledOrder(rowCount, random);
  const longest = set.rows.indices.length;
  const work: Workspace = {
    hidden: new Float64Array(HIDDEN),
    units: new Int32Array(HIDDEN),
    activities: new Float64Array(HIDDEN),
    gradients: new Float64Array(HIDDEN),
    errors: new Float64Array(set.labelCount),
    kept: new Int32Array(longest),
    keptValues: new Float32Array(longest),
    smoothing: options.smoothing,
  };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, rowCount, random);
    const rate = LEARNING_RATE * (1 - epoch / options.epochs);
    for (const row of order) {
      const kept = forwardInput(net, set, row, work, random);
      const units = pickUnits(work, random);
      outputErrors(net, set.labels[row]!, units, work);
      const weight = set.weights[row]!;
      if (weight !== 1) for (let k = 0; k < work.errors.length; k++) work.errors[k] = work.errors[k]! * weight;
      updateOutput(net, rate, units, work);
      updateInput(net, rate, { units, kept }, work);
    }
    options.onProgress?.((epoch + 1) / options.epochs);
  }
  return net;
}

/** Makes one net of several that answers the mean of their logits: their hidden layers side by side. */
function joinNets(nets: readonly NetState[], labelCount: number): NetPart {
  const width = HIDDEN * nets.length;
  const hiddenBias = new Float32Array(width);
  const output = new Float32Array(labelCount * width);
  const outputBias = new Float32Array(labelCount);
  nets.forEach((net, place) => {
    hiddenBias.set(net.hiddenBias, place * HIDDEN);
    for (let k = 0; k < labelCount; k++) {
      outputBias[k] = outputBias[k]! + net.outputBias[k]! / nets.length;
      for (let j = 0; j < HIDDEN; j++) output[k * width + place * HIDDEN + j] = net.output[k * HIDDEN + j]! / nets.length;
    }
  });
  const input = quantizeRows(
    nets.map((net) => net.input),
    HIDDEN,
  );
  return { input, hiddenBias, output, outputBias };
}

/** Trains `count` one-hidden-layer nets that differ by their seed only, and joins them into one. */
export function trainNets(set: TrainingSet, options: NetOptions & { readonly count: number }): NetPart {
  const { count, seed, onProgress } = options;
  const nets = Array.from({ length: count }, (_, place) =>
    trainOne(set, { ...options, seed: seed + place, onProgress: (done) => onProgress?.((place + done) / count) }),
  );
  return joinNets(nets, set.labelCount);
}
