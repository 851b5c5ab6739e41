import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** Derives a key for one purpose, such as "spool", from the secret of the installation; keys of different purposes say nothing of one another. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `aftercare/${purpose}`, KEY_BYTES));
}
