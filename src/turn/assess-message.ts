import { findStanding } from '../guide/find-standing';
import type { Assessment } from '../model/assessment';
import type { Knowledge } from '../model/knowledge';
import type { ConversationState, TurnInput } from '../model/turn';
import type { Question, Understanding } from '../model/understanding';
import type { Disposition, HoursInterval } from '../model/words';
import { DISPOSITIONS } from '../model/words';
import { assess } from '../triage/assess';
import type { TurnParts } from './turn-parts';

/** A message with what is known around it. */
export interface MessageAtHand {
  readonly understanding: Understanding;
  /** Hours since the treatment at this moment; null when unknown. */
  readonly hours: HoursInterval | null;
  readonly input: TurnInput;
  readonly state: ConversationState;
}

const HOUR = 3_600_000;
const REPEAT_HOURS = 72;
const TOLD_TOGETHER_MS = 30 * 60_000;

/**
 * Triage of one message, and of it together with what the patient wrote in the last half hour ("itchy rash since the gel" ...
 * "my lips are in on it too"). The joined reading counts only where it is more serious than each message was alone.
 */
export function assessMessage(
  { knowledge, clinic, understand }: Omit<TurnParts, 'store'>,
  { understanding, hours, input, state }: MessageAtHand,
): Assessment {
  const history = { recentFlags: recentFlags(state, input.at) };
  const alone = assess({
    ...{ understanding, knowledge, hours, history },
    onlyExpectedSigns: onlyExpectedSigns(knowledge, understanding.questions, hours),
  });
  const before = state.recent.filter((message) => message.text !== '' && input.at - message.at <= TOLD_TOGETHER_MS);
  if (before.length === 0 || understanding.isEmpty || understanding.signs.length === 0) return alone;
  const joined = understand([input.text, ...before.map((message) => message.text)].join(' \n'), {
    now: input.at,
    zone: clinic.zone,
    treatedAt: state.treatedAt,
    lastQuestions: [],
    awaiting: null,
  });
  const calm = { emergency: 0, urgent: 0 };
  const together = assess({ ...{ knowledge, hours, history }, understanding: { ...joined, danger: calm }, onlyExpectedSigns: false });
  const highestBefore = Math.max(level(alone.disposition), ...before.map((message) => level(message.disposition)));
  return level(together.disposition) > highestBefore ? together : alone;
}

function level(disposition: Disposition): number {
  return DISPOSITIONS.indexOf(disposition);
}

/** Whether the message tells of signs, and the guide expects each of them at this hour as the patient colours it. */
function onlyExpectedSigns(knowledge: Knowledge, questions: readonly Question[], hours: HoursInterval | null): boolean {
  if (!hours) return false;
  const signs = questions.flatMap((question) => {
    const topic = knowledge.topics.get(question.topic);
    return topic?.kind === 'sign' ? [findStanding(topic, { ...question, intent: 'report', hours }).verdict] : [];
  });
  return signs.length > 0 && signs.every((verdict) => verdict === 'expected');
}

function recentFlags(state: ConversationState, now: number): string[] {
  return Object.entries(state.flagTimes)
    .filter(([, at]) => now - at <= REPEAT_HOURS * HOUR)
    .map(([flag]) => flag);
}
