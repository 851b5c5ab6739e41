import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countSms } from '../../../src/guide/sms-text';
import { nightClinic } from '../../nights/night';
import type { SmsHouse } from './sms-house';
import { CLINIC_NUMBER, NURSE, PATIENT, openSmsHouse } from './sms-house';

let sms: SmsHouse;
beforeEach(async () => (sms = await openSmsHouse()));
afterEach(() => sms.close());

/** The moment after which a thought counts as finished. */
const QUIET = 3_000;

describe('a patient who texts', () => {
  it('is told once that this is automated and how to stop, then gets the answer, in texts of at most two parts', async () => {
    await sms.texts('had microneedling this morning at 9. can i put on makeup today?');
    await sms.pass(QUIET);
    const [introduction, ...answer] = sms.got();
    expect(introduction).toMatch(/automated aftercare helper of Glow Clinic.*not a person.*Reply HELP for help, STOP to opt out/);
    expect(answer.join('\n')).toMatch(/24 hours/);
    for (const { body } of sms.company.textsTo(PATIENT)) expect(countSms(body)).toMatchObject({ alphabet: 'gsm7' });
    for (const { body } of sms.company.textsTo(PATIENT)) expect(countSms(body).segments).toBeLessThanOrEqual(2);
    await sms.texts('and what about the gym?');
    await sms.pass(QUIET);
    expect(sms.got().join('\n')).not.toMatch(/automated/);
  });

  it('goes on with the same talk weeks later, from the number of the clinic', async () => {
    await sms.texts('my treatment was today at 9 am');
    await sms.pass(QUIET);
    const before = await sms.conversationOf();
    await sms.restart();
    sms.got();
    await sms.pass(QUIET);
    await sms.texts('can i go to the gym today');
    await sms.pass(QUIET);
    expect(await sms.conversationOf()).toBe(before);
    expect(sms.got().join('\n')).not.toMatch(/automated|What time did/);
    expect(new Set(sms.company.textsTo(PATIENT).map(({ from }) => from))).toEqual(new Set([CLINIC_NUMBER]));
  });

  it('whose text is delivered five times gets one turn and one answer', async () => {
    const sid = `SM${'ab'.repeat(16)}`;
    expect(await sms.texts('can i wear makeup tomorrow', { sid, times: 5 })).toEqual([200, 200, 200, 200, 200]);
    await sms.pass(QUIET);
    const count = sms.company.textsTo(PATIENT).length;
    await sms.restart();
    await sms.texts('can i wear makeup tomorrow', { sid });
    await sms.pass(QUIET);
    expect(sms.company.textsTo(PATIENT)).toHaveLength(count);
    expect((await sms.transcript()).filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  it('who cuts a question into texts gets one answer to the whole', async () => {
    await sms.texts('hey so i had my');
    await sms.pass(1_000);
    await sms.texts('microneedling yesterday at 10 am and');
    await sms.pass(1_000);
    expect(sms.got()).toEqual([]);
    await sms.texts('wanted to know if i can use retinol tonight');
    await sms.pass(QUIET);
    const heard = (await sms.transcript()).filter(({ direction }) => direction === 'in');
    expect(heard).toHaveLength(1);
    expect(sms.got().join('\n')).toMatch(/retin/i);
  });

  it('whose long text comes in numbered parts out of order is read in order, without waiting once all are here', async () => {
    await sms.texts('(2/2) so can i wear makeup today?');
    await sms.pass(4_000);
    expect(sms.got()).toEqual([]);
    await sms.texts('(1/2) I had my treatment this morning at 9 am');
    await sms.pass(500);
    expect(await sms.transcript()).toMatchObject([{ text: 'I had my treatment this morning at 9 am so can i wear makeup today?' }, {}, {}]);
    expect(sms.got().join('\n')).toMatch(/24 hours/);
  });

  it('pages at once for danger, without waiting for more', async () => {
    await sms.texts('there is yellow pus coming out of my cheek');
    expect(sms.company.textsTo(NURSE)).toMatchObject([{ body: expect.stringMatching(/URGENT aftercare message/) as string }]);
    expect(sms.got().join('\n')).toMatch(/010-0199/);
  });

  it.each([[['my lips are', 'swelling up and my throat feels tight']], [['swelling up and my throat feels tight', 'my lips are']]])(
    'pages for danger that was cut in two, in any order: %j',
    async (parts) => {
      for (const part of parts) await sms.texts(part);
      await sms.pass(QUIET);
      expect(await sms.escalations()).toMatchObject([{ tier: 'emergency' }]);
    },
  );

  it('chooses by number what the last message offered, and only that', async () => {
    await sms.texts('can i go swimming tomorrow? treatment was today 9am');
    await sms.pass(QUIET);
    const offer = sms.got().at(-1) ?? '';
    expect(offer).toMatch(/Reply 1 = Ask the clinic/);
    await sms.texts('1');
    await sms.pass(500);
    expect(await sms.escalations()).toMatchObject([{ tier: 'ask_clinic' }]);
    expect(sms.got().join('\n')).toMatch(/sent your question to Glow Clinic/);
  });

  it('who sends a photo is told that it is not looked at, and nothing is fetched', async () => {
    const before = sms.company.requests;
    await sms.texts('', { media: 2 });
    await sms.pass(QUIET);
    expect(sms.got().join('\n')).toMatch(/can't look at photos/);
    expect(sms.company.requests - before).toBe(sms.company.textsTo(PATIENT).length);
  });

  it('is another patient at another clinic, and one clinic answers for each number', async () => {
    await sms.close();
    const other = nightClinic({
      id: 'shine',
      name: 'Shine Clinic',
      smsNumber: '+15550100299',
      phone: '(555) 010-0299',
      staff: [],
      onCall: { steps: [] },
    });
    sms = await openSmsHouse({ clinics: [nightClinic(), other] });
    await sms.texts('hello');
    await sms.texts('hello', { to: '+15550100299' });
    await sms.pass(QUIET);
    const texts = sms.company.textsTo(PATIENT);
    expect(texts.filter(({ from }) => from === '+15550100299').every(({ body }) => !body.includes('Glow'))).toBe(true);
    expect(texts.some(({ body }) => body.includes('Shine Clinic'))).toBe(true);
    expect(await sms.conversationOf(PATIENT, 'glow')).not.toBe(await sms.conversationOf(PATIENT, 'shine'));
    await expect(openSmsHouse({ clinics: [nightClinic(), nightClinic({ id: 'shine' })] })).rejects.toThrow(/smsNumber of its own/);
  });

  it('gets what staff write, with their name, and chats on', async () => {
    await sms.texts('there is yellow pus coming out of my cheek');
    sms.got();
    await sms.house.paging.desk.reply(await sms.conversationOf(), { by: 'ana', via: 'console' }, 'Please come in at 3 pm today.', 'r1');
    await sms.pass(500);
    expect(sms.got()).toEqual(['Ana at Glow Clinic: Please come in at 3 pm today.']);
  });

  it('is not named in logs, figures or files, nor are their words', async () => {
    await sms.texts('zebra pus is coming out of my cheek');
    sms.company.behave({ refuse: { status: 400, code: 21614 } }, PATIENT);
    await sms.texts('is zebra makeup ok?');
    await sms.texts('zebra', { to: '+15550100777' });
    await sms.pass(60_000);
    expect(sms.logged.join('\n')).not.toMatch(/zebra|0100150/);
    expect(await (await fetch(`${sms.url}/metrics`)).text()).not.toMatch(/zebra|0100150/);
    for (const name of readdirSync(sms.folder).filter((entry) => statSync(join(sms.folder, entry)).isFile()))
      expect(readFileSync(join(sms.folder, name), 'latin1')).not.toMatch(/zebra|0100150/);
  });
});
