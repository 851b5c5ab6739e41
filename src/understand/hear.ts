import type { Classification } from './classifier/classify';
import { classify } from './classifier/classify';
import type { Models } from './models';

/** The classifiers' opinion on the texts of one message, each text asked about once. */
export interface Hearing {
  topics(text: string): Classification;
  intents(text: string): Classification;
}

/** Less probable labels than these count as not heard. */
const HEARD_LABELS = 20;

/** Makes the hearing of one message. */
export function makeHearing(models: Models): Hearing {
  const once = (model: Models['topics']): ((text: string) => Classification) => {
    const known = new Map<string, Classification>();
    return (text) => {
      let found = known.get(text);
      if (!found) known.set(text, (found = classify(model, text, HEARD_LABELS)));
      return found;
    };
  };
  return { topics: once(models.topics), intents: once(models.intents) };
}
