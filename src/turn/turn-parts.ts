import type { Dialog } from 'botbuilder-dialogs';
import type { Clinic } from '../model/clinic';
import type { Knowledge } from '../model/knowledge';
import type { TurnStore } from '../model/turn';
import type { ConversationContext, Understanding } from '../model/understanding';
import type { Log } from '../tools/log';

/** Reads a message; src/understand provides it. */
export type Understand = (text: string, context: ConversationContext) => Understanding;

/** What turns are made of. */
export interface TurnParts {
  readonly knowledge: Knowledge;
  readonly clinic: Clinic;
  readonly understand: Understand;
  readonly dialogs: readonly Dialog[];
  readonly store: TurnStore;
  readonly log: Log;
}
