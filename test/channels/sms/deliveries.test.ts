import { findDifferences } from './deliveries/command';

describe('texts that come twice, late, out of order, in parts, after a crash, or by the list only', () => {
  it('leave the same transcript, the same texts and the same pages as on a perfect day', async () => {
    expect(await findDifferences(1, 150)).toEqual([]);
  });

  it('would be found out if a copy were a second turn', async () => {
    expect((await findDifferences(1, 60, 'double')).length).toBeGreaterThan(0);
  });
});
