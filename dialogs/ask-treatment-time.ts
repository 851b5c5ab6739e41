import { Dialog } from 'botbuilder-dialogs';
import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import { sceneOf } from '../src/turn/scene';

/** Asks once when the treatment was, and waits; whatever the patient says next is read as any other message. */
class AskTreatmentTime extends Dialog {
  override async beginDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const scene = sceneOf(dialogs);
    scene.state.treatmentTimeAsked = scene.state.treatedAt ? 'hour' : 'day';
    scene.state.awaiting = 'treatment_time';
    const isDayKnown = scene.state.treatedAt !== null;
    const choices = isDayKnown ? ['In the morning', 'Around noon', 'After 3 pm'] : ['Today', 'Yesterday', '2 days ago', '3 days ago'];
    await scene.say(
      scene.phrase(isDayKnown ? 'askTreatmentHour' : 'askTreatmentTime'),
      choices.map((title) => ({ kind: 'say', title, value: title })),
    );
    return Dialog.EndOfTurn;
  }

  /** The answer was read with the message itself; nothing is left to wait for. */
  override continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    return dialogs.endDialog(false);
  }
}

/** The one question the bot asks by itself. */
export const askTreatmentTime = new AskTreatmentTime('ask_treatment_time');
