import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AftercareError, reasonOf } from '../tools/errors';
import { createRandom, shuffledOrder } from '../understand/classifier/seeded-random';

/** One labelled text of a measuring set. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** The files of one corpus (JSON lines with text and label); texts labelled `oosLabel` belong to no label. */
export interface CorpusFiles {
  readonly train: readonly string[];
  readonly val: readonly string[];
  readonly test: readonly string[];
  readonly oosLabel: string | undefined;
}

/** What a model learns from: examples, examples kept for tuning, and texts that belong to no label. */
export interface TrainingMaterial {
  readonly examples: readonly LabelledText[];
  readonly tuning: readonly LabelledText[];
  readonly outOfScope: readonly string[];
}

/** One round of measuring: learn from the material, then judge the texts of each test set. */
export interface Round {
  readonly material: TrainingMaterial;
  readonly tests: readonly { readonly set: string; readonly texts: readonly LabelledText[] }[];
}

/** A corpus as it is measured: one round, or as many as there are folds where it has no test and no validation file. */
export interface Corpus {
  readonly rounds: readonly Round[];
  readonly oosLabel: string | undefined;
}

const FOLDS = 10;
const FOLD_SEED = 11;
const TRAIN_ENDING = '.train.jsonl';

function readTexts(file: string): LabelledText[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch (error) {
      throw new AftercareError('USAGE', `Reading ${file} failed at line ${index + 1}: ${reasonOf(error)}`);
    }
    const { text, label } = (entry ?? {}) as { text?: unknown; label?: unknown };
    if (typeof text === 'string' && typeof label === 'string') return [{ text, label }];
    throw new AftercareError('USAGE', `Reading ${file} failed at line ${index + 1}: expected an object with text and label`);
  });
}

/** Deals the examples to folds label by label, so that every fold has its share of each. */
function crossValidationRounds(material: TrainingMaterial, set: string): Round[] {
  const random = createRandom(FOLD_SEED);
  const { examples } = material;
  const foldOf = new Int32Array(examples.length);
  let dealt = 0;
  for (const label of new Set(examples.map((example) => example.label))) {
    const places = examples.flatMap((example, place) => (example.label === label ? [place] : []));
    for (const at of shuffledOrder(places.length, random)) foldOf[places[at]!] = dealt++ % FOLDS;
  }
  return Array.from({ length: Math.min(FOLDS, examples.length) }, (_, fold) => ({
    material: { ...material, examples: examples.filter((_, place) => foldOf[place] !== fold) },
    tests: [{ set, texts: examples.filter((_, place) => foldOf[place] === fold) }],
  }));
}

const setName = (file: string): string => basename(file).replace(/\.jsonl$/, '');

/**
 * Reads a corpus. With test files, validation files serve for tuning and are then learnt too; without, they are what is measured on; with neither
 * the training files are cross-validated.
 */
export function readCorpus({ train, val, test, oosLabel }: CorpusFiles): Corpus {
  const isOutside = ({ label }: LabelledText): boolean => label === oosLabel;
  const isInside = (entry: LabelledText): boolean => !isOutside(entry);
  const learnt = train.flatMap(readTexts);
  const tuning = test.length > 0 ? val.flatMap(readTexts) : [];
  const material: TrainingMaterial = {
    examples: learnt.filter(isInside),
    tuning: tuning.filter(isInside),
    outOfScope: [...learnt, ...tuning].filter(isOutside).map(({ text }) => text),
  };
  if (material.examples.length < 2)
    throw new AftercareError('USAGE', `Reading ${train.join(', ')} failed: expected at least two labelled texts`);
  const measured = (test.length > 0 ? test : val).map((file) => ({ set: setName(file), texts: readTexts(file) }));
  const empty = measured.find(({ texts }) => !texts.some(isInside));
  if (empty) throw new AftercareError('USAGE', `Measuring on ${empty.set} failed: expected at least one text with a label to find`);
  if (measured.length > 0) return { rounds: [{ material, tests: measured }], oosLabel };
  return { rounds: crossValidationRounds(material, `${train.map(setName).join('+')} (${FOLDS}-fold)`), oosLabel };
}

/** The corpora of a folder, told by their names: X.train.jsonl with X.val.jsonl and X.test.jsonl where these exist. */
export function findCorpora(folder: string, oosLabel: string): CorpusFiles[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(TRAIN_ENDING));
  return names.sort().map((name) => {
    const beside = (part: string): string[] => {
      const file = join(folder, name.replace(TRAIN_ENDING, `.${part}.jsonl`));
      return existsSync(file) ? [file] : [];
    };
    return { train: [join(folder, name)], val: beside('val'), test: beside('test'), oosLabel };
  });
}
