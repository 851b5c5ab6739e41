const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Two keys side by side or one above the other. */
export function areNear(one: string, other: string): boolean {
  const place = (letter: string): readonly [number, number] => {
    const row = KEY_ROWS.findIndex((keys) => keys.includes(letter));
    return [row, KEY_ROWS[row]?.indexOf(letter) ?? -1];
  };
  const [[row, column], [otherRow, otherColumn]] = [place(one), place(other)];
  return Math.abs(row - otherRow) <= 1 && Math.abs(column - otherColumn) <= 1;
}

/** The small words that hold a sign together or end a denial; a slip to the next key must not lose them. */
const JOINING = 'and but not the all out off two has had was her'.split(' ');

/** "znd" for and, "vut" for but, "mot" for not. */
export function joiningWord(word: string): string | undefined {
  const isSlip = (joining: string): boolean => {
    const wrong = [...joining].flatMap((letter, at) => (letter === word[at] ? [] : [at]));
    return wrong.length === 1 && areNear(joining[wrong[0]!]!, word[wrong[0]!]!);
  };
  return JOINING.find(isSlip);
}

/** "bt", "ut" for but: a letter left out. */
function isPartOf(word: string, whole: string): boolean {
  return [...whole].some((_, at) => whole.slice(0, at) + whole.slice(at + 1) === word);
}

/** The small words that two letters may be left of: "bt", "ut" for but. */
export function joiningWords(word: string): readonly string[] {
  return JOINING.filter((joining) => isPartOf(word, joining));
}

/** "liveod" for livedo, not for lived. */
export function isReordered(word: string, candidate: string): boolean {
  return word.length === candidate.length && [...word].sort().join('') === [...candidate].sort().join('');
}

/** "yee" for "eye": the same letters with the first two swapped. */
export function isSwapped(word: string, candidate: string): boolean {
  return word.length === candidate.length && word[0] === candidate[1] && word[1] === candidate[0] && word.slice(2) === candidate.slice(2);
}

/** A word of three letters with two neighbours swapped: "ubt", "btu". */
export function swaps(word: string): string[] {
  const [a = '', b = '', c = ''] = word;
  return [b + a + c, a + c + b];
}

/** "eyee" for "eye": one letter hit twice. Any other letter too many makes a word of its own more often than a short one. */
export function isDoubled(word: string, candidate: string): boolean {
  return [...word].some((letter, at) => letter === word[at - 1] && word.slice(0, at) + word.slice(at + 1) === candidate);
}
