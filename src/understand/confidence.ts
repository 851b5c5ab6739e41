import type { Question } from '../model/understanding';

/**
 * How often a reading was right on the labelled messages of test/questions (817 calm ones), so that a confidence of 0.8 means right four
 * times in five. `npm run bench:confidence` measures it anew. From this the thresholds follow: every kind of reading that is answered is
 * right about half of the time or more; what the classifier hears less (LEARNED in find-questions.ts) is asked back about, and a second
 * failure in a row goes to a person.
 */
const RIGHT = {
  /** The words name the topic; the classifier hears it in the message too, a little, or not at all. */
  named: { heard: 0.98, faintly: 0.95, unheard: 0.5 },
  /** The same where the message names other topics too. */
  namedBeside: { heard: 0.9, faintly: 0.8, unheard: 0.55 },
  carried: 0.78,
  carriedBeside: 0.4,
} as const;
const HEARD = 0.5;
const FAINTLY = 0.1;
/** What the classifier hears alone is right as often as it says only where it is nearly sure; between these it is right half of the time. */
const LEARNED_STEPS = [
  { from: 0.9, right: 0.94 },
  { from: 0.8, right: 0.6 },
  { from: 0, right: 0.52 },
] as const;

/** How sure it is that a question is about its topic, from 0 to 1; `heard` is the classifier's probability of the topic in the whole message. */
export function confidenceOf(question: Question, heard: number, isOneOfSeveral: boolean): number {
  switch (question.source) {
    case 'named': {
      const rates = isOneOfSeveral ? RIGHT.namedBeside : RIGHT.named;
      return heard >= HEARD ? rates.heard : heard >= FAINTLY ? rates.faintly : rates.unheard;
    }
    case 'learned':
      return LEARNED_STEPS.find(({ from }) => question.confidence >= from)?.right ?? question.confidence;
    case 'carried':
      return isOneOfSeveral ? RIGHT.carriedBeside : RIGHT.carried;
  }
}
