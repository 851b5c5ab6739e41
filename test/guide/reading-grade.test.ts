import { countSyllables, readingGrade, sentencesOf, wordsOf } from '../../src/guide/reading-grade';

describe('the syllables of a word', () => {
  test.each([
    [1, 'skin, heat, called, stings, bruise, clothes, eyes, hives, while, touched, cleared, friend, through'],
    [
      2,
      'needle, needles, clinic, redness, lukewarm, patches, faces, brushes, oozes, treated, gently, soreness, fluid, people, careful, questions, reply',
    ],
    [3, 'hyphenate, medicine, provider, guardian, exercise, collagen, sensitive, reaction, mineral, area, tomorrow'],
    [4, 'moisturizer, emergency, irritation, temperature, microneedling, ingredients, automated, salicylic, usually'],
    [5, 'hyaluronic, antioxidants, dermatology'],
    [6, 'isotretinoin, acetaminophen'],
  ])('%d: %s', (syllables, words) => {
    expect(words.split(', ').filter((word) => countSyllables(word) !== syllables)).toEqual([]);
  });

  test.each([
    ['non-foaming', 3],
    ["clinic's", 2],
    ["can't", 1],
    ['48', 1],
    ['3:10', 1],
    ['SPF', 1],
  ])('%s has %d', (word, syllables) => {
    expect(countSyllables(word)).toBe(syllables);
  });
});

test('a text falls into words and sentences; a decimal point ends none', () => {
  expect(sentencesOf('Not yet. Is it 100.4 F (38 C) or more? Call (555) 010-0199.')).toEqual([
    'Not yet.',
    'Is it 100.4 F (38 C) or more?',
    'Call (555) 010-0199.',
  ]);
  expect(wordsOf('Not yet. Use "SPF 30+" (mineral).')).toEqual(['Not', 'yet', 'Use', 'SPF', '30', 'mineral']);
});

describe('the reading grade', () => {
  test('is the Flesch-Kincaid grade', () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    expect(readingGrade('Stay out of the sun now.')).toBe(-1.4);
    // 12 words, 2 sentences, 19 syllables: 0.39 * 6 + 11.8 * 19 / 12 - 15.59
    expect(readingGrade('Your clinic has to clear it first. Moisturizer protects healing skin nicely.')).toBe(5.4);
  });

  test('rises with longer sentences and longer words, and is 0 for nothing', () => {
    const easy = readingGrade('Keep it dry. Do not pick.');
    expect(readingGrade('Keep it dry and do not pick at it until all of the flakes fall off on their own.')).toBeGreaterThan(easy);
    expect(readingGrade('Maintain hydration. Avoid manipulation.')).toBeGreaterThan(easy);
    expect(readingGrade('')).toBe(0);
  });
});
