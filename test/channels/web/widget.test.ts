import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WebSocket } from 'ws';

import type { WebClinic } from '../../../src/model/web-edge';

import { AftercareError } from '../../../src/tools/errors';
import { readWidgetFiles } from '../../../src/channels/web/widget-files';
import { builtWidget } from '../../build-widget';
import { createEchoHouse } from './echo-house';
import { bearer, startWebServer, type WebServer } from './web-server';

let web: WebServer;
let hosted: WebServer;
beforeAll(async () => {
  web = await startWebServer();
  hosted = await startWebServer({ publicUrl: 'https://chat.example' });
});
afterAll(async () => {
  await web.close();
  await hosted.close();
});

const policyOf = (headers: Record<string, string>): string => headers['content-security-policy'] ?? '';

describe('the launcher', () => {
  it('is served at an address for good whose integrity hash fits, and may be read by any page', async () => {
    const { launcher } = readWidgetFiles(builtWidget, null);
    const pinned = await web.http().get(`/widget/${launcher.version}.js`).buffer().expect(200);
    expect(`sha384-${createHash('sha384').update(pinned.text).digest('base64')}`).toBe(launcher.integrity);
    expect(pinned.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    expect(pinned.headers['cache-control']).toContain('immutable');
    const newest = await web.http().get('/widget.js').buffer().expect(200);
    expect(newest.text).toBe(pinned.text);
    expect(newest.headers['cache-control']).not.toContain('immutable');
    await web.http().get('/widget/0123456789abcdef.js').expect(404);
  });

  it('of an earlier version is still served after an update, and a changed one is not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'launchers-'));
    const earlier = 'console.log("earlier")';
    const version = createHash('sha256').update(earlier).digest('hex').slice(0, 16);
    writeFileSync(join(folder, `launcher-${version}.js`), earlier);
    writeFileSync(join(folder, 'launcher-0000000000000000.js'), 'changed');
    const { launchers, launcher } = readWidgetFiles(builtWidget, folder);
    rmSync(folder, { recursive: true });
    expect([...launchers.keys()].sort()).toEqual([version, launcher.version].sort());
    expect(launchers.get(version)?.body.toString()).toBe(earlier);
  });

  it('says what to run when it was not built', () => {
    expect(() => readWidgetFiles('/nowhere', null)).toThrow(/npm run build:widget/);
  });
});

describe('the chat page', () => {
  it('allows nothing inline or foreign, only its clinic may frame it, and the clinic stands in it escaped', async () => {
    const { text, headers } = await hosted.http().get('/chat?clinic=glow&host=https://clinic.example').expect(200);
    const policy = policyOf(headers);
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' wss:\/\/chat\.example;/,
    );
    expect(policy).toContain("frame-ancestors 'self' https://clinic.example https://chat.example;");
    expect(policy).toContain("trusted-types 'none'; sandbox allow-scripts");
    expect(policy).not.toMatch(/unsafe|dew\.example/);
    expect(headers['permissions-policy']).toBe('camera=(), microphone=(), geolocation=()');
    expect(text).not.toMatch(/<script(?! src="\/chat\/)|\son\w+=|style=/);
    expect(text).toContain('Glow &#60;Clinic&#62;');
    expect(text).toContain('href="tel:5550100199"');
  });

  it.each([
    ['a site that the clinic has not listed', '?host=https://evil.example', 403],
    ['a site of another clinic', '?clinic=glow&host=https://dew.example', 403],
    ['a clinic that is not here', '?clinic=nobody', 404],
    ['an address with a quote in it', '?host=https://clinic.example"><script>', 400],
  ])('is refused for %s', async (_what, query, status) => {
    const { body } = await hosted.http().get(`/chat${query}`).expect(status);
    expect(body.error.message).toMatch(/expected/);
  });

  it('has files that hold no way to write markup or run text', async () => {
    const { text } = await web.http().get('/chat').expect(200);
    const files = [...text.matchAll(/(?:src|href)="(\/chat\/[0-9a-f]+\.(?:js|css))"/g)].map(([, path]) => path!);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const served = await web.http().get(file).buffer().expect(200);
      expect(served.headers['cache-control']).toContain('immutable');
      expect(served.text).not.toMatch(/outerHTML|insertAdjacentHTML|\beval\b|new Function|document\.write/);
    }
  });

  it('refuses a Host header that is no host', async () => {
    await web.http().get('/chat').set('host', 'a b;x').expect(400);
  });
});

it('the demo page is a site like any: a strict policy and one script tag', async () => {
  const { text, headers } = await web.http().get('/').expect(200);
  expect(policyOf(headers)).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src 'self';/);
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).toContain('<script src="widget.js" defer data-clinic="glow" data-phone="(555) 010-0199"');
  expect(text).not.toMatch(/\{\{|style=|\son\w+=/);
  await web.http().get('/demo.css').expect(200).expect('content-type', /css/);
});

describe('tokens', () => {
  it('carry the clinic into every turn', async () => {
    const given = (await web.http().post('/widget/token').send({ clinic: 'dew' }).expect(200)).body;
    await web.http().post('/v3/directline/conversations').set(bearer(given.token)).expect(201);
    expect(web.house.taken.at(-1)).toMatchObject({ clinicId: 'dew', value: { event: 'conversationStart' } });
    const path = `/v3/directline/conversations/${given.conversationId}/activities`;
    const refreshed = (await web.http().post('/v3/directline/tokens/refresh').set(bearer(given.token)).expect(200)).body;
    await web.http().post(path).set(bearer(refreshed.token)).send({ type: 'message', text: 'hi' }).expect(200);
    expect(web.house.taken.at(-1)).toMatchObject({ clinicId: 'dew', text: 'hi' });
  });

  it("are the first clinic's when none is named, and nobody's for an unknown one", async () => {
    await web.http().post('/widget/open').expect(200);
    expect(web.house.taken.at(-1)).toMatchObject({ clinicId: 'glow' });
    await web.http().post('/widget/token').send({ clinic: 'nobody' }).expect(404);
    await web.http().post('/widget/token').send({ clinic: '../etc' }).expect(400);
  });

  it('are refused to the site of one clinic that asks for another', async () => {
    const ask = (origin: string): Promise<{ status: number }> =>
      web
        .http()
        .post('/widget/token')
        .set({ origin })
        .send({ clinic: 'glow' })
        .then(({ status }) => ({ status }));
    expect(await ask('https://clinic.example')).toEqual({ status: 200 });
    expect(await ask('https://dew.example')).toEqual({ status: 403 });
  });
});

it('a clinic that is imported later is served at once, with its sites', async () => {
  const clinics: [WebClinic, ...WebClinic[]] = [{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', origins: [] }];
  const growing = await startWebServer({ clinics });
  const ask = (): Promise<number> =>
    growing
      .http()
      .post('/widget/token')
      .set({ origin: 'https://new.example' })
      .send({ clinic: 'new' })
      .then(({ status }) => status);
  expect(await ask()).toBe(403);
  clinics.push({ id: 'new', name: 'New Clinic', phone: '(555) 010-0122', origins: ['https://new.example'] });
  expect(await ask()).toBe(200);
  expect((await growing.http().get('/chat?clinic=new&host=https://new.example').expect(200)).text).toContain('New Clinic');
  await growing.close();
});

describe('opening in one call', () => {
  it('returns token, stream and greeting, and later only what is new', async () => {
    const first = (await web.http().post('/widget/open').send({ clinic: 'glow', locale: 'en-US' }).expect(200)).body;
    expect(first).toMatchObject({ isNew: true, watermark: '1', streamUrl: expect.stringMatching(/^ws:/) });
    expect(first.activities[0].text).toMatch(/automated/);
    const again = (await web.http().post('/widget/open?watermark=1').set(bearer(first.token)).expect(200)).body;
    expect(again).toMatchObject({ isNew: false, conversationId: first.conversationId, activities: [], watermark: '1' });
    const whole = (await web.http().post('/widget/open?watermark=0').set(bearer(first.token)).expect(200)).body;
    expect(whole.activities).toEqual(first.activities);
  });

  it('begins a new conversation when the old one has expired or is gone', async () => {
    const first = (await web.http().post('/widget/open').expect(200)).body;
    web.house.purge(first.conversationId);
    const second = (await web.http().post('/widget/open?watermark=9').set(bearer(first.token)).expect(200)).body;
    expect(second).toMatchObject({ isNew: true, watermark: '1' });
    web.pass(31 * 60);
    const third = (await web.http().post('/widget/open').set(bearer(second.token)).expect(200)).body;
    expect(third.conversationId).not.toBe(second.conversationId);
    expect(third.isNew).toBe(true);
  });
});

describe('while storage is gone', () => {
  it('a conversation opens all the same, and its line shows what the bot says without storing it', async () => {
    const house = createEchoHouse();
    let isGone = true;
    const fail = async (): Promise<void> => {
      if (isGone) throw new AftercareError('STORAGE_UNAVAILABLE', 'Reading failed: expected storage.');
    };
    const said = { text: 'Call us now.', actions: [] };
    const without = await startWebServer({
      turns: { take: async () => ({ accepted: true, unstored: [said] }) },
      log: {
        open: (conversation) => fail().then(() => house.log.open(conversation)),
        exists: (id) => fail().then(() => house.log.exists(id)),
        read: (id, after) => fail().then(() => house.log.read(id, after)),
        onAppend: (listener) => house.log.onAppend(listener),
      },
    });
    const opened = (await without.http().post('/widget/open').expect(200)).body;
    expect(opened).toMatchObject({ isNew: true, activities: [], watermark: '0' });
    const again = (await without.http().post('/widget/open?watermark=0').set(bearer(opened.token)).expect(200)).body;
    expect(again.conversationId).toBe(opened.conversationId);
    const socket = new WebSocket(again.streamUrl);
    const texts: string[] = [];
    socket.on('message', (data: Buffer) => {
      if (data.length > 0)
        texts.push(...(JSON.parse(data.toString()) as { activities: { text: string }[] }).activities.map(({ text }) => text));
    });
    await once(socket, 'open');
    const path = `/v3/directline/conversations/${opened.conversationId}/activities`;
    await without.http().post(path).set(bearer(opened.token)).send({ type: 'message', text: 'my throat is tight' }).expect(200);
    for (const until = Date.now() + 5000; texts.length < 2 && Date.now() < until;) await new Promise((resolve) => setTimeout(resolve, 10));
    isGone = false;
    socket.close();
    await without.close();
    expect(texts).toEqual(['my throat is tight', 'Call us now.']);
  });
});

describe('the timeline', () => {
  it("is the token's own, and its calendar file opens by a link that lasts ten minutes", async () => {
    await web.http().get('/chat/timeline').expect(403);
    const visitor = await web.visitor();
    const { body } = await web.http().get('/chat/timeline').set(bearer(visitor.token)).expect(200);
    expect(body.timeline.rows.map(({ name }: { name: string }) => name)).toEqual(['makeup', 'retinol']);
    const file = await web.http().get(body.calendar).buffer().expect(200);
    expect(file.headers['content-type']).toMatch(/^text\/calendar/);
    expect(file.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(file.text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(file.text).toMatch(/\r\nDTSTART:\d{8}T\d{6}Z\r\n/);
    expect(file.text).toContain('SUMMARY:makeup: now\\, as your guide says');
    expect(file.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    await web
      .http()
      .get('/v3/directline/conversations/x/activities')
      .set(bearer(String(body.calendar.split('t=')[1])))
      .expect(403);
    web.pass(11 * 60);
    await web.http().get(body.calendar).expect(403);
  });
});

describe('erasing', () => {
  it('ends the conversation for good', async () => {
    const visitor = await web.visitor();
    await web.http().delete(visitor.path).expect(403);
    await web.http().delete(visitor.path).set(bearer(visitor.token)).expect(204);
    await web.http().get(`${visitor.path}/activities`).set(bearer(visitor.token)).expect(404);
    await web.http().delete(visitor.path).set(bearer(visitor.token)).expect(404);
  });

  it('is refused with its reason while staff need the words', async () => {
    const visitor = await web.visitor();
    const send = { type: 'message', text: 'my throat feels tight' };
    await web.http().post(`${visitor.path}/activities`).set(bearer(visitor.token)).send(send).expect(200);
    const { body } = await web.http().delete(visitor.path).set(bearer(visitor.token)).expect(409);
    expect(body.error).toMatchObject({ code: 'urgent_open', message: expect.stringMatching(/still open/) });
    await web.http().get(`${visitor.path}/activities`).set(bearer(visitor.token)).expect(200);
  });
});

it('danger words come small, and not again when they have not changed', async () => {
  const first = await web.http().get('/chat/danger-words').set('accept-encoding', 'gzip').expect(200);
  expect(first.body.patterns.length).toBeGreaterThan(0);
  expect(first.headers['content-encoding']).toBe('gzip');
  await web
    .http()
    .get('/chat/danger-words')
    .set('if-none-match', first.headers['etag'] ?? '')
    .expect(304);
});
