import type { Escalation } from '../model/escalation';
import type { Knowledge } from '../model/knowledge';
import type { ConversationState, TurnInput } from '../model/turn';
import type { Understanding } from '../model/understanding';
import type { JudgedQuestion, Judgement } from './judge';
import type { Choice } from './read-choice';

/** Names of the dialogs that a turn may begin. */
export const DIALOG_IDS = [
  'red_flag',
  'flag_open',
  'reached',
  'photo',
  'check_symptom',
  'answer_question',
  'care_steps',
  'timeline',
  'about_treatment',
  'guide_silent',
  'clinic_sign',
  'hand_over',
  'ask_clinic',
  'treatment_time',
  'ask_treatment_time',
  'minor',
  'other_treatment',
  'choice',
  'clarify',
  'welcome',
  'small_talk',
] as const;

/** One of them. */
export type DialogId = (typeof DIALOG_IDS)[number];

/** A dialog to begin, with the questions it answers. */
export interface Step {
  readonly dialog: DialogId;
  readonly questions: readonly JudgedQuestion[];
}

/** What the plan rests on. */
export interface PlanInput {
  readonly knowledge: Knowledge;
  readonly input: TurnInput;
  readonly understanding: Understanding;
  readonly judgement: Judgement;
  readonly state: ConversationState;
  /** The message answers "did you reach someone?". */
  readonly reached: 'yes' | 'no' | null;
  /** Escalations of this conversation that no human has closed yet. */
  readonly open: readonly Pick<Escalation, 'tier'>[];
  readonly safetyAnswered: boolean;
  readonly timeNews: 'said' | 'changed' | 'future' | null;
  /** What the patient picked of a clarifying question. */
  readonly choice: Choice | null;
}

const HANDED_OVER = new Set(['person', 'complaint', 'other_language']);
const TIMELINE_TOPICS = new Set(['downtime', 'healing_time', 'results_when', 'sessions_number', 'checklist_today', 'routine_return']);
/** Small talk that asks for no advice, so that it is answered whoever writes. */
const SOCIAL = new Set(
  'greeting thanks goodbye acknowledge yes no bot_identity capabilities privacy reply_time never_mind injection empty out_of_scope'.split(
    ' ',
  ),
);
/** Answers that say nothing to a clarifying question. */
const NO_ANSWER = new Set(['yes', 'no', 'dont_know']);
/** "ok" alone takes up an offer; "got it" and "i see" only took note. */
const AGREED =
  /^(?:ok(?:ay|ey|ie)?|k+|kk|alright|alrighty|sounds good|works for me)(?:,? (?:do it|do that|go ahead|ask them|ask em|please|pls|then))*[.! ]*$/;

/** Dialogs that answer nothing yet: after them the bot may not ask back once more. */
export const ASKS_BACK: ReadonlySet<DialogId> = new Set<DialogId>(['clarify', 'choice', 'small_talk']);

const step = (dialog: DialogId, questions: readonly JudgedQuestion[] = []): Step => ({ dialog, questions });

/** Decides which dialogs answer a message, in the order in which they speak: danger alone, else signs before wishes. */
export function planTurn(plan: PlanInput): Step[] {
  const { judgement, understanding, state } = plan;
  if (judgement.disposition === 'emergency' || judgement.disposition === 'urgent') return [step('red_flag')];
  if (plan.reached) return [step('reached')];
  if (plan.open.some((open) => open.tier !== 'ask_clinic')) return [step('flag_open')];
  const steps: Step[] = [];
  if (plan.input.attachments > 0 || judgement.topics.includes('photo_sent')) steps.push(step('photo'));
  const isHandedOver = understanding.foreign !== null || plan.choice?.is === 'person' || HANDED_OVER.has(understanding.act?.id ?? '');
  if (state.minor && !isHandedOver && !(understanding.act && SOCIAL.has(understanding.act.id) && judgement.flags.length === 0))
    return [...steps, step('minor')];
  if (wantsClinic(plan)) return [step('ask_clinic')];
  if (plan.safetyAnswered && judgement.judged.every(({ question }) => question.source !== 'named')) return [step('small_talk')];
  if (isHandedOver) return [...steps, step('hand_over')];
  if (plan.choice && plan.choice.is !== 'topic') return [...steps, step('choice')];
  if (takesOfferToo(plan)) steps.push(step('ask_clinic'));
  const answered = answerSteps(
    plan.knowledge,
    judgement.judged.filter(({ standing }) => standing.topic !== 'photo_sent'),
  );
  // a photo and a medicine that a topic speaks of have had their answer
  const signs = judgement.flags.filter((flag) => flag.flag !== 'C16' && (flag.flag !== 'C12' || answered.length === 0));
  if (state.otherTreatment && (!understanding.act || understanding.act.id === 'other_treatment'))
    return [...steps, step('other_treatment', judgement.judged), ...(signs.length > 0 ? [step('clinic_sign')] : [])];
  if (plan.timeNews) steps.push(step('treatment_time'));
  if (signs.some((flag) => flag.flag === 'C17') && answered.length === 0) return [...steps, step('hand_over')];
  steps.push(...answered);
  if (
    signs.length > 0 &&
    !answered.some((entry) => entry.dialog === 'guide_silent' || entry.questions.some(({ standing }) => standing.verdict === 'watch'))
  )
    steps.push(step('clinic_sign'));
  if (steps.length > 0) return asksForTime(plan) ? [...steps, step('ask_treatment_time')] : steps;
  return [step(asksBack(plan) ? 'clarify' : 'small_talk')];
}

/** Whether a message without a question of its own has to be asked about: not understood, or annoyed at not being understood. */
function asksBack({ understanding, state }: PlanInput): boolean {
  if (understanding.isEmpty) return false;
  const act = understanding.act?.id;
  if (act === undefined || act === 'frustration' || act === 'repeat') return true;
  if (act === 'correction') return state.misunderstood > 0;
  return state.awaiting === 'clarify' && NO_ANSWER.has(act);
}

/** "Ask the clinic" and "can you check with them" at any time, "yes" or "ok" after the offer; not when the message asks something else too. */
function wantsClinic({ knowledge, input, understanding, state }: PlanInput): boolean {
  const said = input.text.trim().toLowerCase();
  const hasQuestion = state.lastQuestions.length > 0 || state.otherTreatment;
  if (said === knowledge.language.phrases['askClinicAction']?.toLowerCase()) return hasQuestion;
  const act = understanding.act?.id;
  if (act === 'ask_for_me') return hasQuestion;
  if (state.awaiting !== 'ask_clinic') return false;
  return said === '1' || AGREED.test(said) || (act === 'yes' && understanding.questions.every((question) => question.source === 'carried'));
}

/** "yes and can i drink wine too": takes up the offer for the last question and asks another one. */
function takesOfferToo({ understanding, judgement, state }: PlanInput): boolean {
  return (
    state.awaiting === 'ask_clinic' &&
    understanding.answer === 'yes' &&
    judgement.judged.some(
      ({ question }) => question.source === 'named' && !state.lastQuestions.some((last) => last.topic === question.topic),
    )
  );
}

/** A treatment time known less exactly than this still leaves "from when" open. */
const EXACT_ENOUGH_MS = 3 * 3_600_000;

/** Whether the answer would be better with the treatment time, which is asked for once in a conversation. */
function asksForTime({ knowledge, judgement, state }: PlanInput): boolean {
  if (state.treatmentTimeAsked === 'hour') return false;
  const { treatedAt } = state;
  if (treatedAt)
    return treatedAt.to - treatedAt.from > EXACT_ENOUGH_MS && judgement.judged.some(({ standing }) => standing.opensAtHours !== null);
  if (state.treatmentTimeAsked === 'day') return false;
  return judgement.judged.some(({ question, standing }) => {
    const topic = knowledge.topics.get(standing.topic);
    const hangsOnHour = topic !== undefined && topic.kind !== 'silent' && topic.windows.length > 1;
    return hangsOnHour && standing.say === topic.unknownTime.say && question.intent !== 'why';
  });
}

/** Groups questions by the dialog that knows how to answer them; signs first, silent topics last. */
function answerSteps(knowledge: Knowledge, judged: readonly JudgedQuestion[]): Step[] {
  const order: DialogId[] = ['check_symptom', 'answer_question', 'care_steps', 'timeline', 'about_treatment', 'guide_silent'];
  const groups = new Map<DialogId, JudgedQuestion[]>();
  for (const entry of judged) {
    const dialog = dialogFor(knowledge, entry);
    groups.set(dialog, [...(groups.get(dialog) ?? []), entry]);
  }
  return order.flatMap((dialog) => {
    const questions = groups.get(dialog);
    return questions ? [{ dialog, questions }] : [];
  });
}

function dialogFor(knowledge: Knowledge, { standing }: JudgedQuestion): DialogId {
  const kind = knowledge.topics.get(standing.topic)?.kind;
  if (TIMELINE_TOPICS.has(standing.topic)) return 'timeline';
  switch (kind) {
    case 'sign':
      return 'check_symptom';
    case 'care':
      return 'care_steps';
    case 'info':
      return 'about_treatment';
    case 'silent':
      return 'guide_silent';
    default:
      return 'answer_question';
  }
}
