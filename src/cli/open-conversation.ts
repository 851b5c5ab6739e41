import { DateTime } from 'luxon';
import type { Clinic } from '../model/clinic';
import type { ConversationState, Outcome, Reply, StoredConversation, TurnStore } from '../model/turn';
import { newConversationState } from '../model/turn';
import type { TimeSpan } from '../model/words';
import { AftercareError } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import { takeTurn } from '../turn/take-turn';

/** What the command line talks through: the very turn that the channels use, on a store that keeps nothing. */
export interface Talk {
  say(text: string, at?: number): Promise<{ replies: readonly Reply[]; outcome: Outcome }>;
}

/** A store of one conversation in memory, starting with a known treatment time. */
function memoryStore(first: ConversationState): TurnStore {
  let stored: StoredConversation = { state: first, version: 1, open: [], takenOver: null, chart: null };
  const seen = new Set<string>();
  return {
    load: () => Promise.resolve(stored),
    hasMessage: (_conversation, message) => Promise.resolve(seen.has(message)),
    commit(record, version) {
      if (seen.has(record.input.messageId)) return Promise.resolve(false);
      seen.add(record.input.messageId);
      const changed = new Map(record.changes.map(({ after }) => [after.id, { ...after, version: after.version + 1 }]));
      const open = [...new Map([...stored.open.map((entry) => [entry.id, entry] as const), ...changed]).values()];
      stored = { ...stored, state: record.state, version: version + 1, open: open.filter(({ status }) => status !== 'resolved') };
      return Promise.resolve(true);
    },
  };
}

/** Opens a conversation for the command line. */
export function openConversation(
  parts: Omit<TurnParts, 'store'>,
  start: { now: () => number; treatedAt: TimeSpan | null; welcomed: boolean },
): Talk {
  const store = memoryStore({ ...newConversationState(), treatedAt: start.treatedAt, welcomed: start.welcomed });
  let count = 0;
  return {
    async say(text, at = start.now()) {
      count += 1;
      const input = {
        channel: 'cli',
        conversationId: 'cli',
        patientId: 'cli',
        messageId: String(count),
        text,
        attachments: 0,
        isStart: false,
        at,
        echo: null,
      } as const;
      const { replies, outcome } = await takeTurn({ ...parts, store }, input);
      if (!outcome) throw new Error('Taking a turn failed: it was stored before.');
      return { replies, outcome };
    },
  };
}

/** An instant from "2026-03-09T10:00" in the clinic's zone; throws USAGE when it is none. */
export function readInstant(text: string, clinic: Clinic, name: string): number {
  const time = DateTime.fromISO(text, { zone: clinic.zone });
  if (!time.isValid)
    throw new AftercareError(
      'USAGE',
      `Reading ${name} failed: expected a local time such as 2026-03-09T10:00, got "${text.slice(0, 40)}".`,
    );
  return time.toMillis();
}

/** Hours since the treatment from the value of --hours; throws USAGE when it is none. */
export function readHours(text: string): number {
  const hours = Number(text);
  if (text.trim() === '' || !Number.isFinite(hours) || hours < 0)
    throw new AftercareError('USAGE', `Reading --hours failed: expected hours since the treatment such as 30, got "${text.slice(0, 40)}".`);
  return hours;
}
