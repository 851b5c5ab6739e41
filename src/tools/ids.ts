import { randomBytes } from 'node:crypto';

/** A new id that sorts by time: 12 hex digits of epoch milliseconds, then 80 random bits. */
export function newId(prefix: string, now: number): string {
  return `${prefix}_${now.toString(16).padStart(12, '0')}${randomBytes(10).toString('hex')}`;
}
