import { newConversationState } from '../../src/model/turn';
import type { Disposition } from '../../src/model/words';
import { higherDisposition } from '../../src/model/words';
import type { Minds } from '../../src/open-house';
import { assessMessage, rememberSigns } from '../../src/turn/assess-message';
import type { Hear } from './measure';

const NOW = Date.UTC(2026, 2, 9, 15);
const HOUR = 3_600_000;
const APART_MS = 60_000;
const RECENT_MESSAGES = 2;

/** Hears messages with understanding and triage alone, as a turn would, without dialogs and storage. */
export function makeHear({ knowledge, clinic, understand }: Minds): Hear {
  return (messages, hours) => {
    const state = newConversationState();
    const treatedAt = hours === null ? null : { from: NOW - hours * HOUR, to: NOW - hours * HOUR };
    let highest: Disposition = 'none';
    for (const [index, text] of messages.entries()) {
      const at = NOW + index * APART_MS;
      const input = {
        channel: 'cli',
        conversationId: 'c',
        patientId: 'p',
        messageId: String(index),
        text,
        attachments: 0,
        isStart: false,
        at,
        echo: null,
      } as const;
      const understanding = understand(text, { now: at, zone: clinic.zone, treatedAt, lastQuestions: [], awaiting: null });
      const interval = hours === null ? null : { min: hours, max: hours };
      const assessment = assessMessage(knowledge, { understanding, hours: interval, input, state });
      state.recent = [...state.recent, rememberSigns(understanding, assessment, at)].slice(-RECENT_MESSAGES);
      for (const flag of assessment.flags) if (flag.flag !== null) state.flagTimes[flag.flag] = at;
      highest = higherDisposition(highest, assessment.disposition);
    }
    return highest;
  };
}
