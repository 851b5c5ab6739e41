import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import request from 'supertest';
import type { Understand } from '../../src/turn/turn-parts';
import { readConfig } from '../../src/config';
import { openHouse } from '../../src/open-house';
import { finishServer, listen, makeServer } from '../../src/server';
import { AftercareError } from '../../src/tools/errors';
import { makeLog } from '../../src/tools/log';
import type { RealServer } from '../e2e/real-server';
import { openRealServer } from '../e2e/real-server';
import { testMinds } from '../house';

/** Opens a conversation as a browser does and gives a way to say something in it. */
async function visit(url: string): Promise<(text: string) => request.Test> {
  const { token, conversationId } = (await request(url).post('/widget/token').expect(200)).body;
  const authorization = `Bearer ${token}`;
  await request(url).post('/v3/directline/conversations').set({ authorization }).expect(201);
  return (text) =>
    request(url).post(`/v3/directline/conversations/${conversationId}/activities`).set({ authorization }).send({ type: 'message', text });
}

describe('the server', () => {
  let real: RealServer;
  beforeEach(async () => (real = await openRealServer()));
  afterEach(() => real.close());

  it('is alive and ready', async () => {
    await request(real.url).get('/healthz').expect(200, { status: 'ok' });
    await request(real.url).get('/readyz').expect(200, { status: 'ok' });
  });

  it('stays alive but is not ready when the data folder is gone', async () => {
    rmSync(real.folder, { recursive: true });
    const { body } = await request(real.url).get('/readyz').expect(503);
    expect(body).toEqual({ error: { code: 'STORAGE_UNAVAILABLE', message: expect.stringMatching(/expected a folder/) } });
    await request(real.url).get('/healthz').expect(200);
  });

  it('is not ready, again and again, when storage is closed', async () => {
    await real.house.store.close();
    for (let round = 0; round < 2; round++) await request(real.url).get('/readyz').expect(503);
  });

  it.each(['/nowhere', '/consol', '/v3/nothing', '/%E0%A4%A', '/console/%E0%A4%A', '/.env'])(
    'answers the unknown address %s as JSON, without naming its insides',
    async (path) => {
      const { body, status, headers } = await request(real.url).get(path);
      expect([400, 404]).toContain(status);
      expect(body).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
      expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*:\d+/);
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  it('says in its own words that the port is taken', async () => {
    const { port } = new URL(real.url);
    await expect(listen(createServer(), Number(port), '127.0.0.1')).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}.*set PORT`)),
    });
  });

  it('closes in time although a browser keeps its socket open and never says goodbye', async () => {
    const { token } = (await request(real.url).post('/widget/token').expect(200)).body;
    const started = await request(real.url).post('/v3/directline/conversations').set('authorization', `Bearer ${token}`).expect(201);
    const { pathname, search, port } = new URL(String(started.body.streamUrl));
    const socket = connect(Number(port), '127.0.0.1');
    const headers = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${'A'.repeat(22)}==`];
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1.1 101/);
    const before = Date.now();
    await real.house.close();
    expect(Date.now() - before).toBeLessThan(5_000);
    socket.destroy();
    rmSync(real.folder, { recursive: true });
    real = await openRealServer();
  });
});

describe('errors of a request', () => {
  it('are JSON without their text, and logged without it', async () => {
    const lines: string[] = [];
    const { app, server } = makeServer(() => Promise.resolve());
    app.get('/breaks', () => {
      throw new Error('cannot store "my cheek oozes"');
    });
    app.get('/known', () => {
      throw new AftercareError('USAGE', 'Read page: expected a number.');
    });
    finishServer(app, makeLog('debug', { write: (line: string) => void lines.push(line) }));
    const broken = await request(server).get('/breaks').expect(500);
    expect(broken.body).toEqual({ error: { code: 'INTERNAL', message: expect.any(String) } });
    expect(broken.text + lines.join('')).not.toMatch(/cheek/);
    expect(lines.join('')).toMatch(/a request failed/);
    await request(server)
      .get('/known')
      .expect(400, { error: { code: 'USAGE', message: 'Read page: expected a number.' } });
  });
});

describe('live mode', () => {
  it('refuses entries that no medical director has signed', async () => {
    const config = readConfig({
      AFTERCARE_MODE: 'live',
      AFTERCARE_SECRET: 'x'.repeat(32),
      PUBLIC_URL: 'https://chat.clinic.example',
      CLINIC_FILES: 'clinic.yaml',
      DATA_DIR: '/nowhere',
    });
    await expect(openHouse(testMinds(), config, { clock: Date.now })).rejects.toMatchObject({
      code: 'KNOWLEDGE_UNSIGNED',
      message: expect.stringMatching(/\d+ entries .* reviewedBy/),
    });
  });
});

describe('the log', () => {
  it.each<[string, (real: Understand) => Understand]>([
    [
      'an error',
      () => () => {
        throw new Error('cannot read "my cheek oozes"');
      },
    ],
    [
      'an error of several lines that looks like a stack',
      () => (text) => {
        throw new Error(`bad\n    at ${text} (cheek.ts:1:1)\nat my cheek oozes`);
      },
    ],
    [
      'something that is no error',
      () => (text) => {
        throw text as unknown as Error;
      },
    ],
  ])('holds no word of the patient when a turn fails with %s', async (_what, understand) => {
    const lines: string[] = [];
    const minds = testMinds(makeLog('debug', { write: (line: string) => void lines.push(line) }));
    const real = await openRealServer({
      minds: {
        ...minds,
        understand: (text, context) => (text === '' ? minds : { understand: understand(minds.understand) }).understand(text, context),
      },
    });
    const say = await visit(real.url);
    await say('my cheek oozes').expect(200);
    await real.house.store.close();
    await say('my cheek oozes again').expect(200); // a failure counts as danger, so that it is answered from the floor and spooled
    await real.close().catch(() => undefined);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.join('')).not.toMatch(/cheek|oozes/);
  });
});

describe('the console', () => {
  let real: RealServer;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-03-09T14:00:00Z');
    real = await openRealServer({ clock: () => now });
  });
  afterEach(() => real.close());
  const signIn = async (): Promise<string> => {
    const response = await request(real.url).get(`/console?token=${real.house.consoleToken}`).expect(303);
    expect(response.headers['location']).toBe('/console');
    return String(response.headers['set-cookie']);
  };

  it.each(['/console', '/console?token=', '/console?token=wrong', '/console?token=a&token=b', '/console?token[]=a'])(
    'refuses %s',
    async (path) => {
      const { text } = await request(real.url).get(path).expect(403);
      expect(text).toMatch(/Sign in/);
    },
  );

  it('refuses a made-up session', async () => {
    await request(real.url).get('/console').set('cookie', 'aftercare_console=abc').expect(403);
  });

  it('opens with the token of the start-up link, which works once', async () => {
    const cookie = await signIn();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const { text, headers } = await request(real.url).get('/console').set('cookie', cookie).expect(200);
    expect(text).toMatch(/Nothing urgent waits/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    await request(real.url).get(`/console?token=${real.house.consoleToken}`).expect(403);
  });

  it('does not spend the token on a link preview', async () => {
    await request(real.url).head(`/console?token=${real.house.consoleToken}`);
    await signIn();
  });

  it('ends a session after eight hours, whatever the browser keeps', async () => {
    const cookie = await signIn();
    now += 8 * 3_600_000 + 1_000;
    await request(real.url).get('/console').set('cookie', cookie).expect(403);
  });

  it('lists what waits for a person, and no word of a patient', async () => {
    const say = await visit(real.url);
    await say('there is yellow pus coming out of my zygomatic bone').expect(200);
    const { text } = await request(real.url)
      .get('/console')
      .set('cookie', await signIn())
      .expect(200);
    expect(text).toMatch(/>Ref 1<.*class="tier urgent">Urgent</s);
    expect(text).not.toMatch(/zygomatic|yellow pus/);
  });

  it('gives its style without a session', async () => {
    await request(real.url)
      .get('/console/style.css')
      .expect(200)
      .expect('content-type', /text\/css/);
  });
});
