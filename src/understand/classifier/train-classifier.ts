import { calibrate } from './calibrate';
import type { ClassifierModel, ScoringParts } from './classifier-model';
import { buildFeatureRows } from './feature-row';
import { normalizeForFeatures } from './normalize-for-features';
import { createRandom, shuffledOrder } from './seeded-random';
import { trainNets, type TrainingSet } from './train-net';
import { trainSvm } from './train-svm';
import { buildVocabulary } from './vocabulary';

/** One training utterance; `weight` is its importance (1 = ordinary, 2 = counts twice; must be above 0). */
export interface TrainingExample {
  readonly text: string;
  readonly label: string;
  readonly weight?: number;
}

/**
 * How to train. `outOfScope` are texts that belong to no label; `tuning` are texts to calibrate on, before they too are learnt (without them a
 * part of the examples is held out); `nets` is how many nets vote (1 is enough for little material); `onProgress` gets fractions from 0 to 1.
 */
export interface TrainingOptions {
  readonly seed?: number;
  readonly nets?: number;
  readonly tuning?: readonly TrainingExample[];
  readonly outOfScope?: readonly string[];
  readonly parts?: 'net' | 'svm' | 'both';
  readonly onProgress?: (fraction: number) => void;
}

interface PreparedExample {
  readonly text: string;
  readonly label: number;
  readonly weight: number;
}

interface FitSettings {
  readonly labelCount: number;
  readonly seed: number;
  readonly parts: 'net' | 'svm' | 'both';
  readonly nets: number;
  readonly onProgress: (fraction: number) => void;
}

const SMALL_MATERIAL = 600;
const HELD_OUT_SHARE = 0.15;
const LEFT_OUT_SHARE = 0.2;
const FEWEST_LABELS_TO_LEAVE_OUT = 5;
const FEWEST_TO_HOLD_OUT = 20;
const CALIBRATION_SHARE_OF_WORK = 0.4;
// A net alone must leave room for the second-best label; several even out one another's certainty.
const SMOOTHING_ALONE = 0.05;
const SMOOTHING_AMONG_OTHERS = 0.02;

function fitParts(examples: readonly PreparedExample[], settings: FitSettings): ScoringParts {
  const isSmall = examples.length < SMALL_MATERIAL;
  const texts = examples.map(({ text }) => text);
  const vocabulary = buildVocabulary(texts);
  const wordBlockWeight = isSmall ? 0.3 : 1;
  const set: TrainingSet = {
    rows: buildFeatureRows(texts, { vocabulary, wordBlockWeight }),
    labels: Int32Array.from(examples, ({ label }) => label),
    weights: Float32Array.from(examples, ({ weight }) => weight),
    labelCount: settings.labelCount,
    featureCount: vocabulary.idf.length,
  };
  const { seed, parts, nets, onProgress } = settings;
  const smoothing = nets === 1 ? SMOOTHING_ALONE : SMOOTHING_AMONG_OTHERS;
  const netShare = parts === 'both' ? 0.6 : 1;
  const net =
    parts === 'svm'
      ? null
      : trainNets(set, { count: nets, epochs: isSmall ? 40 : 16, smoothing, seed, onProgress: (done) => onProgress(done * netShare) });
  const svm =
    parts === 'net'
      ? null
      : trainSvm(set, {
          cost: isSmall ? 10 : 1,
          seed,
          onProgress: (done) => onProgress(net ? netShare + done * (1 - netShare) : done),
        });
  return { vocabulary, wordBlockWeight, net, svm };
}

interface CalibrationSplit {
  readonly train: readonly PreparedExample[];
  readonly labelCount: number;
  readonly heldOut: readonly PreparedExample[];
  readonly leftOutClasses: readonly string[];
}

/** Leaves out a fifth of the labels as stand-ins for out of scope and holds out 15 % of the rest, at least one text of each label staying in training. */
function splitForCalibration(examples: readonly PreparedExample[], labelCount: number, seed: number): CalibrationSplit {
  const random = createRandom(seed ^ 0x5eed);
  const leftOutCount = labelCount < FEWEST_LABELS_TO_LEAVE_OUT ? 0 : Math.round(labelCount * LEFT_OUT_SHARE);
  const newLabels = new Int32Array(labelCount).fill(-1);
  shuffledOrder(labelCount, random)
    .subarray(leftOutCount)
    .toSorted()
    .forEach((label, position) => (newLabels[label] = position));
  const kept: PreparedExample[] = [];
  const leftOutClasses: string[] = [];
  for (const example of examples) {
    const label = newLabels[example.label]!;
    if (label < 0) leftOutClasses.push(example.text);
    else kept.push({ ...example, label });
  }
  const train: PreparedExample[] = [];
  const heldOut: PreparedExample[] = [];
  const represented = new Set<number>();
  const target = Math.round(kept.length * HELD_OUT_SHARE);
  for (const position of shuffledOrder(kept.length, random)) {
    const example = kept[position]!;
    const mayHoldOut = represented.has(example.label) && heldOut.length < target;
    represented.add(example.label);
    (mayHoldOut ? heldOut : train).push(example);
  }
  return { train, heldOut, leftOutClasses, labelCount: labelCount - leftOutCount };
}

function prepare(examples: readonly TrainingExample[], labels: readonly string[]): PreparedExample[] {
  const labelIndex = new Map(labels.map((label, index) => [label, index]));
  return examples.map(({ text, label, weight }) => ({
    text: normalizeForFeatures(text),
    label: labelIndex.get(label) ?? 0,
    weight: weight ?? 1,
  }));
}

function checkExamples(examples: readonly TrainingExample[], tuning: readonly TrainingExample[]): void {
  if (examples.length === 0) throw new RangeError('Training the classifier needs at least one example, got none');
  for (const [place, { weight }] of [...examples, ...tuning].entries()) {
    if (weight !== undefined && !(weight > 0 && weight < Infinity))
      throw new RangeError(`Training example ${place} needs a finite weight above 0, got ${weight}`);
  }
}

/** Holds out the tuning texts where they are given, else a part of the examples. */
function splitExamples(prepared: readonly PreparedExample[], tuningCount: number, settings: FitSettings): CalibrationSplit {
  const { labelCount, seed } = settings;
  if (tuningCount === 0) return splitForCalibration(prepared, labelCount, seed);
  const train = prepared.slice(0, -tuningCount);
  return { train, heldOut: prepared.slice(-tuningCount), leftOutClasses: [], labelCount };
}

/** Trains a classifier: first on a part of the material to calibrate probabilities and the in-scope gate, then on everything. The same input and seed give the same model. */
export function trainClassifier(examples: readonly TrainingExample[], options: TrainingOptions = {}): ClassifierModel {
  const { seed = 1, nets = 1, tuning = [], outOfScope = [], parts = 'both', onProgress = () => undefined } = options;
  checkExamples(examples, tuning);
  const material = [...examples, ...tuning];
  const labels = [...new Set(material.map(({ label }) => label))].toSorted();
  const prepared = prepare(material, labels);
  const settings: FitSettings = { labelCount: labels.length, seed, parts, nets, onProgress };
  const split = splitExamples(prepared, tuning.length, settings);
  const draft = fitParts(split.train, {
    ...settings,
    labelCount: split.labelCount,
    onProgress: (done) => onProgress(done * CALIBRATION_SHARE_OF_WORK),
  });
  const calibration = calibrate(draft, {
    heldOut: split.heldOut.length < FEWEST_TO_HOLD_OUT ? [] : split.heldOut,
    leftOutClasses: split.leftOutClasses,
    outOfScope: outOfScope.map(normalizeForFeatures),
    // Every net and the set of separators have one vote each.
    netShare: nets / (nets + 1),
  });
  const final = fitParts(prepared, {
    ...settings,
    onProgress: (done) => onProgress(CALIBRATION_SHARE_OF_WORK + done * (1 - CALIBRATION_SHARE_OF_WORK)),
  });
  return { ...final, labels, calibration };
}
