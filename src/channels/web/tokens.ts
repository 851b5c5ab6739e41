import { createHash, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import jwt from 'jsonwebtoken';
import { z } from 'zod';

import { deriveKey } from '../../tools/derive-key';

import { Refusal } from './refusal';

/** How long a token lives, in seconds; clients refresh every 15 minutes, so it must be well above that. */
export const tokenLifeSeconds = 30 * 60;
/** How long after the first token of a conversation the chain of refreshes ends, in seconds. */
export const tokenChainSeconds = 24 * 60 * 60;
/** How long a stream address can be used, in seconds. */
export const streamTokenLifeSeconds = 60;
/** How long a browser is known by a token that has ended, counted from its issue, in seconds. */
export const browserKnownSeconds = 14 * 24 * 60 * 60;
/** How long the link to a patient's calendar file can be used, in seconds. */
export const linkLifeSeconds = 10 * 60;

const issuer = 'aftercare-web';
const apiAudience = 'aftercare-directline';
const streamAudience = 'aftercare-directline-stream';
const linkAudience = 'aftercare-calendar-link';

const apiClaims = z.object({
  conv: z.string().min(1),
  user: z.string().regex(/^dl_/),
  first: z.number().int(),
  started: z.boolean(),
  /** Absent on tokens of before there were several clinics. */
  clinic: z.string().optional(),
});
const linkClaims = z.object({ conv: z.string().min(1) });
const streamClaims = z.object({
  conv: z.string().min(1),
  first: z.number().int(),
  after: z.number().int().nonnegative(),
  jti: z.string().min(1),
});

/** Whose conversation a token opens. `first` is epoch seconds of the first token; `started` says that the conversation was opened with it. */
export type ApiClaims = z.infer<typeof apiClaims>;
/** What a stream address allows: one socket on one conversation, replayed from `after`. */
export type StreamClaims = z.infer<typeof streamClaims>;

/** Issues and checks the tokens of the web channel. */
export interface Tokens {
  newIdentity(clinicId: string, userId?: string): ApiClaims;
  issue(claims: ApiClaims): { token: string; expires_in: number };
  verify(authorization: string | undefined): ApiClaims;
  /** Whose conversation a token opened that may have ended by now; null when it is none of ours, or too old. It opens nothing any more. */
  readEnded(authorization: string | undefined): ApiClaims | null;
  verifySecret(authorization: string | undefined): void;
  issueStream(claims: ApiClaims, after: number): string;
  /** Checks and uses up a stream token: a second call with the same one is refused. */
  redeemStream(token: string, conversationId: string): StreamClaims;
  /** A token for a link that a browser opens by itself, without headers: the calendar file of one conversation, and nothing else. */
  issueLink(claims: ApiClaims): string;
  /** The conversation of such a link. */
  verifyLink(token: string): string;
}

function derive(secret: Buffer, purpose: string): Buffer {
  return deriveKey(secret, `web/${purpose}/v1`);
}

/** The Direct Line secret that a clinic's own server sends to `tokens/generate`; made from the product's secret, so it cannot sign tokens. */
export function directLineSecret(secret: Buffer): string {
  return derive(secret, 'direct-line-secret').toString('base64url');
}

function bearer(authorization: string | undefined): string {
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization ?? '');
  if (match?.[1] === undefined) {
    throw new Refusal('token_refused', 'Read Authorization header: it is missing or malformed; expected "Bearer <token>"');
  }
  return match[1];
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Makes the token desk. `secret` has at least 32 bytes; `clock` gives epoch milliseconds. */
export function createTokens(secret: Buffer, clock: () => number): Tokens {
  if (secret.length < 32) throw new RangeError(`Set up web tokens: the secret has ${secret.length} bytes; expected at least 32`);
  // key objects: given bytes, the library first tries to read them as a public key, on every call
  const apiKey = createSecretKey(derive(secret, 'token'));
  const streamKey = createSecretKey(derive(secret, 'stream'));
  const linkKey = createSecretKey(derive(secret, 'link'));
  const generateSecretHash = sha256(directLineSecret(secret));
  const usedUp = new Map<string, number>();
  const seconds = (): number => Math.floor(clock() / 1000);

  const sign = (key: KeyObject, payload: object): string => jwt.sign(payload, key, { algorithm: 'HS256' });

  const check = (token: string, key: KeyObject, audience: string): unknown => {
    try {
      return jwt.verify(token, key, { algorithms: ['HS256'], issuer, audience, clockTimestamp: seconds() });
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw new Refusal('token_expired', 'Check token: it has expired; expected a fresh one');
      throw new Refusal('token_refused', 'Check token: it was not issued here for this use; expected a token of this service');
    }
  };

  const parse = <T>(schema: z.ZodType<T>, payload: unknown): T => {
    const parsed = schema.safeParse(payload);
    if (!parsed.success) throw new Refusal('token_refused', 'Check token: its claims are incomplete; expected a token of this service');
    return parsed.data;
  };

  const useUp = (jti: string): void => {
    const now = seconds();
    for (const [id, expiry] of usedUp) {
      if (expiry > now) break;
      usedUp.delete(id);
    }
    if (usedUp.has(jti)) throw new Refusal('token_refused', 'Open stream: this address was used before; expected a new one');
    usedUp.set(jti, now + streamTokenLifeSeconds);
  };

  return {
    newIdentity: (clinic, userId) => ({
      clinic,
      conv: randomBytes(16).toString('base64url'),
      user: userId ?? `dl_${randomBytes(16).toString('base64url')}`,
      first: seconds(),
      started: false,
    }),
    issue: ({ conv, user, first, started, clinic }) => {
      const iat = seconds();
      const exp = Math.min(iat + tokenLifeSeconds, first + tokenChainSeconds);
      if (exp <= iat) throw new Refusal('token_expired', 'Refresh token: this conversation began over 24 hours ago; expected a new one');
      return {
        token: sign(apiKey, { iss: issuer, aud: apiAudience, conv, user, first, started, clinic, iat, exp }),
        expires_in: exp - iat,
      };
    },
    verify: (authorization) => parse(apiClaims, check(bearer(authorization), apiKey, apiAudience)),
    readEnded: (authorization) => {
      const [, token = ''] = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization ?? '') ?? [];
      try {
        const known = { ignoreExpiration: true, maxAge: browserKnownSeconds, clockTimestamp: seconds() };
        const payload = jwt.verify(token, apiKey, { algorithms: ['HS256'], issuer, audience: apiAudience, ...known });
        return apiClaims.safeParse(payload).data ?? null;
      } catch (error) {
        if (error instanceof jwt.JsonWebTokenError) return null;
        throw error;
      }
    },
    verifySecret: (authorization) => {
      if (!timingSafeEqual(sha256(bearer(authorization)), generateSecretHash)) {
        throw new Refusal(
          'secret_refused',
          'Generate token: the bearer is not the Direct Line secret; expected the secret of this service',
        );
      }
    },
    issueStream: ({ conv, first }, after) => {
      const iat = seconds();
      const jti = randomBytes(16).toString('base64url');
      return sign(streamKey, { iss: issuer, aud: streamAudience, conv, first, after, jti, iat, exp: iat + streamTokenLifeSeconds });
    },
    redeemStream: (token, conversationId) => {
      const claims = parse(streamClaims, check(token, streamKey, streamAudience));
      if (claims.conv !== conversationId) {
        throw new Refusal('wrong_conversation', 'Open stream: the address is for another conversation; expected its own');
      }
      useUp(claims.jti);
      return claims;
    },
    issueLink: ({ conv }) => {
      const iat = seconds();
      return sign(linkKey, { iss: issuer, aud: linkAudience, conv, iat, exp: iat + linkLifeSeconds });
    },
    verifyLink: (token) => parse(linkClaims, check(token, linkKey, linkAudience)).conv,
  };
}
