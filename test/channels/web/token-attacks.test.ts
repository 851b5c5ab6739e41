import { hkdfSync } from 'node:crypto';

import jwt from 'jsonwebtoken';

import { directLineSecret } from '../../../src/channels/web';

import { bearer, startWebServer, type Visitor, type WebServer } from './web-server';

let web: WebServer;
let visitor: Visitor;
beforeAll(async () => {
  web = await startWebServer();
});
beforeEach(async () => {
  visitor = await web.visitor();
});
afterAll(() => web.close());

const apiKey = (secret: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'aftercare/web/token/v1', 32));

async function refusalOf(token: string | null, path = visitor.path): Promise<string> {
  const headers: Record<string, string> = token === null ? {} : bearer(token);
  const reply = await web.http().get(`${path}/activities`).set(headers);
  expect(reply.status).toBe(403);
  return reply.body.error.code;
}

describe('a token that was tampered with', () => {
  const claims = (): Record<string, unknown> => jwt.decode(visitor.token) as Record<string, unknown>;

  it('is refused without the right signature', async () => {
    expect(await refusalOf(jwt.sign(claims(), Buffer.alloc(32, 9)))).toBe('token_refused');
    expect(await refusalOf(jwt.sign(claims(), web.secret))).toBe('token_refused');
    expect(await refusalOf(`${visitor.token.slice(0, -3)}AAA`)).toBe('token_refused');
  });

  it('is refused with algorithm none or another algorithm', async () => {
    expect(await refusalOf(jwt.sign(claims(), '', { algorithm: 'none' }))).toBe('token_refused');
    expect(await refusalOf(jwt.sign(claims(), apiKey(web.secret), { algorithm: 'HS512' }))).toBe('token_refused');
  });

  it('is refused for another audience, issuer or with claims missing, even when signed with the key', async () => {
    expect(await refusalOf(jwt.sign({ ...claims(), aud: 'other' }, apiKey(web.secret)))).toBe('token_refused');
    expect(await refusalOf(jwt.sign({ ...claims(), iss: 'other' }, apiKey(web.secret)))).toBe('token_refused');
    const { user: _user, ...withoutUser } = claims();
    expect(await refusalOf(jwt.sign(withoutUser, apiKey(web.secret)))).toBe('token_refused');
  });

  it.each([null, '', 'garbage', 'a.b.c', 'x'.repeat(5_000)])('is refused when it is %p', async (token) => {
    expect(await refusalOf(token)).toBe('token_refused');
  });
});

describe('a token for another conversation', () => {
  it('opens nothing of it', async () => {
    const other = await web.visitor();
    expect(await refusalOf(other.token)).toBe('wrong_conversation');
    for (const call of [
      web.http().get(visitor.path),
      web.http().post(`${visitor.path}/activities`).send({ type: 'message', text: 'hi' }),
      web.http().post(`${visitor.path}/upload?userId=x`).attach('file', Buffer.from('x'), 'x.png'),
    ]) {
      const reply = await call.set(bearer(other.token));
      expect(reply.status).toBe(403);
    }
  });

  it('cannot be used as the sender of somebody else', async () => {
    const { id } = (
      await web
        .http()
        .post(`${visitor.path}/activities`)
        .set(bearer(visitor.token))
        .send({ type: 'message', from: { id: 'mallory' }, text: 'who am i' })
        .expect(200)
    ).body;
    const seen = (await web.http().get(`${visitor.path}/activities`).set(bearer(visitor.token)).expect(200)).body.activities;
    expect(seen.find((activity: { id: string }) => activity.id === id).from).toEqual({ id: visitor.userId, role: 'user' });
  });
});

describe('the life of a token', () => {
  it('ends after 30 minutes with 403, and a refresh before that gives another 30', async () => {
    web.pass(29 * 60);
    const fresh = (await web.http().post('/v3/directline/tokens/refresh').set(bearer(visitor.token)).expect(200)).body;
    expect(fresh).toMatchObject({ conversationId: visitor.conversationId, expires_in: 1800 });
    web.pass(2 * 60);
    expect(await refusalOf(visitor.token)).toBe('token_expired');
    await web.http().post('/v3/directline/tokens/refresh').set(bearer(visitor.token)).expect(403);
    await web.http().get(`${visitor.path}/activities`).set(bearer(fresh.token)).expect(200);
  });

  it('cannot be stretched by refreshing beyond 24 hours', async () => {
    let { token } = visitor;
    let hours = 0;
    for (; hours < 30; hours += 0.4) {
      const reply = await web.http().post('/v3/directline/tokens/refresh').set(bearer(token));
      if (reply.status !== 200) break;
      token = reply.body.token;
      web.pass(0.4 * 3600);
    }
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(24.5);
  });

  it('ends with 404 when the conversation was purged', async () => {
    web.house.purge(visitor.conversationId);
    await web.http().get(visitor.path).set(bearer(visitor.token)).expect(404);
    await web.http().post(`${visitor.path}/activities`).set(bearer(visitor.token)).send({ type: 'message', text: 'hi' }).expect(404);
    await web.http().post('/v3/directline/tokens/refresh').set(bearer(visitor.token)).expect(404);
    await web.http().post('/v3/directline/conversations').set(bearer(visitor.token)).expect(404);
  });
});

describe('tokens/generate', () => {
  const generate = (credential: string, body: object = {}) =>
    web.http().post('/v3/directline/tokens/generate').set(bearer(credential)).send(body);

  it('takes the Direct Line secret and keeps a dl_ user', async () => {
    const { body } = await generate(directLineSecret(web.secret), { user: { id: 'dl_anna' } }).expect(200);
    expect(jwt.decode(body.token)).toMatchObject({ user: 'dl_anna', conv: body.conversationId });
  });

  it('refuses a token, a wrong secret and the key itself', async () => {
    for (const wrong of [visitor.token, 'x'.repeat(43), web.secret.toString('base64url')]) await generate(wrong).expect(403);
    await web.http().post('/v3/directline/tokens/generate').expect(403);
  });

  it('refuses a user id of another form, and the secret opens no conversation', async () => {
    await generate(directLineSecret(web.secret), { user: { id: 'admin' } }).expect(400);
    expect(await refusalOf(directLineSecret(web.secret))).toBe('token_refused');
  });
});
