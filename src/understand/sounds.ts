/** Shorter words sound like too many others. */
const SHORTEST = 4;

/** How letters that sound alike are written, the first that fits. Metaphone drops the vowels: it would hear "hurled" in Harold. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(?:ee|ey|ie)$/, 'i'],
  [/([a-z])\1+/g, '$1'],
  [/igh/g, 'i'],
  [/ph/g, 'f'],
  [/^wh/, 'w'],
  [/ck|q|c(?![eihy])/g, 'k'],
  [/c(?=[eiy])|z/g, 's'],
  [/x/g, 'ks'],
  [/y/g, 'i'],
  [/([aeiou])[aeiou]+/g, '$1'],
  [/ing$/, 'in'],
  [/([^aeiou])e$/, '$1'],
  [/([^aeiou])ed$/, '$1d'],
];

/** How a word sounds: "chilz" and "chills", "throte" and "throat", "weezin" and "wheezing" are the same. */
export function soundOf(word: string): string {
  return SOUNDS.reduce((sound, [letters, written]) => sound.replace(letters, written), word);
}

/** The words of an index by how they sound; the shortest are left out. */
export function indexBySound(words: Iterable<string>): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) continue;
    const sound = soundOf(word);
    const found = index.get(sound);
    if (found) found.push(word);
    else index.set(sound, [word]);
  }
  return index;
}
