import { makeEnrolmentDesk } from '../../src/enrolment';
import type { Clinic } from '../../src/model/clinic';
import type { Enrolled, EnrolmentForm } from '../../src/model/enrolment';
import { visit } from '../console/visitor';
import { testMinds } from '../house';
import type { LinePatient, OpenedWeb, Shown } from './lines';
import { openWebChat, smsPatient, teamsPatient, webPatient } from './lines';
import { teamsClinic } from './teams/teams-house';
import type { WholeHouse } from './whole-house';
import { openWholeHouse } from './whole-house';

const PHONE = '+15550100150';
const ANN_IN_TEAMS = 'dddddddd-0000-4000-8000-000000000001';
const OTHER = teamsClinic({ id: 'other', name: 'Other Clinic', teams: undefined });
const all = ({ texts }: Shown): string => texts.join('\n');

describe('a patient whom the clinic enrolled', () => {
  let house: WholeHouse;
  beforeEach(async () => (house = await openWholeHouse({ now: '2026-03-10T14:00', others: [OTHER] })), 60_000);
  afterEach(() => house.close());

  const enrol = async (
    form: Partial<EnrolmentForm> = {},
    clinic: Clinic = house.clinic,
  ): Promise<Extract<Enrolled, { kind: 'enrolled' }>> => {
    const { store, secret } = house.house;
    const { knowledge } = testMinds();
    const desk = makeEnrolmentDesk({ store, knowledge, secret, clock: () => house.now(), canText: true });
    const filled = {
      ...{ phone: '(555) 010-0150', teamsId: '', treatedAt: '2026-03-10T09:00', kind: 'microneedling', reference: 'A-17' },
      ...{ agreesToTexts: false, sendsLink: false },
      ...form,
    };
    const done = await desk.enrol(filled, { clinic, by: 'ana', baseUrl: 'https://chat.clinic.example' });
    if (done.kind === 'refused') throw new Error(`Enrol: expected no faults, got ${JSON.stringify(done.faults)}.`);
    return done;
  };
  const tokenOf = (link: string): string => new URL(link).hash.replace('#link=', '');
  const opens = (link: string, claim = 'browser-of-the-patient', more: { token?: string; clinic?: string } = {}): Promise<OpenedWeb> =>
    openWebChat(house, { link: { token: tokenOf(link), claim }, ...more });
  const openByLink = async (link: string): Promise<LinePatient> => {
    const opened = await opens(link);
    expect(opened).toMatchObject({ link: 'linked', isNew: true });
    return webPatient(house, opened);
  };
  const asksForTime = /when (was|did)|what time/i;

  it('is known by number and by link from the first message, and has one treatment', async () => {
    const { link } = await enrol();
    expect(link).toMatch(/^https:\/\/chat\.clinic\.example\/chat\?clinic=glow#link=[0-9a-f]{32}$/);
    const phone = smsPatient(house, PHONE);
    const first = all(await phone.says('can i wear makeup'));
    expect(first).toMatch(/tomorrow \(Wed\) at 9 am/);
    expect(first).not.toMatch(asksForTime);
    const web = await openByLink(link);
    expect(all(await web.says('can i wear makeup'))).toMatch(/tomorrow \(Wed\) at 9 am/);
    expect(all(await web.says('sorry, my treatment was today at 11 am'))).toMatch(/11 am/);
    expect(all(await phone.says('when can i wear makeup'))).toMatch(/tomorrow \(Wed\) at 11 am/);
  });

  it('whom danger befell on one way is in danger on the other: added to, read by one reference, answered where they write', async () => {
    const { link } = await enrol();
    const phone = smsPatient(house, PHONE);
    const web = await openByLink(link);
    await web.opens();
    await phone.says('there is yellow pus coming out of my cheek');
    expect(await house.escalations()).toMatchObject([{ ref: 1, tier: 'urgent' }]);
    expect(all(await web.says('can i wear makeup'))).toMatch(/urgent message to Glow Clinic is still open/);
    await web.says('the yellow pus is coming out again');
    const [escalation, ...others] = await house.escalations();
    expect(others).toEqual([]);
    expect(escalation).toMatchObject({ ref: 1, conversationId: await phone.conversationId() });
    const kinds = (await house.house.store.events(escalation!.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'repeated' || kind === 'wrote_elsewhere')).toEqual(['wrote_elsewhere', 'repeated']);

    // what staff do reaches the patient wherever they wrote
    await phone.sees();
    await house.house.paging.desk.acknowledge(escalation!.id, { by: 'ben', via: 'console' });
    await house.settle();
    expect(all(await web.sees())).toMatch(/on-call team has seen your message/);
    expect(all(await phone.sees())).toMatch(/on-call team has seen your message/);
    await house.pass(11);
    expect(all(await web.sees())).toMatch(/Did you reach/i);
    await web.says('no');
    expect((await house.house.store.find(escalation!.id))?.course.reached).not.toBe('yes');
    expect((await house.house.store.events(escalation!.id)).map(({ kind }) => kind)).toContain('reopened');
    await house.house.paging.desk.reply(await web.conversationId(), { by: 'ben', via: 'console' }, 'Please call me back', 'reply-1');
    expect((await house.house.store.events(escalation!.id)).at(-1)).toMatchObject({ kind: 'answered', actor: 'ben' });
    expect(all(await web.sees())).toContain('Please call me back');
    expect(all(await phone.sees())).not.toContain('Please call me back');
  });

  it('who tells a danger in pieces over two ways is heard', async () => {
    const { link } = await enrol();
    const phone = smsPatient(house, PHONE);
    const web = await openByLink(link);
    await phone.says('both my lips');
    expect(await house.escalations()).toEqual([]);
    await web.says('are swelling up');
    expect(await house.escalations()).toMatchObject([{ tier: 'emergency' }]);
  });

  it('a sign beyond its time that is told again by another way is a second contact', async () => {
    const { link } = await enrol({ treatedAt: '2026-03-05T09:00' });
    const phone = smsPatient(house, PHONE);
    const web = await openByLink(link);
    await web.says('my face is still red');
    const before = await house.escalations();
    expect(before.filter(({ tier }) => tier !== 'ask_clinic')).toEqual([]);
    await house.pass(120);
    await phone.says('my face is still red');
    expect((await house.escalations()).filter(({ tier }) => tier === 'urgent')).toHaveLength(1);
  });

  it('reads in the chat nothing of what was texted, and by text nothing of the chat', async () => {
    const { link } = await enrol();
    const phone = smsPatient(house, PHONE);
    const web = await openByLink(link);
    const shown = [all(await phone.says('is redness normal zebra')), all(await web.says('is peeling normal giraffe'))];
    const seen = `${all(await web.sees())}${shown[1]}`;
    expect(seen).not.toMatch(/zebra/);
    const { messages } = await house.house.store.read(await web.conversationId(), 0);
    expect(JSON.stringify(messages)).not.toMatch(/zebra/);
    expect(JSON.stringify((await house.house.store.read(await phone.conversationId(), 0)).messages)).not.toMatch(/giraffe/);
  });

  it('is the same patient in Teams, where the clinic named their account', async () => {
    await enrol({ teamsId: ANN_IN_TEAMS });
    const phone = smsPatient(house, PHONE);
    const teams = teamsPatient(house, house.person('ann', ANN_IN_TEAMS.toUpperCase()));
    expect(all(await teams.says('can i wear makeup'))).toMatch(/tomorrow \(Wed\) at 9 am/);
    await teams.says('there is yellow pus coming out of my cheek');
    expect(all(await phone.says('can i wear makeup'))).toMatch(/is still open/);
    expect(await house.escalations()).toHaveLength(1);
  });

  it('who had texted before is known with what they told, and their open danger with it', async () => {
    const phone = smsPatient(house, PHONE);
    await phone.says('there is yellow pus coming out of my cheek');
    const { link, isNew } = await enrol();
    expect(isNew).toBe(true);
    const web = await openByLink(link);
    expect(all(await web.says('can i wear makeup'))).toMatch(/is still open/);
    expect((await enrol({ treatedAt: '2026-03-10T10:00' })).isNew).toBe(false);
  });

  it('stays known after a crash', async () => {
    const { link } = await enrol();
    await smsPatient(house, PHONE).says('actually i had it done at 11 am today');
    await house.restart();
    const web = await openByLink(link);
    expect(all(await web.says('can i wear makeup'))).toMatch(/tomorrow \(Wed\) at 11 am/);
  });

  it('is enrolled at the console, and staff see there what was said by every way, and answer the last one', async () => {
    const staff = visit({ server: house.house.server });
    await staff.get(`/console?token=${house.house.consoleToken}`).expect(303);
    const fields = { clinic: 'glow', phone: '555-010-0150', treatedAt: '2026-03-10T09:00', kind: 'microneedling', reference: 'A-17' };
    const { text } = await staff.post('/console/enroll', fields, '/console/enroll');
    const web = await openByLink(/value="([^"]+#link=[0-9a-f]+)"/.exec(text)![1]!.replaceAll('&#38;', '&'));
    const phone = smsPatient(house, PHONE);
    await phone.says('there is yellow pus coming out of my cheek');
    await web.says('hello, did you get my text');
    const [escalation] = await house.escalations();
    const path = `/console/escalations/${escalation!.id}`;
    const page = (await staff.get(path)).text;
    expect(page).toMatch(/<h3>Text message<\/h3>[^]*yellow pus[^]*<h3>Web chat<\/h3>[^]*did you get my text/);
    expect(page).toContain('<strong>A-17</strong>');
    expect(page).toContain('The patient gets it the way they wrote (Web chat).');
    const reply = { text: 'We have it', messageId: 'reply-12345', back: escalation!.id };
    expect(await staff.does(`/console/conversations/${await web.conversationId()}/reply`, reply, path)).toContain(
      'Your reply is on its way',
    );
    expect(all(await web.sees())).toContain('We have it');
    const talk = (await staff.get(`/console/conversations/${await web.conversationId()}`)).text;
    expect(talk).toContain(`/console/conversations/${await phone.conversationId()}`);
    expect(talk).toMatch(/Ref 1/);
    expect(talk).not.toMatch(/yellow pus/);
  });

  describe('a link', () => {
    it('binds one browser; another one chats as a stranger, told why', async () => {
      const { link } = await enrol();
      const ann = await opens(link);
      const eve = await opens(link, 'browser-of-somebody-else');
      expect([ann.link, eve.link]).toEqual(['linked', 'used']);
      expect(eve.isNew).toBe(true);
      expect(all(await webPatient(house, eve).says('can i wear makeup'))).toMatch(asksForTime);
      expect(await opens(link)).toMatchObject({ link: 'linked' }); // the answer got lost on its way
    });

    it('that has ended, or is of another clinic, binds nobody', async () => {
      const { link } = await enrol();
      expect((await opens(link, 'browser-of-the-patient', { clinic: 'other' })).link).toBe('unknown');
      await house.pass(72 * 60 + 1);
      const late = await opens(link);
      expect(late.link).toBe('expired');
      expect(all(await webPatient(house, late).says('can i wear makeup'))).toMatch(asksForTime);
    });

    it('opens a chat of its own in a browser where somebody had chatted before', async () => {
      const stranger = await openWebChat(house);
      await webPatient(house, stranger).says('i am 15, my treatment was yesterday at noon');
      const { link } = await enrol();
      const opened = await opens(link, 'browser-of-the-patient', { token: stranger.token });
      expect(opened).toMatchObject({ link: 'linked', isNew: true });
      expect(opened.conversationId).not.toBe(stranger.conversationId);
      expect(all(await webPatient(house, opened).says('can i wear makeup'))).toMatch(/tomorrow \(Wed\) at 9 am/);
      expect(await opens(link, 'browser-of-the-patient', { token: opened.token })).toMatchObject({
        ...{ link: 'linked', isNew: false, conversationId: opened.conversationId },
      });
    });

    it('makes the browser known on later days, when its conversation has ended', async () => {
      const { link } = await enrol();
      const opened = await opens(link);
      await webPatient(house, opened).says('can i wear makeup');
      await house.pass(26 * 60);
      const later = await openWebChat(house, { token: opened.token });
      expect(later).toMatchObject({ isNew: true });
      expect(all(await webPatient(house, later).says('can i go to the gym'))).not.toMatch(asksForTime);
      await house.pass(15 * 24 * 60);
      const muchLater = await openWebChat(house, { token: later.token });
      expect(all(await webPatient(house, muchLater).says('can i wear makeup'))).toMatch(asksForTime);
    }, 60_000);

    it('is texted only to who agreed, by day, and never to who wants no texts', async () => {
      await expect(enrol({ sendsLink: true })).rejects.toThrow(/has not agreed/);
      await house.pass(8 * 60); // 10 pm
      const { link, isTexted } = await enrol({ agreesToTexts: true, sendsLink: true });
      expect(isTexted).toBe(true);
      await house.settle();
      const phone = smsPatient(house, PHONE);
      expect((await phone.sees()).texts).toEqual([]);
      await house.pass(10 * 60 + 1);
      const texts = (await phone.sees()).texts;
      expect(texts).toHaveLength(1);
      expect(texts[0]).toMatch(/^Glow Clinic: Here is your own link to our automated aftercare helper/);
      expect(texts[0]).toContain(link);
      const { id } = await house.house.store.sms.patients.meet('glow', PHONE, house.now());
      expect(await house.house.store.sms.patients.consentOf(id)).toMatchObject({
        by: 'ana',
        channel: 'console',
        wording: /^[0-9a-f]{12}$/,
      });
      const web = await openByLink(link);
      expect(all(await web.says('can i wear makeup'))).not.toMatch(asksForTime);
      expect(all(await phone.says('is redness normal'))).toMatch(/automated/);
      await phone.says('STOP');
      await expect(enrol({ agreesToTexts: true, sendsLink: true })).rejects.toThrow(/wants no texts/);
    });
  });
});
