import { clinicSchema } from '../../../src/model/clinic';
import { BOT_ID, TENANT_ID } from './fake-microsoft';
import type { TeamsDoor } from './teams-door';
import { openTeamsDoor } from './teams-door';

const OTHER_TENANT = '77777777-8888-4777-8666-555555555555';
const clinicOf = (id: string, more: object = {}): ReturnType<typeof clinicSchema.parse> =>
  clinicSchema.parse({ id, name: id, phone: '(555) 010-0199', zone: 'America/New_York', hours: {}, ...more });

let door: TeamsDoor;
beforeAll(async () => {
  door = await openTeamsDoor([
    clinicOf('first', { staff: [{ id: 'ana', name: 'Ana', contacts: [{ method: 'teams', to: 'AAAAAAAA-0000-4000-8000-000000000001' }] }] }),
    clinicOf('second', { teams: { tenantId: OTHER_TENANT } }),
    clinicOf('third', { teams: { tenantId: OTHER_TENANT, channelId: '19:third@thread.tacv2' } }),
  ]);
});
afterAll(() => door.close());
beforeEach(() => {
  door.taken.length = 0;
  door.microsoft.calls.length = 0;
});

let count = 0;
const message = (changed: object = {}): Record<string, unknown> => {
  count += 1;
  return {
    ...{ type: 'message', id: `m${count}`, channelId: 'msteams', serviceUrl: door.microsoft.serviceUrl, text: 'hello' },
    ...{ from: { id: '29:p', name: 'Pat', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000000' }, recipient: { id: BOT_ID } },
    conversation: { id: 'a:pat', conversationType: 'personal', tenantId: TENANT_ID },
    ...changed,
  };
};
const deliver = async (activity: unknown): Promise<void> => expect((await door.deliver(activity)).status).toBe(200);
const texts = (): string[] => door.taken.map(({ text }) => text);
const posted = (): { readonly path: string; readonly text: unknown }[] =>
  door.microsoft.calls.filter(({ body }) => body['type'] !== 'typing').map(({ path, body }) => ({ path, text: body['text'] }));

describe('a message from Teams', () => {
  it('becomes a turn of its chat, under ids that name nobody', async () => {
    await deliver(message());
    expect(door.taken).toEqual([expect.objectContaining({ channel: 'teams', text: 'hello', attachments: 0, echo: null })]);
    expect(JSON.stringify(door.taken)).not.toMatch(/Pat|bbbbbbbb|a:pat|29:p/);
  });

  it('keeps conversation and patient the same from message to message, and apart from other chats', async () => {
    for (const id of ['a:pat', 'a:pat', 'a:kim'])
      await deliver(message({ conversation: { id, conversationType: 'personal' }, from: { id: id.replace('a:', '29:') } }));
    const [first, second, third] = door.taken;
    expect([second!.conversationId, second!.patientId]).toEqual([first!.conversationId, first!.patientId]);
    expect(third!.conversationId).not.toBe(first!.conversationId);
    expect(third!.patientId).not.toBe(first!.patientId);
  });

  it('has the same id when it is delivered again, and another one when it was edited', async () => {
    const activity = message({ text: 'a bit red' });
    await deliver(activity);
    await deliver(activity);
    await deliver({ ...activity, type: 'messageUpdate', text: 'a bit red and oozing', channelData: { eventType: 'editMessage' } });
    const [first, again, edited] = door.taken;
    expect(again!.messageId).toBe(first!.messageId);
    expect(edited).toMatchObject({ text: 'a bit red and oozing' });
    expect(edited!.messageId).not.toBe(first!.messageId);
  });

  it('loses the mention of the bot, not that of others', async () => {
    const entities = [
      { type: 'mention', mentioned: { id: BOT_ID, name: 'Aftercare' }, text: '<at>Aftercare</at>' },
      { type: 'mention', mentioned: { id: '29:kim', name: 'Kim' }, text: '<at>Kim</at>' },
      { type: 'clientInfo', locale: 'en-US' },
    ];
    await deliver(message({ text: '<at>Aftercare</at>&nbsp;can <at>Kim</at> &amp; I swim, temp &gt; 101', entities }));
    expect(texts()).toEqual(['can <at>Kim</at> & I swim, temp > 101']);
  });

  it('counts photos and files, never the formatted copy of its own words', async () => {
    const attachments = [
      { contentType: 'text/html', content: '<div>look</div>' },
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        content: { downloadUrl: 'https://files.example/1' },
        name: 'face.jpg',
      },
      { contentType: 'image/*', contentUrl: `${door.microsoft.url}/never-fetched` },
      { contentType: 'messageReference', content: '{}' },
    ];
    await deliver(message({ text: 'look', attachments }));
    await deliver(message({ text: undefined, attachments: attachments.slice(1, 2) }));
    expect(door.taken).toMatchObject([
      { text: 'look', attachments: 2 },
      { text: '', attachments: 1 },
    ]);
  });

  it('of any length is heard to its end, in pieces of at most 2,000 characters', async () => {
    await deliver(message({ text: `${'my skin is calm today \u{1F642} '.repeat(250)}and yellow pus is coming out` }));
    expect(door.taken.length).toBeGreaterThan(2);
    expect(Math.max(...texts().map((text) => Array.from(text).length))).toBeLessThanOrEqual(2000);
    expect(texts().at(-1)).toMatch(/yellow pus is coming out$/);
    expect(new Set(door.taken.map(({ messageId }) => messageId)).size).toBe(door.taken.length);
  });

  it('is told at once that the bot is typing, and goes on when that cannot be shown', async () => {
    await deliver(message());
    for (let tries = 0; tries < 50 && door.microsoft.calls.length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(door.microsoft.calls).toMatchObject([{ method: 'POST', path: '/v3/conversations/a:pat/activities', body: { type: 'typing' } }]);
    door.microsoft.faults.push(403);
    await deliver(message({ text: 'second' }));
    expect(texts()).toEqual(['hello', 'second']);
  });

  it('goes to the clinic of its tenant, and in a clinic\u2019s channel to that clinic', async () => {
    await deliver(message());
    await deliver(message({ conversation: { id: 'a:x', conversationType: 'personal', tenantId: OTHER_TENANT } }));
    const channel = { conversation: { id: '19:third@thread.tacv2;messageid=5', conversationType: 'channel', tenantId: OTHER_TENANT } };
    await deliver(message({ ...channel, channelData: { channel: { id: '19:third@thread.tacv2' } } }));
    expect(door.taken.map(({ clinicId }) => clinicId)).toEqual([undefined, 'second', 'third']);
  });

  it('of staff in a group is not taken for a patient\u2019s; of others it is heard, each in a conversation of their own', async () => {
    const group = { conversation: { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId: TENANT_ID } };
    await deliver(message({ ...group, from: { id: '29:ana', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' } }));
    expect(door.taken).toEqual([]);
    expect(posted()).toEqual([
      {
        path: expect.stringContaining('/v3/conversations/19:group@thread.v2/activities'),
        text: expect.stringMatching(/buttons of their cards/),
      },
    ]);
    for (const id of ['29:p', '29:q']) await deliver(message({ ...group, from: { id } }));
    expect(new Set(door.taken.map(({ conversationId }) => conversationId)).size).toBe(2);
  });

  it('that is only a reaction, typing or a change nobody made to its words is no turn', async () => {
    for (const activity of [
      { type: 'messageReaction' },
      { type: 'typing' },
      { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } },
      { type: 'messageDelete' },
    ])
      await deliver(message(activity));
    expect(door.taken).toEqual([]);
  });
});

describe('an installation', () => {
  it('greets a patient with one start, however often Teams tells of it', async () => {
    const chat = { conversation: { id: 'a:new', conversationType: 'personal', tenantId: TENANT_ID } };
    await deliver(message({ ...chat, type: 'installationUpdate', action: 'add' }));
    await deliver(message({ ...chat, type: 'conversationUpdate', membersAdded: [{ id: '29:p' }, { id: BOT_ID }] }));
    expect(new Set(door.taken.map(({ messageId, text }) => `${messageId}|${text}`))).toEqual(new Set(['start|']));
    expect(door.taken[0]).toMatchObject({ value: { event: 'conversationStart' } });
  });

  it('of staff says what will come, and is remembered by the object id', async () => {
    const ana = {
      from: { id: '29:ana', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' },
      conversation: { id: 'a:ana', conversationType: 'personal', tenantId: TENANT_ID },
    };
    await deliver(message({ ...ana, type: 'installationUpdate', action: 'add' }));
    expect(door.taken).toEqual([]);
    expect(posted()).toEqual([
      { path: expect.stringContaining('/v3/conversations/a:ana/'), text: expect.stringMatching(/posted here as cards/) },
    ]);
    expect(await door.store.teams.findPlace('person/aaaaaaaa-0000-4000-8000-000000000001')).toMatchObject({
      conversationId: 'a:ana',
      kind: 'personal',
    });
    await deliver(message({ ...ana, type: 'installationUpdate', action: 'remove' }));
    expect(await door.store.teams.findPlace('person/aaaaaaaa-0000-4000-8000-000000000001')).toBeNull();
  });

  it('in a channel is remembered without its thread, and says nothing there', async () => {
    await deliver(
      message({
        type: 'conversationUpdate',
        membersAdded: [{ id: BOT_ID }],
        conversation: { id: '19:staff@thread.tacv2', conversationType: 'channel', tenantId: TENANT_ID },
      }),
    );
    expect(await door.store.teams.findPlace('chat/19:staff@thread.tacv2')).toEqual({
      ...{
        serviceUrl: door.microsoft.serviceUrl,
        conversationId: '19:staff@thread.tacv2',
        kind: 'channel',
        tenantId: TENANT_ID,
        botId: BOT_ID,
      },
    });
    expect([...door.taken, ...posted()]).toEqual([]);
  });
});

describe('an invoke', () => {
  it.each([
    ['message/submitAction', 200],
    ['signin/verifyState', 501],
    ['composeExtension/query', 501],
    [undefined, 501],
  ])('named %s is answered %d', async (name, status) => {
    expect((await door.deliver(message({ type: 'invoke', name, value: { actionName: 'feedback' } }))).status).toBe(status);
  });

  it.each([{}, { action: 7 }, { action: { data: { aftercare: { act: 'delete', escalationId: 'x' } } } }, null])(
    'of a card that is not ours is refused within its answer (%j)',
    async (value) => {
      const answer = await door.deliver(message({ type: 'invoke', name: 'adaptiveCard/action', value }));
      expect(answer).toMatchObject({ status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error' } });
    },
  );
});

describe('when storage is gone', () => {
  const gone = (): jest.SpyInstance => jest.spyOn(door.store.teams, 'findPlace').mockRejectedValue(new Error('no room left'));
  afterEach(() => void jest.restoreAllMocks());

  it('danger is answered in the same moment, with its choices and whom to call', async () => {
    gone();
    door.unstored = [{ text: 'Call 911 now.', actions: [{ kind: 'call', title: 'Call Glow', value: 'tel:+15550100199' }] }];
    await deliver(message({ text: 'my throat feels tight' }));
    door.unstored = null;
    expect(posted().map(({ text }) => text)).toEqual(['Call 911 now.\n\nCall Glow: +15550100199']);
  });

  it('anything else is refused, and its sender told to call, though the turn itself went well', async () => {
    gone();
    expect((await door.deliver(message())).status).toBe(503);
    expect(posted().map(({ text }) => text)).toEqual(['Call the clinic.']);
  });

  it('a click is answered that nothing changed', async () => {
    door.desk.isBroken = true;
    const data = { aftercare: { act: 'acknowledge', escalationId: 'esc_1' } };
    const clinic = door.teams.clinics.get('first');
    jest.spyOn(door.teams.clinics, 'get').mockReturnValue(clinic);
    const ana = { from: { id: '29:ana', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' } };
    const answer = await door.deliver(message({ ...ana, type: 'invoke', name: 'adaptiveCard/action', value: { action: { data } } }));
    door.desk.isBroken = false;
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 500, value: { message: expect.stringMatching(/nothing changed/) } } });
  });
});

describe('a click that takes too long', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('is answered before Teams gives up, and goes on', async () => {
    const real = globalThis.setTimeout;
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((work: () => void, ms?: number) => real(work, ms === 8000 ? 20 : ms)) as never);
    const clinic = door.teams.clinics.get('first');
    jest.spyOn(door.teams.clinics, 'get').mockReturnValue(clinic);
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const acknowledge = door.desk.desk.acknowledge.bind(door.desk.desk);
    jest.spyOn(door.desk.desk, 'acknowledge').mockImplementation((...click) => slow.then(() => acknowledge(...click)));
    const ana = { from: { id: '29:ana', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' } };
    const value = { action: { data: { aftercare: { act: 'acknowledge', escalationId: 'esc_1' } } } };
    const answer = await door.deliver(message({ ...ana, type: 'invoke', name: 'adaptiveCard/action', value }));
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, value: expect.stringMatching(/longer than usual/) } });
    expect(door.desk.did).toEqual([]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(door.desk.did).toEqual(['acknowledge esc_1 by ana via teams']);
  });
});
