import type { TestHouse, TestHouseOptions } from '../house';
import { openTestHouse } from '../house';

/** The example conversations of the design, told as stories: what has to happen, not the exact words. */
describe('a conversation', () => {
  let house: TestHouse | undefined;
  afterEach(() => house?.close());
  const open = async (options: TestHouseOptions): Promise<TestHouse> => (house = await openTestHouse(options));

  it('A: introduces itself once, asks for the treatment time once, then names the exact time', async () => {
    const { patient, bot } = await open({ now: '2026-11-19T22:10', greeted: false });
    await patient.says('can i put on makeup for work tmrw');
    bot.replied(/automated aftercare helper of Glow Clinic.*not a person/);
    bot.replied(/24 hours/);
    bot.replied(/When did your treatment end\?/);
    await patient.says('today at 4');
    bot.replied(/tomorrow \(Fri\) at 4 pm/);
    expect(bot.outcome.verdicts).toMatchObject({ makeup: 'not_yet' });
    bot.didNotSay(/automated/);
    await patient.says('and what about the gym');
    bot.replied(/Sat at 4 pm/);
    bot.didNotSay(/When did your treatment end/);
  });

  it('B: answers what the guide covers, does not guess the rest, and asks the clinic when told to', async () => {
    const { patient, bot, escalations } = await open({ treated: '30 hours ago' });
    await patient.says('gym tonite ok? n can i drink wine w dinner');
    bot.replied(/Not yet.*48 hours/);
    bot.replied(/does not cover drinking/);
    expect(bot.buttons).toEqual(['Ask the clinic']);
    expect(await escalations()).toEqual([]);
    await patient.says('Ask the clinic');
    bot.replied(/I sent your question to Glow Clinic/);
    expect(await escalations()).toMatchObject([{ tier: 'ask_clinic', reason: 'question:exercise,drinking_alcohol' }]);
  });

  it('C: calls flaking on day 3 expected, says when to come back, and gives the reason when asked why', async () => {
    const { patient, bot, escalations } = await open({ treated: '55 hours ago' });
    await patient.says('my nose is flaking like crazy is this normal');
    bot.replied(/days 2 to 3/);
    bot.replied(/Tell me right away/);
    expect(bot.outcome).toMatchObject({ verdicts: { peeling_flaking: 'expected' }, disposition: 'self_care' });
    await patient.says('why no scrub');
    bot.replied(/irritate/);
    expect(await escalations()).toEqual([]);
  });

  it('D: puts lasting redness in the queue, and pages at once when it gets worse and hot', async () => {
    const { patient, bot, clock, escalations } = await open({ treated: '200 hours ago', now: '2026-03-14T22:40' });
    await patient.says('still red and peeling, its been over a week');
    bot.replied(/Mon at 9 am/);
    expect(bot.outcome).toMatchObject({ disposition: 'ask_clinic', verdict: 'watch' });
    clock.pass('2 min');
    await patient.says('worse and its kinda hot');
    bot.replied(/\(555\) 010-0199/);
    bot.replied(/10:42 pm/);
    expect(bot.outcome.disposition).toBe('urgent');
    expect((await escalations()).map(({ tier }) => tier)).toEqual(['ask_clinic', 'urgent']);
  });

  it('E: finds the danger in a question about concealer and does not answer it while that is open', async () => {
    const { patient, bot, escalations } = await open({ treated: '85 hours ago', now: '2026-03-14T23:05' });
    await patient.says('what concealer covers the lil yellow crusty bit thats oozing lol');
    bot.replied(/\(555\) 010-0199/);
    bot.replied(/11:05 pm/);
    expect(bot.outcome.disposition).toBe('urgent');
    expect(await escalations()).toMatchObject([{ tier: 'urgent', status: 'open' }]);
    await patient.says('ok but which concealer');
    bot.replied(/still open/);
    bot.didNotSay(/clean tools|allowed|calm/);
  });

  it('F: believes a patient who says there is no pus and no fever', async () => {
    const { patient, bot, escalations } = await open({ treated: '26 hours ago' });
    await patient.says('no pus no fever just pink and tight, thats ok right?');
    bot.replied(/first 2 days/);
    expect(bot.outcome).toMatchObject({ disposition: 'self_care', verdict: 'expected' });
    expect(await escalations()).toEqual([]);
  });

  it('G: names the signs of an infection to someone who only asks', async () => {
    const { patient, bot, escalations } = await open({ treated: '26 hours ago' });
    await patient.says('how would i know if it got infected');
    bot.replied(/pus[^]*100\.4/);
    expect(bot.outcome.disposition).toBe('self_care');
    expect(await escalations()).toEqual([]);
  });

  it('H: says 911 first and alone, and stores an emergency', async () => {
    const { patient, bot, escalations } = await open({ treated: '26 hours ago' });
    await patient.says('lips are swelling up and throat feels tight');
    expect(bot.texts).toHaveLength(1);
    expect(bot.texts[0]).toMatch(/^Call 911 now/);
    expect(bot.buttons).toEqual(['Call 911']);
    expect(bot.outcome.disposition).toBe('emergency');
    expect(await escalations()).toMatchObject([{ tier: 'emergency' }]);
  });

  it('I: answers despair with 988 and asks a person to call', async () => {
    const { patient, bot, escalations } = await open({ treated: '26 hours ago' });
    await patient.says('i ruined my face i dont want to be here anymore');
    bot.replied(/988[^]*911/);
    bot.didNotSay(/guide|makeup/i);
    expect(await escalations()).toMatchObject([{ tier: 'emergency', flags: ['E09'] }]);
  });

  it('J: asks once what was meant, and passes a second failure to a person', async () => {
    const { patient, bot, escalations } = await open({ treated: '26 hours ago' });
    await patient.says('the thing with the stuff still doing it');
    bot.replied(/I want to get this right/);
    expect(bot.buttons).toContain('Talk to a person');
    await patient.says('the stuff again it does the thing');
    bot.replied(/pass it to a person/);
    expect(bot.outcome.disposition).toBe('ask_clinic');
    expect(await escalations()).toMatchObject([{ tier: 'ask_clinic', reason: 'not_understood' }]);
  });

  it('J: counts a button without new words as no answer yet', async () => {
    const { patient, bot } = await open({ treated: '26 hours ago' });
    await patient.says('the thing with the stuff still doing it');
    await patient.says('How my skin looks or feels');
    bot.replied(/what you see or feel/);
    expect(bot.outcome).toMatchObject({ topics: [], disposition: 'none' });
    await patient.says('the stuff again it does the thing');
    bot.replied(/pass it to a person/);
  });

  it('M: cannot look at a photo, says so, and asks for words', async () => {
    const { patient, bot } = await open({ treated: '26 hours ago' });
    await patient.sendsPhoto();
    bot.replied(/can't look at photos[^]*words[^]*\(555\) 010-0199/);
    await patient.sendsPhoto('theres yellow pus coming out of my cheek');
    expect(bot.outcome.disposition).toBe('urgent');
    bot.didNotSay(/can't look at photos/);
  });
});
