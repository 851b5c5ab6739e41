import { SingleTurnDialog } from './single-turn-dialog';

/** The patient took up the offer: the last questions go to the clinic's queue. */
export const askClinic = new SingleTurnDialog('ask_clinic', async (scene) => {
  const about = scene.state.lastQuestions.map((question) => question.topic);
  scene.escalate('ask_clinic', [], `question:${[...(scene.state.otherTreatment ? ['other_treatment'] : []), ...about].join(',')}`);
  await scene.say(scene.phrase('askedClinic'));
});
