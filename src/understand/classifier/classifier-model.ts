import type { Vocabulary } from './vocabulary';

/** A matrix stored as one byte a number, four to a word, rows padded to whole words: entry = byte of column * scales[row]. */
export interface QuantizedRows {
  readonly columns: number;
  readonly scales: Float32Array;
  readonly packed: Int32Array;
}

/** A net with one hidden layer: one row of `input` a feature, one run of `hiddenBias.length` numbers in `output` a label. */
export interface NetPart {
  readonly input: QuantizedRows;
  readonly hiddenBias: Float32Array;
  readonly output: Float32Array;
  readonly outputBias: Float32Array;
}

/** One linear separator a label: one row of `weights` a feature, one column a label. */
export interface SvmPart {
  readonly weights: QuantizedRows;
  readonly bias: Float32Array;
}

/** What turns raw scores into probabilities: inverse temperatures, and how much the net counts (0-1) beside the separators. */
export interface Mixture {
  readonly netSharpness: number;
  readonly svmSharpness: number;
  readonly netShare: number;
}

/** What calibration finds: the mixture, and the in-scope gate over its signals. */
export interface Calibration extends Mixture {
  readonly gateBias: number;
  readonly gateWeights: readonly number[];
}

/** The learnt parts that score a text, before calibration. */
export interface ScoringParts {
  readonly vocabulary: Vocabulary;
  readonly wordBlockWeight: number;
  readonly net: NetPart | null;
  readonly svm: SvmPart | null;
}

/** A trained classifier, ready to classify, store and load; treat it as immutable. */
export interface ClassifierModel extends ScoringParts {
  readonly labels: readonly string[];
  readonly calibration: Calibration;
}
