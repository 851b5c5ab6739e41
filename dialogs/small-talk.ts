import { SingleTurnDialog } from './single-turn-dialog';

/** Greetings, thanks, "are you a bot", things that are not ours, and messages without words. */
export const smallTalk = new SingleTurnDialog('small_talk', async (scene) => {
  if (scene.safetyAnswered) return scene.say(scene.phrase('askSkin'));
  const act = scene.understanding.isEmpty ? 'empty' : (scene.understanding.act?.id ?? 'out_of_scope');
  if (act === 'yes' && scene.state.lastQuestions.length > 0) return scene.say(scene.phrase('anythingElse'));
  const reply = scene.knowledge.intents.get(act)?.answers?.['reply'];
  return scene.say(reply ?? scene.phrase(act === 'empty' ? 'noText' : 'outOfScope'));
});
