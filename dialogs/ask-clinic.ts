import { SingleTurnDialog } from './single-turn-dialog';

/** The patient took up the offer: the last questions go to the clinic's queue. */
export const askClinic = new SingleTurnDialog('ask_clinic', async (scene) => {
  scene.escalate('ask_clinic', [], `question:${scene.state.lastQuestions.map((question) => question.topic).join(',')}`);
  await scene.say(scene.phrase('askedClinic'));
});
