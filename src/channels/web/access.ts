import type { Request } from 'express';

import type { ConversationLog } from '../../model/web-edge';

import { AftercareError } from '../../tools/errors';
import { Refusal } from './refusal';
import type { ApiClaims, Tokens } from './tokens';

/** Finds out whose conversation a request is for: token valid (else 403), token for this address (else 403), conversation known (else 404). */
export async function openedConversation(request: Request, tokens: Tokens, log: ConversationLog): Promise<ApiClaims> {
  const claims = tokens.verify(request.get('authorization'));
  if (request.params['id'] !== claims.conv) {
    throw new Refusal('wrong_conversation', 'Open conversation: the token is for another one; expected its own id in the address');
  }
  return openedBy(request, tokens, log);
}

/** The same for addresses that name no conversation: the token's own one. */
export async function openedBy(request: Request, tokens: Tokens, log: ConversationLog): Promise<ApiClaims> {
  const claims = tokens.verify(request.get('authorization'));
  if (!(await isKnown(log, claims.conv))) throw conversationNotFound();
  return claims;
}

/** Whether a failure means that storage cannot be reached, so that the conversation goes on without what was said before. */
export function isStorageGone(thrown: unknown): boolean {
  return thrown instanceof AftercareError && thrown.code === 'STORAGE_UNAVAILABLE';
}

/** While storage is gone the token alone says that the conversation exists: danger must be answered all the same. */
export async function isKnown(log: ConversationLog, conversationId: string): Promise<boolean> {
  try {
    return await log.exists(conversationId);
  } catch (error) {
    if (isStorageGone(error)) return true;
    throw error;
  }
}

/** The 404 of a conversation that was never started or has been purged; clients ask for a new token then. */
export function conversationNotFound(): Refusal {
  return new Refusal('conversation_not_found', 'Open conversation: it is not known (any more); expected a started one');
}

/** Reads a client's watermark: null when it named none ('' or absent), else the sequence number it has already seen. */
export function readWatermark(watermark: unknown): number | null {
  if (watermark === undefined || watermark === '' || watermark === 'null' || watermark === 'undefined') return null;
  if (typeof watermark === 'string' && /^\d{1,15}$/.test(watermark)) return Number(watermark);
  throw new Refusal('bad_watermark', 'Read watermark: it is not a number; expected the last one received, "0" for all, or none');
}
