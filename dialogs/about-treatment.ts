import { sayAnswers } from './say-answers';
import { SingleTurnDialog } from './single-turn-dialog';

/** "what does it do", "does it help scars", "can it cause infection": about the treatment, its uses and its risks. */
export const aboutTreatment = new SingleTurnDialog('about_treatment', async (scene, questions) => {
  await sayAnswers(scene, questions, { worsening: false, offersClinic: false });
  if (questions.some(({ standing }) => standing.topic === 'infection_risk')) await scene.say(scene.phrase('anyNow'));
});
