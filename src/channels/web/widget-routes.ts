import { randomBytes } from 'node:crypto';

import express, { type Request, type Router } from 'express';
import { z } from 'zod';

import type { LinkOutcome } from '../../model/charts';
import type { WebClinic } from '../../model/web-edge';

import { checkClinicOrigin, chooseClinic, clinicChoice } from './choose-clinic';
import { localeField } from './inbound-activity';
import { createOpening } from './opening';
import { createRateLimit, visitorKey } from './rate-limit';
import { isKnown, isStorageGone, readWatermark } from './access';
import { Refusal } from './refusal';
import type { ApiClaims, Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

const secretText = z.string().regex(/^[\w-]{16,128}$/);
const openBody = clinicChoice.extend({
  locale: localeField,
  /** A personal link, and what this browser shows that it is the same one if it has to ask twice. */
  link: z.object({ token: secretText, claim: secretText }).nullish(),
});

/** What a browser asks for. */
interface Wish {
  readonly clinic: WebClinic;
  readonly locale: string | null;
  readonly link: { readonly token: string; readonly claim: string } | null;
}

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
  const { log, clock, limits, links } = deps;
  const tokenLimit = createRateLimit(limits.tokensPerIp, clock);
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const opening = createOpening(deps, tokens);
  const router = express.Router();
  const json = express.json({ limit: '64kb', inflate: false });

  const readWish = (request: Request): Wish => {
    const body = openBody.safeParse(request.body ?? {});
    if (!body.success) {
      throw new Refusal(
        'bad_request',
        'Read clinic id or link: one is of the wrong form; expected up to 64 letters, digits, "-" or "_", or none',
      );
    }
    const { clinics } = deps;
    const clinic = chooseClinic(clinics, body.data.clinic);
    checkClinicOrigin(clinics, clinic, request.get('origin'));
    return { clinic, locale: body.data.locale ?? null, link: body.data.link ?? null };
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

  /** What comes of a personal link; `later` while it cannot be looked up, so that it is brought again. */
  const redeem = ({ clinic, link }: Wish): Promise<LinkOutcome | { readonly kind: 'later' } | null> => {
    if (link === null) return Promise.resolve(null);
    const patientId = `dl_${randomBytes(16).toString('base64url')}`;
    return withoutStorage(() => links.redeem({ ...link, clinicId: clinic.id, patientId, at: clock() }), { kind: 'later' as const });
  };

  /** The enrolled patient of a browser whose last conversation has ended; undefined for anybody else. */
  const knownPatient = async (request: Request, { clinic }: Wish): Promise<string | undefined> => {
    const before = tokens.readEnded(request.get('authorization'));
    if (before?.clinic !== clinic.id) return undefined;
    return (await withoutStorage(() => links.isKnown(clinic.id, before.user), false)) ? before.user : undefined;
  };

  const begin = async (request: Request, wish: Wish, link: Awaited<ReturnType<typeof redeem>>): Promise<ApiClaims> => {
    const patientId = link?.kind === 'linked' ? link.patientId : await knownPatient(request, wish);
    const claims = tokens.newIdentity(wish.clinic.id, patientId);
    await withoutStorage(() => opening.start(claims, wish.locale), undefined);
    return claims;
  };

  router.post(
    '/widget/token',
    (request, _response, next) => (tokenLimit(visitorKey(request.ip)), next()),
    json,
    (request, response) => {
      const claims = tokens.newIdentity(readWish(request).clinic.id);
      response.json({ conversationId: claims.conv, userId: claims.user, ...tokens.issue(claims) });
    },
  );

  router.post('/widget/open', json, async (request, response) => {
    const after = readWatermark(request.query['watermark']) ?? 0;
    const held = await resumed(request);
    const wish = held === null || hasLink(request) ? (tokenLimit(visitorKey(request.ip)), readWish(request)) : null;
    const link = wish && (await redeem(wish));
    // A link opens a conversation of its own: what somebody else wrote in this browser before is not the patient's.
    const fresh =
      wish && (held === null || (link?.kind === 'linked' && held.user !== link.patientId)) ? await begin(request, wish, link) : null;
    const claims = fresh ?? held;
    if (claims === null) throw new Error('Opening a conversation failed: expected one that goes on, or a new one.');
    const isNew = fresh !== null;
    const { conv: conversationId } = claims;
    const from = isNew ? 0 : after;
    const { activities, watermark } = await withoutStorage(() => log.read(conversationId, from), { activities: [], watermark: from });
    const answer = opening.answer(request, { ...claims, started: true }, watermark);
    const outcome = link ? { link: link.kind } : {};
    response.json({ ...answer, userId: claims.user, isNew, activities, watermark: String(watermark), ...outcome });
  });

  return router;
}

function hasLink(request: Request): boolean {
  return (request.body as { readonly link?: unknown } | undefined)?.link !== undefined;
}
