import { createFeatureRow, fillFeatureRow } from '../../../src/understand/classifier/feature-row';
import { gateSignals } from '../../../src/understand/classifier/gate-signals';
import { quantizeColumns, quantizeRows } from '../../../src/understand/classifier/quantize-rows';
import { combineScores, createScores, scoreRow } from '../../../src/understand/classifier/score-row';
import { createRandom } from '../../../src/understand/classifier/seeded-random';
import { buildVocabulary } from '../../../src/understand/classifier/vocabulary';

const texts = ['can i wear makeup', 'can i go running', 'when may i sit in the sun', 'is it ok to swim'];
const vocabulary = buildVocabulary(texts);
const featureCount = vocabulary.idf.length;
const random = createRandom(4);
const noise = (count: number): Float32Array => Float32Array.from({ length: count }, () => random() * 2 - 1);

/** What scoring must come to, told the slow way in full precision. */
function plainSums(text: string, matrix: Float32Array, columns: number): number[] {
  const row = createFeatureRow();
  fillFeatureRow(row, text, { vocabulary, wordBlockWeight: 1 });
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let p = 0; p < row.length; p++) sum += row.values[p]! * matrix[row.indices[p]! * columns + column]!;
    return sum;
  });
}

const transposed = (matrix: Float32Array, columns: number): Float32Array => {
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
};

describe('scoring a row', () => {
  test.each([1, 3, 4, 6])('comes close to full precision with %i labels', (columns) => {
    const matrix = noise(featureCount * columns);
    const bias = noise(columns);
    const parts = { vocabulary, wordBlockWeight: 1, net: null, svm: { weights: quantizeRows([matrix], columns), bias } };
    const row = createFeatureRow();
    for (const text of [...texts, 'makeup '.repeat(400), 'can i swim in makeup']) {
      fillFeatureRow(row, text, parts);
      const wanted = plainSums(text, matrix, columns).map((sum, k) => sum + bias[k]!);
      [...scoreRow(parts, row).svm!].forEach((score, k) => expect(score).toBeCloseTo(wanted[k]!, 1));
    }
  });

  test('stores a matrix alike by rows and by columns', () => {
    const matrix = noise(70 * 5);
    expect(quantizeColumns(transposed(matrix, 5), 5)).toEqual(quantizeRows([matrix], 5));
  });

  test('gives the mean logits of two nets that are joined', () => {
    const hidden = 4;
    const labels = 5;
    const one = { input: noise(featureCount * hidden), bias: noise(hidden), output: noise(labels * hidden) };
    const two = { input: noise(featureCount * hidden), bias: noise(hidden), output: noise(labels * hidden) };
    const outputBias = new Float32Array(labels);
    const score = (inputs: Float32Array[], bias: Float32Array, output: Float32Array): Float64Array => {
      const net = { input: quantizeRows(inputs, hidden), hiddenBias: bias, output, outputBias };
      const parts = { vocabulary, wordBlockWeight: 1, net, svm: null };
      const row = createFeatureRow();
      fillFeatureRow(row, texts[2]!, parts);
      return scoreRow(parts, row).net!;
    };
    const halves = Float32Array.from({ length: labels * hidden * 2 }, (_, at) => {
      const [label, unit] = [Math.floor(at / (hidden * 2)), at % (hidden * 2)];
      return (unit < hidden ? one.output[label * hidden + unit]! : two.output[label * hidden + unit - hidden]!) / 2;
    });
    const joined = score([one.input, two.input], Float32Array.from([...one.bias, ...two.bias]), halves);
    const first = score([one.input], one.bias, one.output);
    const second = score([two.input], two.bias, two.output);
    joined.forEach((logit, k) => expect(logit).toBeCloseTo((first[k]! + second[k]!) / 2, 1));
  });

  test('scores a text without one known feature by the biases alone', () => {
    const bias = Float32Array.from([0.5, -0.25]);
    const parts = { vocabulary, wordBlockWeight: 1, net: null, svm: { weights: quantizeRows([noise(featureCount * 2)], 2), bias } };
    const row = createFeatureRow();
    fillFeatureRow(row, 'ööö', parts);
    expect([...scoreRow(parts, row).svm!]).toEqual([0.5, -0.25]);
  });
});

describe('mixing scores', () => {
  const raw = { net: Float64Array.from([2, 1, 0]), svm: Float64Array.from([-1, 1, -1]) };

  test('gives both parts their share and sums to one', () => {
    const mixture = { netSharpness: 1, svmSharpness: 1 };
    const netOnly = combineScores({ ...raw, svm: null }, { ...mixture, netShare: 0.75 });
    const svmOnly = combineScores({ ...raw, net: null }, { ...mixture, netShare: 0.75 });
    const both = combineScores(raw, { ...mixture, netShare: 0.75 });
    both.forEach((probability, k) => expect(probability).toBeCloseTo(0.75 * netOnly[k]! + 0.25 * svmOnly[k]!, 9));
    expect(both.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
  });

  test('overwrites what the reused room held before', () => {
    const mixture = { netSharpness: 2, svmSharpness: 3, netShare: 0.5 };
    const room = Float64Array.from([9, 9, 9]);
    expect([...combineScores(raw, mixture, room)]).toEqual([...combineScores(raw, mixture)]);
  });

  test('makes room for the parts a model has', () => {
    const svm = { weights: quantizeRows([noise(featureCount * 2)], 2), bias: new Float32Array(2) };
    expect(createScores({ vocabulary, wordBlockWeight: 1, net: null, svm })).toEqual({ net: null, svm: new Float64Array(2) });
  });
});

describe('the signals of the gate', () => {
  test('tell top probability, top score, unknown shares and how far the scores spread', () => {
    const raw = { net: Float64Array.from([3, -3]), svm: Float64Array.from([0.5, 0.5]) };
    const signals = gateSignals(raw, Float64Array.from([0.8, 0.2]), { unknownWords: 0.25, unknownGrams: 0.1 });
    expect(signals).toEqual([expect.closeTo(Math.log(0.8), 9), 0.5, 0.25, 0.1, 3, 0]);
  });

  test('leave the spread of a missing part at 0', () => {
    const signals = gateSignals({ net: null, svm: Float64Array.from([1, -1]) }, Float64Array.from([1, 0]), {
      unknownWords: 0,
      unknownGrams: 0,
    });
    expect(signals.slice(4)).toEqual([0, 1]);
  });
});
