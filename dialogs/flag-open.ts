import { sayClock } from '../src/tools/say-clock';
import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** Any message while an urgent one is open: no tips, no reassurance, the way to a person again; 911 again after an emergency. */
export const flagOpen = new SingleTurnDialog('flag_open', (scene) => {
  const urgent = scene.open.filter((open) => open.tier !== 'ask_clinic');
  const clinic = { kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) } as const;
  const seen = urgent.every((open) => open.acknowledged) ? urgent.at(-1)?.acknowledged : null;
  if (seen) return scene.say(scene.phrase('flagStillOpenSeen', { at: sayClock(seen.at, scene.clinic.zone) }), [clinic]);
  if (urgent.every((open) => open.tier !== 'emergency')) return scene.say(scene.phrase('flagStillOpen'), [clinic]);
  return scene.say(scene.phrase('flagStillOpenEmergency'), [{ kind: 'call', title: 'Call 911', value: 'tel:911' }, clinic]);
});
