import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** "yes" or "no" to "did you reach someone?"; for "no" the turn has paged again already. */
export const reached = new SingleTurnDialog('reached', (scene) =>
  scene.reached === 'yes'
    ? scene.say(scene.phrase('reachedYes'))
    : scene.say(scene.phrase('pagedAgain'), [{ kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) }]),
);
