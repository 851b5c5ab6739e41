import type { Calibration, Mixture, ScoringParts } from './classifier-model';
import { createFeatureRow, fillFeatureRow } from './feature-row';
import { fitGate, type GateExample } from './fit-gate';
import { gateSignals } from './gate-signals';
import { combineScores, scoreRow, type RawScores } from './score-row';

/** A held-out text of a known label: what temperatures and gate are fitted on. */
export interface HeldOutText {
  readonly text: string;
  readonly label: number;
  readonly weight: number;
}

/** What calibration learns from; all texts normalised and none of them trained on. */
export interface CalibrationMaterial {
  readonly heldOut: readonly HeldOutText[];
  readonly leftOutClasses: readonly string[];
  readonly outOfScope: readonly string[];
  readonly netShare: number;
}

/** Used when there is nothing to fit on: a handful of examples, or no class could be left out and none was given as out of scope. */
export const UNFITTED: Calibration = {
  netSharpness: 1,
  svmSharpness: 4,
  netShare: 0.5,
  gateBias: 3,
  gateWeights: [0.5, 0.5, -4, -2, 0, 0],
};

const SHARPNESS_ROUNDS = 3;
const SECTION_STEPS = 18;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const LOWEST_LOG = Math.log(0.1);
const HIGHEST_LOG = Math.log(40);
const FLOOR = 1e-12;
// With this many given out-of-scope texts they weigh as much as the left-out classes together.
const EVEN_OUT_OF_SCOPE = 50;

/** The argument in [low, high] where a one-valley function is lowest, by golden section. */
function lowestPoint(cost: (x: number) => number, low: number, high: number): number {
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let leftCost = cost(left);
  let rightCost = cost(right);
  for (let step = 0; step < SECTION_STEPS; step++) {
    if (leftCost <= rightCost) {
      high = right;
      right = left;
      rightCost = leftCost;
      left = high - GOLDEN * (high - low);
      leftCost = cost(left);
    } else {
      low = left;
      left = right;
      leftCost = rightCost;
      right = low + GOLDEN * (high - low);
      rightCost = cost(right);
    }
  }
  return (low + high) / 2;
}

function fitSharpness(scored: readonly { raw: RawScores; label: number; weight: number }[], netShare: number): Mixture {
  const surprise = (mixture: Mixture): number =>
    scored.reduce((sum, { raw, label, weight }) => sum - weight * Math.log(combineScores(raw, mixture)[label]! + FLOOR), 0);
  let best: Mixture = { netSharpness: UNFITTED.netSharpness, svmSharpness: UNFITTED.svmSharpness, netShare };
  const hasNet = scored.some(({ raw }) => raw.net);
  const hasSvm = scored.some(({ raw }) => raw.svm);
  const rounds = hasNet && hasSvm ? SHARPNESS_ROUNDS : 1;
  for (let round = 0; round < rounds; round++) {
    if (hasNet) {
      const at = lowestPoint((x) => surprise({ ...best, netSharpness: Math.exp(x) }), LOWEST_LOG, HIGHEST_LOG);
      best = { ...best, netSharpness: Math.exp(at) };
    }
    if (hasSvm) {
      const at = lowestPoint((x) => surprise({ ...best, svmSharpness: Math.exp(x) }), LOWEST_LOG, HIGHEST_LOG);
      best = { ...best, svmSharpness: Math.exp(at) };
    }
  }
  return best;
}

function weighGateExamples(groups: { inside: GateExample[]; leftOut: GateExample[]; given: GateExample[] }): GateExample[] {
  const { inside, leftOut, given } = groups;
  const givenShare = leftOut.length === 0 ? 1 : given.length / (given.length + EVEN_OUT_OF_SCOPE);
  const spread = (examples: GateExample[], mass: number): GateExample[] =>
    examples.map((example) => ({ ...example, weight: mass / examples.length }));
  return [...spread(inside, 1), ...spread(leftOut, 1 - givenShare), ...spread(given, givenShare)];
}

/** Fits temperatures on held-out texts and the in-scope gate on held-out against left-out and given out-of-scope texts (prior one to one). */
export function calibrate(parts: ScoringParts, material: CalibrationMaterial): Calibration {
  const { netShare } = material;
  if (material.heldOut.length === 0) return { ...UNFITTED, netShare };
  const row = createFeatureRow();
  const scoreText = (text: string): { raw: RawScores; unknownWords: number; unknownGrams: number } => {
    fillFeatureRow(row, text, parts);
    return { raw: scoreRow(parts, row), unknownWords: row.unknownWords, unknownGrams: row.unknownGrams };
  };
  const heldOut = material.heldOut.map((held) => ({ ...scoreText(held.text), label: held.label, weight: held.weight }));
  const mixture = fitSharpness(heldOut, netShare);
  const toExample = (scored: ReturnType<typeof scoreText>, isInScope: boolean): GateExample => ({
    signals: gateSignals(scored.raw, combineScores(scored.raw, mixture), scored),
    isInScope,
    weight: 1,
  });
  const groups = {
    inside: heldOut.map((scored) => toExample(scored, true)),
    leftOut: material.leftOutClasses.map((text) => toExample(scoreText(text), false)),
    given: material.outOfScope.map((text) => toExample(scoreText(text), false)),
  };
  if (groups.leftOut.length + groups.given.length === 0) return { ...UNFITTED, ...mixture };
  const gate = fitGate(weighGateExamples(groups));
  return { ...mixture, gateBias: gate.bias, gateWeights: gate.weights };
}
