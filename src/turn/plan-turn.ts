import type { Knowledge } from '../model/knowledge';
import type { ConversationState, TurnInput } from '../model/turn';
import type { Understanding } from '../model/understanding';
import type { JudgedQuestion, Judgement } from './judge';

/** Names of the dialogs that a turn may begin. */
export const DIALOG_IDS = [
  'red_flag',
  'flag_open',
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
  readonly safetyAnswered: boolean;
  readonly timeNews: 'said' | 'changed' | 'future' | null;
}

const HANDED_OVER = new Set(['person', 'complaint', 'other_language']);
const TIMELINE_TOPICS = new Set(['downtime', 'healing_time', 'results_when', 'sessions_number', 'checklist_today', 'routine_return']);

/** Decides which dialogs answer a message, in the order in which they speak: danger alone, else signs before wishes. */
export function planTurn(plan: PlanInput): Step[] {
  const { judgement, understanding, state } = plan;
  const step = (dialog: DialogId, questions: readonly JudgedQuestion[] = []): Step => ({ dialog, questions });
  if (judgement.disposition === 'emergency' || judgement.disposition === 'urgent') return [step('red_flag')];
  if (state.open.some((open) => open.tier !== 'ask_clinic')) return [step('flag_open')];
  const steps: Step[] = [];
  if (plan.input.attachments > 0 || judgement.topics.includes('photo_sent')) steps.push(step('photo'));
  if (wantsClinic(plan)) return [step('ask_clinic')];
  if (plan.safetyAnswered && judgement.judged.every(({ question }) => question.source !== 'named')) return [step('small_talk')];
  if (understanding.foreign || (understanding.act && HANDED_OVER.has(understanding.act.id))) return [...steps, step('hand_over')];
  if (plan.timeNews) steps.push(step('treatment_time'));
  const answered = [
    ...answerSteps(
      plan.knowledge,
      judgement.judged.filter(({ standing }) => standing.topic !== 'photo_sent'),
    ),
  ];
  // a photo and a medicine that a topic speaks of have had their answer
  const signs = judgement.flags.filter((flag) => flag.flag !== 'C16' && (flag.flag !== 'C12' || answered.length === 0));
  if (signs.some((flag) => flag.flag === 'C17') && answered.length === 0) return [...steps, step('hand_over')];
  steps.push(...answered);
  if (
    signs.length > 0 &&
    !answered.some((entry) => entry.dialog === 'guide_silent' || entry.questions.some(({ standing }) => standing.verdict === 'watch'))
  )
    steps.push(step('clinic_sign'));
  if (steps.length > 0) return asksForTime(plan) ? [...steps, step('ask_treatment_time')] : steps;
  if (understanding.isEmpty || understanding.act) return [step('small_talk')];
  return [step('clarify')];
}

/** "Ask the clinic" (the button) at any time, "yes" or "1" straight after the offer; not when the message asks something else too. */
function wantsClinic({ knowledge, input, understanding, state }: PlanInput): boolean {
  const said = input.text.trim().toLowerCase();
  if (said === knowledge.language.phrases['askClinicAction']?.toLowerCase()) return state.lastQuestions.length > 0;
  return (
    state.awaiting === 'ask_clinic' &&
    (said === '1' || (understanding.act?.id === 'yes' && understanding.questions.every((question) => question.source === 'carried')))
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
