import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { type WebSocket, WebSocketServer } from 'ws';

import type { ConversationLog, WebActivity } from '../../model/web-edge';

import { conversationNotFound, isKnown, isStorageGone } from './access';
import type { OriginCheck } from './origin-check';
import type { WebLimits } from './rate-limit';
import { asRefusal, Refusal, refusalBody } from './refusal';
import { type StreamClaims, tokenChainSeconds, type Tokens } from './tokens';

const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,128})\/stream$/;
const heartbeatMs = 30_000;
const storageRetryMs = 2_000;
/** A reader this far behind (bytes not yet taken) is cut off; it comes back and replays from its watermark. */
const maxUnsentBytes = 1024 * 1024;

/** What the sockets need of the channel. */
export interface StreamDeps {
  readonly log: ConversationLog;
  readonly tokens: Tokens;
  readonly isAllowedOrigin: OriginCheck;
  readonly limits: WebLimits;
  readonly clock: () => number;
  readonly onFault: (code: string, cause: unknown) => void;
}

/** The open sockets of the channel. */
export interface Streams {
  /** How many sockets are open. */
  count(): number;
  /** Shows activities that are in no log to the open sockets of a conversation; watermarks stay as they are. */
  show(conversationId: string, activities: readonly WebActivity[]): void;
  /** Stops listening and closes every socket; browsers reconnect to whoever serves next. */
  close(): void;
}

interface OpenStream extends Pusher {
  readonly socket: WebSocket;
}

interface Pusher {
  readonly push: () => void;
  readonly show: (activities: readonly WebActivity[]) => void;
}

/** Sends what the log holds after `last`, one read at a time, so that order and watermark are always the log's own. */
function createPusher(socket: WebSocket, conversationId: string, deps: StreamDeps, after: number): Pusher {
  let last = after;
  let reading = false;
  let again = false;
  const run = async (): Promise<void> => {
    reading = true;
    try {
      do {
        again = false;
        const { activities, watermark } = await deps.log.read(conversationId, last);
        if (socket.readyState !== socket.OPEN) return;
        if (activities.length === 0) continue;
        last = watermark;
        socket.send(JSON.stringify({ activities, watermark: String(watermark) }));
        if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
      } while (again);
    } catch (error) {
      deps.onFault('internal', error);
      // without storage the line stays open: what the bot says to a danger is shown on it all the same
      if (isStorageGone(error)) setTimeout(push, storageRetryMs).unref();
      else socket.close(1011);
    } finally {
      reading = false;
    }
  };
  const push = (): void => {
    again = true;
    if (!reading && socket.readyState === socket.OPEN) void run();
  };
  return {
    push,
    show: (activities) => socket.send(JSON.stringify({ activities, watermark: String(last) })),
  };
}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(refusalBody(refusal));
  const head = [
    `HTTP/1.1 ${refusal.status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Serves `/v3/directline/conversations/:id/stream` on the server's upgrades. */
export function attachStreams(server: Server, deps: StreamDeps): Streams {
  const { log, tokens, limits } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, clientTracking: false, perMessageDeflate: false });
  const open = new Map<string, Set<OpenStream>>();
  const alive = new WeakSet<WebSocket>();
  const all = (): OpenStream[] => [...open.values()].flatMap((streams) => [...streams]);
  let total = 0;

  const unsubscribe = log.onAppend((conversationId) => open.get(conversationId)?.forEach((stream) => stream.push()));

  const heartbeat = setInterval(() => {
    for (const { socket } of all()) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  const serve = (socket: WebSocket, claims: StreamClaims): void => {
    const stream: OpenStream = { socket, ...createPusher(socket, claims.conv, deps, claims.after) };
    const peers = open.get(claims.conv) ?? new Set<OpenStream>();
    open.set(claims.conv, peers.add(stream));
    total += 1;
    alive.add(socket);
    const life = claims.first * 1000 + tokenChainSeconds * 1000 - deps.clock();
    const end = setTimeout(() => socket.close(1000), Math.max(0, life));
    end.unref();
    socket.on('pong', () => alive.add(socket));
    socket.on('error', () => socket.terminate());
    // Clients only ever send empty frames to keep the line open; nothing they send here is read.
    socket.on('message', () => alive.add(socket));
    socket.on('close', () => {
      clearTimeout(end);
      total -= 1;
      peers.delete(stream);
      if (peers.size === 0) open.delete(claims.conv);
    });
    const oldest = peers.size > limits.socketsPerConversation ? peers.values().next().value : undefined;
    oldest?.socket.close(1008);
    // an empty frame, which clients ignore: shows a browser that sockets get through to it
    socket.send('');
    stream.push();
  };

  const admit = async (request: IncomingMessage): Promise<StreamClaims> => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const conversationId = streamPath.exec(path)?.[1];
    if (conversationId === undefined) throw new Refusal('not_found', 'Open stream: there is none at this address; expected a streamUrl');
    if (!deps.isAllowedOrigin(request.headers.origin, request.headers.host)) {
      throw new Refusal('origin_refused', 'Check Origin header: this site may not use the chat; expected one that the clinic has listed');
    }
    const claims = tokens.redeemStream(new URLSearchParams(query).get('t') ?? '', conversationId);
    if (total >= limits.sockets) throw new Refusal('too_many_requests', `Open stream: ${total} are open; expected a pause of 30 s`, 30);
    if (!(await isKnown(log, claims.conv))) throw conversationNotFound();
    return claims;
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const isOurs = (request.url ?? '').startsWith('/v3/directline/');
    if (!isOurs && server.listenerCount('upgrade') > 1) return;
    const abandon = (): void => void socket.destroy();
    socket.on('error', abandon);
    admit(request).then(
      (claims) => {
        socket.off('error', abandon);
        sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, claims));
      },
      (thrown: unknown) => refuseUpgrade(socket, asRefusal(thrown)),
    );
  };
  server.on('upgrade', onUpgrade);

  return {
    count: () => total,
    show: (conversationId, activities) => open.get(conversationId)?.forEach((stream) => stream.show(activities)),
    close: () => {
      clearInterval(heartbeat);
      unsubscribe();
      server.off('upgrade', onUpgrade);
      for (const { socket } of all()) socket.close(1001);
    },
  };
}
