import type { WebActivity, WebCardAction } from '../../model/web-edge';

/** How far one of the patient's own messages has come. `waiting`: no network, it goes out by itself; `failed`: only when asked. */
export type SendState = 'sending' | 'waiting' | 'failed' | 'refused' | 'sent';

/** What stands in the conversation, in order. */
export type Item =
  | {
      readonly kind: 'bot' | 'staff';
      readonly id: string;
      readonly at: string;
      readonly from: string;
      readonly text: string;
      readonly level: 'calm' | 'urgent' | 'emergency';
    }
  | Mine
  | { readonly kind: 'note'; readonly id: string; readonly at: string; readonly text: string };

/** One of the patient's own messages. */
export interface Mine {
  readonly kind: 'mine';
  /** The page's own id of it. */
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly state: SendState;
  /** Why the server refused it. */
  readonly reason: string;
  /** It holds danger words and has not reached the server, so the page shows its own card. */
  readonly isDanger: boolean;
}

/** The newest news of an escalation. */
export interface EscalationNews {
  readonly id: string;
  readonly status: string;
  readonly at: string;
  /** In the server's words; null: the page says it by the status. */
  readonly text: string | null;
}

/** Everything the page shows of the conversation. */
export interface Talk {
  readonly items: readonly Item[];
  readonly choices: readonly WebCardAction[];
  /** Someone is writing; epoch milliseconds at which that is no longer believed. */
  readonly typingUntil: number;
  /** The person who has taken over, if one has. */
  readonly staff: string | null;
  readonly escalation: EscalationNews | null;
}

/** A conversation before anything was said. */
export const emptyTalk: Talk = { items: [], choices: [], typingUntil: 0, staff: null, escalation: null };

/** How long "is writing" is shown without a sign of life, in milliseconds. */
export const TYPING_MS = 15_000;

interface Aftercare {
  readonly disposition?: string;
  readonly author?: { readonly kind?: string; readonly name?: string };
  readonly escalation?: { readonly id: string; readonly status: string };
}

function aftercareOf(activity: WebActivity): Aftercare {
  return (activity.channelData?.['aftercare'] ?? {}) as Aftercare;
}

/** The page's own id of a message that comes back from the server. */
function clientIdOf(activity: WebActivity): string {
  const id = activity.channelData?.['clientActivityID'];
  return typeof id === 'string' ? id : activity.id;
}

/** Whether an activity is something new to hear for the patient. */
export function isNews(activity: WebActivity): boolean {
  return activity.from.role === 'bot' && (activity.type === 'message' || readEvent(activity) !== null);
}

/** What a screen reader should say of it. */
export function spokenText(activity: WebActivity): string {
  const name = nameOf(activity);
  const text = activity.text ?? readEvent(activity)?.text ?? '';
  return name === null || activity.type !== 'message' ? text : `${name}: ${text}`;
}

function nameOf(activity: WebActivity): string | null {
  const { author } = aftercareOf(activity);
  return author?.kind === 'staff' ? (author.name ?? activity.from.name ?? null) : (activity.from.name ?? null);
}

function readEvent(activity: WebActivity): (EscalationNews & { readonly text: string }) | null {
  if (activity.type !== 'event' || activity.name !== 'escalation') return null;
  const value = activity.value as Partial<Record<keyof EscalationNews, unknown>> | undefined;
  if (typeof value?.id !== 'string' || typeof value.status !== 'string' || typeof value.text !== 'string') return null;
  const at = typeof value.at === 'string' || typeof value.at === 'number' ? new Date(value.at) : new Date(activity.timestamp);
  return { id: value.id, status: value.status, at: Number.isNaN(at.getTime()) ? activity.timestamp : at.toISOString(), text: value.text };
}

/** How far an escalation has come, as a message of the bot shows it: waiting from the urgent answer on, seen once a person has it. */
function escalationAfter(known: EscalationNews | null, { escalation, disposition }: Aftercare, at: string): EscalationNews | null {
  if (!escalation) return known;
  const { id, status } = escalation;
  if (status === 'resolved') return known?.id === id ? null : known;
  if (known?.id === id && known.status === status) return known;
  const isSeen = status === 'acknowledged';
  const isUrgent = disposition === 'urgent' || disposition === 'emergency';
  return isSeen || isUrgent ? { id, status, at, text: null } : known;
}

/** Adds or updates one of the patient's own messages. */
export function putMine(talk: Talk, mine: Omit<Mine, 'kind'>): Talk {
  const item: Item = { kind: 'mine', ...mine };
  const known = talk.items.some((other) => other.id === mine.id);
  return { ...talk, items: known ? talk.items.map((other) => (other.id === mine.id ? item : other)) : [...talk.items, item] };
}

/** Adds a line of the page's own, such as "A new conversation starts here." */
export function addNote(talk: Talk, note: { id: string; at: string; text: string }): Talk {
  return { ...talk, items: [...talk.items, { kind: 'note', ...note }] };
}

/** Takes in one activity of the conversation; `now` is epoch milliseconds. */
export function receive(talk: Talk, activity: WebActivity, now: number): Talk {
  if (activity.type === 'typing') return activity.from.role === 'bot' ? { ...talk, typingUntil: now + TYPING_MS } : talk;
  const news = readEvent(activity);
  if (news) {
    const line = addNote(talk, { id: activity.id, at: news.at, text: news.text });
    return { ...line, escalation: news.status === 'resolved' ? null : news };
  }
  if (activity.type !== 'message') return talk;
  return activity.from.role === 'user' ? receiveMine(talk, activity) : receiveTheirs(talk, activity);
}

/** The server's copy of one's own message stands where the server has it: after what was said before it. */
function receiveMine(talk: Talk, activity: WebActivity): Talk {
  const id = clientIdOf(activity);
  const text = activity.text === undefined || activity.text === '' ? '(photo, not kept)' : activity.text;
  const item: Item = { kind: 'mine', id, at: activity.timestamp, text, state: 'sent', reason: '', isDanger: false };
  const isUnsent = (other: Item): boolean => other.kind === 'mine' && other.state !== 'sent';
  const others = talk.items.filter((other) => other.id !== id);
  const place = others.findIndex(isUnsent);
  const items = place < 0 ? [...others, item] : [...others.slice(0, place), item, ...others.slice(place)];
  return { ...talk, items, choices: [] };
}

function receiveTheirs(talk: Talk, activity: WebActivity): Talk {
  const aftercare = aftercareOf(activity);
  const { disposition, author } = aftercare;
  const isStaff = author?.kind === 'staff';
  const from = nameOf(activity) ?? 'Helper';
  const level = !isStaff && (disposition === 'urgent' || disposition === 'emergency') ? disposition : 'calm';
  const item: Item = { kind: isStaff ? 'staff' : 'bot', id: activity.id, at: activity.timestamp, from, text: activity.text ?? '', level };
  const actions = activity.suggestedActions?.actions ?? [];
  // the card has its own numbers
  const choices = level === 'emergency' ? actions.filter(({ value }) => !/^tel:/i.test(value)) : actions;
  const unsent = talk.items.findIndex((other) => other.kind === 'mine' && other.state !== 'sent');
  const at = unsent < 0 ? talk.items.length : unsent;
  return {
    ...talk,
    items: item.text === '' ? talk.items : [...talk.items.slice(0, at), item, ...talk.items.slice(at)],
    choices: choices.filter(isOffered),
    typingUntil: 0,
    staff: isStaff ? from : null,
    escalation: escalationAfter(talk.escalation, aftercare, activity.timestamp),
  };
}

/** Buttons may say something, dial, or open a secure page; nothing else. */
function isOffered({ type, value }: WebCardAction): boolean {
  return type === 'imBack' || (type === 'openUrl' && /^(?:tel:[\d+]|https:\/\/)/i.test(value));
}
