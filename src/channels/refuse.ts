import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';

/** Why a provider's or a clinic's system is turned away, with the HTTP status of each. */
export const doorRefusals = {
  unreadable: 400,
  unauthorized: 401,
  signature_refused: 403,
  stale: 403,
  page_unknown: 404,
  replayed: 409,
  too_large_form: 413,
  not_possible: 422,
  too_many_failures: 429,
  not_stored: 503,
} as const;

/** One of the codes above. */
export type DoorRefusal = keyof typeof doorRefusals;

/** Answers with the one shape of every error body; the message states action, value and expectation. */
export function refuse(response: Response, code: DoorRefusal, message: string): void {
  response.status(doorRefusals[code]).json({ error: { code, message } });
}

/** What body parsers and the router throw for requests that break off, are too large or have a malformed address. */
const requestFault = z.union([
  z.object({ type: z.string(), status: z.number().min(400).max(499) }),
  z.object({ name: z.literal('URIError') }).transform(() => ({ status: 400 })),
]);

/** Turns requests that cannot be read away; everything else goes to whoever is next. */
export const refuseUnreadable: ErrorRequestHandler = (thrown: unknown, _request, response, next) => {
  const fault = requestFault.safeParse(thrown);
  if (!fault.success || response.headersSent) return next(thrown);
  if (fault.data.status === 413) return refuse(response, 'too_large_form', 'Read request body: it is too large; expected at most 64 KB');
  refuse(response, 'unreadable', 'Read request: it cannot be read; expected a valid address, and a body of the announced length and type');
};
