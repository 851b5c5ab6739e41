import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';

/** The codes a web client can meet, with the HTTP status of each. 401 is absent on purpose: Direct Line clients retry it for ever. */
export const refusalStatus = {
  bad_request: 400,
  bad_json: 400,
  bad_activity: 400,
  text_too_long: 400,
  empty_message: 400,
  bad_watermark: 400,
  bad_upload: 400,
  origin_refused: 403,
  token_refused: 403,
  token_expired: 403,
  secret_refused: 403,
  wrong_conversation: 403,
  conversation_not_found: 404,
  clinic_not_found: 404,
  not_found: 404,
  urgent_open: 409,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  turn_failed: 503,
  internal: 500,
} as const;

/** One of the codes above. */
export type RefusalCode = keyof typeof refusalStatus;

/** A request the web channel turns down; the message states action, value and expectation and never holds patient words. */
export class Refusal extends Error {
  readonly status: number;

  constructor(
    readonly code: RefusalCode,
    message: string,
    /** Seconds to wait, for 429 and 503. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = refusalStatus[code];
  }
}

/** The one shape of every error body. */
export function refusalBody(refusal: Refusal): { error: { code: string; message: string } } {
  return { error: { code: refusal.code, message: refusal.message } };
}

const bodyParserFault = z.object({ type: z.string(), status: z.number() });

const bodyParserCodes: Readonly<Record<string, readonly [RefusalCode, string]>> = {
  'entity.too.large': ['too_large', 'Read request body: it is too large; expected at most 64 KB, or 10 MB for an upload'],
  'entity.parse.failed': ['bad_json', 'Read request body: it is not valid JSON; expected a JSON object in UTF-8'],
  'charset.unsupported': ['unsupported_media_type', 'Read request body: its charset is not supported; expected UTF-8'],
  'encoding.unsupported': ['unsupported_media_type', 'Read request body: compressed bodies are not accepted; expected no Content-Encoding'],
};

/** Turns whatever was thrown into a refusal, without letting any inner text out. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof URIError) return new Refusal('bad_request', 'Read request path: it is not valid percent-encoding; expected UTF-8');
  const fault = bodyParserFault.safeParse(thrown);
  if (fault.success) {
    const known = bodyParserCodes[fault.data.type];
    if (known !== undefined) return new Refusal(known[0], known[1]);
    if (fault.data.status >= 400 && fault.data.status < 500) {
      return new Refusal('bad_request', 'Read request body: it broke off or could not be read; expected the announced length');
    }
  }
  return new Refusal('internal', 'Handle request: something failed on our side; expected it to work, please try again or call the clinic');
}

/** Sends a refusal as JSON. */
export function sendRefusal(response: Response, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (refusal.retryAfterSeconds !== null) response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
  response.status(refusal.status).json(refusalBody(refusal));
}

/** The last handler of the channel's router: every error leaves through here. */
export function refusalHandler(onFault: (code: RefusalCode, thrown: unknown) => void): ErrorRequestHandler {
  return (thrown: unknown, _request, response, _next) => {
    const refusal = asRefusal(thrown);
    // A refusal that was thrown on purpose has told of its cause already.
    if (refusal.status >= 500 && !(thrown instanceof Refusal)) onFault(refusal.code, thrown);
    sendRefusal(response, refusal);
  };
}
