import { assessMessage, rememberMessage, repeatedSigns, withRepeat } from './assess-message';
import type { Assessment } from '../model/assessment';
import type { Clinic } from '../model/clinic';
import type { Escalation, NewSending } from '../model/escalation';
import type { Knowledge } from '../model/knowledge';
import type {
  ChartMark,
  ConversationState,
  DetectorReview,
  Outcome,
  Reply,
  StoredConversation,
  TakeOver,
  TurnInput,
  TurnRecord,
} from '../model/turn';
import { newConversationState } from '../model/turn';
import type { Disposition } from '../model/words';
import { higherDisposition } from '../model/words';
import { endOfWait } from '../escalation/end-of-wait';
import { fillText } from '../guide/word-answer';
import { AftercareError } from '../tools/errors';
import type { Raised } from './raise-escalation';
import { raiseDanger } from './raise-danger';
import { followPatient, raiseEscalation } from './raise-escalation';
import { takeReached, toldOf } from './reached';
import type { Judgement } from './judge';
import { hoursBetween, judge } from './judge';
import { notUnderstoodOf } from './not-understood';
import { notePatient, noteTreatmentTime } from './note-message';
import { outcomeOf } from './outcome-of';
import type { Step } from './plan-turn';
import { ASKS_BACK, planTurn } from './plan-turn';
import { questionsAtHand } from './questions-at-hand';
import { readChoice } from './read-choice';
import type { DialogRunner } from './run-dialogs';
import { makeDialogRunner } from './run-dialogs';
import type { Scene } from './scene';
import type { TurnParts } from './turn-parts';
import { makeVoice } from './scene';
import { moreSerious, replyWaitMs } from './wait-for-reply';

/** A turn as it was stored. `accepted` is false when the message had been answered before. */
export interface TurnResult {
  readonly accepted: boolean;
  readonly replies: readonly Reply[];
  readonly outcome: Outcome | null;
  readonly escalations: readonly Escalation[];
  /** Something of it has to leave the house. */
  readonly hasPages: boolean;
}

const MAX_TRIES = 5;
/** Acts after which nothing is left to clarify. */
const FINISHES = new Set(['never_mind', 'thanks', 'goodbye']);
/** Acts whose reply asks the patient to say it anew, or says it anew: the next failure goes to a person. */
const COUNTS_AS_ASKED_BACK = new Set(['correction', 'repeat', 'empty']);
/** Small talk that answers what the bot waited for; all other small talk lets it wait on. */
const SETTLES = new Set(['yes', 'no', 'dont_know', 'never_mind', 'acknowledge', 'goodbye']);

/** Takes one patient message from arrival to committed reply: safety first, then the dialog, all stored in one transaction. */
export async function takeTurn(parts: TurnParts, input: TurnInput): Promise<TurnResult> {
  for (let attempt = 1; ; attempt++) {
    if (await parts.store.hasMessage(input.conversationId, input.messageId))
      return { accepted: false, replies: [], outcome: null, escalations: [], hasPages: false };
    const stored = await loadTalk(parts, input);
    const record = await computeTurn(parts, input, stored);
    try {
      const accepted = await parts.store.commit(record, stored?.version ?? 0);
      return {
        accepted,
        replies: accepted ? record.replies : [],
        outcome: record.outcome,
        escalations: raisedIn(record),
        hasPages: record.changes.length > 0,
      };
    } catch (error) {
      if (!(error instanceof AftercareError) || error.code !== 'TURN_CONFLICT' || attempt === MAX_TRIES) throw error;
    }
  }
}

/** Who writes, and all that is known of them: the conversation, and what an enrolled patient told in others. The head of every turn. */
export function loadTalk({ store, clinic }: TurnParts, { conversationId, patientId }: TurnInput): Promise<StoredConversation | null> {
  return store.load(conversationId, { clinicId: clinic.id, patientId });
}

/** Computes everything a turn changes. A failure inside is answered as urgent and kept as such, never with silence. */
export async function computeTurn(parts: TurnParts, input: TurnInput, stored: StoredConversation | null): Promise<TurnRecord> {
  try {
    return await composeTurn(parts, input, beginningOf(stored));
  } catch (error) {
    parts.log.error(
      { err: error, conversation: input.conversationId, message: input.messageId },
      'a turn failed and is answered as urgent',
    );
    return failedTurn(parts, input, beginningOf(stored));
  }
}

/** The conversation so far; what a state stored by an earlier version does not know yet begins as in a new one. */
export function stateOf(stored: StoredConversation | null): ConversationState {
  return structuredClone({ ...newConversationState(), ...stored?.state });
}

/** Where a turn begins: the conversation so far. */
interface Beginning {
  readonly state: ConversationState;
  readonly raised: Raised;
  readonly takenOver: TakeOver | null;
  readonly chart: ChartMark | null;
}

function beginningOf(stored: StoredConversation | null): Beginning {
  return { state: stateOf(stored), raised: raisedSoFar(stored), takenOver: stored?.takenOver ?? null, chart: stored?.chart ?? null };
}

/** What is open of the patient, and nothing changed yet. */
export function raisedSoFar(stored: StoredConversation | null): Raised {
  return { open: [...(stored?.open ?? [])], changes: [] };
}

/** The escalations that are new in a turn. */
function raisedIn({ changes }: TurnRecord): Escalation[] {
  return changes.map(({ after }) => after).filter(({ version }) => version === 0);
}

async function composeTurn(parts: TurnParts, input: TurnInput, { state, raised, takenOver, chart }: Beginning): Promise<TurnRecord> {
  const { knowledge, clinic } = parts;
  const replies: Reply[] = [];
  const runner = makeDialogRunner(parts.dialogs, (reply) => replies.push(reply));
  const context = {
    now: input.at,
    zone: clinic.zone,
    treatedAt: state.treatedAt,
    lastQuestions: state.lastQuestions,
    awaiting: state.awaiting,
    correctsAsked: !state.timeJustTold && state.lastQuestions.length > 0,
  };
  const understanding = parts.understand(input.text, context);
  const timeNews = noteTreatmentTime(state, understanding, { now: input.at, zone: clinic.zone });
  const hours = hoursBetween(state.treatedAt, { from: input.at, to: input.at });
  const alone = assessMessage(knowledge, {
    ...{ understanding, hours, input, state },
    reread: (text) => parts.understand(text, { ...context, awaiting: null }),
  });
  notePatient(state, understanding, alone);
  const choice = readChoice(knowledge, { text: input.text, understanding, state });
  const { questions, asked } = questionsAtHand({
    ...{ knowledge, understanding, state, choice },
    timeSaid: timeNews === 'said' || timeNews === 'changed',
  });
  const judgeWith = (of: Assessment): Judgement =>
    judge({ knowledge, understanding, assessment: of, questions, hours: asked ? hoursBetween(state.treatedAt, asked) : hours });
  const first = judgeWith(alone);
  const isRepeat = repeatedSigns(first.judged, state, input.at);
  const assessment = isRepeat ? withRepeat(knowledge, alone) : alone;
  const judgement = isRepeat ? judgeWith(assessment) : first;
  const safetyAnswered = state.safetyQuestion !== null && understanding.answer === state.safetyQuestion.danger;
  // opening the chat is no reply
  if (!input.isStart) [state.safetyQuestion, state.unanswered] = [null, null];
  const reached = takeReached(raised, understanding, { clinic, now: input.at });
  const voice = makeVoice({ knowledge, clinic, now: input.at, channel: input.channel, state, send: (reply) => runner.send(reply) });
  let wanted: Disposition = 'none';
  const scene: Scene = {
    ...{ knowledge, clinic, input, understanding, assessment, judgement, hours, timeNews, state, safetyAnswered, choice },
    ...voice,
    open: raised.open,
    takenOver,
    reached,
    awaited: state.awaiting,
    suspect(flag) {
      const asked = { conversationId: input.conversationId, messageId: input.messageId, flag };
      state.unanswered = moreSerious(knowledge, state.unanswered, asked);
    },
    offerClinic() {
      wanted = higherDisposition(wanted, 'ask_clinic');
      state.awaiting = 'ask_clinic';
    },
    escalate(tier, flags, reason) {
      wanted = higherDisposition(wanted, tier);
      raiseEscalation(raised, { input, clinic, tier, flags, reason, isMarked: flags.some((flag) => knowledge.flags.get(flag)?.sameDay) });
    },
  };
  runner.open(scene);
  const plan = await talk(runner, scene);
  const answered = plan.flatMap((step) => step.questions);
  if (answered.length > 0) [state.lastQuestions, state.lastAsked] = [answered.map(({ question }) => question), asked];
  rememberMessage(state, scene);
  followPatient(raised, input, clinic);
  replies.push(...toldOf(raised, { knowledge, clinic, now: input.at }));
  if (replies.length === 0 && !takenOver) throw new Error('Answering failed: the dialogs said nothing.');
  return {
    input,
    clinicId: clinic.id,
    state,
    replies: withButtonsLast(replies),
    outcome: outcomeOf(scene, plan, wanted),
    isHeard: true,
    changes: raised.changes,
    later: waitsBegun(state, input, parts),
    review: reviewOf(assessment),
    notUnderstood: notUnderstoodOf(scene, plan),
    failed: false,
    chart,
  };
}

/** The wait for a reply, where this very turn asked a safety question on a suspicion. */
function waitsBegun({ unanswered }: ConversationState, input: TurnInput, { knowledge, clinic }: TurnParts): NewSending[] {
  const { conversationId, messageId, channel, at } = input;
  if (unanswered?.conversationId !== conversationId || unanswered.messageId !== messageId) return [];
  return [endOfWait({ conversationId, messageId, channel }, { clinicId: clinic.id, dueAt: at + replyWaitMs(knowledge) })];
}

/** Triage has spoken already; now the planned dialogs find the words. Returns the plan that was followed. */
async function talk(runner: DialogRunner, scene: Scene): Promise<readonly Step[]> {
  const { state } = scene;
  if (scene.takenOver && scene.judgement.disposition !== 'emergency') {
    // A person writes in the bot's place. The bot keeps silent, and still gets a human for danger; an emergency it names itself.
    if (scene.judgement.disposition === 'urgent') raiseDanger(scene);
    return [];
  }
  const plan = scene.input.isStart ? [] : planTurn(scene);
  const isDanger = plan[0]?.dialog === 'red_flag' || plan[0]?.dialog === 'flag_open';
  const isGreeted = !state.welcomed && !isDanger;
  if (isGreeted) await runner.run(scene, [{ dialog: 'welcome', questions: [] }]);
  if (scene.input.isStart || (isGreeted && scene.understanding.act?.id === 'greeting')) return [];
  if (!isDanger && (await runner.resume(scene))) return [];
  await runner.drop(scene);
  if (endsWaiting(scene, plan)) state.awaiting = null;
  if (plan.some((step) => !ASKS_BACK.has(step.dialog)) || FINISHES.has(scene.understanding.act?.id ?? '')) state.misunderstood = 0;
  await runner.run(scene, plan);
  const saysAnew = COUNTS_AS_ASKED_BACK.has(scene.understanding.act?.id ?? '') || scene.understanding.isEmpty;
  if (saysAnew && !plan.some((step) => step.dialog === 'clarify' || step.dialog === 'hand_over'))
    state.misunderstood = Math.max(state.misunderstood, 1);
  return plan;
}

/** Whether the message ends what the bot waited for: anything but small talk beside it ("are you real", "why do you need that"). */
function endsWaiting({ understanding }: Scene, plan: readonly Step[]): boolean {
  if (plan.some((step) => step.dialog === 'choice')) return false;
  return plan.some((step) => step.dialog !== 'small_talk') || SETTLES.has(understanding.act?.id ?? '');
}

/** Chats show the buttons of the newest message only, so that a turn's buttons all stand under its last one. */
function withButtonsLast(replies: readonly Reply[]): Reply[] {
  const actions = new Map(replies.flatMap((reply) => reply.actions.map((action) => [action.title, action] as const)));
  return replies.map((reply, index) => ({ ...reply, actions: index === replies.length - 1 ? [...actions.values()] : [] }));
}

/** Where one detector pages and the other does not, or at another level, a human should see why. */
function reviewOf({ detectors: { rules, statistics }, disposition, flags }: Assessment): DetectorReview | null {
  const pages = (level: Disposition): Disposition => (level === 'emergency' || level === 'urgent' ? level : 'none');
  if (pages(rules) === pages(statistics)) return null;
  return { rules, statistics, answered: disposition, flags: flags.flatMap(({ flag }) => flag ?? []) };
}

function failedTurn({ knowledge, clinic }: TurnParts, input: TurnInput, { state, raised, chart }: Beginning): TurnRecord {
  raiseEscalation(raised, { input, clinic, tier: 'urgent', flags: [], reason: 'failure', isMarked: false });
  followPatient(raised, input, clinic);
  state.dialog = {};
  state.awaiting = null;
  state.unanswered = null; // it counts as danger already
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
    clinicId: clinic.id,
    state,
    replies: [failureText(knowledge, clinic, input.at)],
    outcome,
    isHeard: true,
    changes: raised.changes,
    later: [],
    review: null,
    notUnderstood: null,
    failed: true,
    chart,
  };
}

/** What is said when nothing else can be. */
export function failureText({ language }: Knowledge, clinic: Clinic, now: number): Reply {
  const text = fillText(language.phrases['failure'] ?? 'Call {phone} now. In an emergency, call 911.', { clinic, now, treatedAt: null });
  return { text, actions: [{ kind: 'call', title: `Call ${clinic.name}`, value: telOf(clinic) }] };
}

/** The clinic's number as a link that dials; a country code of its own is not said twice. */
export function telOf(clinic: Pick<Clinic, 'phone'>): string {
  return `tel:+1${clinic.phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')}`;
}
