import type { SvmPart } from './classifier-model';
import type { FeatureRows } from './feature-row';
import { quantizeColumns } from './quantize-rows';
import { createRandom, shuffle, type Random } from './seeded-random';
import type { TrainingSet } from './train-net';

/** How the separators learn; `cost` is the price of a margin violation (1 = ordinary, 10 = little material). */
export interface SvmOptions {
  readonly cost: number;
  readonly seed: number;
  readonly onProgress?: (fraction: number) => void;
}

const TOLERANCE = 0.1;
const MOST_PASSES = 60;
const STILL = 1e-12;

interface Separator {
  readonly weights: Float64Array;
  bias: number;
}

interface Solver {
  readonly rows: FeatureRows;
  readonly order: Int32Array;
  readonly alphas: Float64Array;
  readonly diagonals: Float64Array;
  readonly squaredNorms: Float64Array;
  readonly separator: Separator;
  readonly random: Random;
}

function score(rows: FeatureRows, row: number, weights: Float64Array): number {
  const { indices, values, rowStarts } = rows;
  let sum = 0;
  for (let p = rowStarts[row]!, end = rowStarts[row + 1]!; p < end; p++) sum += values[p]! * weights[indices[p]!]!;
  return sum;
}

function addRow(rows: FeatureRows, row: number, weights: Float64Array, factor: number): void {
  const { indices, values, rowStarts } = rows;
  for (let p = rowStarts[row]!, end = rowStarts[row + 1]!; p < end; p++) {
    const index = indices[p]!;
    weights[index] = weights[index]! + factor * values[p]!;
  }
}

interface PassBounds {
  active: number;
  highest: number;
  lowest: number;
}

/** One pass over the active rows; rows that can no longer move are set aside behind `active`. */
function descendOnce(solver: Solver, isPositive: (row: number) => boolean, bounds: PassBounds): PassBounds {
  const { rows, order, alphas, diagonals, squaredNorms, separator } = solver;
  let { active } = bounds;
  let highest = -Infinity;
  let lowest = Infinity;
  shuffle(order, active, solver.random);
  for (let s = 0; s < active; s++) {
    const row = order[s]!;
    const sign = isPositive(row) ? 1 : -1;
    const alpha = alphas[row]!;
    const slope = sign * (score(rows, row, separator.weights) + separator.bias) - 1 + diagonals[row]! * alpha;
    if (alpha === 0 && slope > bounds.highest) {
      order[s] = order[--active]!;
      order[active] = row;
      s--;
      continue;
    }
    const projected = alpha === 0 ? Math.min(slope, 0) : slope;
    if (projected > highest) highest = projected;
    if (projected < lowest) lowest = projected;
    if (Math.abs(projected) < STILL) continue;
    const next = Math.max(0, alpha - slope / (squaredNorms[row]! + diagonals[row]!));
    alphas[row] = next;
    const step = (next - alpha) * sign;
    addRow(rows, row, separator.weights, step);
    separator.bias += step;
  }
  return { active, highest, lowest };
}

function solve(solver: Solver, isPositive: (row: number) => boolean): void {
  const rowCount = solver.order.length;
  let bounds: PassBounds = { active: rowCount, highest: Infinity, lowest: -Infinity };
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const after = descendOnce(solver, isPositive, bounds);
    if (after.highest - after.lowest <= TOLERANCE) {
      if (after.active === rowCount) return;
      bounds = { active: rowCount, highest: Infinity, lowest: -Infinity };
      continue;
    }
    bounds = { ...after, highest: after.highest <= 0 ? Infinity : after.highest };
  }
}

function squaredNormsOf(rows: FeatureRows, rowCount: number): Float64Array {
  const norms = new Float64Array(rowCount).fill(1);
  for (let row = 0; row < rowCount; row++) {
    for (let p = rows.rowStarts[row]!; p < rows.rowStarts[row + 1]!; p++) norms[row] = norms[row]! + rows.values[p]! ** 2;
  }
  return norms;
}

/** Trains one squared-hinge linear separator a label (that label against all others) by dual coordinate descent with shrinking. */
export function trainSvm(set: TrainingSet, options: SvmOptions): SvmPart {
  const rowCount = set.labels.length;
  const matrix = new Float32Array(set.featureCount * set.labelCount);
  const bias = new Float32Array(set.labelCount);
  const solver: Solver = {
    rows: set.rows,
    order: Int32Array.from(set.labels, (_, i) => i),
    alphas: new Float64Array(rowCount),
    diagonals: Float64Array.from(set.weights, (weight) => 0.5 / (options.cost * weight)),
    squaredNorms: squaredNormsOf(set.rows, rowCount),
    separator: { weights: new Float64Array(set.featureCount), bias: 0 },
    random: createRandom(options.seed),
  };
  for (let label = 0; label < set.labelCount; label++) {
    solver.alphas.fill(0);
    solver.separator.weights.fill(0);
    solver.separator.bias = 0;
    solve(solver, (row) => set.labels[row] === label);
    matrix.set(solver.separator.weights, label * set.featureCount);
    bias[label] = solver.separator.bias;
    options.onProgress?.((label + 1) / set.labelCount);
  }
  return { weights: quantizeColumns(matrix, set.labelCount), bias };
}
