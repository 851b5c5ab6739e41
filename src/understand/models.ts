import type { ClassifierModel } from './classifier/classifier-model';
import type { DangerMemory } from './danger-memory';

/** The three statistical readers of a message. */
export interface Models {
  /** Which topic a clause is about. */
  readonly topics: ClassifierModel;
  /** Which kind of question or small talk it is. */
  readonly intents: ClassifierModel;
  /** emergency, urgent or calm; works on whole messages and their parts and knows nothing of the lexical rules. */
  readonly danger: ClassifierModel;
  /** The danger messages of knowledge/ themselves. */
  readonly memory: DangerMemory;
}

/** Names of the trained classifiers, in the order in which they are trained. */
export const MODEL_NAMES = ['topics', 'intents', 'danger'] as const;
