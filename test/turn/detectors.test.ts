import { openTestHouse } from '../house';
import type { TestHouse } from '../house';
import type { DangerGuess } from '../../src/model/understanding';

describe('the two danger detectors', () => {
  let house: TestHouse;
  afterEach(() => house.close());
  const hearing = (told: DangerGuess): Promise<TestHouse> =>
    openTestHouse({
      treated: '30 hours ago',
      understand: (real) => (text, context) => ({
        ...real(text, context),
        danger: { told: [told], asked: [], remembered: null },
      }),
    });

  it('page when only the statistical one hears danger, and it is kept for review', async () => {
    house = await hearing({ part: 'whole', emergency: 0.1, urgent: 0.85 });
    await house.patient.says('my forehead is doing something strange since lunch');
    expect(house.bot.outcome.disposition).toBe('urgent');
    expect(await house.store.listReviews(null, 5)).toEqual([
      {
        conversationId: 'conversation',
        clinicId: 'demo',
        seq: 1,
        at: house.clock.now(),
        rules: 'none',
        statistics: 'urgent',
        answered: 'urgent',
        flags: [],
      },
    ]);
  });

  it('page when only the rules hear danger, and it is kept for review', async () => {
    house = await hearing({ part: 'whole', emergency: 0, urgent: 0 });
    await house.patient.says('there is pus coming out of my cheek');
    expect(house.bot.outcome.disposition).toBe('urgent');
    expect(await house.store.listReviews(null, 5)).toMatchObject([
      { rules: 'urgent', statistics: 'none', answered: 'urgent', flags: ['U02'] },
    ]);
  });

  it('leave nothing to review where they agree', async () => {
    house = await hearing({ part: 'whole', emergency: 0, urgent: 0 });
    await house.patient.says('can i wear makeup');
    expect(await house.store.listReviews(null, 5)).toEqual([]);
  });
});

describe('a danger told in pieces', () => {
  let house: TestHouse;
  beforeEach(async () => (house = await openTestHouse({ treated: '30 hours ago' })));
  afterEach(() => house.close());

  it('is read as one text', async () => {
    await house.patient.says('both my lips');
    expect(house.bot.outcome.disposition).not.toBe('emergency');
    house.clock.pass('1 min');
    await house.patient.says('are swelling up');
    expect(house.bot.outcome.disposition).toBe('emergency');
  });

  it('is read as one text where a message goes on in the middle of the sentence before it', async () => {
    await house.patient.says('after i put retinol on, my lips');
    house.clock.pass('1 min');
    await house.patient.says('are like balloons');
    expect(house.bot.outcome.disposition).toBe('emergency');
  });

  it('is not joined with what was said an hour before', async () => {
    await house.patient.says('both my lips');
    house.clock.pass('60 min');
    await house.patient.says('are swelling up');
    expect(house.bot.outcome.disposition).not.toBe('emergency');
  });

  it('does not make danger of everyday questions', async () => {
    for (const text of ['can i wear makeup', 'and go for a swim', 'what about sunscreen']) {
      await house.patient.says(text);
      expect(['none', 'self_care', 'ask_clinic']).toContain(house.bot.outcome.disposition);
    }
  });
});
