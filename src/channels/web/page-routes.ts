import express, { type Router } from 'express';

import { openedBy, openedConversation } from './access';
import { calendarFile } from './calendar-file';
import { createRateLimit } from './rate-limit';
import { Refusal } from './refusal';
import { sendFile } from './send-file';
import type { Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';
import { toFile, type WidgetFile } from './widget-files';

/** What the chat page reads and does beside talking: the timeline, its calendar file, danger words, erasing. */
export function pageRoutes(deps: WebChannelDeps, tokens: Tokens): Router {
  const { log, pages, clock, limits } = deps;
  const readLimit = createRateLimit(limits.readsPerConversation, clock);
  const router = express.Router();
  let dangerWords: WidgetFile | null = null;

  router.get('/chat/danger-words', (request, response) => {
    dangerWords ??= toFile(Buffer.from(JSON.stringify(pages.dangerWords())));
    response.set({ 'Cache-Control': 'no-cache', ETag: `"${dangerWords.version}"` }).type('json');
    if (request.fresh) response.status(304).end();
    else sendFile(request, response, dangerWords);
  });

  router.get('/chat/timeline', async (request, response) => {
    const claims = await openedBy(request, tokens, log);
    readLimit(claims.conv);
    const timeline = await pages.timeline(claims.conv, clock());
    const hasDates = timeline?.rows.some((row) => row.opens !== null) ?? false;
    response.json({ timeline, calendar: hasDates ? `/chat/timeline.ics?t=${tokens.issueLink(claims)}` : null });
  });

  router.get('/chat/timeline.ics', async (request, response) => {
    const { t } = request.query;
    const conversationId = tokens.verifyLink(typeof t === 'string' ? t : '');
    readLimit(conversationId);
    const timeline = await pages.timeline(conversationId, clock());
    if (timeline === null)
      throw new Refusal('conversation_not_found', 'Read timeline: the conversation is gone; expected one that goes on');
    response.setHeader('Content-Disposition', 'attachment; filename="aftercare.ics"');
    response.type('text/calendar').send(calendarFile(timeline, { conversationId, now: clock() }));
  });

  router.delete('/v3/directline/conversations/:id', async (request, response) => {
    const claims = await openedConversation(request, tokens, log);
    readLimit(claims.conv);
    const outcome = await pages.erase(claims.conv);
    if (outcome === 'urgent_open') {
      throw new Refusal(
        'urgent_open',
        'Erase conversation: an urgent message is still open and the team needs its words; expected the team to close it first',
      );
    }
    response.status(204).end();
  });

  return router;
}
