import { createRateLimit, defaultWebLimits, visitorKey } from '../../../src/channels/web/rate-limit';
import { createOriginCheck } from '../../../src/channels/web/origin-check';

import { bearer, startWebServer, type WebServer } from './web-server';

let web: WebServer;
beforeAll(async () => {
  web = await startWebServer({ limits: { ...defaultWebLimits, tokensPerIp: 200, messagesPerConversation: 3 } });
});
afterAll(() => web.close());

describe('starting', () => {
  it('greets once, answers 201 and then 200', async () => {
    const visitor = await web.visitor();
    await web.http().post('/v3/directline/conversations').set(bearer(visitor.token)).expect(200);
    const { activities, watermark } = (await web.http().get(`${visitor.path}/activities?watermark=`).set(bearer(visitor.token))).body;
    expect(activities).toHaveLength(1);
    expect(watermark).toBe('1');
    expect(web.house.taken.at(-1)).toMatchObject({ text: '', value: { event: 'conversationStart' }, echo: null });
  });

  it('starts with an odd locale, and greets later when the greeting failed', async () => {
    const { token, path } = await web.visitor(false);
    web.house.failTurns(true);
    await web
      .http()
      .post('/v3/directline/conversations')
      .set(bearer(token))
      .send({ locale: 'en-US@posix', user: { id: 5 } })
      .expect(201);
    web.house.failTurns(false);
    await web.http().post('/v3/directline/conversations').set(bearer(token)).expect(200);
    expect((await web.http().get(`${path}/activities`).set(bearer(token))).body.activities).toHaveLength(1);
  });

  it('is needed before anything is said', async () => {
    const { token, path } = await web.visitor(false);
    await web.http().post(`${path}/activities`).set(bearer(token)).send({ type: 'message', text: 'hi' }).expect(404);
  });
});

describe('origins', () => {
  it('lets listed sites in by name and answers their preflight', async () => {
    const reply = await web.http().options('/v3/directline/conversations').set({
      origin: 'https://clinic.example',
      'access-control-request-headers': 'authorization,content-type,x-ms-bot-agent',
      'access-control-request-method': 'POST',
    });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({ 'access-control-allow-origin': 'https://clinic.example', 'access-control-max-age': '600' });
    for (const header of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with']) {
      expect(reply.headers['access-control-allow-headers']).toContain(header);
    }
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
    expect(reply.headers['vary']).toContain('Origin');
  });

  it.each(['https://evil.example', 'null', 'https://clinic.example.evil.example', 'http://clinic.example', 'file://'])(
    'keeps %s out',
    async (origin) => {
      for (const path of ['/widget/token', '/v3/directline/conversations']) {
        const reply = await web.http().post(path).set({ origin });
        expect(reply.status).toBe(403);
        expect(reply.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it('knows its own address only as localhost, a bare address or the public URL', () => {
    const local = createOriginCheck(null, []);
    expect(local('http://127.0.0.1:3978', '127.0.0.1:3978')).toBe(true);
    expect(local('http://[::1]:3978', '[::1]:3978')).toBe(true);
    expect(local('http://rebound.example:3978', 'rebound.example:3978')).toBe(false);
    expect(local('http://127.0.0.1:80', '127.0.0.1:3978')).toBe(false);
    const hosted = createOriginCheck('https://chat.example/bot/', []);
    expect(hosted('https://chat.example', 'inside:80')).toBe(true);
    expect(hosted('http://localhost:80', 'localhost:80')).toBe(false);
  });
});

describe('limits', () => {
  it('answers 429 with Retry-After above the messages of one minute, and lets on after it', async () => {
    const { token, path } = await web.visitor();
    const post = () => web.http().post(`${path}/activities`).set(bearer(token)).send({ type: 'message', text: 'hi' });
    for (let count = 0; count < 3; count += 1) await post().expect(200);
    const refused = await post().expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.error.code).toBe('too_many_requests');
    web.pass(61);
    await post().expect(200);
  });

  it('limits tokens per visitor', async () => {
    const statuses = [];
    for (let count = 0; count < 205; count += 1) statuses.push((await web.http().post('/widget/token')).status);
    expect(statuses.at(-1)).toBe(429);
    web.pass(61);
    await web.http().post('/widget/token').expect(200);
  });

  it('counts an IPv6 visitor by the network he owns', () => {
    expect(visitorKey('2001:db8:1:2:3:4:5:6')).toBe(visitorKey('2001:0db8:0001:0002::9'));
    expect(visitorKey('2001:db8:1:2::1')).not.toBe(visitorKey('2001:db8:1:3::1'));
    expect(visitorKey('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(visitorKey('::1')).toBe('0:0:0:0');
  });

  it('forgets old windows', () => {
    let now = 0;
    const limit = createRateLimit(1, () => now);
    limit('a');
    expect(() => limit('a')).toThrow(/over 1 a minute/);
    now = 60_000;
    expect(() => limit('a')).not.toThrow();
  });
});

describe('uploads', () => {
  const activity = Buffer.from(JSON.stringify({ type: 'message', text: 'see this', channelData: { clientActivityID: 'up' } }));

  it('are counted and answered, and their bytes and names are kept nowhere', async () => {
    const { token, path } = await web.visitor();
    const reply = await web
      .http()
      .post(`${path}/upload?userId=mallory`)
      .set(bearer(token))
      .attach('activity', activity, { filename: 'blob', contentType: 'application/vnd.microsoft.activity' })
      .attach('file', Buffer.from('BYTES-OF-A-FACE'), { filename: 'anna-face.png', contentType: 'image/png' });
    expect(reply.status).toBe(200);
    expect(web.house.taken.at(-1)).toMatchObject({ text: 'see this', attachments: 1 });
    expect(JSON.stringify(web.house.taken.at(-1))).not.toMatch(/BYTES|anna-face/);
    const seen = (await web.http().get(`${path}/activities`).set(bearer(token))).body.activities;
    expect(seen.at(-1).text).toMatch(/can't look at photos/);
  });

  it('are refused when they are no form, hold no file, or are too large', async () => {
    const { token, path } = await web.visitor();
    const upload = () => web.http().post(`${path}/upload`).set(bearer(token));
    await upload().send({ a: 1 }).expect(415);
    await upload().field('activity', '{"type":"message"}').expect(400);
    await upload().set('content-type', 'multipart/form-data; boundary=x').send('--y\r\nnonsense').expect(400);
    await upload().attach('activity', Buffer.from('{bad'), 'blob').attach('file', Buffer.from('x'), 'a.png').expect(400);
    await upload()
      .attach('file', Buffer.alloc(11 * 1024 * 1024), 'a.png')
      .expect(413);
  });
});

it('refuses a secret that is too short', async () => {
  await expect(startWebServer({ secret: Buffer.alloc(31) })).rejects.toThrow(/expected at least 32/);
});
