import type { KeyObject } from 'node:crypto';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import express from 'express';
import jwt from 'jsonwebtoken';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsCloud } from '../../../src/channels/teams';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT_ID = '99999999-8888-4777-8666-555555555555';
export const BOT_ID = `28:${APP_ID}`;

/** A request that the connector got. */
export interface ConnectorCall {
  readonly method: string;
  /** Decoded, such as "/v3/conversations/a:chat/activities". */
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What goes into a token beside what is right. */
export interface TokenFaults {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly kid?: string;
  readonly key?: KeyObject;
  readonly expired?: boolean;
  readonly algorithm?: 'none' | 'hs256';
}

/** Microsoft's side in one local server: the issuer of tokens with its keys, and the connector that posts and updates. */
export interface FakeMicrosoft {
  readonly url: string;
  readonly serviceUrl: string;
  readonly cloud: TeamsCloud;
  /** Everything the connector took; a call without the right bearer is refused and not among them. */
  readonly calls: ConnectorCall[];
  /** Calls without the right bearer. */
  readonly unsigned: string[];
  /** How often the keys were fetched. */
  keyFetches: number;
  /** What the next calls are answered with instead, in their order. */
  readonly faults: number[];
  /** What a path is answered with until further notice. */
  refuse: { readonly path: string; readonly status: number } | null;
  /** A bearer as Microsoft signs it, or one with faults. */
  token(faults?: TokenFaults): string;
  close(): Promise<void>;
}

const OUTBOUND = 'token-of-the-bot';

/** Starts it. */
export async function startFakeMicrosoft(): Promise<FakeMicrosoft> {
  const right = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const calls: ConnectorCall[] = [];
  const unsigned: string[] = [];
  const faults: number[] = [];
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  const jwk = right.publicKey.export({ format: 'jwk' });
  app.get('/openid', (request, response) => {
    const url = `http://${request.headers.host ?? ''}`;
    response.json({ issuer: url, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
  });
  app.get('/keys', (_request, response) => {
    fake.keyFetches += 1;
    response.json({
      keys: [
        { ...jwk, kid: 'right', use: 'sig', endorsements: ['msteams'] },
        { ...jwk, kid: 'for-skype', use: 'sig', endorsements: ['skype'] },
      ],
    });
  });
  let count = 0;
  app.use('/teams', (request, response) => {
    if (request.headers.authorization !== `Bearer ${OUTBOUND}`) {
      unsigned.push(request.path);
      return void response.status(401).json({ error: { code: 'Unauthorized' } });
    }
    const fault = fake.refuse?.path === request.path ? fake.refuse.status : faults.shift();
    if (fault !== undefined) return void response.status(fault).json({ error: { code: `Fault${fault}`, message: 'no' } });
    calls.push({ method: request.method, path: decodeURIComponent(request.path), body: (request.body ?? {}) as Record<string, unknown> });
    count += 1;
    if (request.path === '/v3/conversations') {
      const { channelData, members } = request.body as { channelData?: { channel?: { id: string } }; members?: { id: string }[] };
      const channel = channelData?.channel?.id;
      return void response
        .status(201)
        .json({ id: channel === undefined ? `a:chat-of-${members?.[0]?.id}` : `${channel};messageid=${1000 + count}` });
    }
    response.status(200).json({ id: String(1000 + count) });
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${url}/teams/`;
  const credentials: ServiceClientCredentialsFactory = {
    isValidAppId: (appId) => Promise.resolve(appId === APP_ID),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        signRequest: (request) => {
          request.headers.set('authorization', `Bearer ${OUTBOUND}`);
          return Promise.resolve(request);
        },
      }),
  };
  const fake: FakeMicrosoft = {
    ...{ url, serviceUrl, calls, unsigned, faults, refuse: null, keyFetches: 0 },
    cloud: {
      credentials,
      issuer: url,
      settings: {
        ValidateAuthority: 'false',
        ToChannelFromBotLoginUrl: `${url}/login`,
        ToChannelFromBotOAuthScope: url,
        ToBotFromChannelTokenIssuer: url,
        OAuthUrl: `${url}/oauth`,
        ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
        ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
        CallerId: 'urn:botframework:azure',
      },
    },
    token({ claims = {}, kid = 'right', key = right.privateKey, expired = false, algorithm } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const exp = expired ? now - 3600 : now + 3600;
      const payload = { iss: url, aud: APP_ID, serviceurl: serviceUrl, nbf: now - 7200, exp, ...claims };
      if (algorithm === 'none') {
        const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `Bearer ${part({ alg: 'none', kid, typ: 'JWT' })}.${part(payload)}.`;
      }
      if (algorithm === 'hs256') {
        const publicKey = right.publicKey.export({ format: 'pem', type: 'spki' }).toString();
        return `Bearer ${signByHand({ alg: 'HS256', kid, typ: 'JWT' }, payload, publicKey)}`;
      }
      return `Bearer ${jwt.sign(payload, key, { algorithm: 'RS256', keyid: kid })}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}

/** The classic forgery: the public key taken as the secret of a shared one. Libraries refuse to make it, so it is made by hand. */
function signByHand(header: object, payload: object, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part(header)}.${part(payload)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
