import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../tools/derive-key';

/** Signs and checks texts for one use; what was signed for another use, or elsewhere, does not pass. */
export interface Signer {
  /** The text with its signature, in letters that fit a cookie and an address. */
  sign(text: string): string;
  /** The text that was signed; null when it was not signed here for this use. */
  read(signed: string): string | null;
  /** A signature alone. */
  mark(text: string): string;
}

/** A signer whose key comes from the installation's secret, so that every replica agrees, also after a restart. */
export function makeSigner(secret: Buffer, purpose: string): Signer {
  const key = deriveKey(secret, `console/${purpose}/v1`);
  const mark = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  return {
    mark,
    sign(text) {
      const body = Buffer.from(text).toString('base64url');
      return `${body}.${mark(body)}`;
    },
    read(signed) {
      const [body = '', signature = '', ...rest] = signed.split('.');
      return rest.length === 0 && isSame(signature, mark(body)) ? Buffer.from(body, 'base64url').toString() : null;
    },
  };
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
