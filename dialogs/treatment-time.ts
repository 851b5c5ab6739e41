import { SingleTurnDialog } from './single-turn-dialog';

/** "had it done tuesday at 3": says back what was noted, so that a misreading shows at once. */
export const treatmentTime = new SingleTurnDialog('treatment_time', async (scene) => {
  if (scene.timeNews === 'future') return scene.say(scene.phrase('treatmentTimeFuture'));
  if (scene.understanding.times.ofSeveral) return scene.say(scene.phrase('treatmentTimeLatest'));
  const aloneInMessage = scene.judgement.judged.length === 0 || scene.understanding.questions.length === 0;
  if (scene.timeNews === 'changed') return scene.say(scene.phrase('treatmentTimeChanged'));
  if (aloneInMessage) return scene.say(scene.phrase('treatmentTimeNoted'));
});
