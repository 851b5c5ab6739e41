import { Dialog } from 'botbuilder-dialogs';
import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { SuggestedAction } from '../src/model/turn';
import type { Scene } from '../src/turn/scene';
import { sceneOf } from '../src/turn/scene';
import { telOf } from '../src/turn/take-turn';

/** A topic is offered from this probability on, and only where at least two are. See `npm run bench:confidence`. */
const LEAST_PROBABILITY = 0.15;
const MOST_CHOICES = 3;

/** Not understood: asks once with two or three buttons of what it could mean; the second time in a row it goes to a person. */
class Clarify extends Dialog {
  override async beginDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const scene = sceneOf(dialogs);
    scene.state.misunderstood += 1;
    if (scene.state.misunderstood >= 2) {
      await passOn(scene);
      return dialogs.endDialog(true);
    }
    const topics = likelyTopics(scene);
    scene.state.awaiting = 'clarify';
    scene.state.clarifying = { topics, intent: scene.understanding.intent.id };
    const person = button(scene.phrase('talkToPerson'));
    const names = topics.map((topic) => button(scene.knowledge.topics.get(topic)?.words.name ?? topic));
    const halves = [button(scene.phrase('clarifySkin')), button(scene.phrase('clarifyUse'))];
    if (topics.length > 0) await scene.say(scene.phrase('clarifyTopics'), [...names, person]);
    else await scene.say(frustrationText(scene, 'reply') ?? scene.phrase('clarify'), [...halves, person]);
    return Dialog.EndOfTurn;
  }

  /** The answer was read with the message itself; nothing is left to wait for. */
  override continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    return dialogs.endDialog(false);
  }
}

async function passOn(scene: Scene): Promise<void> {
  scene.state.misunderstood = 0;
  scene.escalate('ask_clinic', ['C17'], 'not_understood');
  await scene.say(frustrationText(scene, 'again') ?? scene.phrase('notUnderstoodTwice'), [
    { kind: 'call', title: `Call ${scene.clinic.name}`, value: telOf(scene.clinic) },
  ]);
}

/** What someone hears who is annoyed at not being understood; undefined for everyone else. */
function frustrationText(scene: Scene, which: 'reply' | 'again'): string | undefined {
  if (scene.understanding.act?.id !== 'frustration') return undefined;
  return scene.knowledge.intents.get('frustration')?.answers?.[which];
}

/** Topics worth offering; none unless there are two, and none to someone who is annoyed or asked to hear the last answer again. */
function likelyTopics(scene: Scene): string[] {
  if (scene.understanding.act) return [];
  const topics = scene.understanding.guesses
    .filter((guess) => guess.probability >= LEAST_PROBABILITY && scene.knowledge.topics.has(guess.topic))
    .slice(0, MOST_CHOICES)
    .map((guess) => guess.topic);
  return topics.length >= 2 ? topics : [];
}

function button(title: string): SuggestedAction {
  return { kind: 'say', title, value: title };
}

/** The clarifying question. */
export const clarify = new Clarify('clarify');
