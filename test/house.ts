import { DateTime } from 'luxon';
import { dialogs } from '../dialogs';
import type { Escalation } from '../src/model/escalation';
import type { Outcome, Reply, TurnInput } from '../src/model/turn';
import { newConversationState } from '../src/model/turn';
import type { TimeSpan } from '../src/model/words';
import type { Minds } from '../src/assemble-minds';
import { assembleMinds } from '../src/assemble-minds';
import { openStore } from '../src/storage/open-store';
import type { Store } from '../src/storage/store';
import type { Log } from '../src/tools/log';
import { silentLog } from '../src/tools/log';
import type { TurnResult } from '../src/turn/take-turn';
import type { TurnParts, Understand } from '../src/turn/turn-parts';
import { takeTurn } from '../src/turn/take-turn';
import { runMain } from './run-main';

/**
 * The whole house in memory, with a clock that only the test moves. A test reads as a nurse would tell it:
 *
 *     const { patient, bot, clock } = await openTestHouse({ treated: '30 hours ago', now: '2026-03-09T10:00' });
 *     await patient.says('can i wear makeup');
 *     bot.replied(/Yes/);
 *     clock.pass('30 min');
 */
export interface TestHouse {
  readonly patient: Patient;
  readonly bot: Bot;
  readonly clock: TestClock;
  /** Everything a human has to look at, oldest first. */
  readonly escalations: () => Promise<readonly Escalation[]>;
  /** For tests of the turn itself: its parts on a real store, and the store. */
  readonly parts: TurnParts;
  readonly store: Store;
  /** The message that `says` would send, for tests that deliver it in their own way. */
  message(text: string, more?: Partial<TurnInput>): TurnInput;
  close(): Promise<void>;
}

/** The one patient of a test. */
export interface Patient {
  /** Sends a message and waits for the answer. The same `id` twice is the same message delivered twice. */
  says(text: string, id?: string): Promise<TurnResult>;
  /** Sends photos, with or without words. */
  sendsPhoto(text?: string): Promise<TurnResult>;
  /** Opens the chat without a word. */
  opensChat(): Promise<TurnResult>;
}

/** What the bot said and meant in its last turn. */
export interface Bot {
  /** Fails unless the last turn said this; returns the whole text. */
  replied(expected: RegExp): string;
  /** Fails if the last turn said this. */
  didNotSay(unwanted: RegExp): void;
  /** The last turn's messages, one text each. */
  readonly texts: readonly string[];
  readonly buttons: readonly string[];
  readonly outcome: Outcome;
}

/** A clock that stands still between `pass`es. */
export interface TestClock {
  /** Lets time go by: '30 min', '5 hours', '2 days'. */
  pass(time: string): void;
  /** Epoch milliseconds. */
  now(): number;
}

/** How a test's house begins. */
export interface TestHouseOptions {
  /** '30 hours ago', '2 days ago', or a local time; not given: the bot does not know. */
  readonly treated?: string;
  /** Local to the clinic. */
  readonly now?: string;
  /** False: the patient has never met the bot, so that it introduces itself. */
  readonly greeted?: boolean;
  /** Wraps the reading of messages, to make it fail. */
  readonly understand?: (real: Understand) => Understand;
  /** Changes other parts of a turn, such as the dialogs or the log. */
  readonly parts?: Partial<TurnParts>;
}

const UNIT_MS: Readonly<Record<string, number>> = { min: 60_000, hour: 3_600_000, day: 86_400_000 };

let loaded: Minds | undefined;
beforeAll(async () => (loaded = await loadMinds()), 300_000);

/** Knowledge and trained models, loaded once before the tests of a file (trained first where dist/model has none that fit). */
export function testMinds(log: Log = silentLog): Minds {
  if (!loaded) throw new Error('Use models: expected inside a test, after they are loaded.');
  return { ...loaded, log };
}

/** Training inside the test runner would take five times as long, so that a process of its own does it. */
async function loadMinds(): Promise<Minds> {
  const notTrained = new Error('Load models: none fit; expected them in dist/model.');
  const load = (): Promise<Minds> =>
    assembleMinds({
      dialogs,
      log: silentLog,
      onTraining: () => {
        throw notTrained;
      },
    });
  try {
    return await load();
  } catch (error) {
    if (error !== notTrained) throw error;
    const { code, stderr } = runMain(['train']);
    if (code !== 0) throw new Error(`Train models: expected exit code 0, got ${String(code)}: ${stderr}`, { cause: error });
    return await load();
  }
}

/** Opens a house; close it when the test is over. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const minds = testMinds();
  const { zone } = minds.clinic;
  let now = DateTime.fromISO(options.now ?? '2026-03-09T10:00', { zone }).toMillis();
  const store = await openStore({ path: ':memory:', secret: Buffer.alloc(32, 5), now });
  const treatedAt = options.treated === undefined ? null : readTreated(options.treated, now, zone);
  const parts: TurnParts = {
    ...minds,
    understand: options.understand?.(minds.understand) ?? minds.understand,
    ...options.parts,
    store: startingWith(store, { treatedAt, welcomed: options.greeted ?? true }),
  };
  let last: TurnResult | undefined;
  let count = 0;
  const message = (text: string, more: Partial<TurnInput> = {}): TurnInput => ({
    channel: 'web',
    conversationId: 'conversation',
    patientId: 'dl_patient',
    messageId: `message-${(count += 1)}`,
    text,
    attachments: 0,
    isStart: false,
    at: now,
    echo: null,
    ...more,
  });
  const take = async (input: TurnInput): Promise<TurnResult> => (last = await takeTurn(parts, input));
  const lastTurn = (): TurnResult => {
    if (!last) throw new Error('Look at reply: the patient has not said anything yet.');
    return last;
  };
  const whole = (): string =>
    lastTurn()
      .replies.map((reply) => reply.text)
      .join('\n');
  return {
    patient: {
      says: (text, id) => take(message(text, id === undefined ? {} : { messageId: id })),
      sendsPhoto: (text = '') => take(message(text, { attachments: 1 })),
      opensChat: () => take(message('', { isStart: true, messageId: 'start' })),
    },
    bot: {
      replied(expected) {
        const text = whole();
        if (!expected.test(text)) throw new Error(`Expected the bot to say ${String(expected)}; it said:\n${text || '(nothing)'}`);
        return text;
      },
      didNotSay(unwanted) {
        const text = whole();
        if (unwanted.test(text)) throw new Error(`Expected the bot not to say ${String(unwanted)}; it said:\n${text}`);
      },
      get texts() {
        return lastTurn().replies.map((reply: Reply) => reply.text);
      },
      get buttons() {
        return lastTurn().replies.flatMap((reply) => reply.actions.map((action) => action.title));
      },
      get outcome() {
        const { outcome } = lastTurn();
        if (!outcome) throw new Error('Look at outcome: the message had been answered before.');
        return outcome;
      },
    },
    clock: { pass: (time) => void (now += readDuration(time)), now: () => now },
    escalations: async () => (await store.listEscalations(null, 1000)).toReversed(),
    parts,
    store,
    message,
    close: () => store.close(),
  };
}

/** The store, but a new conversation begins with what the test says is known of it. */
function startingWith(store: Store, known: { treatedAt: TimeSpan | null; welcomed: boolean }): TurnParts['store'] {
  return {
    load: async (conversationId, writer) =>
      (await store.load(conversationId, writer)) ?? {
        ...{ state: { ...newConversationState(), ...known }, version: 0, open: [], takenOver: null, chart: null },
      },
    hasMessage: (conversationId, messageId) => store.hasMessage(conversationId, messageId),
    commit: (record, version) => store.commit(record, version),
  };
}

function readTreated(text: string, now: number, zone: string): TimeSpan {
  const ago = /^(.+) ago$/.exec(text)?.[1];
  const at = ago === undefined ? DateTime.fromISO(text, { zone }).toMillis() : now - readDuration(ago);
  return { from: at, to: at };
}

function readDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) (min|hour|day)s?$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  if (unitMs === undefined) throw new Error(`Read time: expected such as "30 min", "5 hours" or "2 days", got "${text}".`);
  return Number(amount) * unitMs;
}
