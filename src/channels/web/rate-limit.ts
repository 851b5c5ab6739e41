import { isIPv6 } from 'node:net';

import { Refusal } from './refusal';

/** How much of each thing the web channel allows; counts are per minute unless the name says otherwise. */
export interface WebLimits {
  readonly tokensPerIp: number;
  readonly messagesPerConversation: number;
  readonly uploadsPerConversation: number;
  readonly readsPerConversation: number;
  /** Uploads held in memory at one moment, over all patients. */
  readonly uploadsAtOnce: number;
  readonly socketsPerConversation: number;
  readonly sockets: number;
}

/** Limits that a worried patient does not meet and that one clinic's server can carry. */
export const defaultWebLimits: WebLimits = {
  tokensPerIp: 30,
  messagesPerConversation: 30,
  uploadsPerConversation: 6,
  readsPerConversation: 600,
  uploadsAtOnce: 4,
  socketsPerConversation: 5,
  sockets: 5_000,
};

const windowMs = 60_000;
const sweepAbove = 10_000;

/** Counts one use of `key`, or throws a 429 with Retry-After when its minute is used up. */
export type RateLimit = (key: string) => void;

/** Makes a limit of `perMinute` uses for each key, in fixed one-minute windows that begin at the key's first use. */
export function createRateLimit(perMinute: number, clock: () => number): RateLimit {
  const windows = new Map<string, { count: number; endsAt: number }>();
  const sweep = (now: number): void => {
    for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key);
  };
  return (key) => {
    const now = clock();
    if (windows.size > sweepAbove) sweep(now);
    let window = windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { count: 0, endsAt: now + windowMs };
      windows.set(key, window);
    }
    window.count += 1;
    if (window.count > perMinute) {
      const wait = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
      throw new Refusal(
        'too_many_requests',
        `Handle request: over ${perMinute} a minute; expected a pause of ${wait} s, or a call to the clinic`,
        wait,
      );
    }
  };
}

/** The part of an address that one visitor owns: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function visitorKey(ip: string | undefined): string {
  if (ip === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = ip.includes('::') ? Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0') : [];
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
