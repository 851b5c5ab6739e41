import express, { type Request, type Router } from 'express';
import { z } from 'zod';

import { conversationNotFound, openedConversation, readWatermark } from './access';
import { localeField } from './inbound-activity';
import { socketAddress } from './public-address';
import { createRateLimit } from './rate-limit';
import { Refusal } from './refusal';
import type { ApiClaims, Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

const startBody = z.object({
  locale: localeField,
});
const generateBody = z.object({
  user: z
    .object({
      id: z
        .string()
        .regex(/^dl_[\w-]{1,125}$/)
        .optional(),
    })
    .nullish(),
});

interface ConversationAnswer {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}

/** Routes that begin, resume and keep a conversation open: generate, refresh, start, reconnect. */
export function conversationRoutes(deps: WebChannelDeps, tokens: Tokens): Router {
  const { turns, log, clock, publicUrl, limits } = deps;
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const router = express.Router();
  const json = express.json({ limit: '64kb', inflate: false });

  const answer = (request: Request, claims: ApiClaims, after: number): ConversationAnswer => {
    const path = `/v3/directline/conversations/${claims.conv}/stream?t=${tokens.issueStream(claims, after)}`;
    return { conversationId: claims.conv, ...tokens.issue(claims), streamUrl: `${socketAddress(request, publicUrl)}${path}` };
  };

  /** The greeting is asked for at every start: the turn knows its id, so it greets once even when the first try was cut short. */
  const greet = async (claims: ApiClaims, locale: string | null): Promise<void> => {
    const echo = null;
    const value = { event: 'conversationStart' } as const;
    const messageId = `wm_start_${claims.conv}`;
    const at = clock();
    try {
      await turns.take({
        channel: 'web',
        conversationId: claims.conv,
        patientId: claims.user,
        messageId,
        text: '',
        attachments: 0,
        value,
        at,
        echo,
        ...(locale === null ? {} : { locale }),
      });
    } catch (error) {
      deps.onFault?.('turn_failed', error);
    }
  };

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
        throw new Refusal('bad_request', 'Read user id: it is of the wrong form; expected "dl_" and 1 to 125 letters or digits, or none');
      const claims = tokens.newIdentity(body.data.user?.id);
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
      const conversation = { conversationId: claims.conv, patientId: claims.user, at: clock(), ...(locale === null ? {} : { locale }) };
      const { created } = await log.open(conversation);
      await greet(claims, locale);
      response.status(created ? 201 : 200).json(answer(request, { ...claims, started: true }, 0));
    },
  );

  router.get('/conversations/:id', async (request, response) => {
    const claims = await openedConversation(request, tokens, log);
    readLimit(claims.conv);
    const watermark = readWatermark(request.query['watermark']);
    const after = watermark ?? (await log.read(claims.conv, 0)).watermark;
    response.json(answer(request, { ...claims, started: true }, after));
  });

  return router;
}
