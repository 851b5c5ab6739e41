import type { SmallHouse } from './small-house';
import { openSmallHouse } from './small-house';
import type { Visitor } from './visitor';
import { signIn } from './visitor';

const PAGE = '/console/conversations/talk-esc-12';
const messageId = 'staff_0123456789';
const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('conversations', () => {
  let house: SmallHouse;
  let ben: Visitor;
  beforeEach(async () => {
    house = openSmallHouse();
    ben = await signIn(house, 'ben@clinic.example');
  });

  it('are listed without a word of them', async () => {
    const { text } = await ben.get('/console/conversations').expect(200);
    expect(wordsOf(text)).toMatch(/9:04 pm 8:04 pm Web chat The bot Ref 12 Urgent/);
    expect(text).not.toMatch(/pus|throat/);
  });

  it('are read on a page of their own, with a title that tells nothing', async () => {
    const { text } = await ben.get(PAGE).expect(200);
    expect(text).toMatch(/yellow pus/);
    expect(text).toMatch(/<title>Conversation<\/title>/);
    expect(text).toMatch(/href="\/console\/escalations\/esc-12">Ref 12/);
  });

  it('take a reply, and go back to the page that it was written on', async () => {
    expect(await ben.does(`${PAGE}/reply`, { text: 'Ben here.\r\nCall me.', messageId })).toMatch(
      /Your reply is on its way to the patient\./,
    );
    expect(house.replies).toEqual([{ text: 'Ben here.\nCall me.', messageId, by: 'ben' }]);
    const { headers } = await ben.post(`${PAGE}/reply`, { text: 'Again', messageId: `${messageId}x`, back: 'esc-12' });
    expect(headers['location']).toBe('/console/escalations/esc-12');
  });

  it('close nothing with a reply that was not asked to, nor with one that was refused', async () => {
    await ben.does(`${PAGE}/reply`, { text: 'Hello', messageId, back: 'esc-12' });
    await ben.post(`${PAGE}/reply`, { text: ' ', messageId, back: 'esc-12', close: 'yes' });
    await ben.does(`${PAGE}/reply`, { text: 'Hello', messageId, close: 'yes' });
    expect(house.escalations.get('esc-12')?.status).toBe('notified');
    await ben.does(`${PAGE}/reply`, { text: 'Hello', messageId, back: 'esc-12', close: 'yes' });
    expect(house.escalations.get('esc-12')?.resolved?.reason).toBe('advice_by_message');
  });

  it('take the same form twice as one reply', async () => {
    const { text } = await ben.get(PAGE);
    const id = /name="messageId" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await ben.does(`${PAGE}/reply`, { text: 'Once', messageId: id });
    await ben.does(`${PAGE}/reply`, { text: 'Once', messageId: id });
    expect(house.replies).toHaveLength(1);
  });

  it.each([
    ['an empty reply', ' \n ', /Write something before you send/],
    ['one of 2,001 characters', 'é'.repeat(2001), /has 2001 characters, at most 2000 fit\. Nothing was sent/],
  ])('refuse %s and keep what was typed', async (_what, text, fault) => {
    for (const back of ['', 'esc-12']) {
      const response = await ben.post(`${PAGE}/reply`, { text, messageId, back });
      expect(response.status).toBe(422);
      expect(response.text).toMatch(fault);
      expect(response.text).toContain(`required>${text.trim()}</textarea>`);
    }
    expect(house.replies).toEqual([]);
  });

  it('take a reply of 2,000 characters of four bytes', async () => {
    await ben.does(`${PAGE}/reply`, { text: '\u{1F600}'.repeat(1000), messageId });
    expect(house.replies).toHaveLength(1);
  });

  it("show why a reply was refused, in the desk's words", async () => {
    const refusing = openSmallHouse();
    const desk = {
      ...refusing.deps.desk,
      reply: async () => ({ kind: 'refused' as const, why: 'The patient has stopped texts. Call them.' }),
    };
    const other = openSmallHouse({ desk });
    const visitor = await signIn(other, 'ben@clinic.example');
    const { status, text } = await visitor.post(`${PAGE}/reply`, { text: 'Hello', messageId });
    expect([status, text.includes('The patient has stopped texts. Call them.'), text.includes('>Hello</textarea>')]).toEqual([
      422,
      true,
      true,
    ]);
  });

  it('are taken over and handed back', async () => {
    const taken = await ben.does(`${PAGE}/take-over`);
    expect(taken).toMatch(/You have taken over: the bot is silent/);
    expect(wordsOf(taken)).toMatch(/Ben has taken over: the bot is silent\. Danger signs page all the same\./);
    expect(taken).not.toMatch(/id="take-over"/);
    expect(await ben.does(`${PAGE}/hand-back`)).toMatch(/The bot answers again/);
    expect(await ben.does(`${PAGE}/hand-back`)).toMatch(/The bot answers already, nothing changed/);
  });

  it('are taken over also when somebody else has what is open in them', async () => {
    const escalation = house.escalations.get('esc-12')!;
    const desk = { ...house.deps.desk, takeOver: async () => ({ kind: 'taken_already' as const, escalation, by: 'ana', at: house.now }) };
    const other = openSmallHouse({ desk });
    expect(await (await signIn(other, 'ben@clinic.example')).does(`${PAGE}/take-over`)).toMatch(
      /You have taken over: the bot is silent, danger signs still page\. Ref 12 stays with Ana\./,
    );
  });

  it.each([
    ['emergency', 'Emergency'],
    ['urgent', 'Urgent'],
    ['ask_clinic', 'Question'],
  ])('are raised by hand as %s', async (tier, words) => {
    expect(await ben.does(`${PAGE}/escalate`, { tier })).toMatch(new RegExp(`Raised as Ref 50: ${words}\\.`));
  });

  it('are not raised without a level', async () => {
    expect((await ben.post(`${PAGE}/escalate`, { tier: 'none' })).status).toBe(422);
  });

  it('are not found when there is none', async () => {
    await ben.get('/console/conversations/none').expect(404);
    expect((await ben.post('/console/conversations/none/reply', { text: 'x', messageId })).status).toBe(404);
  });
});

describe('other pages', () => {
  it('list what to review, with a link to the message', async () => {
    const ben = await signIn(openSmallHouse(), 'ben@clinic.example');
    const { text } = await ben.get('/console/review').expect(200);
    expect(wordsOf(text)).toMatch(/Asked back 31 % sun exposure 31 %/);
    expect(wordsOf(text)).toMatch(/self care urgent urgent Title of U02/);
    expect(text).toMatch(/href="\/console\/conversations\/talk-esc-12#message-1"/);
  });

  it('show who is on call now and next, and the holes', async () => {
    const house = openSmallHouse();
    const ben = await signIn(house, 'ben@clinic.example');
    const glow = wordsOf((await ben.get('/console/coverage').expect(200)).text);
    expect(glow).toMatch(/Paged when nobody is on call: Ben/);
    expect(glow).toMatch(/On call now .* Step 1 Ana Step 2 Ben .* From Tue 9:04 am: .* Step 1 Ana .* None: somebody can be reached/);
    const zoe = await signIn(house, '+15550100201');
    const other = wordsOf((await zoe.get('/console/coverage').expect(200)).text);
    expect(other).toMatch(/nobody is named/);
    expect(other).toMatch(/1 holes.* Tue, Mar 10 2026, 8:04 pm Tue, Mar 10 2026, 10:04 pm 2 h 0 min Nobody is on any step/);
  });
});
