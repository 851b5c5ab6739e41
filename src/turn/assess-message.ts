import { findStanding } from '../guide/find-standing';
import type { Assessment } from '../model/assessment';
import type { Knowledge } from '../model/knowledge';
import type { ConversationState, RecentSigns, TurnInput } from '../model/turn';
import type { Question, Understanding } from '../model/understanding';
import type { Disposition, HoursInterval } from '../model/words';
import { DISPOSITIONS } from '../model/words';
import { assess } from '../triage/assess';
import type { JudgedQuestion } from './judge';

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

/** Clauses of different messages never meet. */
const CLAUSES_APART = 1000;

/**
 * Triage of one message, and of it together with the signs that the patient told in the last half hour ("itchy rash since the gel"
 * ... "my lips are in on it too"). The joined reading counts only where it is more serious than each message was alone.
 */
export function assessMessage(knowledge: Knowledge, { understanding, hours, input, state }: MessageAtHand): Assessment {
  const history = { recentFlags: recentFlags(state, input.at) };
  const answered = answeredDanger(knowledge, understanding, state);
  if (answered) return answered;
  const alone = assess({
    ...{ understanding, knowledge, hours, history },
    onlyExpectedSigns: onlyExpectedSigns(knowledge, understanding.questions, hours),
  });
  const before = state.recent.filter(
    (message) => input.at - message.at <= TOLD_TOGETHER_MS && message.signs.length + message.builtIn.length > 0,
  );
  if (before.length === 0 || understanding.signs.length === 0) return alone;
  const earlier = before.flatMap((message, index) =>
    message.signs.map((sign) => ({ ...sign, clause: sign.clause + CLAUSES_APART * (index + 1) })),
  );
  const joined: Understanding = {
    ...understanding,
    signs: [...understanding.signs, ...earlier],
    builtIn: [...new Set([...understanding.builtIn, ...before.flatMap((message) => message.builtIn)])],
    danger: { emergency: 0, urgent: 0 },
  };
  const together = assess({ ...{ knowledge, hours, history }, understanding: joined, onlyExpectedSigns: false });
  const highestBefore = Math.max(level(alone.disposition), ...before.map((message) => level(message.disposition)));
  return level(together.disposition) > highestBefore ? together : alone;
}

/** "yes" to "do you see blisters with it?": the answer to the bot's own question opens the flag it was asked for. */
function answeredDanger(knowledge: Knowledge, understanding: Understanding, { safetyQuestion }: ConversationState): Assessment | null {
  const flag = knowledge.flags.get(safetyQuestion?.flag ?? '');
  if (!safetyQuestion || !flag || understanding.answer !== safetyQuestion.danger) return null;
  const tier = flag.tier === 'emergency' ? 'emergency' : 'urgent';
  return { disposition: tier, flags: [{ flag: flag.id, tier, by: 'rules', raisedBy: [] }], detectorsDisagree: false };
}

/** A second message about the same sign after so long is a second contact, not the same conversation going on. */
const SECOND_CONTACT_HOURS = 1;
const REPEAT_FLAG = 'U17';

/** U17: a sign that was already stronger or longer than the guide describes is told again within 72 hours. */
export function repeatedSigns(judged: readonly JudgedQuestion[], state: ConversationState, now: number): boolean {
  return watchedSigns(judged).some((key) => isEarlierContact(state, key, now));
}

/** The signs of a message that are stronger or longer than the guide describes, as keys of `flagTimes`. */
export function watchedSigns(judged: readonly JudgedQuestion[]): string[] {
  return judged.flatMap(({ question, standing }) => {
    const isFading = question.qualifiers.includes('fading') && !question.qualifiers.includes('worse');
    return standing.verdict === 'watch' && question.source !== 'carried' && !isFading ? [`watch/${standing.topic}`] : [];
  });
}

/** Adds the repeat contact to an assessment, unless it is serious already. */
export function withRepeat(knowledge: Knowledge, assessment: Assessment): Assessment {
  if (level(assessment.disposition) >= level('urgent') || !knowledge.flags.has(REPEAT_FLAG)) return assessment;
  const raised = { flag: REPEAT_FLAG, tier: 'urgent', by: 'rules', raisedBy: ['M09'] } as const;
  return { ...assessment, disposition: 'urgent', flags: [raised, ...assessment.flags] };
}

/** What later messages need to know of this one. */
export function rememberSigns(understanding: Understanding, assessment: Assessment, at: number): RecentSigns {
  const signs = understanding.signs.filter((sign) => sign.assertion === 'present');
  return { at, disposition: assessment.disposition, signs, builtIn: understanding.builtIn };
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

/** Flags of earlier contacts. What was told within the hour is the same contact going on: more about it is no repeat. */
function recentFlags(state: ConversationState, now: number): string[] {
  return Object.keys(state.flagTimes).filter((flag) => isEarlierContact(state, flag, now));
}

function isEarlierContact({ flagTimes }: ConversationState, key: string, now: number): boolean {
  const ago = now - (flagTimes[key] ?? now);
  return ago >= SECOND_CONTACT_HOURS * HOUR && ago <= REPEAT_HOURS * HOUR;
}
