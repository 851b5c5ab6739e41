import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import express from 'express';

import { defaultWebLimits, mountWebChannel, type WebLimits } from '../../src/channels/web';
import { widgetFiles } from '../build-widget';
import { createEchoHouse, noLinks, type EchoHouse } from '../channels/web/echo-house';
import { echoPages } from '../channels/web/patient-pages';

/** A running server with the web channel, and what its bot is expected to say; the suites run against any house that offers this. */
export interface StartedServer {
  /** e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly bot: {
    readonly greeting: RegExp;
    readonly question: string;
    readonly answer: RegExp;
    readonly emergency: string;
    readonly emergencyAnswer: RegExp;
    readonly photoAnswer: RegExp;
    /** A message whose answer carries suggested actions, and one of their titles. */
    readonly choices: { readonly question: string; readonly title: string } | null;
  };
  /** Cuts every open WebSocket without a goodbye, as a lost network does; returns how many there were. */
  cutSockets(): number;
  close(): Promise<void>;
}

/** Starts a house with the web channel on a free port of the loopback address. */
export type StartServer = () => Promise<StartedServer>;

/** Listens on a free port and adds what every suite needs to break and end a server. */
export async function listen(server: Server, bot: StartedServer['bot'], stop: () => void | Promise<void>): Promise<StartedServer> {
  const upgraded = new Set<Socket>();
  server.on('upgrade', (_request, socket: Socket) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bot,
    cutSockets: () => {
      const { size } = upgraded;
      upgraded.forEach((socket) => socket.destroy());
      upgraded.clear();
      return size;
    },
    close: async () => {
      await stop();
      upgraded.forEach((socket) => socket.destroy());
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** The echo house behind the real web channel, and what a test may make it do. */
export interface EchoServer extends StartedServer {
  readonly house: EchoHouse;
}

/** Starts it; `origins` are sites that may show the chat. */
export async function openEchoServer(
  origins: readonly string[] = [],
  limits: Partial<WebLimits> = {},
  extend: (app: express.Express) => void = () => undefined,
): Promise<EchoServer> {
  const app = express();
  extend(app);
  app.disable('x-powered-by');
  const server = createServer(app);
  const house = createEchoHouse();
  const streams = mountWebChannel(app, server, {
    turns: house.turns,
    log: house.log,
    links: noLinks,
    clock: Date.now,
    secret: Buffer.alloc(32, 7),
    publicUrl: null,
    clinics: [{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', origins }],
    pages: echoPages((conversationId) => house.erase(conversationId)),
    widget: widgetFiles(),
    limits: { ...defaultWebLimits, tokensPerIp: 1_000, messagesPerConversation: 1_000, ...limits },
  });
  const bot = {
    greeting: /automated aftercare helper/,
    question: 'can i wear makeup tmrw',
    answer: /You said: can i wear makeup tmrw/,
    emergency: 'my throat feels tight',
    emergencyAnswer: /Call 911 now/,
    photoAnswer: /can't look at photos/,
    choices: { question: 'show me choices', title: 'Around noon' },
  };
  return { ...(await listen(server, bot, () => streams.close())), house };
}

/** The same for the suites that run against any house. */
export const startEchoServer: StartServer = () => openEchoServer();
