import { Dialog } from 'botbuilder-dialogs';
import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { SuggestedAction } from '../src/model/turn';
import type { Scene } from '../src/turn/scene';
import { sceneOf } from '../src/turn/scene';

const LEAST_PROBABILITY = 0.15;
const MOST_CHOICES = 3;

/** Not understood: asks once with two or three buttons of what it could mean; the second time in a row it goes to a person. */
class Clarify extends Dialog {
  override async beginDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const scene = sceneOf(dialogs);
    scene.state.misunderstood += 1;
    if (scene.state.misunderstood >= 2) {
      scene.state.misunderstood = 0;
      scene.escalate('ask_clinic', ['C17'], 'not_understood');
      await scene.say(scene.phrase('notUnderstoodTwice'));
      return dialogs.endDialog(true);
    }
    scene.state.awaiting = 'clarify';
    const topics = likelyTopics(scene);
    const person = button(scene.phrase('talkToPerson'));
    if (topics.length >= 2) await scene.say(scene.phrase('clarifyTopics'), [...topics, person]);
    else await scene.say(scene.phrase('clarify'), [button(scene.phrase('clarifySkin')), button(scene.phrase('clarifyUse')), person]);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const scene = sceneOf(dialogs);
    const chosen = scene.input.text.trim();
    if (chosen === scene.phrase('clarifySkin')) await scene.say(scene.phrase('askSkin'));
    else if (chosen === scene.phrase('clarifyUse')) await scene.say(scene.phrase('askUse'));
    else return dialogs.endDialog(false);
    return dialogs.endDialog(true);
  }
}

function likelyTopics(scene: Scene): SuggestedAction[] {
  return scene.understanding.guesses
    .filter((guess) => guess.probability >= LEAST_PROBABILITY)
    .slice(0, MOST_CHOICES)
    .flatMap((guess) => {
      const name = scene.knowledge.topics.get(guess.topic)?.words.name;
      return name === undefined ? [] : [button(name)];
    });
}

function button(title: string): SuggestedAction {
  return { kind: 'say', title, value: title };
}

/** The clarifying question. */
export const clarify = new Clarify('clarify');
