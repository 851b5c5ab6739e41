import type { RequestHandler } from 'express';
import express from 'express';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { z } from 'zod';
import { refuse } from '../refuse';
import type { TwilioDeps } from './twilio-deps';

const form = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/**
 * Lets nobody through but Twilio: a form of at most 64 KB, signed for the address that Twilio knows us by (never the Host header, which
 * anybody can set), from our account.
 */
export function signedForm(deps: Pick<TwilioDeps, 'accountSid' | 'authToken' | 'publicUrl' | 'clock' | 'log'>): readonly RequestHandler[] {
  const warn = makeWarning(deps);
  const check: RequestHandler = (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    const fields = form.safeParse(request.body);
    const signature = request.header('x-twilio-signature') ?? '';
    const isTwilio =
      fields.success &&
      validateRequest(deps.authToken, signature, deps.publicUrl + request.originalUrl, fields.data) &&
      fields.data['AccountSid'] === deps.accountSid;
    if (isTwilio) return next();
    warn(request.path.split('/').slice(0, 3).join('/'));
    refuse(response, 'signature_refused', 'Check signature: it does not fit; expected one of the Twilio account for this address');
  };
  return [express.urlencoded({ extended: false, limit: '64kb' }), check];
}

/** Anybody can knock as often as they like, so that a line is written at most once a minute. A wrong PUBLIC_URL shows here. */
function makeWarning({ clock, log }: Pick<TwilioDeps, 'clock' | 'log'>): (door: string) => void {
  let refused = 0;
  let saidAt = -Infinity;
  return (door) => {
    refused += 1;
    if (clock() - saidAt < 60_000) return;
    saidAt = clock();
    log.warn({ door, refused }, 'requests were refused that Twilio did not sign for PUBLIC_URL');
  };
}
