import { computeFigures, percentile, type Judgement } from '../../src/cli/nlu-figures';

const judged = (label: string, predicted: string, probability: number): Judgement => ({
  isInScope: true,
  label,
  predicted,
  probability,
  score: probability,
});
const foreign = (score: number): Judgement => ({ isInScope: false, label: 'oos', predicted: 'a', probability: 0.5, score });

describe('the figures of a model', () => {
  test('count in-scope texts only for accuracy, macro F1 and calibration', () => {
    const figures = computeFigures([judged('a', 'a', 1), judged('a', 'a', 1), judged('a', 'b', 1), judged('b', 'b', 1), foreign(0)]);
    expect(figures.texts).toBe(4);
    expect(figures.accuracy).toBe(0.75);
    // a: 2 of 3 found, 2 given: F1 4/5; b: 1 of 1 found, 2 given: F1 2/3.
    expect(figures.macroF1).toBeCloseTo((4 / 5 + 2 / 3) / 2);
    expect(figures.ece).toBeCloseTo(0.25);
  });

  test('find no calibration error where confidence equals accuracy', () => {
    expect(computeFigures([judged('a', 'a', 0.5), judged('a', 'b', 0.5)]).ece).toBeCloseTo(0);
  });

  test('rate the order of in-scope and foreign scores, ties counting half', () => {
    const inside = [0.9, 0.8, 0.7, 0.6].map((score) => judged('a', 'a', score));
    expect(computeFigures([...inside, foreign(0.1), foreign(0.2)]).auroc).toBe(1);
    expect(computeFigures([...inside, foreign(0.95)]).auroc).toBe(0);
    expect(computeFigures([judged('a', 'a', 0.5), foreign(0.5)]).auroc).toBe(0.5);
  });

  test('take the recall at a threshold that rejects a tenth of the in-scope texts', () => {
    const inside = Array.from({ length: 10 }, (_, i) => judged('a', 'a', 0.1 * (i + 1)));
    expect(computeFigures([...inside, foreign(0.15), foreign(0.19), foreign(0.25), foreign(0.9)]).oosRecallAt10).toBe(0.5);
  });

  test('know no out-of-scope figure without foreign texts', () => {
    expect(computeFigures([judged('a', 'a', 1)])).toMatchObject({ auroc: null, oosRecallAt10: null });
  });

  test('take percentiles from unsorted numbers', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([5, 1], 0.99)).toBe(5);
  });
});
