/** Words whose spelling hides their syllables; each stands here because patients read it in our texts. */
const SYLLABLES: Readonly<Record<string, number>> = {
  acetaminophen: 6,
  antioxidant: 5,
  antioxidants: 5,
  area: 3,
  areas: 3,
  automated: 4,
  being: 2,
  business: 2,
  clothes: 1,
  create: 2,
  creates: 2,
  didnt: 2,
  diet: 2,
  doesnt: 2,
  every: 2,
  everything: 3,
  friend: 1,
  friends: 1,
  hyaluronic: 5,
  idea: 3,
  isnt: 2,
  isotretinoin: 6,
  lukewarm: 2,
  microneedling: 4,
  moisturize: 3,
  moisturizer: 4,
  moisturizers: 4,
  moisturizing: 4,
  people: 2,
  quiet: 2,
  react: 2,
  reaction: 3,
  reacts: 2,
  retinoid: 3,
  retinoids: 3,
  science: 2,
  seeing: 2,
  someone: 2,
  something: 2,
  sometimes: 2,
  somewhere: 2,
  usual: 3,
  usually: 4,
  video: 3,
  wasnt: 2,
};

/** Vowels that stand together and are spoken apart: "media", "fluid", "client", "drying" (but not "-tion", "-cial"). */
const SPOKEN_APART = /(?:[^tscg]i[ao](?!u)|[^q]uid|[dlr]ien|eo(?!u)|ying)/g;

/** The syllables of one English word; a figure such as "48" or "3:10" counts as one, because it is read at a glance. */
export function countSyllables(word: string): number {
  return (
    word
      .toLowerCase()
      .split('-')
      .map((part) => syllablesOfPart(part.replace(/[^a-z]/g, '')))
      .reduce((sum, count) => sum + count, 0) || 1
  );
}

function syllablesOfPart(part: string): number {
  if (part === '') return 0;
  const known = SYLLABLES[part];
  if (known !== undefined) return known;
  const spoken = part
    .replace(/([^aeiouy])e(ly|ful|less|ness|ment)$/, '$1$2')
    .replace(/([aeiouy])les?$/, '$1l')
    .replace(/([^aeiouydt])ed$/, '$1')
    .replace(/([^aeiouysxzcghl]|th)es$/, '$1')
    .replace(/([^aeiouyl])e$/, '$1')
    .replace(/^y/, '');
  const groups = spoken.match(/[aeiouy]+/g)?.length ?? 0;
  return Math.max(1, groups + (spoken.match(SPOKEN_APART)?.length ?? 0));
}

/** The words of a text, without the punctuation around them: "Not yet. (Fri)" -> Not, yet, Fri. */
export function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
}

/** The sentences of a text; the point of "100.4 F" ends none. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?][)"']?)\s+|\n+/).filter((sentence) => wordsOf(sentence).length > 0);
}

/** The Flesch-Kincaid grade of a text, one digit after the point: the US school year in which it is read with ease. */
export function readingGrade(text: string): number {
  const words = wordsOf(text);
  const sentences = sentencesOf(text);
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return Math.round((0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59) * 10) / 10;
}
