import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AftercareError } from '../tools/errors';

/**
 * Sealed columns: AES-256-GCM, laid out as version | 12-byte IV | 16-byte tag | ciphertext. The column and row are bound in, so that
 * a value moved to another row does not open. Each conversation has a data key of its own, sealed by the master key: destroying
 * that key erases the conversation, in backups too.
 */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A fresh data key. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Seals bytes for one place ("messages|body|<row id>"). */
export function seal(key: Buffer, place: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]);
}

/** Opens sealed bytes; throws STORAGE_UNAVAILABLE when the key is wrong or the bytes were changed or moved. */
export function unseal(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const start = 1 + IV_BYTES + TAG_BYTES;
  try {
    if (bytes[0] !== VERSION || bytes.length < start) throw new Error('unknown layout');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES)).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, start));
    return Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]);
  } catch (error) {
    throw new AftercareError(
      'STORAGE_UNAVAILABLE',
      `Opening ${place.split('|').slice(0, 2).join('.')} failed: expected the AFTERCARE_SECRET it was sealed with.`,
      { cause: error },
    );
  }
}
