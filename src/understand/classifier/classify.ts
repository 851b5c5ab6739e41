import type { ClassifierModel } from './classifier-model';
import { createFeatureRow, fillFeatureRow } from './feature-row';
import { gateProbability } from './fit-gate';
import { gateSignals } from './gate-signals';
import { normalizeForFeatures } from './normalize-for-features';
import { combineScores, createScores, scoreRow, type RawScores } from './score-row';

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

/** What one model needs to classify a text: made once, so that a call allocates only its answer. */
interface Workplace {
  readonly scores: RawScores;
  readonly probabilities: Float64Array;
  readonly ranking: Int32Array;
}

const row = createFeatureRow();
const workplaces = new WeakMap<ClassifierModel, Workplace>();

function workplaceOf(model: ClassifierModel): Workplace {
  let workplace = workplaces.get(model);
  if (!workplace) {
    const count = model.labels.length;
    workplace = { scores: createScores(model), probabilities: new Float64Array(count), ranking: new Int32Array(count) };
    workplaces.set(model, workplace);
  }
  return workplace;
}

/** Puts the indices of the `top` highest probabilities first in `ranking`; returns how many there are. */
function rank(probabilities: Float64Array, ranking: Int32Array, top: number): number {
  let count = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const probability = probabilities[k]!;
    let at = count;
    if (count >= top) {
      if (count === 0 || !(probability > probabilities[ranking[count - 1]!]!)) continue;
      at--;
    } else count++;
    for (; at > 0 && probabilities[ranking[at - 1]!]! < probability; at--) ranking[at] = ranking[at - 1]!;
    ranking[at] = k;
  }
  return count;
}

/** Classifies one text ("can i put makeup on tonight") and returns its `top` labels; a text without one known feature has inScope 0. */
export function classify(model: ClassifierModel, text: string, top = 5): Classification {
  const { scores, probabilities, ranking } = workplaceOf(model);
  fillFeatureRow(row, normalizeForFeatures(text), model);
  scoreRow(model, row, scores);
  combineScores(scores, model.calibration, probabilities);
  const labels: LabelProbability[] = [];
  for (let place = 0, count = rank(probabilities, ranking, top); place < count; place++) {
    const k = ranking[place]!;
    labels.push({ label: model.labels[k]!, probability: probabilities[k]! });
  }
  const { gateBias: bias, gateWeights: weights } = model.calibration;
  return {
    labels,
    inScope: row.length === 0 ? 0 : gateProbability({ bias, weights }, gateSignals(scores, probabilities, row)),
    unknownWords: row.unknownWords,
  };
}
