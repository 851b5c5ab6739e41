import type { Assessment } from '../model/assessment';
import { newConversationState } from '../model/turn';
import { assessMessage, rememberMessage } from './assess-message';
import { hoursBetween } from './judge';
import type { TurnParts } from './turn-parts';

/** Messages of one conversation, in order, with the moment of the first one and the treatment time (epoch milliseconds; null: unknown). */
export interface MessagesToHear {
  readonly texts: readonly string[];
  readonly at: number;
  readonly treatedAt: number | null;
  /** How far apart the messages are, in milliseconds. */
  readonly apartMs: number;
}

/** What triage makes of each message of a conversation, without dialogs and storage: for measuring triage alone. */
export function hearMessages(
  { knowledge, clinic, understand }: Pick<TurnParts, 'knowledge' | 'clinic' | 'understand'>,
  heard: MessagesToHear,
): Assessment[] {
  const state = newConversationState();
  state.treatedAt = heard.treatedAt === null ? null : { from: heard.treatedAt, to: heard.treatedAt };
  return heard.texts.map((text, index) => {
    const at = heard.at + index * heard.apartMs;
    const input = {
      ...({ channel: 'cli', conversationId: 'cli', patientId: 'cli', messageId: String(index) } as const),
      ...{ text, at, attachments: 0, isStart: false, echo: null },
    };
    const context = { now: at, zone: clinic.zone, treatedAt: state.treatedAt, lastQuestions: [], awaiting: null };
    const understanding = understand(text, context);
    const hours = hoursBetween(state.treatedAt, { from: at, to: at });
    const assessment = assessMessage(knowledge, {
      ...{ understanding, hours, input, state },
      reread: (joined) => understand(joined, context),
    });
    rememberMessage(state, { understanding, assessment, judgement: { judged: [] }, input });
    return assessment;
  });
}
