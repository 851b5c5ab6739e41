import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

const MINOR = 'C14';

/** "im 16, can i wear makeup to prom": no advice of one's own to someone under 18; an adult and the clinic. */
export const minor = new SingleTurnDialog('minor', async (scene) => {
  const flags = new Set([MINOR, ...scene.judgement.flags.flatMap((raised) => (raised.flag === null ? [] : [raised.flag]))]);
  scene.escalate('ask_clinic', [...flags], 'minor');
  const told = scene.knowledge.flags.get(MINOR)?.words.told ?? scene.phrase('minor');
  await scene.say(told, [{ kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) }]);
});
