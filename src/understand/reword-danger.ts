import type { DangerExample } from './train-models';
import type { Random } from './classifier/seeded-random';
import { createRandom } from './classifier/seeded-random';

/** A text that the danger detector also learns from, made of authored ones. */
export interface Reworded extends Pick<DangerExample, 'label'> {
  readonly said: string;
  readonly weight: number;
  /** Which parts of it are learned: only the whole, or a few of the stretches that the detector would listen to. */
  readonly learn: 'whole' | 'parts';
}

const SEED = 11;
/** What a reworded text counts beside an authored one. */
const REWORDED_WEIGHT = 0.5;
const FILLERS = ['um', 'uh', 'like', 'just', 'you know', 'i mean', 'honestly', 'actually', 'i guess', 'well', 'basically', 'lol', 'kind of'];
const JOINTS = ['. ', ' ', '\n', ' and ', ' also ', ', '];
const SHORTEST_MISTYPED = 3;
/** Calm texts told one after another. */
const LONGEST_RAMBLE = 5;

export interface RewordSettings { danger: number; joined: number; calm: number; rambles: number; weight: number; }
export const SETTINGS: RewordSettings = { danger: 1, joined: 0, calm: 1, rambles: 3000, weight: REWORDED_WEIGHT };

/**
 * Authored danger messages mistyped and beside a calm text, look-alikes mistyped, and long stories made of calm texts: so the detector
 * neither loses a danger with a letter nor hears one in a long but harmless message.
 */
export function rewordDanger(examples: readonly DangerExample[]): Reworded[] {
  const random = createRandom(SEED);
  const calm = examples.filter(({ label }) => label === 'calm');
  const ordinary = examples.filter(({ kind }) => kind === 'everyday');
  const found: Reworded[] = [];
  const add = (said: string, label: DangerExample['label'], learn: Reworded['learn'] = 'whole'): void =>
    void found.push({ said, label, weight: SETTINGS.weight, learn });
  for (const { said, label, kind } of examples) {
    if (label !== 'calm') {
      for (let i = 0; i < SETTINGS.danger; i++) add(fill(mistype(said, random), random), label);
      if (random() < SETTINGS.joined) add(join(shuffled([mistype(said, random), pick(ordinary, random).said], random), random), label);
    } else if (kind !== 'everyday' ? random() < SETTINGS.calm : random() < SETTINGS.calm / 2) add(fill(mistype(said, random), random), label);
  }
  for (let count = 0; count < SETTINGS.rambles; count++) {
    const length = 2 + Math.floor(random() * (LONGEST_RAMBLE - 1));
    const texts = Array.from({ length }, (_, at) => pick(at === 0 ? calm : ordinary, random).said);
    add(join(shuffled(texts, random), random), 'calm', 'parts');
  }
  return found;
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function join(texts: readonly string[], random: Random): string {
  return texts.reduce((all, text) => all + pick(JOINTS, random) + text);
}

/** A filler word somewhere between the others. */
function fill(text: string, random: Random): string {
  const words = text.split(' ');
  words.splice(Math.floor(random() * (words.length + 1)), 0, pick(FILLERS, random));
  return words.join(' ');
}

/** One or two words with a letter changed, swapped, dropped or doubled; longer texts more. */
function mistype(text: string, random: Random): string {
  const words = text.split(' ');
  const places = words.flatMap((word, at) => (word.length >= SHORTEST_MISTYPED && /^[a-z']+[.,!?]*$/i.test(word) ? [at] : []));
  if (places.length === 0) return text;
  for (let count = 1 + Math.floor(random() * 2); count > 0; count--) {
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
  if (kind === 1) return before + after[0]! + letter + after.slice(1);
  if (kind === 2) return before + after;
  return before + letter + letter + after;
}
