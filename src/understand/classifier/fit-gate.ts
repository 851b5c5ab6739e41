/** What the in-scope gate looks at, in a fixed order (see gate-signals.ts). */
export type GateSignals = readonly number[];

/** One text for the gate to learn from; weights need not sum to anything. */
export interface GateExample {
  readonly signals: GateSignals;
  readonly isInScope: boolean;
  readonly weight: number;
}

/** A fitted gate: P(in scope) = logistic(bias + weights . signals). */
export interface Gate {
  readonly bias: number;
  readonly weights: readonly number[];
}

const RIDGE = 1e-3;
const MOST_STEPS = 50;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** The gate's probability (0-1) that a text with these signals is in scope. */
export function gateProbability(gate: Gate, signals: GateSignals): number {
  let sum = gate.bias;
  for (let i = 0; i < signals.length; i++) sum += gate.weights[i]! * signals[i]!;
  return logistic(sum);
}

/** Solves a small symmetric positive system by elimination; `system` holds `size` rows of size + 1 numbers and is overwritten. */
function solveSystem(system: Float64Array, size: number): Float64Array {
  const stride = size + 1;
  for (let pivot = 0; pivot < size; pivot++) {
    const head = system[pivot * stride + pivot]!;
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = system[row * stride + pivot]! / head;
      for (let c = pivot; c < stride; c++) {
        system[row * stride + c] = system[row * stride + c]! - factor * system[pivot * stride + c]!;
      }
    }
  }
  return Float64Array.from({ length: size }, (_, i) => system[i * stride + size]! / system[i * stride + i]!);
}

interface Standard {
  readonly mean: number;
  readonly spread: number;
}

function standardize(examples: readonly GateExample[], signal: number): Standard {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const { signals, weight } of examples) {
    total += weight;
    sum += weight * signals[signal]!;
    squares += weight * signals[signal]! ** 2;
  }
  const mean = sum / total;
  const spread = Math.sqrt(Math.max(0, squares / total - mean * mean));
  return { mean, spread: spread < 1e-9 ? 1 : spread };
}

function newtonStep(inputs: readonly Float64Array[], examples: readonly GateExample[], beta: Float64Array): Float64Array {
  const size = beta.length;
  const stride = size + 1;
  const system = new Float64Array(size * stride);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let i = 0; i < size; i++) {
    const ridge = i === 0 ? 1e-9 : RIDGE;
    system[i * stride + i] = ridge;
    system[i * stride + size] = -ridge * beta[i]!;
  }
  inputs.forEach((x, n) => {
    const { isInScope, weight } = examples[n]!;
    let z = 0;
    for (let i = 0; i < size; i++) z += beta[i]! * x[i]!;
    const p = logistic(z);
    const share = weight / total;
    const curvature = Math.max(p * (1 - p), 1e-6) * share;
    const residual = ((isInScope ? 1 : 0) - p) * share;
    for (let i = 0; i < size; i++) {
      system[i * stride + size] = system[i * stride + size]! + residual * x[i]!;
      for (let j = 0; j < size; j++) system[i * stride + j] = system[i * stride + j]! + curvature * x[i]! * x[j]!;
    }
  });
  return solveSystem(system, size);
}

/** Fits the gate by weighted logistic regression (Newton steps, slight ridge on standardised signals). */
export function fitGate(examples: readonly GateExample[]): Gate {
  const standards = (examples[0]?.signals ?? []).map((_, signal) => standardize(examples, signal));
  const inputs = examples.map(({ signals }) =>
    Float64Array.from([1, ...standards.map(({ mean, spread }, i) => (signals[i]! - mean) / spread)]),
  );
  const beta = new Float64Array(standards.length + 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const change = newtonStep(inputs, examples, beta);
    let largest = 0;
    for (let i = 0; i < beta.length; i++) {
      const move = Math.max(-2, Math.min(2, change[i]!));
      beta[i] = beta[i]! + move;
      largest = Math.max(largest, Math.abs(move));
    }
    if (largest < 1e-7) break;
  }
  let bias = beta[0]!;
  const weights = standards.map(({ mean, spread }, i) => {
    const weight = beta[i + 1]! / spread;
    bias -= weight * mean;
    return weight;
  });
  return { bias, weights };
}
