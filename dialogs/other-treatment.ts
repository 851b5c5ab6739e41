import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** "had a peel yesterday, can i wear makeup": the guide is about microneedling only, so nothing of it is said; the clinic is offered. */
export const otherTreatment = new SingleTurnDialog('other_treatment', async (scene) => {
  const reply = scene.knowledge.intents.get('other_treatment')?.answers?.['reply'] ?? scene.phrase('outOfScope');
  const ask = scene.phrase('askClinicAction');
  scene.offerClinic();
  await scene.say(reply, [
    { kind: 'say', title: ask, value: ask },
    { kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) },
  ]);
});
