import { findStanding } from '../guide/find-standing';
import type { Assessment } from '../model/assessment';
import type { Knowledge } from '../model/knowledge';
import type { ConversationState, RecentSigns, TurnInput } from '../model/turn';
import type { Question, SignSeen, Understanding } from '../model/understanding';
import { ASKING_KINDS, NO_DANGER_HEARD } from '../model/understanding';
import type { Disposition, HoursInterval } from '../model/words';
import { DISPOSITIONS } from '../model/words';
import { assess } from '../triage/assess';
import { readsOn } from '../understand/reads-on';
import type { JudgedQuestion } from './judge';

/** A message with what is known around it. */
export interface MessageAtHand {
  readonly understanding: Understanding;
  /** Hours since the treatment at this moment; null when unknown. */
  readonly hours: HoursInterval | null;
  readonly input: TurnInput;
  readonly state: ConversationState;
  /** Understands another text at the same point of the conversation. */
  readonly reread: (text: string) => Understanding;
}

const HOUR = 3_600_000;
const REPEAT_HOURS = 72;
const RECENT_MESSAGES = 2;
const TOLD_TOGETHER_MS = 30 * 60_000;
/** Messages so close together may be one sentence that was sent too early, wherever it was cut. */
const BURST_MS = 2 * 60_000;
/** Longer texts are no pieces of one sentence, and cost too much to read twice. */
const BURST_CHARACTERS = 400;

/** Clauses of different messages never meet. */
const CLAUSES_APART = 1000;

/**
 * Triage of one message, and of it together with what the patient told in the last half hour: once with the signs of those messages
 * ("itchy rash since the gel" ... "my lips are in on it too"), once as if they were one text ("my throat" ... "is closing up"): the
 * pieces of a sentence, and for the rules all that was sent within two minutes. A joined reading counts only where it is more serious than
 * each message was alone; of two urgent messages only a rule makes an emergency (M12), as joined words look graver to the statistical
 * detector than they are.
 */
export function assessMessage(knowledge: Knowledge, message: MessageAtHand): Assessment {
  const { understanding, hours, input, state } = message;
  const answered = answeredDanger(knowledge, understanding, state);
  if (answered) return answered;
  const before = state.recent.filter((earlier) => input.at - earlier.at <= TOLD_TOGETHER_MS);
  const triage = (read: Understanding, onlyExpected: boolean): Assessment =>
    assess({
      understanding: read,
      knowledge,
      hours,
      history: { recentFlags: recentFlags(state, input.at) },
      onlyExpectedSigns: onlyExpected,
    });
  const alone = triage(understanding, onlyExpectedSigns(knowledge, understanding.questions, hours));
  if (before.length === 0 || understanding.isEmpty || alone.disposition === 'emergency') return alone;
  const pieces = piecesBefore(message, before);
  const burst = before.filter((earlier) => input.at - earlier.at <= BURST_MS);
  const readWith = (earlier: readonly RecentSigns[]): Understanding =>
    message.reread([...earlier.map(({ text }) => text), input.text].join(' '));
  const asOne = pieces.length > 0 ? readWith(pieces) : null;
  // whole messages of a burst look graver together to the statistical detector than they are
  const length = burst.reduce((sum, { text }) => sum + text.length, input.text.length);
  const asBurst = burst.length > pieces.length && length <= BURST_CHARACTERS ? { ...readWith(burst), danger: NO_DANGER_HEARD } : null;
  const joined = [
    ...(understanding.signs.length > 0 ? [triage(withEarlierSigns(understanding, before), false)] : []),
    ...[asOne, asBurst].flatMap((read) => (read ? [triage(read, onlyExpectedSigns(knowledge, read.questions, hours))] : [])),
  ];
  const highestBefore = Math.max(...before.map((earlier) => level(earlier.disposition)));
  return joined.reduce((most, together) => {
    const apart = Math.max(highestBefore, level(most.disposition));
    const isByChance = apart === level('urgent') && together.detectors.rules !== 'emergency';
    return level(together.disposition) > apart && !isByChance ? together : most;
  }, alone);
}

/** The messages just before that may be pieces of the same text; whole questions one after another are not. */
function piecesBefore({ understanding, input }: MessageAtHand, before: readonly RecentSigns[]): RecentSigns[] {
  let from = before.length;
  let after = { text: input.text, isFragment: isFragment(understanding) };
  for (; from > 0; from--) {
    const earlier = before[from - 1]!;
    if (!after.isFragment && !earlier.isFragment && !readsOn(earlier.text, after.text)) break;
    after = earlier;
  }
  return before.slice(from);
}

/** Below this an act is a guess: "both my lips" is no answer to anything. */
const SURE_ACT = 0.7;

function isFragment({ questions, act }: Understanding): boolean {
  return (act === null || act.confidence < SURE_ACT) && questions.every((question) => question.source !== 'named');
}

function isTold({ intent }: SignSeen): boolean {
  return !ASKING_KINDS.has(intent);
}

/** The signs of earlier messages beside those of this one; what the statistical detector heard in it alone is left out. */
function withEarlierSigns(understanding: Understanding, before: readonly RecentSigns[]): Understanding {
  const earlier = before.flatMap((message, index) =>
    message.signs.filter(isTold).map((sign) => ({ ...sign, clause: sign.clause + CLAUSES_APART * (index + 1) })),
  );
  return {
    ...understanding,
    signs: [...understanding.signs.filter(isTold), ...earlier],
    builtIn: [...new Set([...understanding.builtIn, ...before.flatMap((message) => message.builtIn)])],
    danger: NO_DANGER_HEARD,
  };
}

/** "yes" to "do you see blisters with it?": the answer to the bot's own question opens the flag it was asked for. */
function answeredDanger(knowledge: Knowledge, understanding: Understanding, { safetyQuestion }: ConversationState): Assessment | null {
  const flag = knowledge.flags.get(safetyQuestion?.flag ?? '');
  if (!safetyQuestion || !flag || understanding.answer !== safetyQuestion.danger) return null;
  const tier = flag.tier === 'emergency' ? 'emergency' : 'urgent';
  return { disposition: tier, flags: [{ flag: flag.id, tier, by: 'rules', raisedBy: [] }], detectors: { rules: tier, statistics: 'none' } };
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

/** A message that was understood and judged. */
interface Heard {
  readonly understanding: Understanding;
  readonly assessment: Assessment;
  readonly judgement: { readonly judged: readonly JudgedQuestion[] };
  readonly input: TurnInput;
}

/** Keeps what later messages need to know of this one. */
export function rememberMessage(state: ConversationState, { understanding, assessment, judgement, input }: Heard): void {
  const signs = understanding.signs.filter((sign) => sign.assertion === 'present');
  const recent = {
    ...{ at: input.at, text: input.text, isFragment: isFragment(understanding) },
    ...{ disposition: assessment.disposition, signs, builtIn: understanding.builtIn },
  };
  state.recent = [...state.recent, recent].slice(-RECENT_MESSAGES);
  for (const flag of assessment.flags) if (flag.flag !== null) state.flagTimes[flag.flag] = input.at;
  for (const topic of watchedSigns(judgement.judged)) state.flagTimes[topic] = input.at;
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
