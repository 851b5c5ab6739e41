import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './derive-key';

/** Signed webhooks as the Standard Webhooks specification describes them: HMAC-SHA256 over "id.timestamp.body". */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  /** Epoch seconds. */
  readonly 'webhook-timestamp': string;
  /** "v1,<base64>" for each key, with a space between. */
  readonly 'webhook-signature': string;
}

/** How far the timestamp of a webhook may lie from now, in milliseconds. */
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000;

/** How a key is written: this and the bytes in base64. */
const KEY_PREFIX = 'whsec_';

/** Signs a body with each key, so that a receiver that still has the older one accepts it too. */
export function signWebhook(
  keys: readonly string[],
  message: { readonly id: string; readonly body: string; readonly at: number },
): WebhookHeaders {
  const timestamp = String(Math.floor(message.at / 1000));
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map((key) => `v1,${macOf(key, message.id, timestamp, message.body).toString('base64')}`).join(' '),
  };
}

/** Checks a signed body against any of the keys; "stale" when it is validly signed but more than five minutes from `now`. */
export function checkWebhook(
  keys: readonly string[],
  headers: Partial<WebhookHeaders>,
  body: string,
  now: number,
): 'good' | 'bad' | 'stale' {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || id.length > 256 || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signatures) return 'bad';
  const given = signatures
    .split(' ')
    .slice(0, 10)
    .filter((signature) => signature.startsWith('v1,'));
  const isSigned = keys.some((key) => {
    const expected = macOf(key, id, timestamp, body);
    return given.some((signature) => isSame(expected, Buffer.from(signature.slice(3), 'base64')));
  });
  if (!isSigned) return 'bad';
  return Math.abs(now - Number(timestamp) * 1000) <= WEBHOOK_TOLERANCE_MS ? 'good' : 'stale';
}

/** The key that one person's webhooks are signed with, both ways, when the clinic file gives none. */
export function deriveWebhookKey(secret: Buffer, clinicId: string, personId: string): string {
  return `${KEY_PREFIX}${deriveKey(secret, `webhook|${clinicId}|${personId}`).toString('base64')}`;
}

function macOf(key: string, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', Buffer.from(key.replace(KEY_PREFIX, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
