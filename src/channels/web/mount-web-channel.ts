import type { Server } from 'node:http';

import express, { type Router } from 'express';

import { activityRoutes } from './activity-routes';
import { conversationRoutes } from './conversation-routes';
import { chatPage } from './chat-page';
import { demoPage } from './demo-page';
import { createOriginCheck, crossOrigin, type OriginCheck } from './origin-check';
import { pageRoutes } from './page-routes';
import { Refusal, refusalHandler } from './refusal';
import { attachStreams, type Streams } from './stream';
import { createTokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';
import { widgetRoutes } from './widget-routes';

/**
 * Puts the web channel on a server: the widget (`/widget.js`, `/chat`, `/widget/token`, `/widget/open`), Direct Line 3.0 under
 * `/v3/directline` with its WebSocket stream, and the demo clinic page at `/`. Call it before `server.listen`; `close()` what it returns before `server.close`.
 */
export function mountWebChannel(app: Router, server: Server, deps: WebChannelDeps): Streams {
  const tokens = createTokens(deps.secret, deps.clock);
  const isAllowedOrigin: OriginCheck = (origin, host) =>
    createOriginCheck(
      deps.publicUrl,
      deps.clinics.flatMap((clinic) => clinic.origins),
    )(origin, host);
  const onFault = (code: string, cause: unknown): void => deps.onFault?.(code, cause);
  const streams = attachStreams(server, { log: deps.log, tokens, isAllowedOrigin, limits: deps.limits, clock: deps.clock, onFault });
  const api = express.Router();
  const site = express.Router();

  api.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    next();
  });
  api.use(crossOrigin(isAllowedOrigin));
  api.use(widgetRoutes(deps, tokens), pageRoutes(deps, tokens));
  api.use('/v3/directline', conversationRoutes(deps, tokens), activityRoutes(deps, tokens, streams));
  api.use(() => {
    throw new Refusal('not_found', 'Find route: there is none at this address; expected one of Direct Line 3.0');
  });
  api.use(refusalHandler(onFault));
  site.use(chatPage(deps), demoPage(deps.clinics[0]));
  site.use(refusalHandler(onFault));

  app.use((request, response, next) => {
    if (isApiPath(request.path)) api(request, response, next);
    else next();
  });
  app.use(site);

  return streams;
}

const apiPaths = new Set(['/widget/token', '/widget/open', '/chat/danger-words', '/chat/timeline', '/chat/timeline.ics']);

function isApiPath(path: string): boolean {
  return path.startsWith('/v3/directline/') || apiPaths.has(path);
}
