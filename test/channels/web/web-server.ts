import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import request from 'supertest';

import { defaultWebLimits, mountWebChannel, type WebChannelDeps } from '../../../src/channels/web';

import { widgetFiles } from '../../build-widget';
import { createEchoHouse, noLinks, type EchoHouse } from './echo-house';
import { echoPages } from './patient-pages';

/** The web channel over an echo house with a clock that tests set, listening on a free port. */
export interface WebServer {
  readonly house: EchoHouse;
  readonly server: Server;
  readonly url: string;
  readonly secret: Buffer;
  readonly faults: string[];
  pass(seconds: number): void;
  http(): ReturnType<typeof request>;
  /** Gets a token as a browser would, and starts its conversation unless told not to. */
  visitor(start?: boolean): Promise<Visitor>;
  close(): Promise<void>;
}

/** What a browser holds after it has started. */
export interface Visitor {
  readonly token: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly streamUrl: string;
  readonly path: string;
}

/** Starts a web server for one test file. */
export async function startWebServer(changes: Partial<WebChannelDeps> = {}): Promise<WebServer> {
  const app = express();
  const server = createServer(app);
  const house = createEchoHouse();
  const faults: string[] = [];
  const secret = Buffer.alloc(32, 3);
  let now = Date.parse('2026-11-23T22:10:00Z');
  const streams = mountWebChannel(app, server, {
    turns: house.turns,
    log: house.log,
    links: noLinks,
    clock: () => now,
    secret,
    publicUrl: null,
    clinics: [
      { id: 'glow', name: 'Glow <Clinic>', phone: '(555) 010-0199', origins: ['https://clinic.example'] },
      { id: 'dew', name: 'Dew Clinic', phone: '(555) 010-0111', origins: ['https://dew.example'] },
    ],
    pages: echoPages((conversationId) => house.erase(conversationId)),
    widget: widgetFiles(),
    limits: { ...defaultWebLimits, tokensPerIp: 1_000 },
    onFault: (code) => faults.push(code),
    ...changes,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    house,
    server,
    url,
    secret,
    faults,
    pass: (seconds) => (now += seconds * 1000),
    http: () => request(url),
    visitor: async (start = true) => {
      const given = (await request(url).post('/widget/token').expect(200)).body;
      const path = `/v3/directline/conversations/${given.conversationId}`;
      if (!start) return { ...given, streamUrl: '', path };
      const started = await request(url)
        .post('/v3/directline/conversations')
        .set('authorization', `Bearer ${given.token}`)
        .send({ locale: 'en-US' })
        .expect(201);
      return { ...given, ...started.body, path };
    },
    close: async () => {
      streams.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** The header that a client sends with its token. */
export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
