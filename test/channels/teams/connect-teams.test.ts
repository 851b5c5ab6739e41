import type { Activity } from 'botbuilder';
import { connectTeams } from '../../../src/channels/teams/connect-teams';
import type { TeamsPlace } from '../../../src/model/teams-edge';
import type { FakeMicrosoft } from './fake-microsoft';
import { APP_ID, BOT_ID, TENANT_ID, startFakeMicrosoft } from './fake-microsoft';

const settings = { appId: APP_ID, appPassword: 'secret-of-the-bot', tenantId: TENANT_ID };
let microsoft: FakeMicrosoft;
beforeAll(async () => (microsoft = await startFakeMicrosoft()));
afterAll(() => microsoft.close());
beforeEach(() => (microsoft.calls.length = 0));

const place = (changed: Partial<TeamsPlace> = {}): TeamsPlace => ({
  ...{ serviceUrl: microsoft.serviceUrl, conversationId: 'a:pat', kind: 'personal', tenantId: TENANT_ID, botId: BOT_ID },
  ...changed,
});

describe('the connection to Teams', () => {
  it('to Microsoft\u2019s own cloud is made from the three settings, and refuses what has no token without asking anybody', async () => {
    const connection = connectTeams(settings);
    const activity = { type: 'message', channelId: 'msteams', serviceUrl: 'https://smba.example/' } as Activity;
    expect(await connection.take('', activity, () => Promise.reject(new Error('let in')))).toBe('refused');
  });

  it('posts with the bot\u2019s own bearer, into the chat, into a thread, as a new thread', async () => {
    const connection = connectTeams(settings, microsoft.cloud);
    const message = { type: 'message', text: 'hello' };
    await connection.post(place(), message);
    await connection.post(place({ conversationId: '19:x@thread.tacv2;messageid=5', kind: 'channel' }), message);
    const thread = await connection.post(place({ conversationId: '19:x@thread.tacv2', kind: 'channel' }), message);
    expect(microsoft.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v3/conversations/a:pat/activities',
      'POST /v3/conversations/19:x@thread.tacv2;messageid=5/activities',
      'POST /v3/conversations',
    ]);
    expect(microsoft.calls[0]!.body).toMatchObject({ text: 'hello', from: { id: BOT_ID }, conversation: { id: 'a:pat' } });
    expect(microsoft.calls[0]!.body).not.toHaveProperty('replyToId');
    expect(microsoft.calls[2]!.body).toMatchObject({
      isGroup: true,
      channelData: { channel: { id: '19:x@thread.tacv2' } },
      bot: { id: BOT_ID },
    });
    expect(thread.place.conversationId).toBe(`19:x@thread.tacv2;messageid=${thread.activityId}`);
    expect(microsoft.unsigned).toEqual([]);
  });

  it('puts another content in the place of what it posted', async () => {
    await connectTeams(settings, microsoft.cloud).update(place(), '77', { type: 'message', text: 'new' });
    expect(microsoft.calls).toMatchObject([
      { method: 'PUT', path: '/v3/conversations/a:pat/activities/77', body: { text: 'new', id: '77' } },
    ]);
  });

  it('asks once and tells what it was answered: retries are for who knows the deadline', async () => {
    const connection = connectTeams(settings, microsoft.cloud);
    microsoft.faults.push(503);
    await expect(connection.post(place(), { type: 'message', text: 'hello' })).rejects.toMatchObject({ statusCode: 503 });
    expect(microsoft.calls).toEqual([]);
    expect(microsoft.faults).toEqual([]);
  });
});
