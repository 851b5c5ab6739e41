import type { DialogContext } from 'botbuilder-dialogs';
import type { TurnContext } from 'botbuilder';
import type { Clinic } from '../model/clinic';
import type { Knowledge } from '../model/knowledge';
import type { Assessment } from '../model/assessment';
import type { Escalation, Tier } from '../model/escalation';
import type { Channel, ConversationState, Reply, SuggestedAction, TakeOver, TurnInput } from '../model/turn';
import type { Understanding } from '../model/understanding';
import type { HoursInterval } from '../model/words';
import { fillText } from '../guide/word-answer';
import type { JudgedQuestion, Judgement } from './judge';
import type { Choice } from './read-choice';

/** Everything a dialog may see and do in one turn. Dialogs decide how to talk; what is true comes judged. */
export interface Scene {
  readonly knowledge: Knowledge;
  readonly clinic: Clinic;
  readonly input: TurnInput;
  readonly understanding: Understanding;
  readonly assessment: Assessment;
  readonly judgement: Judgement;
  /** Hours since the treatment at this moment; null when unknown. */
  readonly hours: HoursInterval | null;
  /** The treatment time was said or changed in this message; `future`: a time still to come was said, and not kept. */
  readonly timeNews: 'said' | 'changed' | 'future' | null;
  /** The message answers the bot's closed question in the way that means danger. */
  readonly safetyAnswered: boolean;
  /** What the patient picked of a clarifying question. */
  readonly choice: Choice | null;
  /** What the bot waited for when the message came. */
  readonly awaited: ConversationState['awaiting'];
  /** The member of staff who writes in the bot's place. */
  readonly takenOver: TakeOver | null;
  /** The message answers "did you reach someone?". */
  readonly reached: 'yes' | 'no' | null;
  /** The conversation as it will be stored; dialogs may change it. */
  readonly state: ConversationState;
  /** Escalations of this conversation that no human has closed yet, those of this turn too; newest last. */
  readonly open: readonly Escalation[];
  /** Sends a text. Placeholders are filled. */
  say(text: string, actions?: readonly SuggestedAction[]): Promise<void>;
  /** One of the bot's own phrases of language/en.yaml, in its short form where the channel is SMS. */
  phrase(name: string, others?: Readonly<Record<string, string>>): string;
  /** The question that the reply ends with stands on a suspicion: without a reply it counts as answered by the danger (M13). */
  suspect(flag: string): void;
  /** Offers the clinic for something the guide says nothing about: nothing is sent yet, but this is no matter for the guide alone. */
  offerClinic(): void;
  /** Stores an escalation with this turn; an open one of the same kind is marked repeated instead. */
  escalate(tier: Tier, flags: readonly string[], reason: string): void;
}

const SCENE = Symbol('scene');

/** Ties a scene to the Bot Framework context of its turn. */
export function bindScene(context: TurnContext, scene: Scene): void {
  context.turnState.set(SCENE, scene);
}

/** The scene of the running turn. */
export function sceneOf(dialogs: DialogContext): Scene {
  const scene: unknown = dialogs.context.turnState.get(SCENE);
  if (!scene) throw new Error('Reading the scene failed: the dialog runs outside a turn.');
  return scene as Scene;
}

/** The questions that a dialog was begun with. */
export function questionsOf(options: unknown): readonly JudgedQuestion[] {
  return (options as { questions?: readonly JudgedQuestion[] } | undefined)?.questions ?? [];
}

/** Makes the talking half of a scene: filling texts and collecting replies. */
export function makeVoice(parts: {
  knowledge: Knowledge;
  clinic: Clinic;
  now: number;
  channel: Channel;
  state: ConversationState;
  send: (reply: Reply) => Promise<void>;
}): Pick<Scene, 'say' | 'phrase'> {
  const fill = (text: string, others?: Readonly<Record<string, string>>): string =>
    fillText(text, { clinic: parts.clinic, now: parts.now, treatedAt: parts.state.treatedAt }, others);
  return {
    say: (text, actions = []) => parts.send({ text: fill(text), actions }),
    phrase: (name, others) => {
      const { phrases, smsPhrases } = parts.knowledge.language;
      const text = (parts.channel === 'sms' ? smsPhrases[name] : undefined) ?? phrases[name];
      if (text === undefined) throw new Error(`Saying a phrase failed: language/en.yaml has no phrase "${name}".`);
      return fill(text, others);
    },
  };
}
