import type { Scene } from '../src/turn/scene';
import { SingleTurnDialog } from './single-turn-dialog';

/** Answers that leave the question for the treatment time open. */
const GIVES_NO_TIME = new Set(['yes', 'no', 'dont_know', 'acknowledge', 'never_mind']);

/** Greetings, thanks, "are you a bot", things that are not ours, and messages without words. */
export const smallTalk = new SingleTurnDialog('small_talk', async (scene) => {
  if (scene.safetyAnswered) return scene.say(scene.phrase('askSkin'));
  const act = scene.understanding.isEmpty ? 'empty' : (scene.understanding.act?.id ?? 'out_of_scope');
  const reply = specialReply(scene, act) ?? scene.knowledge.intents.get(act)?.answers?.['reply'];
  return scene.say(reply ?? scene.phrase(act === 'empty' ? 'noText' : 'outOfScope'));
});

/** What an act is answered with where the conversation gives it a meaning of its own. */
function specialReply(scene: Scene, act: string): string | undefined {
  if (scene.awaited === 'treatment_time' && GIVES_NO_TIME.has(act)) return scene.phrase('treatmentTimeSkipped');
  const isAboutPerson = scene.safetyAsked !== null && scene.safetyAsked.flag === undefined;
  if (act === 'no' && isAboutPerson) return scene.knowledge.intents.get('person')?.answers?.['noSymptom'];
  if (act === 'yes' && scene.state.lastQuestions.length > 0) return scene.phrase('anythingElse');
  if (act === 'greeting' && scene.state.lastQuestions.length > 0) return scene.knowledge.intents.get('greeting')?.answers?.['again'];
  if (act === 'empty' && scene.state.misunderstood > 0) return scene.phrase('stillHere');
  return undefined;
}
