import { generateKeyPairSync } from 'node:crypto';
import { APP_ID, BOT_ID, TENANT_ID } from './fake-microsoft';
import type { TokenFaults } from './fake-microsoft';
import type { TeamsDoor } from './teams-door';
import { openTeamsDoor } from './teams-door';

let house: TeamsDoor;
beforeAll(async () => (house = await openTeamsDoor()));
afterAll(() => house.close());
/** The Bot Framework prints the key of each bad token. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

const message = (changed: object = {}): Record<string, unknown> => ({
  ...{ type: 'message', id: '1', channelId: 'msteams', serviceUrl: house.microsoft.serviceUrl, text: 'hello' },
  ...{ from: { id: '29:p', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000000' }, recipient: { id: BOT_ID } },
  conversation: { id: 'a:door', conversationType: 'personal', tenantId: TENANT_ID },
  ...changed,
});

describe('the door for Teams', () => {
  it('lets in what Microsoft signed', async () => {
    expect(await house.deliver(message())).toEqual({ status: 200, body: null });
  });

  const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each<[string, TokenFaults | string]>([
    ['no token', ''],
    ['an empty bearer', 'Bearer '],
    ['another scheme', 'Basic YTpi'],
    ['garbage', 'Bearer garbage'],
    ['garbage in three parts', 'Bearer a.b.c'],
    ['an expired token', { expired: true }],
    ['another audience', { claims: { aud: '00000000-0000-4000-8000-000000000000' } }],
    ['another issuer', { claims: { iss: 'https://login.example' } }],
    ['a service address that differs', { claims: { serviceurl: 'https://smba.example/' } }],
    ['no service address', { claims: { serviceurl: undefined } }],
    ['an unknown key id', { kid: 'nobody' }],
    ['a key endorsed for another channel', { kid: 'for-skype' }],
    ['the right key id and another key', { key: strangers }],
    ['no signature at all', { algorithm: 'none' }],
    ['the public key taken for a secret', { algorithm: 'hs256' }],
    [
      'a token of Entra for this bot',
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: APP_ID, ver: '1.0' } },
    ],
    [
      'a token of another bot',
      {
        claims: {
          appid: '00000000-0000-4000-8000-000000000000',
          ver: '1.0',
          azp: 'x',
          iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
        },
      },
    ],
  ])('answers 401 to %s', async (_what, faults) => {
    const authorization = typeof faults === 'string' ? faults : house.microsoft.token(faults);
    const answer = await house.deliver(message({ id: 'refused', text: 'yellow pus is coming out' }), authorization);
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/pus|jwt|stack|at .*\.js/);
  });

  it('answers 401 when the activity names another service than the token', async () => {
    expect((await house.deliver(message({ serviceUrl: 'https://evil.example/' }))).status).toBe(401);
  });

  it('takes nothing of what it refuses', () => {
    expect(JSON.stringify(house.taken)).not.toMatch(/pus/);
  });

  it('fetches the keys once, and again only for a key it does not know', () => {
    expect(house.microsoft.keyFetches).toBeLessThanOrEqual(2);
  });

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['a list', []],
    ['no JSON', '{'],
    ['a missing type', { type: undefined }],
    ['a type that is no text', { type: 7 }],
    ['a sender that is null', { from: null }],
    ['members that are no list', { membersAdded: 'x' }],
    ['entities that are no objects', { entities: ['x'] }],
    ['an id that is a number', { id: 7 }],
    ['a chat without id', { conversation: {} }],
    ['another channel', { channelId: 'directline' }],
    ['no service address', { serviceUrl: 'ftp://x' }],
  ])('answers 400 to %s', async (_what, changed) => {
    const isWhole = typeof changed === 'string' || Array.isArray(changed) || Object.keys(changed as object).length === 0;
    const answer = await house.deliver(isWhole ? changed : message(changed as object));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'unreadable' } } });
  });

  it('answers 413 above 256 KB', async () => {
    expect(await house.deliver(message({ text: 'x'.repeat(270_000) }))).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large_form' } },
    });
    expect((await house.deliver(message({ text: 'x'.repeat(200_000), id: 'long' }))).status).toBe(200);
  });

  it('answers with an error, and tells the patient to call, when a message cannot be stored', async () => {
    house.breaks = true;
    const answer = await house.deliver(message({ id: 'unlucky', text: 'yellow pus is coming out' }));
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'not_stored' } } });
    house.breaks = false;
    expect(house.microsoft.calls.map(({ body }) => body['text'])).toContain('Call the clinic.');
  });

  it('lets a storm of bad tokens run dry, and Microsoft in all the while', async () => {
    const statuses = new Set<number>();
    for (let tries = 0; tries < 130; tries++) statuses.add((await house.deliver(message(), 'Bearer garbage')).status);
    expect([...statuses]).toEqual([401, 429]);
    const response = await fetch(house.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: house.microsoft.token(), 'x-forwarded-for': '52.112.0.1' },
      body: JSON.stringify(message({ id: 'after the storm' })),
    });
    expect(response.status).toBe(200);
  });
});
