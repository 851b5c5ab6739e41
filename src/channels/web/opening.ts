import type { Request } from 'express';

import { socketAddress } from './public-address';
import type { ApiClaims, Tokens } from './tokens';
import type { WebChannelDeps } from './web-channel-deps';

/** What every way of opening a conversation answers with. */
export interface ConversationAnswer {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}

/** Opens conversations, for Direct Line clients and for our own page alike. */
export interface Opening {
  /** Makes the conversation known and has the bot greet; both happen once however often it is called. */
  start(claims: ApiClaims, locale: string | null): Promise<{ created: boolean }>;
  /** A fresh token and the address of the stream that goes on after `after`. */
  answer(request: Request, claims: ApiClaims, after: number): ConversationAnswer;
}

/** Makes the way to open conversations. */
export function createOpening(deps: WebChannelDeps, tokens: Tokens): Opening {
  const { turns, log, clock, publicUrl } = deps;

  /** The greeting is asked for at every start: the turn knows its id, so it greets once even when the first try was cut short. */
  const greet = async (claims: ApiClaims, locale: string | null): Promise<void> => {
    try {
      await turns.take({
        channel: 'web',
        conversationId: claims.conv,
        patientId: claims.user,
        ...(claims.clinic === undefined ? {} : { clinicId: claims.clinic }),
        messageId: `wm_start_${claims.conv}`,
        text: '',
        attachments: 0,
        value: { event: 'conversationStart' },
        at: clock(),
        echo: null,
        ...(locale === null ? {} : { locale }),
      });
    } catch (error) {
      deps.onFault?.('turn_failed', error);
    }
  };

  return {
    start: async (claims, locale) => {
      const clinic = claims.clinic === undefined ? {} : { clinicId: claims.clinic };
      const language = locale === null ? {} : { locale };
      const opened = await log.open({ conversationId: claims.conv, patientId: claims.user, ...clinic, at: clock(), ...language });
      await greet(claims, locale);
      return opened;
    },
    answer: (request, claims, after) => {
      const path = `/v3/directline/conversations/${claims.conv}/stream?t=${tokens.issueStream(claims, after)}`;
      return { conversationId: claims.conv, ...tokens.issue(claims), streamUrl: `${socketAddress(request, publicUrl)}${path}` };
    },
  };
}
