/** One judged text: whether it lies in scope, whether the top label was right, its probability (0-1), the model's in-scope score. */
export interface Judgement {
  readonly isInScope: boolean;
  readonly label: string;
  readonly predicted: string;
  readonly probability: number;
  readonly score: number;
}

/** Quality figures of one model on one set, all 0-1 (null where the set has no out-of-scope texts), and the number of in-scope texts. */
export interface Figures {
  readonly accuracy: number;
  readonly macroF1: number;
  readonly oosRecallAt10: number | null;
  readonly auroc: number | null;
  readonly ece: number;
  readonly texts: number;
}

const BINS = 15;
const FALSE_REJECT_BUDGET = 0.1;

function accuracyOf(inScope: readonly Judgement[]): number {
  return inScope.filter(({ label, predicted }) => label === predicted).length / inScope.length;
}

function macroF1Of(inScope: readonly Judgement[]): number {
  const counts = new Map<string, { hits: number; wanted: number; given: number }>();
  const countOf = (label: string): { hits: number; wanted: number; given: number } => {
    const count = counts.get(label) ?? { hits: 0, wanted: 0, given: 0 };
    counts.set(label, count);
    return count;
  };
  for (const { label, predicted } of inScope) {
    countOf(label).wanted++;
    countOf(predicted).given++;
    if (label === predicted) countOf(label).hits++;
  }
  const wanted = [...counts.values()].filter((count) => count.wanted > 0);
  return wanted.reduce((sum, count) => sum + (2 * count.hits) / (count.wanted + count.given), 0) / wanted.length;
}

/** Expected calibration error of the top probability over 15 even bins. */
function calibrationErrorOf(inScope: readonly Judgement[]): number {
  const gaps = new Float64Array(BINS);
  for (const { label, predicted, probability } of inScope) {
    const bin = Math.min(BINS - 1, Math.floor(probability * BINS));
    gaps[bin] = (gaps[bin] ?? 0) + probability - (label === predicted ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / inScope.length;
}

/** Chance that an in-scope text scores above an out-of-scope one, ties counting half. */
function aurocOf(inside: readonly number[], outside: readonly number[]): number {
  const all = [...inside.map((score) => ({ score, inside: true })), ...outside.map((score) => ({ score, inside: false }))];
  all.sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    let insideTies = 0;
    while (to < all.length && all[to]?.score === all[from]?.score) if (all[to++]?.inside) insideTies++;
    rankSum += insideTies * ((from + 1 + to) / 2);
    from = to;
  }
  return (rankSum - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** Share of out-of-scope texts below the score that rejects at most 10 % of in-scope texts. */
function recallAtBudget(inside: readonly number[], outside: readonly number[]): number {
  const sorted = inside.toSorted((a, b) => a - b);
  const threshold = sorted[Math.floor(sorted.length * FALSE_REJECT_BUDGET)] ?? 0;
  return outside.filter((score) => score < threshold).length / outside.length;
}

/** Computes the quality figures of one model from its judgements; accuracy, F1 and calibration are over in-scope texts. */
export function computeFigures(judgements: readonly Judgement[]): Figures {
  const inScope = judgements.filter((judgement) => judgement.isInScope);
  const inside = inScope.map(({ score }) => score);
  const outside = judgements.filter((judgement) => !judgement.isInScope).map(({ score }) => score);
  const hasOutside = outside.length > 0 && inside.length > 0;
  return {
    accuracy: accuracyOf(inScope),
    macroF1: macroF1Of(inScope),
    oosRecallAt10: hasOutside ? recallAtBudget(inside, outside) : null,
    auroc: hasOutside ? aurocOf(inside, outside) : null,
    ece: calibrationErrorOf(inScope),
    texts: inScope.length,
  };
}

/** The value below which `share` (0-1) of the numbers lie. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
