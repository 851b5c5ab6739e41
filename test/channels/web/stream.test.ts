import { connect as connectRaw } from 'node:net';

import { WebSocket } from 'ws';

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

interface Frame {
  readonly activities: readonly { readonly text: string }[];
  readonly watermark: string;
}

function connect(url: string, origin?: string): Promise<{ socket: WebSocket; frames: Frame[] }> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => {
    // the empty frame of a fresh socket says only that it works
    if (data.length > 0) frames.push(JSON.parse(data.toString()) as Frame);
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ socket, frames }));
    socket.on('error', reject);
  });
}

function refused(url: string, origin?: string): Promise<number> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => resolve(101));
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 200) throw new Error('Wait: it did not become true in 2 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const say = (text: string) =>
  web.http().post(`${visitor.path}/activities`).set(bearer(visitor.token)).send({ type: 'message', text }).expect(200);
const reconnectUrl = async (watermark: string): Promise<string> =>
  (await web.http().get(`${visitor.path}?watermark=${watermark}`).set(bearer(visitor.token)).expect(200)).body.streamUrl;

describe('the stream', () => {
  it('replays the greeting, then pushes message and answer in order with a growing watermark', async () => {
    const { socket, frames } = await connect(visitor.streamUrl);
    await until(() => frames.length > 0);
    await say('one');
    await until(() => frames.flatMap((frame) => frame.activities).length === 3);
    expect(frames.flatMap((frame) => frame.activities.map((activity) => activity.text)).slice(1)).toEqual(['one', 'You said: one']);
    expect(frames.at(-1)?.watermark).toBe('3');
    socket.close();
  });

  it('ignores empty and other frames and stays open', async () => {
    const { socket, frames } = await connect(visitor.streamUrl);
    socket.send('');
    socket.send('{"nonsense":');
    socket.send(Buffer.from([0, 255, 254]));
    await say('still there?');
    await until(() => frames.some((frame) => frame.activities.some((activity) => activity.text === 'You said: still there?')));
    socket.close();
  });

  it('is closed by a frame above 4 KB, and the server lives', async () => {
    const { socket } = await connect(visitor.streamUrl);
    socket.send('x'.repeat(10_000));
    await new Promise((resolve) => socket.on('close', resolve));
    await say('alive');
  });

  it.each([
    ['0', 3],
    ['1', 2],
    ['3', 0],
    ['', 0],
  ])('replays after a reconnect from watermark "%s" %i activities', async (watermark, count) => {
    await say('before');
    const { socket, frames } = await connect(await reconnectUrl(watermark));
    await say('after');
    await until(() => frames.flatMap((frame) => frame.activities).some((activity) => activity.text === 'You said: after'));
    expect(frames.flatMap((frame) => frame.activities)).toHaveLength(count + 2);
    socket.close();
  });

  it('keeps at most five sockets for one conversation', async () => {
    const sockets: WebSocket[] = [];
    for (let count = 0; count < 6; count += 1) sockets.push((await connect(await reconnectUrl('0'))).socket);
    await until(() => sockets[0]?.readyState === WebSocket.CLOSED);
    expect(sockets.slice(1).every((socket) => socket.readyState === WebSocket.OPEN)).toBe(true);
    sockets.forEach((socket) => socket.close());
  });
});

describe('a stream address', () => {
  it('works once', async () => {
    (await connect(visitor.streamUrl)).socket.close();
    expect(await refused(visitor.streamUrl)).toBe(403);
  });

  it('works for 60 seconds', async () => {
    web.pass(61);
    expect(await refused(visitor.streamUrl)).toBe(403);
  });

  it('works for its own conversation and for pages of listed sites', async () => {
    const other = await web.visitor();
    expect(await refused(visitor.streamUrl.replace(visitor.conversationId, other.conversationId))).toBe(403);
    expect(await refused(visitor.streamUrl, 'https://evil.example')).toBe(403);
    (await connect(visitor.streamUrl, 'https://clinic.example')).socket.close();
  });

  it('is no token for the API, and a token is no stream address', async () => {
    const streamToken = new URL(visitor.streamUrl).searchParams.get('t') ?? '';
    await web.http().get(`${visitor.path}/activities`).set(bearer(streamToken)).expect(403);
    expect(await refused(visitor.streamUrl.replace(streamToken, visitor.token))).toBe(403);
    expect(await refused(visitor.streamUrl.replace(streamToken, ''))).toBe(403);
  });

  it('is 404 for a purged conversation and for any other path', async () => {
    web.house.purge(visitor.conversationId);
    expect(await refused(visitor.streamUrl)).toBe(404);
    expect(await refused(`${web.url.replace('http', 'ws')}/elsewhere`)).toBe(404);
  });
});

/** Sends bytes as they are and gives the first line of what comes back. */
function raw(bytes: string, hangUp = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectRaw(Number(new URL(web.url).port), '127.0.0.1', () => {
      socket.write(bytes);
      if (hangUp) socket.destroy();
    });
    let answer = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => (answer += String(data)));
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
  });
}

describe('a malformed upgrade', () => {
  const upgrade = (target: string): string =>
    `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

  it.each(['//[', '/v3/directline/conversations/%00/stream?t=x', '*', '/v3/directline/conversations/a/stream?t=%E0%A4%A'])(
    'to %s is refused',
    async (target) => {
      expect(await raw(upgrade(target))).toMatch(/^HTTP\/1\.1 40[034]/);
    },
  );

  it('that hangs up at once, or has no key, harms nothing', async () => {
    const target = new URL(await reconnectUrl('0'));
    await raw(upgrade(`${target.pathname}${target.search}`), true);
    const second = new URL(await reconnectUrl('0'));
    expect(await raw(upgrade(`${second.pathname}${second.search}`).replace(/Sec-WebSocket-Key.*\r\n/, ''))).toMatch(/ 400 /);
    await say('alive');
  });
});
