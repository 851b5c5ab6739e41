import type { Random } from './classifier/seeded-random';
import { createRandom, pick } from './classifier/seeded-random';

/** An authored text of the danger detector. */
export interface Authored {
  readonly said: string;
  readonly label: 'emergency' | 'urgent' | 'calm';
  readonly kind: string;
}

/** A text made of authored ones that the danger detector also learns from. */
export interface Reworded extends Pick<Authored, 'label' | 'said'> {
  /** A story of several texts: learned by the parts to which the detector will listen. */
  readonly isRamble: boolean;
}

const SEED = 11;
const FILLERS = ['um', 'uh', 'like', 'just', 'you know', 'honestly', 'actually', 'well', 'basically', 'kind of'];
const JOINTS = ['. ', ' ', '\n', ' and ', ' also ', ', '];
const SHORTEST_MISTYPED = 3;
const MOST_SLIPS = 2;
const RAMBLES = 3000;
const LONGEST_RAMBLE = 5;
/** Which share of everyday texts is mistyped too; they are many. */
const EVERYDAY_SHARE = 0.5;

/**
 * Authored texts with slips of the finger and fillers, and long stories made of calm texts: so the detector neither loses a danger with
 * a letter nor hears one in a long but harmless message.
 */
export function rewordDanger(examples: readonly Authored[]): Reworded[] {
  const random = createRandom(SEED);
  const mistyped = examples
    .filter(({ kind }) => kind !== 'everyday' || random() < EVERYDAY_SHARE)
    .map(({ said, label }): Reworded => ({ said: fill(mistype(said, random), random), label, isRamble: false }));
  const everyday = examples.filter(({ kind }) => kind === 'everyday');
  const calm = examples.filter(({ label }) => label === 'calm');
  if (everyday.length === 0) return mistyped;
  const rambles = Array.from({ length: RAMBLES }, (): Reworded => {
    const others = Array.from({ length: 1 + Math.floor(random() * (LONGEST_RAMBLE - 1)) }, () => pick(everyday, random).said);
    const said = others.toSpliced(Math.floor(random() * (others.length + 1)), 0, pick(calm, random).said);
    return { said: said.reduce((all, text) => all + pick(JOINTS, random) + text), label: 'calm', isRamble: true };
  });
  return [...mistyped, ...rambles];
}

/** A filler word somewhere between the others. */
function fill(text: string, random: Random): string {
  const words = text.split(' ');
  words.splice(Math.floor(random() * (words.length + 1)), 0, pick(FILLERS, random));
  return words.join(' ');
}

/** One or two words with a letter changed, swapped, dropped or doubled. */
function mistype(text: string, random: Random): string {
  const words = text.split(' ');
  const places = words.flatMap((word, at) => (word.length >= SHORTEST_MISTYPED && /^[a-z']+[.,!?]*$/i.test(word) ? [at] : []));
  if (places.length === 0) return text;
  for (let count = 1 + Math.floor(random() * MOST_SLIPS); count > 0; count--) {
    const at = pick(places, random);
    words[at] = slip(words[at]!, random);
  }
  return words.join(' ');
}

const LETTERS = 'etaoinshrdlucmfwypvbgk';

function slip(word: string, random: Random): string {
  const at = Math.floor(random() * (word.length - 1));
  const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + pick([...LETTERS], random) + after;
  if (kind === 1) return before + after.slice(0, 1) + letter + after.slice(1);
  if (kind === 2) return before + after;
  return before + letter + letter + after;
}
