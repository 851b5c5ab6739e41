import { assessMessage, rememberSigns } from './assess-message';
import type { Clinic, Knowledge } from '../model/knowledge';
import type {
  ConversationState,
  Escalation,
  EscalationEvent,
  Outcome,
  Reply,
  StoredConversation,
  TurnInput,
  TurnRecord,
} from '../model/turn';
import { newConversationState } from '../model/turn';
import type { Question, Understanding } from '../model/understanding';
import type { Disposition, HoursInterval, TimeSpan } from '../model/words';
import { higherDisposition } from '../model/words';
import { fillText } from '../guide/word-answer';
import { AftercareError } from '../tools/errors';
import { raiseEscalation } from './raise-escalation';
import type { JudgedQuestion, Judgement } from './judge';
import { hoursBetween, judge } from './judge';
import { planTurn } from './plan-turn';
import type { DialogRunner } from './run-dialogs';
import { makeDialogRunner } from './run-dialogs';
import type { Scene } from './scene';
import type { TurnParts } from './turn-parts';
import { makeVoice } from './scene';

/** A turn as it was stored. `accepted` is false when the message had been answered before. */
export interface TurnResult {
  readonly accepted: boolean;
  readonly replies: readonly Reply[];
  readonly outcome: Outcome | null;
  readonly escalations: readonly Escalation[];
}

const MAX_TRIES = 5;
const HOUR = 3_600_000;
const RECENT_MESSAGES = 2;
const NOTHING_JUDGED: Judgement = { judged: [], flags: [], disposition: 'none', topics: [], verdicts: {}, verdict: 'none', citations: [] };

/** Takes one patient message from arrival to committed reply: safety first, then the dialog, all stored in one transaction. */
export async function takeTurn(parts: TurnParts, input: TurnInput): Promise<TurnResult> {
  for (let attempt = 1; ; attempt++) {
    if (await parts.store.hasMessage(input.conversationId, input.messageId))
      return { accepted: false, replies: [], outcome: null, escalations: [] };
    const stored = await parts.store.load(input.conversationId);
    const record = await computeTurn(parts, input, stored);
    try {
      const accepted = await parts.store.commit(record, stored?.version ?? 0);
      return { accepted, replies: accepted ? record.replies : [], outcome: record.outcome, escalations: record.escalations };
    } catch (error) {
      if (!(error instanceof AftercareError) || error.code !== 'TURN_CONFLICT' || attempt === MAX_TRIES) throw error;
    }
  }
}

/** Computes everything a turn changes. A failure inside is answered as urgent and kept as such, never with silence. */
async function computeTurn(parts: TurnParts, input: TurnInput, stored: StoredConversation | null): Promise<TurnRecord> {
  try {
    return await composeTurn(parts, input, structuredClone(stored?.state ?? newConversationState()));
  } catch (error) {
    parts.log.error(
      { err: error, conversation: input.conversationId, message: input.messageId },
      'a turn failed and is answered as urgent',
    );
    return failedTurn(parts, input, structuredClone(stored?.state ?? newConversationState()));
  }
}

async function composeTurn(parts: TurnParts, input: TurnInput, state: ConversationState): Promise<TurnRecord> {
  const { knowledge, clinic } = parts;
  const replies: Reply[] = [];
  const raised: { escalations: Escalation[]; events: EscalationEvent[] } = { escalations: [], events: [] };
  const runner = makeDialogRunner(parts.dialogs, (reply) => replies.push(reply));
  const understanding = parts.understand(input.text, {
    now: input.at,
    zone: clinic.zone,
    treatedAt: state.treatedAt,
    lastQuestions: state.lastQuestions,
    awaiting: state.awaiting,
  });
  const timeNews = noteTreatmentTime(state, understanding, input.at);
  const hours = hoursBetween(state.treatedAt, { from: input.at, to: input.at });
  const assessment = assessMessage(knowledge, { understanding, hours, input, state });
  const { questions, asked } = questionsToAnswer(state, understanding, timeNews === 'said' || timeNews === 'changed');
  const judgement = judge({ knowledge, understanding, assessment, questions, hours: asked ? hoursBetween(state.treatedAt, asked) : hours });
  const safetyAnswered = state.safetyQuestion !== null && understanding.answer === state.safetyQuestion.danger;
  state.safetyQuestion = null;
  const voice = makeVoice({ knowledge, clinic, now: input.at, channel: input.channel, state, send: (reply) => runner.send(reply) });
  let wanted: Disposition = 'none';
  const scene: Scene = {
    ...{ knowledge, clinic, input, understanding, assessment, judgement, hours, timeNews, state, safetyAnswered },
    ...voice,
    escalate(tier, flags, reason) {
      wanted = higherDisposition(wanted, tier);
      raiseEscalation(raised, { state, input, clinicId: clinic.id, tier, flags, reason });
    },
  };
  runner.open(scene);
  const answered = await talk(runner, scene);
  if (answered && answered.length > 0) [state.lastQuestions, state.lastAsked] = [answered.map(({ question }) => question), asked];
  state.recent = [...state.recent, rememberSigns(understanding, assessment, input.at)].slice(-RECENT_MESSAGES);
  for (const flag of assessment.flags) if (flag.flag !== null) state.flagTimes[flag.flag] = input.at;
  if (replies.length === 0) throw new Error('Answering failed: the dialogs said nothing.');
  return {
    input,
    state,
    replies: withButtonsLast(replies),
    outcome: outcomeOf({ knowledge, understanding, judgement: answered ? judgement : NOTHING_JUDGED, hours, state, wanted }),
    ...raised,
    failed: false,
  };
}

/** Triage has spoken already; now the waiting dialog, or the planned ones, find the words. Returns the questions that were answered; null when the waiting dialog took the message. */
async function talk(runner: DialogRunner, scene: Scene): Promise<readonly JudgedQuestion[] | null> {
  const plan = scene.input.isStart ? [] : planTurn(scene);
  const isDanger = plan[0]?.dialog === 'red_flag' || plan[0]?.dialog === 'flag_open';
  const isGreeted = !scene.state.welcomed && !isDanger;
  if (isGreeted) await runner.run(scene, [{ dialog: 'welcome', questions: [] }]);
  if (scene.input.isStart || (isGreeted && scene.understanding.act?.id === 'greeting')) return [];
  if (!isDanger && (await runner.resume(scene))) return null;
  if (plan[0]?.dialog !== 'clarify') scene.state.misunderstood = 0;
  await runner.drop(scene);
  scene.state.awaiting = null;
  await runner.run(scene, plan);
  return plan.flatMap((step) => step.questions);
}

/** Chats show the buttons of the newest message only, so that a turn's buttons all stand under its last one. */
function withButtonsLast(replies: readonly Reply[]): Reply[] {
  const actions = new Map(replies.flatMap((reply) => reply.actions.map((action) => [action.title, action] as const)));
  return replies.map((reply, index) => ({ ...reply, actions: index === replies.length - 1 ? [...actions.values()] : [] }));
}

/** Keeps a treatment time that the message gives; a time still to come is not kept. */
function noteTreatmentTime(state: ConversationState, understanding: Understanding, now: number): Scene['timeNews'] {
  const said = understanding.times.treatment;
  if (!said) return null;
  if (said.from > now) return 'future';
  const before = state.treatedAt;
  const isHourOfDay = before !== null && state.awaiting === 'treatment_time' && before.to - before.from > HOUR;
  const told = isHourOfDay ? onSameDay(said, before) : said;
  state.treatedAt = told;
  const isSharper = before !== null && told.from >= before.from && told.to <= before.to;
  return before && !isSharper ? 'changed' : 'said';
}

/** "around noon", asked about yesterday's treatment, is yesterday's noon: moved by whole days into the day that is known. */
function onSameDay(said: TimeSpan, day: TimeSpan): TimeSpan {
  for (let days = 0; days <= 7; days++) {
    const moved = { from: said.from - days * 24 * HOUR, to: said.to - days * 24 * HOUR };
    if (moved.from <= day.to && moved.to >= day.from) return moved;
  }
  return said;
}

/** The questions of this message, or the ones that waited for the treatment time. */
function questionsToAnswer(
  state: ConversationState,
  understanding: Understanding,
  timeSaid: boolean,
): { questions: readonly Question[]; asked: TimeSpan | null } {
  if (understanding.questions.length === 0 && timeSaid && state.awaiting === 'treatment_time')
    return { questions: state.lastQuestions, asked: state.lastAsked };
  const carriedOnly = understanding.questions.length > 0 && understanding.questions.every((question) => question.source === 'carried');
  return { questions: understanding.questions, asked: understanding.times.asked ?? (carriedOnly ? state.lastAsked : null) };
}

function outcomeOf(parts: {
  knowledge: Knowledge;
  understanding: Understanding;
  judgement: Judgement;
  hours: HoursInterval | null;
  state: ConversationState;
  wanted: Disposition;
}): Outcome {
  const { judgement, understanding, state } = parts;
  const openTier = state.open.filter((open) => open.tier !== 'ask_clinic').at(-1)?.tier;
  const stillOpen = openTier && judgement.disposition !== 'emergency' && judgement.disposition !== 'urgent';
  return {
    topics: judgement.topics,
    verdict: stillOpen ? 'watch' : judgement.verdict,
    verdicts: judgement.verdicts,
    disposition: stillOpen ? openTier : higherDisposition(judgement.disposition, parts.wanted),
    intent: understanding.act?.id ?? judgement.judged[0]?.question.intent ?? understanding.intent.id,
    confidence: round(judgement.judged[0]?.question.confidence ?? understanding.act?.confidence ?? understanding.intent.confidence, 100),
    hoursSinceTreatment: parts.hours ? { min: round(parts.hours.min, 100), max: round(parts.hours.max, 100) } : null,
    citations: judgement.citations,
    knowledgeVersion: parts.knowledge.version,
  };
}

function failedTurn({ knowledge, clinic }: TurnParts, input: TurnInput, state: ConversationState): TurnRecord {
  const raised: { escalations: Escalation[]; events: EscalationEvent[] } = { escalations: [], events: [] };
  raiseEscalation(raised, { state, input, clinicId: clinic.id, tier: 'urgent', flags: [], reason: 'failure' });
  state.dialog = {};
  state.awaiting = null;
  const text = fillText(knowledge.language.phrases['failure'] ?? 'Call {phone} now. In an emergency, call 911.', {
    clinic,
    now: input.at,
    treatedAt: null,
  });
  const outcome: Outcome = {
    topics: [],
    verdict: 'watch',
    verdicts: {},
    disposition: 'urgent',
    intent: 'failure',
    confidence: 0,
    hoursSinceTreatment: null,
    citations: [],
    knowledgeVersion: knowledge.version,
  };
  return {
    input,
    state,
    replies: [{ text, actions: [{ kind: 'call', title: `Call ${clinic.name}`, value: telOf(clinic) }] }],
    outcome,
    ...raised,
    failed: true,
  };
}

/** The clinic's number as a link that dials; a country code of its own is not said twice. */
export function telOf(clinic: Pick<Clinic, 'phone'>): string {
  return `tel:+1${clinic.phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')}`;
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
