import type { Question } from '../model/understanding';

/** How often what a follow-up carries on from the last question was right on the labelled messages of test/questions: alone, and beside a topic of its own. */
const CARRIED = { alone: 0.78, beside: 0.4 } as const;

/**
 * How sure it is that a question is about its topic, from 0 to 1. For topics that a message names or that are heard in it the fitted weights
 * (topic-weights.ts) give a probability already; `npm run bench:confidence` measures whether it keeps its word.
 */
export function confidenceOf(question: Question, isOneOfSeveral: boolean): number {
  if (question.source !== 'carried') return question.confidence;
  return isOneOfSeveral ? CARRIED.beside : CARRIED.alone;
}
