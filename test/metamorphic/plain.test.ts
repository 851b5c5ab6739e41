import { testMinds } from '../house';
import { assessOnce } from './hear';
import { measurePlain } from './plain';

/** A quick slice of `npm run test:metamorphic -- --plain`, held to the same bar. */
it('plain questions beside something harmless page at most once in 200', () => {
  const minds = testMinds();
  const { tried, pages } = measurePlain(minds.knowledge, assessOnce(minds), { seed: 4, count: 2_000 });
  const shown = pages.map(({ flags }) => flags.join(' + '));
  expect([pages.length / tried <= 0.005, shown]).toEqual([true, shown]);
}, 120_000);
