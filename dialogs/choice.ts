import { SingleTurnDialog } from './single-turn-dialog';

/** The patient picked a half of the clarifying question ("how my skin looks or feels"): now the words are asked for. */
export const choice = new SingleTurnDialog('choice', (scene) =>
  scene.say(scene.phrase(scene.choice?.is === 'skin' ? 'askSkin' : 'askUse')),
);
