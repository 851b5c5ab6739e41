import type { Scene } from '../src/turn/scene';
import { wordAnswer } from '../src/guide/word-answer';
import { raiseDanger } from '../src/turn/raise-danger';
import { telOf } from '../src/turn/take-turn';
import { SingleTurnDialog } from './single-turn-dialog';

/** A danger sign: what to do first and alone, then that it was sent. Nothing else is answered in this turn. */
export const redFlag = new SingleTurnDialog('red_flag', async (scene) => {
  const tier = raiseDanger(scene);
  // Every text for an emergency says itself that the clinic is told; the one in another language does not.
  const sent = tier === 'urgent' ? [scene.phrase('sentUrgent')] : scene.understanding.foreign ? [scene.phrase('sentEmergency')] : [];
  await scene.say([toldFirst(scene, tier), ...sent].join('\n'), [
    {
      kind: 'call',
      title: tier === 'emergency' ? 'Call 911' : `Call ${scene.clinic.name}`,
      value: tier === 'emergency' ? 'tel:911' : telOf(scene.clinic),
    },
  ]);
});

/** Flags whose text says what to do with one's own hands at once: rinse, press, call Poison Help. */
const FIRST_AID = new Set(['E07', 'E10', 'U14']);

/** The text of the most serious flag; a suspicion without a flag has the general one. */
function toldFirst(scene: Scene, tier: 'emergency' | 'urgent'): string {
  if (scene.understanding.foreign) return scene.phrase('otherLanguageUrgent');
  const atTier = scene.judgement.flags.filter((flag) => flag.tier === tier);
  const leading = atTier.find((flag) => flag.flag !== null && FIRST_AID.has(flag.flag)) ?? atTier[0];
  const flag = leading?.flag == null ? undefined : scene.knowledge.flags.get(leading.flag);
  const sign = scene.judgement.judged.find(({ standing }) => standing.disposition === tier);
  // a sign that the guide no longer describes ("swelling" that grows after two days) is urgent without a flag; its own text says why
  if (!leading && sign)
    return wordAnswer(scene.knowledge, sign.standing, { clinic: scene.clinic, now: scene.input.at, treatedAt: scene.state.treatedAt });
  if (flag && (flag.tier === tier || (tier === 'emergency' && flag.words.told.startsWith('Call 911')))) return flag.words.told;
  return scene.phrase(tier === 'emergency' ? 'emergencyFallback' : 'urgentFallback');
}
