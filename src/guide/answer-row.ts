import type { Channel } from '../model/turn';
import type { Disposition, Qualifier, Verdict } from '../model/words';

/** One thing that the bot can say, with the situation in which it says it. */
export interface AnswerRow {
  readonly kind: 'topic' | 'flag' | 'talk';
  /** A topic, a red flag, or the name of another situation. */
  readonly topic: string;
  readonly variant: string | null;
  /** Hours since the treatment, [from, until). Both null: unknown, or they do not matter; until null: no end. */
  readonly from: number | null;
  readonly until: number | null;
  /** False: all that is known is that the hour lies between from and until. */
  readonly isExact: boolean;
  /** Kind of question; "any" stands for all kinds that have no row of their own. */
  readonly intent: string;
  readonly qualifiers: readonly Qualifier[];
  readonly channel: Channel;
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  /** Name of the text in the topic's en.yaml; null where no topic says it. */
  readonly say: string | null;
  /** Everything the patient reads in that turn, and the same message by message. */
  readonly text: string;
  readonly messages: readonly string[];
  readonly choices: readonly string[];
  /** The guide sections named as source. */
  readonly citations: readonly string[];
  /** Facts of the guide, or the sources of a red flag. */
  readonly sources: readonly string[];
  /** Reading grade of its hardest message, without the source line and the list of choices. */
  readonly grade: number;
  readonly chars: number;
  /** Parts of its longest SMS; null on other channels. */
  readonly smsSegments: number | null;
  /** A reply had to be cut into several SMS. */
  readonly isCut: boolean;
  /** The turn failed and was answered as urgent. */
  readonly failure: string | null;
}

/** A message without the lines that are no sentences: the source in brackets and the numbered choices. */
export function sentencesPart(message: string): string {
  return message
    .split('\n')
    .filter((line) => !/^\(.*\)$/.test(line) && !line.startsWith('Reply 1 = '))
    .join('\n');
}
