import { testMinds } from '../house';
import { measureCalm } from './calm';
import { assessOnce } from './hear';

/** A quick slice of `npm run test:metamorphic -- --calm`; the ceiling is about twice what the whole run measures. */
it('calm messages full of the words of danger page seldom', () => {
  const { tried, pages } = measureCalm(assessOnce(testMinds()), { seed: 3, count: 600 });
  const shown = pages.map(({ flags }) => flags.join(' + '));
  expect([pages.length / tried <= 0.08, shown]).toEqual([true, shown]);
}, 120_000);
