import { classify } from '../../../src/understand/classifier/classify';
import { trainClassifier } from '../../../src/understand/classifier/train-classifier';
import { aftercareExamples, outOfScopeTexts } from './aftercare-examples';

const examples = aftercareExamples();

describe('a trained classifier', () => {
  const model = trainClassifier(examples, { seed: 3, outOfScope: outOfScopeTexts });

  test.each([
    ['is it ok to put foundation on my face tonight', 'makeup'],
    ['Can I go RUNNING tomorrow???', 'exercise'],
    ['how loooong should i stay out of the sun', 'sun'],
    ['shold I use mosturizer', 'moisturizer'],
    ['may i drink beer', 'alcohol'],
    ['could i swim in the pool', 'swimming'],
  ])('sorts "%s" under %s', (text, label) => {
    expect(classify(model, text).labels[0]?.label).toBe(label);
  });

  test('gives probabilities that fall and add up to one over all labels', () => {
    const { labels } = classify(model, 'can i wear makeup', 100);
    expect(labels).toHaveLength(6);
    const probabilities = labels.map(({ probability }) => probability);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
  });

  test('returns as many labels as asked for', () => {
    expect(classify(model, 'makeup', 2).labels).toHaveLength(2);
    expect(classify(model, 'makeup', 0).labels).toEqual([]);
  });

  test('finds its own subject more in scope than foreign ones', () => {
    const inside = classify(model, 'when can i wear makeup again').inScope;
    const outside = classify(model, 'write a poem about the parliament of norway').inScope;
    expect(inside).toBeGreaterThan(0.5);
    expect(outside).toBeLessThan(0.5);
  });

  test('tells the share of words it never saw', () => {
    expect(classify(model, 'can i wear zyzzyva').unknownWords).toBeCloseTo(0.25);
    expect(classify(model, 'can i wear makeup').unknownWords).toBe(0);
  });

  test.each(['', '   ', '?!...', '\u0000', '\ud800'])('takes text without a known word (%j) as out of scope', (text) => {
    const answer = classify(model, text);
    expect(answer.inScope).toBe(0);
    expect(answer.unknownWords).toBe(1);
    expect(answer.labels).toHaveLength(5);
  });

  test('answers the same whatever was asked before', () => {
    const before = classify(model, 'can i shower with my makeup on');
    classify(model, 'a b c d '.repeat(5000));
    expect(classify(model, 'can i shower with my makeup on')).toEqual(before);
  });

  test('spends under a second of processor time on 100,000 characters without a break', () => {
    const long = 'makeup'.repeat(17_000);
    classify(model, long);
    const started = process.cpuUsage();
    classify(model, long);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(1);
  });
});
