import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

const SIGN_LIKE = new Set(['itching', 'bruising', 'pinpoint_bleeding', 'acne_breakout', 'cold_sore']);

/** "can i swim", "is wine ok": known by name, not in the guide, so nothing is guessed and the clinic is offered. */
export const guideSilent = new SingleTurnDialog('guide_silent', (scene, questions) =>
  sayAnswers(scene, questions, { worsening: questions.some(({ standing }) => SIGN_LIKE.has(standing.topic)), offersClinic: true }),
);
