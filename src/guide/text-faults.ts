import { countSyllables, readingGrade, sentencesOf, wordsOf } from './reading-grade';
import { ALLOWED_LONG_WORDS, BANNED, SPANISH } from './wording-rules';

const MOST_WORDS = 20;
const MEAN_WORDS = 12;
const MOST_SYLLABLES = 3;

/** The grade of the English sentences of a text: the formula knows English only. */
export function gradeOf(text: string): number {
  return readingGrade(englishOf(text).join(' '));
}

/** Sentences that are too long, alone or on average. */
export function sentenceFaults(text: string): string[] {
  const counts = sentencesOf(text).map((sentence) => ({ sentence, words: wordsOf(sentence).length }));
  const mean = counts.reduce((sum, entry) => sum + entry.words, 0) / Math.max(1, counts.length);
  const faults = counts
    .filter((entry) => entry.words > MOST_WORDS)
    .map((entry) => `expected sentences of at most ${MOST_WORDS} words, got ${entry.words} in "${entry.sentence}"`);
  if (mean > MEAN_WORDS) faults.push(`expected ${MEAN_WORDS} words a sentence or fewer on average, got ${mean.toFixed(1)}`);
  return faults;
}

/** Long words that are not on the list of those without a plainer one. */
export function longWordFaults(text: string): string[] {
  const parts = englishOf(text)
    .flatMap(wordsOf)
    .flatMap((word) => word.toLowerCase().split('-'));
  const tooLong = new Set(
    parts.filter((word) => countSyllables(word) > MOST_SYLLABLES && !(word.replace(/'s$/, '') in ALLOWED_LONG_WORDS)),
  );
  return [...tooLong].map((word) => `expected words of at most ${MOST_SYLLABLES} syllables, got "${word}"`);
}

/** Wordings that must never go out; some only count while a danger sign is open. */
export function bannedFaults(text: string, { isFlag }: { isFlag: boolean }): string[] {
  return BANNED.filter((banned) => !banned.only || isFlag).flatMap((banned) => {
    const found = banned.pattern.exec(text);
    return found ? [`"${found[0]}" ${banned.why}`] : [];
  });
}

function englishOf(text: string): string[] {
  return sentencesOf(text).filter((sentence) => !SPANISH.test(sentence));
}
