import { isIP } from 'node:net';

import type { RequestHandler } from 'express';

import { Refusal } from './refusal';

/** Decides whether a page at `origin` may talk to us; `host` is the Host header of its request. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    throw new TypeError(`Read allowed origin "${url}": it is not a URL; expected e.g. "https://clinic.example"`);
  }
}

/** A name other than localhost could be pointed at us by someone else's DNS, so only localhost and bare addresses count as ourselves. */
function isOwnAddress(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  return url.host === host.toLowerCase() && (name === 'localhost' || isIP(name) !== 0);
}

/**
 * Makes the origin rule: the public address and the listed origins; without a public address also the machine's own one.
 * A request without Origin does not come from a foreign page (browsers always send it there) and passes.
 */
export function createOriginCheck(publicUrl: string | null, allowedOrigins: readonly string[]): OriginCheck {
  const listed = new Set([...allowedOrigins, ...(publicUrl === null ? [] : [publicUrl])].map(originOf));
  return (origin, host) => {
    if (origin === undefined) return true;
    return listed.has(origin) || (publicUrl === null && isOwnAddress(origin, host));
  };
}

/** Refuses foreign origins with 403, answers preflights with 204 and names the exact origin, never `*`. */
export function crossOrigin(isAllowed: OriginCheck): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (!isAllowed(origin, request.get('host'))) {
      throw new Refusal('origin_refused', 'Check Origin header: this site may not use the chat; expected one that the clinic has listed');
    }
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type, x-ms-bot-agent, x-requested-with');
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
