import { testMinds } from '../../house';
import { TENANT_ID } from './fake-microsoft';
import type { TeamsHouse } from './teams-house';
import type { Message, TeamsPerson } from './teams-person';
import { ANA, BEN, STAFF_CHANNEL, STRANGER, openTeamsHouse } from './teams-house';

let house: TeamsHouse;
let pat: TeamsPerson;
beforeEach(async () => {
  house = await openTeamsHouse(testMinds());
  pat = house.person('pat');
});
afterEach(() => house.close());

/** A patient writes of pus at night; returns the card that the staff channel got. */
async function pusAtNight(): Promise<Message> {
  await pat.sends('there is yellow pus coming out of my cheek');
  await house.pass(0);
  const shown = house.shown();
  expect(
    shown
      .filter(({ conversation }) => conversation === pat.chat)
      .map(({ text }) => text)
      .join('\n'),
  ).toMatch(/\(555\) 010-0199/);
  const cards = shown.filter(({ card }) => card !== null);
  expect(cards.map(({ conversation }) => conversation)).toEqual([STAFF_CHANNEL]);
  return cards[0]!;
}

/** Every text of a card. */
const wordsOf = (card: unknown): string => JSON.stringify(card);
/** Titles of what a card offers. */
const offers = (card: Record<string, unknown> | null): string[] =>
  ((card?.['actions'] ?? []) as { title: string }[]).map(({ title }) => title);
const bodyOf = (answer: { readonly body: unknown }): { statusCode: number; type: string; value: Record<string, unknown> } =>
  answer.body as never;

describe('a patient in Teams', () => {
  it('is welcomed once, asks, and is answered in plain text with choices as buttons', async () => {
    const welcome = await pat.installs();
    expect(welcome.filter(({ text }) => /automated/i.test(text))).toHaveLength(1);
    const answer = await pat.says('can i wear makeup tomorrow');
    expect(answer.map(({ text }) => text).join('\n')).toMatch(/makeup/i);
    expect(answer.map(({ text }) => text).join('\n')).not.toMatch(/automated/i);
    expect(answer.every(({ body }) => body['textFormat'] === 'plain')).toBe(true);
    expect(answer.at(-1)!.choices.length).toBeGreaterThan(0);
    expect(answer.at(-1)!.body['channelData']).toMatchObject({ aftercare: { topics: ['makeup'] } });
  });

  it('is answered once when Teams delivers a message twice, and stored before anything is sent', async () => {
    const twice = { id: 'same' };
    await pat.sends('is redness normal', twice);
    expect(house.shown()).toEqual([]);
    await pat.sends('is redness normal', twice);
    await house.pass(0);
    const texts = house.shown().map(({ text }) => text);
    expect(texts.filter((text) => /red/i.test(text))).toHaveLength(1);
  });

  it('gets the answer late, once, when Teams is down for a while', async () => {
    house.microsoft.faults.push(...Array.from({ length: 4 }, () => 500));
    await pat.sends('is redness normal');
    await house.pass(0);
    await house.pass(1);
    const texts = house.shown().map(({ text }) => text);
    expect(texts.filter((text) => /red/i.test(text))).toHaveLength(1);
  });

  it('is told that photos are not looked at', async () => {
    const texts = (await pat.says('', { attachments: [{ contentType: 'image/*', contentUrl: 'https://files.example/1' }] })).map(
      ({ text }) => text,
    );
    expect(texts[0]).toMatch(/automated/);
    expect(texts.at(-1)).toMatch(/photo/i);
  });
});

describe('a page in Teams', () => {
  it('is a card with level, reference, times and a link, and without a word of the patient', async () => {
    const { card } = await pusAtNight();
    const words = wordsOf(card);
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(words).toMatch(/URGENT aftercare message, ref 1/);
    expect(words).toMatch(/Mon, Mar 9, 11:40 pm/);
    expect(words).toMatch(/Nobody has it yet/);
    expect(words).toMatch(/https:\/\/chat\.clinic\.example\/console\/escalations\//);
    expect(words).not.toMatch(/pus|cheek|yellow|infect|\/ack\//i);
    expect(offers(card)).toEqual(['Acknowledge', 'Take over the chat', 'Pass on', 'Reply', 'Close', 'Open in the console']);
    expect(words.match(/"type":"Action\.Execute"/g)).toHaveLength(5);
    expect(words.match(/"fallback":\{"type":"Action\.Submit"/g)).toHaveLength(5);
  });

  it('is acknowledged by the first who clicks: the card says who and when, for everybody, and the patient hears of it', async () => {
    const card = await pusAtNight();
    const answer = bodyOf(await house.person('ana', ANA).clicks(card, 'Acknowledge'));
    expect(answer).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(wordsOf(answer.value)).toMatch(/Ana has it since Mon, Mar 9, 11:40 pm/);
    expect(offers(answer.value)).not.toContain('Acknowledge');
    const after = house.shown();
    const update = after.find(({ body }) => body['id'] !== undefined || wordsOf(body).includes('Ana has it'));
    expect(wordsOf(update)).toMatch(/Ana has it since/);
    expect(house.microsoft.calls.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/v3\/conversations\/19:staffchannel@thread\.tacv2;messageid=\d+\/activities\/\d+$/),
    ]);
    expect(
      after
        .filter(({ conversation }) => conversation === pat.chat)
        .map(({ text }) => text)
        .join(),
    ).toMatch(/seen/i);
    const second = bodyOf(await house.person('ben', BEN).clicks(card, 'Acknowledge'));
    expect(wordsOf(second.value)).toMatch(/Ana took it/);
    const [escalation] = await house.escalations();
    expect(escalation).toMatchObject({ status: 'acknowledged', acknowledged: { by: 'ana', via: 'teams' } });
  });

  it('cannot be touched by anybody who is not staff, whatever they click', async () => {
    const card = await pusAtNight();
    const stranger = house.person('stranger', STRANGER);
    for (const title of ['Acknowledge', 'Take over the chat', 'Pass on', 'Send to the patient', 'Close it']) {
      const answer = bodyOf(await stranger.clicks(card, title, { reply: 'All is well', reason: 'false_alarm' }));
      expect(answer).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringMatching(/Only staff of Glow Clinic/),
      });
    }
    expect(await house.escalations()).toMatchObject([{ status: 'notified', acknowledged: null, resolved: null }]);
    expect(JSON.stringify(house.shown())).not.toMatch(/All is well/);
  });

  it('cannot be touched by somebody of another tenant who has the id of a member of staff', async () => {
    const card = await pusAtNight();
    const [execute] = (card.card!['actions'] as { verb: string; data: object }[]).slice(0, 1);
    const forged = {
      ...{ type: 'invoke', name: 'adaptiveCard/action', id: 'forged', channelId: 'msteams', serviceUrl: house.microsoft.serviceUrl },
      ...{ from: { id: '29:x', aadObjectId: ANA }, recipient: { id: '28:bot' }, value: { action: execute } },
      conversation: { id: 'a:x', conversationType: 'personal', tenantId: '00000000-0000-4000-8000-000000000000' },
    };
    expect(bodyOf(await house.deliver(forged))).toMatchObject({ value: expect.stringMatching(/Only staff/) });
    expect((await house.escalations())[0]!.acknowledged).toBeNull();
  });

  it('goes on to the next person\u2019s own chat when nobody clicks, who gets it without ever having written', async () => {
    await pusAtNight();
    await house.pass(6);
    const calls = house.microsoft.calls.filter(({ path, body }) => path === '/v3/conversations' && body['members'] !== undefined);
    expect(calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({ members: [expect.objectContaining({ id: BEN })], tenantId: TENANT_ID, isGroup: false }),
    ]);
    const cards = house.shown().filter(({ card }) => card !== null);
    expect(cards.map(({ conversation }) => conversation)).toEqual([`a:chat-of-${BEN}`]);
  });

  it('is answered from the card: the patient reads who wrote it, and paging stops', async () => {
    const card = await pusAtNight();
    await house.person('ana', ANA).clicks(card, 'Send to the patient', { reply: 'I will call you in *ten* minutes' });
    const texts = house
      .shown()
      .filter(({ conversation }) => conversation === pat.chat)
      .map(({ text }) => text);
    expect(texts).toContain('Ana: I will call you in *ten* minutes');
    expect(await house.escalations()).toMatchObject([{ status: 'acknowledged', acknowledged: { by: 'ana' } }]);
    const empty = bodyOf(await house.person('ana', ANA).clicks(card, 'Send to the patient', { reply: '  ' }));
    expect(wordsOf(empty.value)).toMatch(/Nothing was sent/);
  });

  it('is taken over and closed with a reason; the closed card offers nothing but the console', async () => {
    const card = await pusAtNight();
    const ana = house.person('ana', ANA);
    expect(wordsOf(bodyOf(await ana.clicks(card, 'Take over the chat')).value)).toMatch(/in the bot\u2019s place/);
    house.shown();
    await pat.says('hello?');
    expect(house.shown().filter(({ conversation }) => conversation === pat.chat)).toEqual([]);
    const closed = bodyOf(await ana.clicks(card, 'Close it', { reason: 'spoke_with_patient' }));
    expect(wordsOf(closed.value)).toMatch(/Closed by Ana/);
    expect(offers(closed.value)).toEqual(['Open in the console']);
    expect(await house.escalations()).toMatchObject([{ status: 'resolved', resolved: { by: 'ana', reason: 'spoke_with_patient' } }]);
    expect(await house.store.teams.listCards(10)).toEqual([]);
  });

  it('works for clients that know no Action.Execute: the click comes as a message and is answered by one', async () => {
    const card = await pusAtNight();
    const [action] = card.card!['actions'] as { fallback: { data: object } }[];
    const ana = house.person('ana', ANA);
    const [answer] = await ana.says('', { value: action!.fallback.data });
    expect(answer!.text).toBe('Ref 1 is yours.');
    expect((await house.escalations())[0]).toMatchObject({ acknowledged: { by: 'ana', via: 'teams' } });
    const [refused] = await pat.says('', { value: action!.fallback.data });
    expect(refused!.text).toMatch(/Only staff of Glow Clinic/);
  });

  it('tells the truth when somebody acted elsewhere', async () => {
    await pusAtNight();
    const [escalation] = await house.escalations();
    await house.paging.desk.acknowledge(escalation!.id, { by: 'ben', via: 'sms' });
    await house.pass(0);
    const puts = house.microsoft.calls.filter(({ method }) => method === 'PUT');
    expect(puts).toHaveLength(1);
    expect(wordsOf(puts[0])).toMatch(/Ben has it since/);
    await house.pass(0);
    expect(house.microsoft.calls.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('is let go of when its message was deleted in Teams, and tried again when Teams was busy', async () => {
    await pusAtNight();
    const [escalation] = await house.escalations();
    await house.paging.desk.acknowledge(escalation!.id, { by: 'ben', via: 'sms' });
    house.microsoft.faults.push(503);
    await house.teams.care.refresh();
    expect(await house.store.teams.listCards(10)).toHaveLength(1);
    house.microsoft.faults.push(404);
    await house.teams.care.refresh();
    expect(await house.store.teams.listCards(10)).toEqual([]);
  });

  it('moves on to the next step at once when Teams refuses it for good', async () => {
    await house.person('ben', BEN).installs();
    house.microsoft.refuse = { path: '/v3/conversations', status: 403 };
    await pat.sends('there is yellow pus coming out of my cheek');
    await house.pass(0);
    house.microsoft.refuse = null;
    await house.pass(0);
    const cards = house.shown().filter(({ card }) => card !== null);
    const [escalation] = await house.escalations();
    expect(escalation!.pages[0]).toMatchObject({ status: 'failed_permanently', failure: '403' });
    expect(cards.map(({ conversation }) => conversation)).toEqual(['a:chat-ben']);
  });
});
