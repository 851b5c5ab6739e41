import { gateSignals } from './calibrate';
import type { ClassifierModel } from './classifier-model';
import { createFeatureRow, fillFeatureRow } from './feature-row';
import { gateProbability } from './fit-gate';
import { normalizeForFeatures } from './normalize-for-features';
import { combineScores, scoreRow } from './score-row';

/** One label and its probability (0-1) given that the text is in scope. */
export interface LabelProbability {
  readonly label: string;
  readonly probability: number;
}

/** The most probable labels first, P(in scope) at even prior (0-1), and the share (0-1) of words training never saw. */
export interface Classification {
  readonly labels: readonly LabelProbability[];
  readonly inScope: number;
  readonly unknownWords: number;
}

const row = createFeatureRow();

function topIndices(probabilities: Float64Array, top: number): number[] {
  const best: number[] = [];
  for (let k = 0; k < probabilities.length; k++) {
    const probability = probabilities[k]!;
    if (best.length >= top && !(probability > probabilities[best[best.length - 1]!]!)) continue;
    let at = best.length;
    while (at > 0 && probabilities[best[at - 1]!]! < probability) at--;
    best.splice(at, 0, k);
    if (best.length > top) best.pop();
  }
  return best;
}

/** Classifies one text ("can i put makeup on tonight") and returns its `top` labels; a text without one known feature has inScope 0. */
export function classify(model: ClassifierModel, text: string, top = 5): Classification {
  fillFeatureRow(row, normalizeForFeatures(text), model);
  const { calibration, labels } = model;
  const raw = scoreRow(model, row);
  const probabilities = combineScores(raw, { net: calibration.netSharpness, svm: calibration.svmSharpness });
  const gate = { bias: calibration.gateBias, weights: calibration.gateWeights };
  return {
    labels: top < 1 ? [] : topIndices(probabilities, top).map((k) => ({ label: labels[k]!, probability: probabilities[k]! })),
    inScope: row.length === 0 ? 0 : gateProbability(gate, gateSignals(raw, probabilities, row)),
    unknownWords: row.unknownWords,
  };
}
