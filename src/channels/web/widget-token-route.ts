import type { RequestHandler } from 'express';

import { createRateLimit, visitorKey } from './rate-limit';
import type { Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

/** The one anonymous door: gives any visitor of an allowed site a token for a new conversation of his own. */
export function widgetTokenRoute(deps: WebChannelDeps, tokens: Tokens): RequestHandler {
  const limit = createRateLimit(deps.limits.tokensPerIp, deps.clock);
  return (request, response) => {
    limit(visitorKey(request.ip));
    const claims = tokens.newIdentity();
    response.json({ conversationId: claims.conv, userId: claims.user, ...tokens.issue(claims) });
  };
}
