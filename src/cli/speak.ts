import { toSmsTurn } from '../guide/sms-turn';
import type { Clinic } from '../model/clinic';
import type { Escalation } from '../model/escalation';
import type { Channel, ConversationState, Outcome, Reply, TurnInput, TurnRecord } from '../model/turn';
import { newConversationState } from '../model/turn';
import type { Understanding } from '../model/understanding';
import { NO_DANGER_HEARD } from '../model/understanding';
import type { HoursInterval, TimeSpan } from '../model/words';
import type { Log } from '../tools/log';
import { silentLog } from '../tools/log';
import { takeNoReply } from '../turn/take-no-reply';
import { takeTurn } from '../turn/take-turn';
import type { TurnParts } from '../turn/turn-parts';

const HOUR = 3_600_000;

/** What turns are spoken with, at one moment. */
export interface SpeakParts extends Pick<TurnParts, 'knowledge' | 'dialogs'> {
  readonly clinic: Clinic;
  readonly now: number;
}

/** A message as it was understood, and the conversation it falls into; what is left out is calm and ordinary. */
export interface Situation {
  readonly understanding?: Partial<Understanding>;
  readonly state?: Partial<ConversationState>;
  /** Escalations that no human has closed yet, beside those of the turns before. */
  readonly open?: readonly Escalation[];
  readonly input?: Partial<TurnInput>;
  /** The turn before this one, in the same conversation. */
  readonly before?: Situation;
  /** Reading the message fails. */
  readonly fails?: boolean;
}

/** What one turn said. */
export interface Spoken {
  readonly replies: readonly Reply[];
  /** The messages as the channel sends them. */
  readonly messages: readonly string[];
  /** What the buttons or numbers stand for. */
  readonly choices: readonly string[];
  readonly outcome: Outcome;
  readonly state: ConversationState;
  /** Escalations that no human has closed yet. */
  readonly open: readonly Escalation[];
  /** Why the turn failed, when it was not meant to. */
  readonly failure: string | null;
}

const CALM: Understanding = {
  isEmpty: false,
  wordCount: 6,
  answer: null,
  signs: [],
  builtIn: [],
  measuredNormal: false,
  isPainLow: false,
  danger: NO_DANGER_HEARD,
  questions: [],
  act: null,
  intent: { id: 'may_i', confidence: 1 },
  inScope: 1,
  guesses: [],
  times: { treatment: null, asked: null },
  foreign: null,
  ageYears: null,
  modifiers: [],
  cued: [],
  namesTreatment: true,
};

/** Takes the very turn that the channels take, with a message that is already understood, and returns what it says on a channel. */
export async function speak(parts: SpeakParts, channel: Channel, situation: Situation): Promise<Spoken> {
  const earlier = situation.before ? await speak(parts, channel, situation.before) : null;
  let state: ConversationState = { ...newConversationState(), welcomed: true, ...earlier?.state, ...situation.state };
  let open: readonly Escalation[] = [...(earlier?.open ?? []), ...(situation.open ?? [])];
  let failure: string | null = null;
  const log: Log = { ...silentLog, error: ((details: { err?: unknown }) => (failure = String(details.err))) as Log['error'] };
  const store: TurnParts['store'] = {
    load: () => Promise.resolve({ state, version: 1, open, takenOver: null, chart: null }),
    hasMessage: () => Promise.resolve(false),
    commit: (record) => {
      state = record.state;
      open = [...new Map([...open, ...record.changes.map(({ after }) => after)].map((entry) => [entry.id, entry])).values()];
      return Promise.resolve(true);
    },
  };
  const understand = (): Understanding => {
    if (situation.fails) throw new Error('Reading a message failed: it was meant to.');
    return { ...CALM, ...situation.understanding };
  };
  const input: TurnInput = {
    ...{ channel, conversationId: 'answers', patientId: 'answers', messageId: 'answers' },
    ...{ text: 'words', attachments: 0, isStart: false, at: parts.now, echo: null },
    ...situation.input,
  };
  const { replies, outcome } = await takeTurn({ ...parts, log, store, understand }, input);
  if (!outcome) throw new Error('Speaking a turn failed: it was stored before.');
  return {
    ...{ replies, outcome, state, open, ...asSent(replies, channel) },
    failure: situation.fails ? null : failure,
  };
}

/** What is said unasked when nobody replies to a safety question that suspects a flag (M13). */
export async function speakNoReply(parts: SpeakParts, channel: Channel, flag: string): Promise<Spoken> {
  const asked = { conversationId: 'answers', messageId: 'answers' };
  const state: ConversationState = { ...newConversationState(), welcomed: true, unanswered: { ...asked, flag } };
  let record: TurnRecord | undefined;
  let failure: string | null = null;
  const log: Log = { ...silentLog, error: ((details: { err?: unknown }) => (failure = String(details.err))) as Log['error'] };
  const store: TurnParts['store'] = {
    load: () => Promise.resolve({ state, version: 1, open: [], takenOver: null, chart: null }),
    hasMessage: () => Promise.resolve(false),
    commit: (made) => {
      record = made;
      return Promise.resolve(true);
    },
  };
  await takeNoReply({ ...parts, log, store, understand: () => CALM }, { kind: 'wait_for_reply', channel, ...asked }, parts.now);
  if (!record) throw new Error('Speaking without a reply failed: nothing was said.');
  const { replies, outcome } = record;
  return { replies, outcome, state: record.state, open: [], failure, ...asSent(replies, channel) };
}

/** The messages as the channel sends them, and what the buttons or numbers stand for. */
function asSent(replies: readonly Reply[], channel: Channel): Pick<Spoken, 'messages' | 'choices'> {
  const sms = channel === 'sms' ? toSmsTurn(replies) : null;
  return {
    messages: sms?.messages ?? replies.map((reply) => reply.text),
    choices: replies.flatMap((reply) => reply.actions.map((action) => action.title)),
  };
}

/** The treatment time that makes so many hours have passed at a moment; null: unknown. */
export function treatedBefore(now: number, hours: HoursInterval | null): TimeSpan | null {
  return hours && { from: now - hours.max * HOUR, to: now - hours.min * HOUR };
}
