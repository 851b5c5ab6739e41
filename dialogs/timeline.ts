import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

/** "how long is the downtime", "when will i see results", "what should i do today". */
export const timeline = new SingleTurnDialog('timeline', (scene, questions) =>
  sayAnswers(scene, questions, { worsening: false, offersClinic: false }),
);
