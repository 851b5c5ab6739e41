import type { MatchInput } from './cues';
import { classKey } from './cues';

/** The keys of one message's words and word classes. */
export interface HeldKeys {
  /** Each key once. */
  readonly all: readonly number[];
  /** Keys of each token's stem and text; `NO_KEY` for what no cue mentions. */
  readonly stems: readonly number[];
  readonly texts: readonly number[];
}

export const NO_KEY = -1;

type Asked = Pick<MatchInput, 'tokens' | 'classSpans' | 'isGuessing'>;

/** Keys held carry the stamp of the message at hand, so that nothing has to be wiped between messages. */
let marks = new Uint32Array(16_384);
let stamp = 0;
/** What was held last: all sets of cues ask about one message after another. */
let last: { readonly keys: ReadonlyMap<string, number>; readonly input: Asked; readonly held: HeldKeys } | null = null;

/** Looks up the keys of a message once for all sets of cues that share them; `isHeld` answers for this message from then on. */
export function holdKeys(keys: ReadonlyMap<string, number>, input: Asked): HeldKeys {
  const isSame =
    last?.keys === keys &&
    last.input.tokens === input.tokens &&
    last.input.classSpans === input.classSpans &&
    last.input.isGuessing === input.isGuessing;
  if (last && isSame) return last.held;
  if (keys.size > marks.length) marks = new Uint32Array(keys.size * 2);
  stamp = (stamp + 1) >>> 0;
  const all: number[] = [];
  const hold = (name: string): number => {
    const key = keys.get(name) ?? NO_KEY;
    if (key === NO_KEY || marks[key] === stamp) return key;
    marks[key] = stamp;
    all.push(key);
    return key;
  };
  const stems: number[] = [];
  const texts: number[] = [];
  for (const { stem, text, orMeant } of input.tokens) {
    const stemKey = hold(stem);
    stems.push(stemKey);
    texts.push(text === stem ? stemKey : hold(text));
    if (!input.isGuessing || !orMeant) continue;
    for (const meant of orMeant) {
      hold(meant.stem);
      hold(meant.text);
    }
  }
  for (const name of input.classSpans.keys()) hold(classKey(name));
  const held = { all, stems, texts };
  last = { keys, input, held };
  return held;
}

/** Whether the message whose keys were held last holds this one. */
export function isHeld(key: number): boolean {
  return marks[key] === stamp;
}
