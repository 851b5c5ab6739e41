import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** Any message while an urgent one is open: no tips, no reassurance, the way to a person again. */
export const flagOpen = new SingleTurnDialog('flag_open', (scene) =>
  scene.say(scene.phrase('flagStillOpen'), [{ kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) }]),
);
