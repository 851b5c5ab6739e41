import { classify } from '../../../src/understand/classifier/classify';
import { serializeModel } from '../../../src/understand/classifier/model-file';
import { trainClassifier } from '../../../src/understand/classifier/train-classifier';
import { aftercareExamples, outOfScopeTexts } from './aftercare-examples';

const examples = aftercareExamples();

describe('training', () => {
  test('gives the same bytes for the same examples and seed', () => {
    const first = serializeModel(trainClassifier(examples, { seed: 5, outOfScope: outOfScopeTexts }));
    const second = serializeModel(trainClassifier(examples, { seed: 5, outOfScope: outOfScopeTexts }));
    expect(first.equals(second)).toBe(true);
  });

  test.each(['net', 'svm', 'both'] as const)('learns the examples with parts: %s', (parts) => {
    const model = trainClassifier(examples, { parts });
    expect(model.net === null).toBe(parts === 'svm');
    expect(model.svm === null).toBe(parts === 'net');
    const right = examples.filter(({ text, label }) => classify(model, text).labels[0]?.label === label);
    expect(right.length / examples.length).toBeGreaterThan(0.98);
  });

  test('learns tuning examples too, even labels that only they have', () => {
    const tuning = ['pay by card', 'send the bill', 'what does it cost'].flatMap((text) =>
      Array.from({ length: 8 }, () => ({ text, label: 'price' })),
    );
    const model = trainClassifier(examples, { tuning: [...tuning, ...examples.slice(0, 10)], outOfScope: outOfScopeTexts });
    expect(classify(model, 'what does the bill cost').labels[0]?.label).toBe('price');
    expect(classify(model, 'can i wear makeup').labels[0]?.label).toBe('makeup');
  });

  test('joins several nets into one wider net that gets its votes', () => {
    const [one, three] = [1, 3].map((nets) => trainClassifier(examples, { nets }));
    expect(three!.net!.hiddenBias.length).toBe(3 * one!.net!.hiddenBias.length);
    expect([one!.calibration.netShare, three!.calibration.netShare]).toEqual([0.5, 0.75]);
    const right = examples.filter(({ text, label }) => classify(three!, text).labels[0]?.label === label);
    expect(right.length / examples.length).toBeGreaterThan(0.98);
  });

  test('reports progress that never falls and ends at 1', () => {
    const fractions: number[] = [];
    trainClassifier(examples, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1, 9);
  });

  test('handles two labels of very different size', () => {
    const danger = ['pus is coming out', 'i have a fever and chills', 'my face is swelling and i cannot breathe', 'yellow pus and heat'];
    const unbalanced = [
      ...examples.map(({ text }) => ({ text, label: 'calm' })),
      ...danger.map((text) => ({ text, label: 'danger', weight: 5 })),
    ];
    const model = trainClassifier(unbalanced, { outOfScope: outOfScopeTexts });
    expect(classify(model, 'there is yellow pus and i have a fever').labels[0]?.label).toBe('danger');
    expect(classify(model, 'can i use lotion').labels[0]?.label).toBe('calm');
  });

  test('a heavier weight raises the probability of its label', () => {
    const torn = (weight: number): number => {
      const model = trainClassifier([
        ...Array.from({ length: 30 }, () => ({ text: 'it burns', label: 'normal' })),
        ...Array.from({ length: 10 }, () => ({ text: 'it burns', label: 'danger', weight })),
      ]);
      return classify(model, 'it burns').labels.find(({ label }) => label === 'danger')?.probability ?? 0;
    };
    expect(torn(6)).toBeGreaterThan(torn(1));
  });

  test.each([1, 2, 3])('gives a usable model from %i examples', (count) => {
    const model = trainClassifier(examples.filter((_, i) => i % 41 === 0).slice(0, count));
    const { labels, inScope } = classify(model, 'can i wear makeup');
    expect(labels[0]?.probability).toBeGreaterThan(0);
    expect(inScope).toBeGreaterThanOrEqual(0);
    expect(inScope).toBeLessThanOrEqual(1);
  });

  test('takes examples without words', () => {
    const model = trainClassifier([...examples, { text: '', label: 'makeup' }, { text: '???', label: 'sun' }]);
    expect(classify(model, 'can i wear makeup').labels[0]?.label).toBe('makeup');
  });

  test('refuses to train on nothing or with a senseless weight', () => {
    expect(() => trainClassifier([])).toThrow('at least one example');
    expect(() => trainClassifier([{ text: 'a', label: 'b', weight: 0 }])).toThrow('weight above 0');
    expect(() => trainClassifier(examples, { tuning: [{ text: 'a', label: 'b', weight: -1 }] })).toThrow('weight above 0');
    expect(() => trainClassifier([{ text: 'a', label: 'b', weight: Number.NaN }])).toThrow('weight above 0');
  });
});
