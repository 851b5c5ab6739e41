import type { SmsHouse } from './sms-house';
import { NURSE, PATIENT, openSmsHouse } from './sms-house';

let sms: SmsHouse;
beforeEach(async () => {
  sms = await openSmsHouse();
  await sms.texts('hello, my treatment was today at 9 am');
  await sms.pass(QUIET);
  sms.got();
});
afterEach(() => sms.close());

const QUIET = 3_000;
const optedOut = async (): Promise<string | null> =>
  (await sms.house.store.sms.patients.ofConversation(await sms.conversationOf()))?.optedOut?.by ?? null;

describe('a patient who wants no texts', () => {
  it.each(['STOP', 'stopall', 'Unsubscribe', 'cancel', 'end', 'quit', 'REVOKE', 'optout'])(
    'is opted out by %s; Twilio confirms, and we send nothing',
    async (word) => {
      await sms.texts(word);
      await sms.pass(60_000);
      expect(await optedOut()).toBe('carrier');
      expect(sms.got()).toEqual([]);
      expect((await sms.transcript()).at(-1)).toMatchObject({ direction: 'in', text: word });
      expect(await sms.escalations()).toEqual([]);
    },
  );

  it('is opted out by their own words, with one confirmation that says how to come back', async () => {
    await sms.texts('please stop texting me');
    await sms.texts('i said stop texting me');
    await sms.texts('can i use makeup');
    await sms.pass(60_000);
    expect(sms.got()).toEqual([
      'Glow Clinic: You are opted out and will get no more texts. Reply START to rejoin. For urgent care needs call (555) 010-0199 or 911.',
    ]);
    expect(await optedOut()).toBe('words');
    await sms.restart();
    await sms.pass(60_000);
    expect(sms.got()).toEqual([]);
  });

  it('still gets a human for danger; staff see that the patient cannot be texted, and nothing is sent', async () => {
    await sms.texts('STOP');
    await sms.texts('yellow pus is coming out of my cheek and i have a fever');
    await sms.pass(QUIET);
    expect(sms.company.textsTo(NURSE)).toMatchObject([{ body: expect.stringMatching(/URGENT/) as string }]);
    expect((await sms.events('cannot_text')).map(({ detail }) => detail)).toEqual(['opted_out']);
    await sms.house.paging.desk.reply(await sms.conversationOf(), { by: 'ana', via: 'console' }, 'Are you ok?', 'r1');
    await sms.pass(60_000);
    expect(sms.got()).toEqual([]);
    expect(await sms.events('cannot_text')).toHaveLength(1);
  });

  it('who says in one breath that it oozes and to stop is opted out, confirmed once, and a human is paged', async () => {
    await sms.texts('my cheek is oozing yellow pus. stop texting me');
    await sms.pass(QUIET);
    expect(sms.company.textsTo(NURSE)).toHaveLength(1);
    expect(sms.got()).toEqual([expect.stringMatching(/You are opted out.*call \(555\) 010-0199 or 911/) as string]);
    expect(await sms.events('cannot_text')).toHaveLength(1);
  });

  it('comes back with START, and with YES, which is an answer like any other before and after', async () => {
    await sms.texts('yes');
    await sms.pass(QUIET);
    expect(sms.got()).not.toEqual([]);
    await sms.texts('dont text me anymore');
    sms.got();
    await sms.texts('YES');
    expect(await optedOut()).toBeNull();
    expect(sms.got()).toEqual([expect.stringMatching(/^Glow Clinic: You will get our texts again\./) as string]);
    await sms.texts('STOP');
    await sms.texts('START');
    await sms.pass(QUIET);
    expect(await optedOut()).toBeNull();
    // Twilio holds back after STOP, and says itself that START undid it
    expect(sms.got()).toEqual([]);
    await sms.texts('can i go to the gym today');
    await sms.pass(QUIET);
    expect(sms.got()).not.toEqual([]);
    const { patients } = sms.house.store.sms;
    const patient = await patients.ofConversation(await sms.conversationOf());
    expect(await patients.consentOf(patient?.id ?? '')).toMatchObject({
      channel: 'sms',
      wording: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    });
  });

  it('is not sent later what was held back', async () => {
    await sms.texts('please stop texting me');
    await sms.texts('can i go to the gym today');
    await sms.pass(QUIET);
    sms.got();
    await sms.texts('START');
    await sms.pass(60_000);
    expect(sms.got()).toEqual([expect.stringMatching(/You will get our texts again/) as string]);
  });

  it('gets help that names the clinic, its number and 911, and no page', async () => {
    await sms.texts('HELP');
    await sms.pass(QUIET);
    expect(sms.got()).toEqual([
      expect.stringMatching(/^Glow Clinic aftercare texts\. Call \(555\) 010-0199 for help, 911 in an emergency/) as string,
    ]);
    expect(await sms.escalations()).toEqual([]);
  });

  it('whose carrier says so when we send (21610) counts as opted out, and staff are told', async () => {
    sms.company.behave({ refuse: { status: 400, code: 21610 } }, PATIENT);
    await sms.texts('yellow pus is coming out of my cheek');
    await sms.pass(QUIET);
    expect(await optedOut()).toBe('carrier');
    expect((await sms.events('cannot_text')).map(({ detail }) => detail)).toEqual(['opted_out']);
    const asked = sms.company.requests;
    sms.company.behave({}, PATIENT);
    await sms.texts('it hurts more now');
    await sms.pass(QUIET);
    expect(sms.got()).toEqual([]);
    expect(sms.company.requests).toBeGreaterThanOrEqual(asked);
  });

  it('stays opted out when the conversation is erased and they write again', async () => {
    await sms.texts('please stop texting me');
    await sms.pass(QUIET);
    sms.got();
    const old = await sms.conversationOf();
    expect(await sms.house.store.erase(old)).toBe('erased');
    await sms.texts('can i use makeup');
    await sms.pass(QUIET);
    expect(await sms.conversationOf()).not.toBe(old);
    expect(await optedOut()).toBe('words');
    expect(sms.got()).toEqual([]);
  });
});
