import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

/** "can i wear makeup tomorrow", "when can i go back to the gym": permissions, with the clock time and what to do until then. */
export const answerQuestion = new SingleTurnDialog('answer_question', (scene, questions) =>
  sayAnswers(scene, questions, { worsening: false, offersClinic: questions.some(({ standing }) => standing.verdict === 'ask_clinic') }),
);
