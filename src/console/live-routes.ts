import { createHash } from 'node:crypto';
import type { Response, Router } from 'express';
import type { ConsoleParts, Visit } from './guard';
import { findTalks } from './escalation-routes';
import { findOwnEscalation, findOwnTalk, showNotFound, signedIn } from './guard';
import { sayMoment } from './say-time';
import type { Viewer } from './sessions';

/** How often storage is asked for news, and how long a page hears nothing at most. The live script counts a line as dead after 20 s. */
export interface Pace {
  readonly lookMs: number;
  readonly beatMs: number;
}

/** The pace of an installation. */
export const usualPace: Pace = { lookMs: 2000, beatMs: 8000 };

const MINUTE = 60_000;

/**
 * Adds the stream of news: one line whenever what a page shows has changed, here or on another replica, and a beat in between. The page
 * then fetches itself anew, so that nothing is drawn twice. Without a beat a page knows that it is no longer live.
 */
export function addLiveRoutes(router: Router, parts: ConsoleParts, pace: Pace): void {
  router.get(
    '/live',
    signedIn(parts, async (visit) => {
      const of = typeof visit.request.query['of'] === 'string' ? visit.request.query['of'] : '';
      if ((await lookAt(parts, visit.viewer, of)) === null) return showNotFound(visit.response, visit.viewer);
      openStream(visit, parts, { of, pace });
    }),
  );
}

function openStream({ request, response }: Visit, parts: ConsoleParts, { of, pace }: { of: string; pace: Pace }): void {
  response.status(200).set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  let last = '';
  let beatAt = 0;
  let isLooking = false;
  const look = async (): Promise<void> => {
    // read anew each time: a stream ends with its session
    const viewer = parts.sessions.read(request);
    const state = viewer && (await lookAt(parts, viewer, of));
    if (viewer === null || state === null) return void response.end();
    const at = performance.now();
    if (state === last && at - beatAt < pace.beatMs) return;
    [last, beatAt] = [state, at];
    sendBeat(response, { state, at: clockTime(parts, viewer) });
  };
  const turn = (): void => {
    if (isLooking) return;
    isLooking = true;
    // without a beat the page says itself that it is not live, so that storage that is gone is not hidden
    look()
      .catch((error: unknown) => parts.deps.onFault('CONSOLE_NOT_LIVE', error))
      .finally(() => (isLooking = false));
  };
  const timer = setInterval(turn, pace.lookMs);
  response.once('close', () => clearInterval(timer));
  turn();
}

function sendBeat(response: Response, beat: { readonly state: string; readonly at: string }): void {
  if (!response.writableEnded && !response.destroyed) response.write(`data: ${JSON.stringify(beat)}\n\n`);
}

/** A mark that changes with whatever a page shows, and each minute for the waiting times; null when the viewer may not see it. */
async function lookAt(parts: ConsoleParts, viewer: Viewer, of: string): Promise<string | null> {
  const { deps } = parts;
  const minute = Math.floor(deps.clock() / MINUTE);
  const [kind = '', ...rest] = of.split(':');
  const id = rest.join(':');
  if (of === 'list')
    return markOf(
      minute,
      (await deps.listUnresolved(viewer.clinicId)).map(({ id, version }) => [id, version]),
    );
  if (kind === 'escalation') {
    const escalation = await findOwnEscalation(parts, viewer, id);
    if (escalation === null) return null;
    const talks = await findTalks(deps, escalation);
    const notes = await deps.notes(escalation.conversationId);
    return markOf(minute, [escalation.version, talks.map((talk) => [talk.messages.length, talk.takenOverBy]), notes.length]);
  }
  if (kind === 'conversation') {
    const talk = await findOwnTalk(parts, viewer, id);
    if (talk === null) return null;
    const waiting = await deps.listUnresolved(talk.clinicId);
    const open = waiting.filter(({ conversationId }) => conversationId === talk.id).map(({ id }) => id);
    return markOf(minute, [talk.messages.length, talk.takenOverBy, open]);
  }
  return null;
}

function markOf(minute: number, shown: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([minute, shown]))
    .digest('base64url')
    .slice(0, 16);
}

/** "9:06 pm" where the viewer's clinic is. */
function clockTime({ deps }: ConsoleParts, viewer: Viewer): string {
  const now = deps.clock();
  const clinic = viewer.clinicId === null ? deps.clinics.all()[0] : deps.clinics.get(viewer.clinicId);
  return sayMoment(now, now, clinic?.zone ?? 'UTC');
}
