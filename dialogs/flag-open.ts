import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** Any message while an urgent one is open: no tips, no reassurance, the way to a person again; 911 again after an emergency. */
export const flagOpen = new SingleTurnDialog('flag_open', (scene) => {
  const isEmergency = scene.open.some((escalation) => escalation.tier === 'emergency');
  const clinic = { kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) } as const;
  if (!isEmergency) return scene.say(scene.phrase('flagStillOpen'), [clinic]);
  return scene.say(scene.phrase('flagStillOpenEmergency'), [{ kind: 'call', title: 'Call 911', value: 'tel:911' }, clinic]);
});
