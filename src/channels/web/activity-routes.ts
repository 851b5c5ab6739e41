import express, { type RequestHandler, type Response, type Router } from 'express';

import { openedConversation, readWatermark } from './access';
import { type InboundContext, readInboundActivity } from './inbound-activity';
import { createRateLimit, type RateLimit } from './rate-limit';
import { Refusal } from './refusal';
import type { ApiClaims, Tokens } from './tokens';
import type { Streams } from './stream';
import { unstoredActivities } from './unstored-activities';
import { readUpload } from './upload';
import type { WebChannelDeps } from './web-channel-deps';

/** Seconds a client should wait before it sends a message again that we could not store. */
const retryAfterSeconds = 5;

type WithClaims = Response<unknown, { claims: ApiClaims }>;

/** Routes that carry what is said: send a message, send a photo, read what came. */
export function activityRoutes(deps: WebChannelDeps, tokens: Tokens, streams: Pick<Streams, 'show'>): Router {
  const { turns, log, clock, limits } = deps;
  const messageLimit = createRateLimit(limits.messagesPerConversation, clock);
  const uploadLimit = createRateLimit(limits.uploadsPerConversation, clock);
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const router = express.Router();
  let uploadsNow = 0;

  /** Runs before any body is read, so that nobody without a token can make us hold one. */
  const admit =
    (limit: RateLimit): RequestHandler =>
    async (request, response, next) => {
      const claims = await openedConversation(request, tokens, log);
      limit(claims.conv);
      response.locals['claims'] = claims;
      next();
    };

  const oneOfFewUploads: RequestHandler = (_request, response, next) => {
    if (uploadsNow >= limits.uploadsAtOnce) {
      throw new Refusal(
        'too_many_requests',
        `Take upload: ${uploadsNow} others are under way; expected a pause of ${retryAfterSeconds} s`,
        retryAfterSeconds,
      );
    }
    uploadsNow += 1;
    response.once('close', () => (uploadsNow -= 1));
    next();
  };

  const take = async (body: unknown, context: InboundContext): Promise<string> => {
    const inbound = readInboundActivity(body, context);
    if (inbound.kind === 'ignored') return inbound.id;
    try {
      const { unstored } = await turns.take(inbound.input);
      if (unstored) streams.show(inbound.input.conversationId, unstoredActivities(inbound.input, unstored));
    } catch (error) {
      deps.onFault?.('turn_failed', error);
      throw new Refusal(
        'turn_failed',
        'Take message: it could not be stored; expected it to be, please send it again or call the clinic',
        retryAfterSeconds,
      );
    }
    return inbound.input.messageId;
  };

  router.get('/conversations/:id/activities', admit(readLimit), async (request, response: WithClaims) => {
    const { activities, watermark } = await log.read(response.locals.claims.conv, readWatermark(request.query['watermark']) ?? 0);
    response.json({ activities, watermark: String(watermark) });
  });

  router.post(
    '/conversations/:id/activities',
    admit(messageLimit),
    express.json({ limit: '64kb', inflate: false }),
    async (request, response: WithClaims) => {
      response.json({ id: await take(request.body, { claims: response.locals.claims, at: clock(), files: 0 }) });
    },
  );

  router.post(
    '/conversations/:id/upload',
    admit(uploadLimit),
    oneOfFewUploads,
    express.raw({ type: 'multipart/form-data', limit: '10mb', inflate: false }),
    async (request, response: WithClaims) => {
      const { activity, files } = await readUpload(request.body, request.get('content-type') ?? '');
      request.body = undefined;
      response.json({ id: await take(activity, { claims: response.locals.claims, at: clock(), files }) });
    },
  );

  return router;
}
