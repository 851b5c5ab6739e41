import { suspectSaid } from '../src/turn/wait-for-reply';
import { SingleTurnDialog } from './single-turn-dialog';

/** A sign or a disclosure that the clinic should see on its next working day, without a topic that says more. */
export const clinicSign = new SingleTurnDialog('clinic_sign', async (scene) => {
  const flags = scene.judgement.flags.flatMap((flag) => (flag.flag === null ? [] : [flag.flag]));
  const leading = scene.knowledge.flags.get(flags[0] ?? '');
  scene.escalate('ask_clinic', flags, 'clinic_sign');
  // a rule may open an urgent flag at clinic level only; then its urgent text would say too much
  const isOwnLevel = leading?.tier === 'ask_clinic';
  if (isOwnLevel && leading.safety) {
    scene.state.safetyQuestion = leading.safety;
    suspectSaid(scene, leading.id, leading.safety);
  }
  await scene.say(isOwnLevel ? leading.words.told : scene.phrase('clinicShouldSee'));
});
