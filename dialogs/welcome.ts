import { SingleTurnDialog } from './single-turn-dialog';

/** Once in a conversation: that this is an automated helper, what it can't do, and how to reach a person. */
export const welcome = new SingleTurnDialog('welcome', async (scene) => {
  scene.state.welcomed = true;
  await scene.say(scene.phrase('disclosure'));
  if (scene.input.isStart || scene.understanding.act?.id === 'greeting') await scene.say(scene.phrase('welcomeAsk'));
});
