import express, { type Router } from 'express';
import { z } from 'zod';

import { conversationNotFound, openedConversation, readWatermark } from './access';
import { chooseClinic, clinicChoice } from './choose-clinic';
import { localeField } from './inbound-activity';
import { createOpening } from './opening';
import { createRateLimit } from './rate-limit';
import { Refusal } from './refusal';
import type { Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

const startBody = z.object({
  locale: localeField,
});
const generateBody = clinicChoice.extend({
  user: z
    .object({
      id: z
        .string()
        .regex(/^dl_[\w-]{1,125}$/)
        .optional(),
    })
    .nullish(),
});

/** Routes that begin, resume and keep a conversation open: generate, refresh, start, reconnect. */
export function conversationRoutes(deps: WebChannelDeps, tokens: Tokens): Router {
  const { log, clock, limits } = deps;
  const opening = createOpening(deps, tokens);
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const router = express.Router();
  const json = express.json({ limit: '64kb', inflate: false });

  router.post(
    '/tokens/generate',
    (request, _response, next) => {
      tokens.verifySecret(request.get('authorization'));
      next();
    },
    json,
    (request, response) => {
      const body = generateBody.safeParse(request.body ?? {});
      if (!body.success)
        throw new Refusal(
          'bad_request',
          'Read user or clinic id: it is of the wrong form; expected "dl_" and 1 to 125 letters or digits, or none',
        );
      const claims = tokens.newIdentity(chooseClinic(deps.clinics, body.data.clinic).id, body.data.user?.id);
      response.json({ conversationId: claims.conv, userId: claims.user, ...tokens.issue(claims) });
    },
  );

  router.post('/tokens/refresh', async (request, response) => {
    const claims = tokens.verify(request.get('authorization'));
    readLimit(claims.conv);
    if (claims.started && !(await log.exists(claims.conv))) throw conversationNotFound();
    response.json({ conversationId: claims.conv, ...tokens.issue(claims) });
  });

  router.post(
    '/conversations',
    (request, _response, next) => {
      readLimit(tokens.verify(request.get('authorization')).conv);
      next();
    },
    json,
    async (request, response) => {
      const claims = tokens.verify(request.get('authorization'));
      const body = startBody.safeParse(request.body ?? {});
      if (!body.success)
        throw new Refusal('bad_request', 'Read start of conversation: the body is of the wrong kind; expected a JSON object, or none');
      if (claims.started && !(await log.exists(claims.conv))) throw conversationNotFound();
      const locale = body.data.locale ?? null;
      const { created } = await opening.start(claims, locale);
      response.status(created ? 201 : 200).json(opening.answer(request, { ...claims, started: true }, 0));
    },
  );

  router.get('/conversations/:id', async (request, response) => {
    const claims = await openedConversation(request, tokens, log);
    readLimit(claims.conv);
    const watermark = readWatermark(request.query['watermark']);
    const after = watermark ?? (await log.read(claims.conv, 0)).watermark;
    response.json(opening.answer(request, { ...claims, started: true }, after));
  });

  return router;
}
