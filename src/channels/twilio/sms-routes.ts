import type { RequestHandler } from 'express';
import { z } from 'zod';
import { refuse } from '../refuse';
import { makeTakeOnce } from '../take-once';
import type { TwilioDeps } from './twilio-deps';

const inbound = z.object({
  From: z.string(),
  To: z.string(),
  Body: z.string().default(''),
  MessageSid: z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/),
  NumMedia: z.coerce.number().int().min(0).default(0),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).nullable().default(null),
});

/** Twilio tries again within seconds; what comes later under the same id is somebody's mistake, and the desk knows the id too. */
const REMEMBER_MS = 24 * 3_600_000;

/** `POST /sms/inbound`: a text of staff goes to the desk, any other to the patients' side. Answers leave as messages of their own. */
export function takeInboundText(deps: TwilioDeps): RequestHandler {
  const takeOnce = makeTakeOnce(REMEMBER_MS, deps.clock);
  return async (request, response) => {
    const read = inbound.safeParse(request.body);
    if (!read.success)
      return refuse(response, 'unreadable', 'Read text: a field is missing or malformed; expected From, To, Body and MessageSid');
    const { From: from, To: to, Body: text, MessageSid: messageId, NumMedia: media, OptOutType: optOut } = read.data;
    await takeOnce(messageId, async () => {
      const at = deps.clock();
      const { handled } = await deps.desk.takeText({ from, to, text, messageId, at });
      if (!handled) await deps.patientText?.({ from, to, text, messageId, media, optOut, at });
    });
    response.type('text/xml').send('<Response/>');
  };
}
