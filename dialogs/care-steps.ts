import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

/** "how do i wash my face", "what can i put on tonight": what to do and use. */
export const careSteps = new SingleTurnDialog('care_steps', (scene, questions) =>
  sayAnswers(scene, questions, { worsening: false, offersClinic: questions.some(({ standing }) => standing.verdict === 'ask_clinic') }),
);
