import { Dialog } from 'botbuilder-dialogs';
import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { JudgedQuestion } from '../src/turn/judge';
import type { Scene } from '../src/turn/scene';
import { questionsOf, sceneOf } from '../src/turn/scene';

/** A handler that says its part and is done within the turn. */
export class SingleTurnDialog extends Dialog {
  constructor(
    id: string,
    private readonly speak: (scene: Scene, questions: readonly JudgedQuestion[]) => Promise<void>,
  ) {
    super(id);
  }

  override async beginDialog(dialogs: DialogContext, options?: object): Promise<DialogTurnResult> {
    await this.speak(sceneOf(dialogs), questionsOf(options));
    return dialogs.endDialog(true);
  }
}
