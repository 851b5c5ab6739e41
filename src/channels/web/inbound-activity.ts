import { createHash, randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { WebActivity, WebTurnInput } from '../../model/web-edge';

import { Refusal } from './refusal';
import type { ApiClaims } from './tokens';

/** The longest message the web channel takes, in characters (code points). */
export const maxTextCharacters = 2_000;
/** The most JSON that a client may attach to a message, in characters, and how deep it may nest. */
const maxExtraCharacters = 8_192;
const maxExtraDepth = 16;
const maxAttachments = 20;

/** Browsers name odd locales (`en-US@posix`); neither a start nor a message must fail for that. */
export const localeField = z
  .string()
  .max(35)
  .regex(/^[A-Za-z0-9-]+$/)
  .nullish()
  .catch(null);

const activitySchema = z.object({
  type: z.enum(['message', 'event', 'typing']),
  id: z.string().max(200).optional(),
  text: z.string().nullish(),
  locale: localeField,
  value: z.unknown().optional(),
  channelData: z.record(z.string(), z.unknown()).nullish(),
  attachments: z.array(z.unknown()).max(maxAttachments).nullish(),
});
type InboundActivity = z.infer<typeof activitySchema>;

const expectations: Readonly<Record<string, string>> = {
  '': 'a JSON object',
  type: '"message", "event" or "typing"',
  id: 'a string of at most 200 characters',
  text: `a string of at most ${maxTextCharacters.toLocaleString('en-US')} characters`,
  channelData: 'a JSON object',
  attachments: `a list of at most ${maxAttachments}`,
};

/** A client activity that was understood: a patient's turn, or something that needs no turn (typing, an event without words). */
export type Inbound = { readonly kind: 'turn'; readonly input: WebTurnInput } | { readonly kind: 'ignored'; readonly id: string };

/** Where and when an activity came in. */
export interface InboundContext {
  readonly claims: ApiClaims;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Files that came beside the activity in an upload. */
  readonly files: number;
}

function nestsAtMost(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let left = depth; level.length > 0; left -= 1) {
    if (left < 0) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : []));
  }
  return true;
}

function checkExtra(field: 'value' | 'channelData', extra: unknown): void {
  if (extra === undefined || extra === null) return;
  if (!nestsAtMost(extra, maxExtraDepth) || JSON.stringify(extra).length > maxExtraCharacters) {
    throw new Refusal(
      'bad_activity',
      `Read activity field "${field}": it is too large or too deep; expected 8 KB and ${maxExtraDepth} levels at most`,
    );
  }
}

/** Drops NUL and other control characters and mends broken UTF-16, so that nothing later can stumble over them. */
export function cleanText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/(?![\t\n\r])\p{Cc}/gu, '');
}

function parseActivity(body: unknown): InboundActivity {
  const parsed = activitySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  const name = field === '' ? 'activity' : `activity field "${field}"`;
  throw new Refusal('bad_activity', `Read ${name}: it is missing or of the wrong kind; expected ${expectations[field] ?? 'a valid value'}`);
}

function isReservedValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'event' in value;
}

/**
 * The same client message must get the same id however often it is sent. The text is part of it, so that a client which
 * reuses an id for other words (maybe a red flag) still gets them read.
 */
function messageIdOf(activity: InboundActivity, text: string, conversationId: string): string {
  const given = activity.channelData?.['clientActivityID'];
  const clientKey = typeof given === 'string' && given !== '' ? given : (activity.id ?? randomUUID());
  return `wm_${createHash('sha256')
    .update(JSON.stringify([conversationId, clientKey, text]))
    .digest('base64url')
    .slice(0, 27)}`;
}

/** What only the bot may say about a message is taken out of what a browser sent; the rest goes back untouched. */
function ownChannelData(channelData: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(channelData).filter(([key]) => key !== 'aftercare' && key !== '__proto__'));
}

/** Checks a client's activity and rebuilds it from known fields; sender, time and conversation come from the token and the clock. */
export function readInboundActivity(body: unknown, { claims, at, files }: InboundContext): Inbound {
  const activity = parseActivity(body);
  checkExtra('value', activity.value);
  checkExtra('channelData', activity.channelData);
  const text = cleanText(activity.text ?? '');
  const { length } = Array.from(text);
  if (length > maxTextCharacters) {
    throw new Refusal(
      'text_too_long',
      `Read message: it has ${length} characters; expected at most ${maxTextCharacters.toLocaleString('en-US')}, please send it in parts`,
    );
  }
  const messageId = messageIdOf(activity, text, claims.conv);
  const hasWords = text.trim() !== '';
  if (!hasWords && activity.type !== 'message') return { kind: 'ignored', id: messageId };

  const attachments = Math.max(files, activity.attachments?.length ?? 0);
  const hasValue = activity.value !== undefined && activity.value !== null;
  if (isReservedValue(activity.value))
    throw new Refusal('bad_activity', 'Read activity field "value": "event" is reserved; expected other keys');
  if (!hasWords && attachments === 0 && !hasValue) {
    throw new Refusal('empty_message', 'Read message: it has no text; expected some words');
  }

  const locale = typeof activity.locale === 'string' ? { locale: activity.locale } : {};
  const value = hasValue ? { value: activity.value } : {};
  const echo: WebActivity = {
    type: 'message',
    id: messageId,
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    conversation: { id: claims.conv },
    from: { id: claims.user, role: 'user' },
    text,
    textFormat: 'plain',
    ...locale,
    ...value,
    ...(activity.channelData ? { channelData: ownChannelData(activity.channelData) } : {}),
  };
  const input: WebTurnInput = {
    channel: 'web',
    conversationId: claims.conv,
    patientId: claims.user,
    ...(claims.clinic === undefined ? {} : { clinicId: claims.clinic }),
    messageId,
    text,
    attachments,
    ...value,
    at,
    ...locale,
    echo,
  };
  return { kind: 'turn', input };
}
