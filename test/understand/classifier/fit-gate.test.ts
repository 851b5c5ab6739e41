import { fitGate, gateProbability, type GateExample } from '../../../src/understand/classifier/fit-gate';
import { createRandom } from '../../../src/understand/classifier/seeded-random';

describe('the in-scope gate', () => {
  const random = createRandom(2);
  // The first signal tells in scope from foreign, the second tells nothing, the third never changes.
  const examples: GateExample[] = Array.from({ length: 400 }, (_, i) => {
    const isInScope = i % 2 === 0;
    return { signals: [(isInScope ? 1 : -1) + (random() - 0.5) * 3, random(), 7], isInScope, weight: 1 };
  });
  const gate = fitGate(examples);

  test('leans on the signal that tells and hardly on the others', () => {
    expect(gate.weights[0]).toBeGreaterThan(1);
    expect(Math.abs(gate.weights[1]!)).toBeLessThan(1);
    expect(Math.abs(gate.weights[2]!)).toBeLessThan(0.01);
  });

  test('puts most examples on their side of one half', () => {
    const right = examples.filter(({ signals, isInScope }) => gateProbability(gate, signals) > 0.5 === isInScope);
    expect(right.length / examples.length).toBeGreaterThan(0.75);
  });

  test('follows the weights where one side counts more', () => {
    const strict = fitGate(examples.map((example) => ({ ...example, weight: example.isInScope ? 1 : 20 })));
    expect(gateProbability(strict, [0, 0.5, 7])).toBeLessThan(gateProbability(gate, [0, 0.5, 7]));
  });
});
