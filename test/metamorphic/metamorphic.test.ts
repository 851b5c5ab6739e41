import { testMinds } from '../house';
import { makeHear } from './hear';
import { measure } from './measure';

/** A quick slice of `npm run test:metamorphic`; the ceilings are about twice what the whole run measures, so that a fall shows. */
const SLICE = { seed: 2, count: 500 };
const MOST_FALLS = { emergency: 0.03, urgent: 0.02 };

describe('a danger message that is reworded, mistyped, played down or split', () => {
  it('keeps its tier', () => {
    const { tiers, falls } = measure(testMinds().knowledge, makeHear(testMinds()), SLICE);
    expect(tiers.emergency.tried + tiers.urgent.tried).toBeGreaterThan(SLICE.count * 0.95);
    const shown = falls.map(({ flag, names, to }) => `${flag} -> ${to} [${names.join(' + ')}]`);
    for (const tier of ['emergency', 'urgent'] as const)
      expect([tier, tiers[tier].fell / tiers[tier].tried <= MOST_FALLS[tier], shown]).toEqual([tier, true, shown]);
  }, 120_000);
});
