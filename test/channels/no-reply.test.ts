import { makeEnrolmentDesk } from '../../src/enrolment';
import { testMinds } from '../house';
import type { Line, LineName, Shown } from './lines';
import { LINES, openLines, openWebChat, smsPatient, webPatient } from './lines';
import type { WholeHouse } from './whole-house';
import { openWholeHouse } from './whole-house';

const ITCHY = 'my face is so itchy';
const PHONE = '+15550100150';
const all = ({ texts }: Shown): string => texts.join('\n');

let house: WholeHouse;
let lines: Readonly<Record<LineName, Line>>;
beforeEach(async () => {
  house = await openWholeHouse({ now: '2026-03-10T23:10' });
  lines = openLines(house);
}, 60_000);
afterEach(() => house.close());

const urgent = async (): Promise<readonly object[]> => (await house.escalations()).filter(({ tier }) => tier !== 'ask_clinic');

describe.each(LINES)('a safety question at night by %s', (line) => {
  it('that gets no reply is followed by the full message, unasked and at once, where it was asked', async () => {
    const patient = await lines[line]('nora');
    await patient.opens();
    expect(all(await patient.says(ITCHY))).toMatch(/hives, blisters or swelling/);
    await house.pass(4);
    expect(all(await patient.sees())).toBe('');
    await house.pass(1);
    const text = all(await patient.sees());
    expect(text).toMatch(/^Please talk to our on-call team now/);
    expect(text).toMatch(/Sent to Glow Clinic as urgent at 11:15 pm\.\s+I asked you about this\. I did not hear back/);
    expect(await urgent()).toMatchObject([{ tier: 'urgent', channel: line, conversationId: await patient.conversationId() }]);
    await house.pass(5);
    expect(all(await patient.sees())).toBe('');
  });

  it('that got a reply is followed by nothing', async () => {
    const patient = await lines[line]('nora');
    await patient.opens();
    await patient.says(ITCHY);
    await house.pass(4);
    await patient.says('no');
    await house.pass(20);
    expect(all(await patient.sees())).toBe('');
    expect(await urgent()).toEqual([]);
  });
});

describe('by text', () => {
  it('STOP is no reply: staff hear of the suspicion, and that the patient cannot be texted', async () => {
    const patient = smsPatient(house, PHONE);
    await patient.says(ITCHY);
    await patient.says('STOP');
    await patient.sees();
    await house.pass(6);
    const [escalation] = (await house.escalations()).filter(({ tier }) => tier === 'urgent');
    expect(escalation).toMatchObject({ reason: 'no_reply' });
    expect((await house.house.store.events(escalation!.id)).map(({ kind }) => kind)).toContain('cannot_text');
    expect(all(await patient.sees())).toBe('');
  });

  it('a question that never arrived is waited for all the same', async () => {
    const patient = smsPatient(house, PHONE);
    house.company.behave({ fate: { status: 'undelivered', code: 30003 } }, PHONE);
    await patient.says(ITCHY);
    await house.pass(6);
    expect(await urgent()).toMatchObject([{ reason: 'no_reply' }]);
  });
});

describe('an enrolled patient', () => {
  const enrol = async (): Promise<string> => {
    const { store, secret } = house.house;
    const desk = makeEnrolmentDesk({ store, knowledge: testMinds().knowledge, secret, clock: () => house.now(), canText: true });
    const form = { phone: '(555) 010-0150', teamsId: '', treatedAt: '2026-03-10T09:00', kind: 'microneedling', reference: 'A-17' };
    const done = await desk.enrol(
      { ...form, agreesToTexts: false, sendsLink: false },
      { clinic: house.clinic, by: 'ana', baseUrl: 'https://chat.clinic.example' },
    );
    if (done.kind === 'refused') throw new Error('Enrol: expected no faults.');
    return new URL(done.link).hash.replace('#link=', '');
  };

  it('who goes on by another way has replied', async () => {
    const web = webPatient(house, await openWebChat(house, { link: { token: await enrol(), claim: 'browser-of-the-patient' } }));
    const phone = smsPatient(house, PHONE);
    await web.opens();
    await web.says(ITCHY);
    await house.pass(3);
    await phone.says('can i wear makeup');
    await house.pass(20);
    expect(await urgent()).toEqual([]);
  });

  it('who only opens the chat has not', async () => {
    const phone = smsPatient(house, PHONE);
    const token = await enrol();
    await phone.says(ITCHY);
    await house.pass(3);
    await webPatient(house, await openWebChat(house, { link: { token, claim: 'browser-of-the-patient' } })).opens();
    await phone.sees();
    await house.pass(3);
    expect(all(await phone.sees())).toMatch(/did not hear back/);
    expect(await urgent()).toMatchObject([{ channel: 'sms', reason: 'no_reply' }]);
  });

  it('whom the clinic enrolls while the bot waits is still waited for, once', async () => {
    const phone = smsPatient(house, PHONE);
    await phone.says(ITCHY);
    await house.pass(3);
    await enrol();
    await house.pass(3);
    expect(all(await phone.sees())).toMatch(/did not hear back/);
    expect(await urgent()).toHaveLength(1);
  });
});
