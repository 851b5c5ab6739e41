import { compareSchedules } from './compare';

/** A quick slice of `npm run test:schedules`. */
const SLICE = { seed: 7, count: 50 };

describe('a random schedule around a change of the clocks', () => {
  it('says minute by minute what brute force says', () => {
    const { schedules, zones, turns, minutes, ...seen } = compareSchedules(SLICE);
    expect(schedules).toBe(SLICE.count);
    expect(zones.size).toBeGreaterThan(30);
    expect(Math.min(turns.forward, turns.back, turns.not)).toBeGreaterThan(6);
    // None of what is compared is always or never there.
    for (const share of Object.values(seen)) expect([share > 0.05 * minutes, share < 0.95 * minutes]).toEqual([true, true]);
  }, 120_000);
});
