import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** A photo came, or is spoken of: nobody here can look at it, so the words are asked for. */
export const photo = new SingleTurnDialog('photo', (scene) =>
  scene.say(scene.phrase('photo'), [{ kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) }]),
);
