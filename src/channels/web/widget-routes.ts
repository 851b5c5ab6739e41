import express, { type Request, type Router } from 'express';

import { checkClinicOrigin, chooseClinic, clinicChoice } from './choose-clinic';
import { localeField } from './inbound-activity';
import { createOpening } from './opening';
import { createRateLimit, visitorKey } from './rate-limit';
import { isKnown, isStorageGone, readWatermark } from './access';
import { Refusal } from './refusal';
import type { ApiClaims, Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

const openBody = clinicChoice.extend({ locale: localeField });

/** What can be done while storage is gone: a patient with a danger must get a line, if only an empty one. */
async function withoutStorage<T, U>(work: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    if (isStorageGone(error)) return otherwise;
    throw error;
  }
}

/** The one anonymous door, `POST /widget/token`, and `POST /widget/open`, which saves our own page two round trips. */
export function widgetRoutes(deps: WebChannelDeps, tokens: Tokens): Router {
  const { log, clock, limits } = deps;
  const tokenLimit = createRateLimit(limits.tokensPerIp, clock);
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const opening = createOpening(deps, tokens);
  const router = express.Router();
  const json = express.json({ limit: '64kb', inflate: false });

  const newClaims = (request: Request): { claims: ApiClaims; locale: string | null } => {
    const body = openBody.safeParse(request.body ?? {});
    if (!body.success) {
      throw new Refusal('bad_request', 'Read clinic id: it is of the wrong form; expected up to 64 letters, digits, "-" or "_", or none');
    }
    const { clinics } = deps;
    const clinic = chooseClinic(clinics, body.data.clinic);
    checkClinicOrigin(clinics, clinic, request.get('origin'));
    return { claims: tokens.newIdentity(clinic.id), locale: body.data.locale ?? null };
  };

  /** The conversation that the page still holds, or null when it has ended and a new one must begin. */
  const resumed = async (request: Request): Promise<ApiClaims | null> => {
    const authorization = request.get('authorization');
    if (authorization === undefined) return null;
    try {
      const claims = tokens.verify(authorization);
      readLimit(claims.conv);
      return (await isKnown(log, claims.conv)) ? claims : null;
    } catch (error) {
      if (error instanceof Refusal && error.status === 403) return null;
      throw error;
    }
  };

  router.post(
    '/widget/token',
    (request, _response, next) => (tokenLimit(visitorKey(request.ip)), next()),
    json,
    (request, response) => {
      const { claims } = newClaims(request);
      response.json({ conversationId: claims.conv, userId: claims.user, ...tokens.issue(claims) });
    },
  );

  router.post('/widget/open', json, async (request, response) => {
    const after = readWatermark(request.query['watermark']) ?? 0;
    let claims = await resumed(request);
    const isNew = claims === null;
    if (claims === null) {
      tokenLimit(visitorKey(request.ip));
      const fresh = newClaims(request);
      claims = fresh.claims;
      await withoutStorage(() => opening.start(fresh.claims, fresh.locale), undefined);
    }
    const { conv: conversationId } = claims;
    const from = isNew ? 0 : after;
    const { activities, watermark } = await withoutStorage(() => log.read(conversationId, from), { activities: [], watermark: from });
    const answer = opening.answer(request, { ...claims, started: true }, watermark);
    response.json({ ...answer, userId: claims.user, isNew, activities, watermark: String(watermark) });
  });

  return router;
}
