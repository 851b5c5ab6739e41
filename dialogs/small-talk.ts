import { sayOpening } from '../src/guide/clinic-clock';
import type { Scene } from '../src/turn/scene';
import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** Answers that leave the question for the treatment time open. */
const GIVES_NO_TIME = new Set(['yes', 'no', 'dont_know', 'acknowledge', 'never_mind']);

/** Greetings, thanks, "are you a bot", things that are not ours, and messages without words. */
export const smallTalk = new SingleTurnDialog('small_talk', async (scene) => {
  if (scene.safetyAnswered) return scene.awaited === 'symptom' ? takeSymptom(scene) : scene.say(scene.phrase('askSkin'));
  const act = scene.understanding.isEmpty ? 'empty' : (scene.understanding.act?.id ?? 'out_of_scope');
  const reply = specialReply(scene, act) ?? scene.knowledge.intents.get(act)?.answers?.['reply'];
  return scene.say(reply ?? scene.phrase(act === 'empty' ? 'noText' : 'outOfScope'));
});

/** What an act is answered with where the conversation gives it a meaning of its own. */
function specialReply(scene: Scene, act: string): string | undefined {
  if (scene.awaited === 'treatment_time' && GIVES_NO_TIME.has(act)) return scene.phrase('treatmentTimeSkipped');
  if (act === 'no' && scene.awaited === 'symptom') return scene.knowledge.intents.get('person')?.answers?.['noSymptom'];
  if (act === 'yes' && scene.state.lastQuestions.length > 0) return scene.phrase('anythingElse');
  if (act === 'greeting' && scene.state.lastQuestions.length > 0) return scene.knowledge.intents.get('greeting')?.answers?.['again'];
  if (act === 'empty' && scene.state.misunderstood > 0) return scene.phrase('stillHere');
  return undefined;
}

/** A person was asked for because of a symptom: while the clinic is open the words are asked for; after hours it does not wait for them. */
function takeSymptom(scene: Scene): Promise<void> {
  const isOpen = sayOpening(scene.clinic, scene.input.at) === 'now';
  const text = scene.knowledge.intents.get('person')?.answers?.['symptom'];
  if (isOpen || text === undefined) return scene.say(scene.phrase('askSkin'));
  scene.escalate('urgent', ['C17'], 'symptom_after_hours');
  return scene.say(text, [{ kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) }]);
}
