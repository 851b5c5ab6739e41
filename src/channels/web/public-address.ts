import type { Request } from 'express';

import { Refusal } from './refusal';

/** The WebSocket address of this server as the asking browser must write it, e.g. `wss://chat.clinic.example`. */
export function socketAddress(request: Request, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl.replace(/^http/i, 'ws').replace(/\/+$/, '');
  const host = request.get('host') ?? '';
  if (!/^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)) {
    throw new Refusal('bad_request', 'Read Host header: it is not a host name; expected e.g. "localhost:3978"');
  }
  return `${request.protocol === 'https' ? 'wss' : 'ws'}://${host}`;
}
