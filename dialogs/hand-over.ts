import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** "can i talk to a person", a complaint, another language, or a message not understood twice: it goes to the clinic. */
export const handOver = new SingleTurnDialog('hand_over', async (scene) => {
  const act = scene.understanding.act?.id ?? 'person';
  const call = { kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) } as const;
  scene.escalate('ask_clinic', ['C17'], act);
  if (act === 'person') [scene.state.safetyQuestion, scene.state.awaiting] = [{ danger: 'yes' }, 'symptom'];
  if (scene.understanding.foreign || act === 'other_language') return scene.say(scene.phrase('otherLanguage'), [call]);
  const reply = scene.knowledge.intents.get(act)?.answers?.['reply'];
  return scene.say(reply ?? scene.phrase('askedClinic'), [call]);
});
