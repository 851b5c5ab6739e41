import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

/** "is peeling normal": a sign the guide knows, at the hour the patient is at, always with the worsening line. */
export const checkSymptom = new SingleTurnDialog('check_symptom', (scene, questions) =>
  sayAnswers(scene, questions, { worsening: true, offersClinic: false }),
);
