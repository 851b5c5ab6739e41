import { SingleTurnDialog } from './single-turn-dialog';

/** "had it done tuesday at 3": says back what was noted, so that a misreading shows at once. */
export const treatmentTime = new SingleTurnDialog('treatment_time', async (scene) => {
  const { treatedAt } = scene.state;
  if (!treatedAt) return;
  const isFuture = treatedAt.from > scene.input.at;
  if (isFuture) {
    scene.state.treatedAt = null;
    await scene.say(scene.phrase('treatmentTimeFuture'));
    return;
  }
  const aloneInMessage = scene.judgement.judged.length === 0 || scene.understanding.questions.length === 0;
  if (scene.timeNews === 'changed') await scene.say(scene.phrase('treatmentTimeChanged'));
  else if (aloneInMessage) await scene.say(scene.phrase('treatmentTimeNoted'));
});
