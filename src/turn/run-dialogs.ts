import { BotAdapter, TurnContext } from 'botbuilder';
import type { Activity, ConversationReference, ResourceResponse, StatePropertyAccessor } from 'botbuilder';
import { DialogSet, DialogTurnStatus } from 'botbuilder-dialogs';
import type { Dialog, DialogState } from 'botbuilder-dialogs';
import type { Reply, SuggestedAction } from '../model/turn';
import type { Step } from './plan-turn';
import type { Scene } from './scene';
import { bindScene } from './scene';

/** Runs dialogs of the Bot Framework over a conversation state of our own; replies go to `collect`, nothing leaves before the commit. */
export interface DialogRunner {
  /** Lets a waiting dialog take the message; true when it dealt with it. */
  resume(scene: Scene): Promise<boolean>;
  /** Drops whatever dialog waits. */
  drop(scene: Scene): Promise<void>;
  /** Begins the planned dialogs one after the other. */
  run(scene: Scene, steps: readonly Step[]): Promise<void>;
}

/** Makes a runner for the given dialogs (dialogs/index.ts). */
export function makeDialogRunner(
  dialogs: readonly Dialog[],
  collect: (reply: Reply) => void,
): DialogRunner & { send: (reply: Reply) => Promise<void>; open: (scene: Scene) => void } {
  const adapter = new CollectingAdapter(collect);
  let context: TurnContext | undefined;
  let set: DialogSet | undefined;
  const contextOf = (): TurnContext => {
    if (!context) throw new Error('Running a dialog failed: the scene was not opened.');
    return context;
  };
  const within = async (scene: Scene): Promise<Awaited<ReturnType<DialogSet['createContext']>>> => {
    if (!set) {
      set = new DialogSet(stackIn(scene));
      for (const dialog of dialogs) set.add(dialog);
    }
    return set.createContext(contextOf());
  };
  return {
    open(scene) {
      context = new TurnContext(adapter, messageActivity(scene));
      bindScene(context, scene);
    },
    async send(reply) {
      await contextOf().sendActivity({
        type: 'message',
        text: reply.text,
        suggestedActions: { to: [], actions: reply.actions.map(toCardAction) },
      });
    },
    async resume(scene) {
      const result = await (await within(scene)).continueDialog();
      return result.status === DialogTurnStatus.waiting || (result.status === DialogTurnStatus.complete && result.result === true);
    },
    async drop(scene) {
      await (await within(scene)).cancelAllDialogs();
    },
    async run(scene, steps) {
      const dialogContext = await within(scene);
      for (const step of steps) await dialogContext.beginDialog(step.dialog, { questions: step.questions });
    },
  };
}

/** The dialog stack lives in the conversation state that the turn stores. */
function stackIn(scene: Scene): StatePropertyAccessor<DialogState> {
  return {
    get: () => {
      if (!Array.isArray(scene.state.dialog['dialogStack'])) scene.state.dialog = { dialogStack: [] };
      return Promise.resolve(scene.state.dialog as unknown as DialogState);
    },
    set: (_context, value) => {
      scene.state.dialog = value as unknown as Record<string, unknown>;
      return Promise.resolve();
    },
    delete: () => {
      scene.state.dialog = {};
      return Promise.resolve();
    },
  };
}

function messageActivity({ input }: Scene): Partial<Activity> {
  return {
    type: input.isStart ? 'conversationUpdate' : 'message',
    id: input.messageId,
    channelId: input.channel,
    serviceUrl: 'urn:aftercare',
    from: { id: input.patientId, name: '' },
    recipient: { id: 'aftercare-bot', name: '' },
    conversation: { id: input.conversationId, isGroup: false, conversationType: 'personal', name: '' },
    text: input.text,
    timestamp: new Date(input.at),
  };
}

function toCardAction(action: SuggestedAction): { type: string; title: string; value: string } {
  return { type: action.kind === 'call' ? 'openUrl' : 'imBack', title: action.title, value: action.value };
}

/** Keeps what dialogs send until the turn is committed. */
class CollectingAdapter extends BotAdapter {
  constructor(private readonly collect: (reply: Reply) => void) {
    super();
  }

  override sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      if (activity.type !== 'message' || !activity.text) continue;
      const actions = (activity.suggestedActions?.actions ?? []).map((action): SuggestedAction => ({
        kind: action.type === 'openUrl' ? 'call' : 'say',
        title: action.title,
        value: String(action.value),
      }));
      this.collect({ text: activity.text, actions });
    }
    return Promise.resolve(activities.map((activity) => ({ id: activity.id ?? '' })));
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('Updating an activity failed: replies of a turn are sent once.'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('Deleting an activity failed: replies of a turn are sent once.'));
  }

  override continueConversation(_reference: Partial<ConversationReference>): Promise<void> {
    return Promise.reject(new Error('Continuing a conversation failed: a turn begins with a message.'));
  }
}
