import { calibrate, type CalibrationMaterial } from './calibrate';
import type { ClassifierModel, ScoringParts } from './classifier-model';
import { buildFeatureRows } from './feature-row';
import { normalizeForFeatures } from './normalize-for-features';
import { createRandom, shuffledOrder } from './seeded-random';
import { trainNet, type TrainingSet } from './train-net';
import { trainSvm } from './train-svm';
import { buildVocabulary } from './vocabulary';

/** One training utterance; `weight` is its importance (1 = ordinary, 2 = counts twice; must be above 0). */
export interface TrainingExample {
  readonly text: string;
  readonly label: string;
  readonly weight?: number;
}

/** How to train; `outOfScope` are texts that belong to no label, `onProgress` gets fractions from 0 to 1. */
export interface TrainingOptions {
  readonly seed?: number;
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
  readonly onProgress: (fraction: number) => void;
}

const SMALL_MATERIAL = 600;
const HELD_OUT_SHARE = 0.15;
const LEFT_OUT_SHARE = 0.2;
const FEWEST_LABELS_TO_LEAVE_OUT = 5;
const FEWEST_TO_HOLD_OUT = 20;
const CALIBRATION_SHARE_OF_WORK = 0.4;

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
  const { seed, parts, onProgress } = settings;
  const netShare = parts === 'both' ? 0.6 : 1;
  const net =
    parts === 'svm' ? null : trainNet(set, { epochs: isSmall ? 40 : 16, seed, onProgress: (done) => onProgress(done * netShare) });
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

function checkExamples(examples: readonly TrainingExample[]): void {
  if (examples.length === 0) throw new RangeError('Training the classifier needs at least one example, got none');
  const faulty = examples.findIndex(({ weight }) => weight !== undefined && !(weight > 0 && weight < Infinity));
  if (faulty >= 0) throw new RangeError(`Training example ${faulty} needs a finite weight above 0, got ${examples[faulty]?.weight}`);
}

/** Trains a classifier: first on a part of the material to calibrate probabilities and the in-scope gate, then on everything. The same input and seed give the same model. */
export function trainClassifier(examples: readonly TrainingExample[], options: TrainingOptions = {}): ClassifierModel {
  checkExamples(examples);
  const { seed = 1, outOfScope = [], parts = 'both', onProgress = () => undefined } = options;
  const labels = [...new Set(examples.map(({ label }) => label))].toSorted();
  const prepared = prepare(examples, labels);
  const split = splitForCalibration(prepared, labels.length, seed);
  const material: CalibrationMaterial = {
    heldOut: split.heldOut.length < FEWEST_TO_HOLD_OUT ? [] : split.heldOut,
    leftOutClasses: split.leftOutClasses,
    outOfScope: outOfScope.map(normalizeForFeatures),
  };
  const draft = fitParts(split.train, {
    labelCount: split.labelCount,
    seed,
    parts,
    onProgress: (done) => onProgress(done * CALIBRATION_SHARE_OF_WORK),
  });
  const calibration = calibrate(draft, material);
  const final = fitParts(prepared, {
    labelCount: labels.length,
    seed,
    parts,
    onProgress: (done) => onProgress(CALIBRATION_SHARE_OF_WORK + done * (1 - CALIBRATION_SHARE_OF_WORK)),
  });
  return { ...final, labels, calibration };
}
