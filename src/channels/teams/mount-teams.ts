import type { Activity } from 'botbuilder';
import type { ErrorRequestHandler, Request, RequestHandler, Router } from 'express';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { refuse, refuseUnreadable } from '../refuse';
import { readTeamsActivity } from './inbound-activity';
import type { TeamsDoors } from './arrival';
import { takeActivity } from './take-activity';
import type { TeamsChannel } from './teams-channel';

const BODY_LIMIT = '256kb';
const WINDOW_MS = 60_000;
/** Failures a minute from one address; whatever succeeds is not counted, because all of Teams comes from a few addresses. */
const MOST_FAILURES = 120;

/** Opens `POST /api/messages`, where Microsoft's channel service delivers what happens in Teams; whatever it did not sign gets a 401. */
export function mountTeams(app: Router, teams: TeamsChannel, doors: TeamsDoors): void {
  const door = express.Router();
  door.post('/api/messages', limitFailures(), express.json({ limit: BODY_LIMIT }), take(teams, doors));
  door.use(refuseTooLarge, refuseUnreadable);
  app.use(door);
}

function take(teams: TeamsChannel, doors: TeamsDoors): RequestHandler {
  return async (request, response) => {
    const activity = readTeamsActivity(request.body);
    if (!activity) return refuse(response, 'unreadable', 'Read activity: a field is missing or malformed; expected one of Microsoft Teams');
    const signed = request.header('authorization') ?? '';
    let hasFailed = false;
    const answer = await teams.connection.take(signed, activity as unknown as Activity, async (context) => {
      try {
        await takeActivity({ teams, doors, activity, context });
      } catch (error) {
        hasFailed = true;
        teams.log.error({ err: error, type: activity.type }, 'an activity of Teams failed');
      }
    });
    if (answer === 'refused')
      return refuse(response, 'unauthorized', 'Check token: it does not fit; expected one that Microsoft signed for this bot and address');
    if (hasFailed) return refuse(response, 'not_stored', 'Take activity: it could not be stored; expected it to be, please send it again');
    response.status(answer?.status ?? 200);
    if (answer?.body === undefined) return void response.end();
    response.json(answer.body);
  };
}

function limitFailures(): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: MOST_FAILURES,
    skipSuccessfulRequests: true,
    keyGenerator: addressOf,
    validate: false,
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, 'too_many_failures', `Take activity: over ${MOST_FAILURES} failed in a minute; expected a pause`),
  });
}

/**
 * The peer, and whoever the nearest proxy says it stands for: behind a proxy an attacker must not use up what Microsoft is allowed. One
 * who reaches us without a proxy can make up addresses, and so only make more of its own failures.
 */
function addressOf(request: Request): string {
  const forwarded = request.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return `${request.socket.remoteAddress ?? ''}|${forwarded}`;
}

const tooLarge = z.object({ type: z.literal('entity.too.large') });

const refuseTooLarge: ErrorRequestHandler = (thrown: unknown, _request, response, next) => {
  if (!tooLarge.safeParse(thrown).success || response.headersSent) return next(thrown);
  refuse(response, 'too_large_form', 'Read request body: it is too large; expected at most 256 KB');
};
