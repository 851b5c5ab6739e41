import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './derive-key';

/** The one-use acknowledge link of a page, e.g. `https://chat.clinic.example/ack/page_0199.Zk3...`; only who was sent it can know it. */
export function makeAckLink(publicUrl: string, secret: Buffer, pageId: string): string {
  return `${publicUrl}/ack/${encodeURIComponent(`${pageId}.${mac(secret, pageId).toString('base64url')}`)}`;
}

/** The page that a link's token was made for; null when it was not made here. */
export function readAckToken(secret: Buffer, token: string): string | null {
  const dot = token.lastIndexOf('.');
  if (dot < 1) return null;
  const pageId = token.slice(0, dot);
  const expected = mac(secret, pageId);
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected) ? pageId : null;
}

/** 128 bits are more than anybody can guess, and keep the link short enough for one text message. */
function mac(secret: Buffer, pageId: string): Buffer {
  return createHmac('sha256', deriveKey(secret, 'ack-link/v1')).update(pageId).digest().subarray(0, 16);
}
