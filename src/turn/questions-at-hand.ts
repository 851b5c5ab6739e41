import type { Knowledge } from '../model/knowledge';
import type { ConversationState } from '../model/turn';
import type { Question, Understanding } from '../model/understanding';
import type { TimeSpan } from '../model/words';
import type { Choice } from './read-choice';

/** What a message asks in its conversation, and of which moment (null: now). */
export interface QuestionsAtHand {
  readonly questions: readonly Question[];
  readonly asked: TimeSpan | null;
}

/** What they are read from. */
export interface AtHandInput {
  readonly knowledge: Knowledge;
  readonly understanding: Understanding;
  readonly state: ConversationState;
  readonly choice: Choice | null;
  /** The message gave or changed the treatment time. */
  readonly timeSaid: boolean;
}

/**
 * The questions of this message; or else the last ones, where the message only picks one, tells or changes the treatment time, corrects
 * the moment ("not today i mean tomorrow") or did not follow the answer.
 */
export function questionsAtHand({ knowledge, understanding, state, choice, timeSaid }: AtHandInput): QuestionsAtHand {
  const { questions, act, times } = understanding;
  if (choice) return { questions: choice.is === 'topic' ? [pickedQuestion(choice.topic, state)] : [], asked: times.asked };
  if (questions.length === 0) {
    if (timeSaid)
      return { questions: rulesOf(state.lastQuestions).filter((question) => hangsOnHour(knowledge, question)), asked: state.lastAsked };
    if (times.asked && (act === null || act.id === 'correction')) return { questions: rulesOf(state.lastQuestions), asked: times.asked };
    if (act?.id === 'repeat' && state.misunderstood === 0) return { questions: state.lastQuestions, asked: state.lastAsked };
  }
  const carriedOnly = questions.length > 0 && questions.every((question) => question.source === 'carried');
  return { questions, asked: times.asked ?? (carriedOnly ? state.lastAsked : null) };
}

/** The last questions as they stood before their reason was asked for: a new day changes the rule, not the reason. */
function rulesOf(questions: readonly Question[]): Question[] {
  return questions.map((question) => (question.intent === 'why' ? { ...question, intent: 'may_i' } : question));
}

/** Whether another treatment time can change the answer to a question. */
function hangsOnHour({ topics }: Knowledge, question: Question): boolean {
  const topic = topics.get(question.topic);
  return topic !== undefined && topic.windows.length > 1;
}

function pickedQuestion(topic: string, { clarifying }: ConversationState): Question {
  const intent = clarifying?.intent ?? 'may_i';
  return { topic, variant: null, intent, qualifiers: [], clause: 0, source: 'named', confidence: 0.95 };
}
