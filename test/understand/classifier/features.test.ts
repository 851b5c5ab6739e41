import { buildFeatureRows, createFeatureRow, fillFeatureRow } from '../../../src/understand/classifier/feature-row';
import { createHashedFeatures, hashFeatures } from '../../../src/understand/classifier/hash-features';
import { normalizeForFeatures } from '../../../src/understand/classifier/normalize-for-features';
import { createRandom } from '../../../src/understand/classifier/seeded-random';
import { buildVocabulary, findFeature } from '../../../src/understand/classifier/vocabulary';

describe('normalising for features', () => {
  test.each([
    ['Soooo RED', 'soo red'],
    ['don’t', "don't"],
    ['don´t', "don't"],
    ['ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
    ['ﬁne', 'fine'],
    ['NAÏVE ÉÉÉÉ', 'naïve éé'],
    ['1000', '1000'],
    ['', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(normalizeForFeatures(text)).toBe(expected);
  });
});

describe('hashing features', () => {
  test('counts words, pairs with both edges, and grams of 2 to 5 characters', () => {
    const features = createHashedFeatures();
    hashFeatures("it's red", features);
    expect(features.unigrams).toBe(2);
    expect(features.words).toBe(2 + 3);
    // " it's " has 5+4+3+2 grams, " red " has 4+3+2+1.
    expect(features.total - features.words).toBe(14 + 10);
  });

  test('gives different hashes to all of 200,000 different short words', () => {
    const random = createRandom(9);
    const seen = new Map<string, string>();
    const features = createHashedFeatures();
    let collisions = 0;
    for (let i = 0; i < 200_000; i++) {
      const length = 1 + Math.floor(random() * 8);
      const word = Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
      hashFeatures(word, features);
      const key = `${features.low[0]},${features.high[0]}`;
      if ((seen.get(key) ?? word) !== word) collisions++;
      seen.set(key, word);
    }
    expect(collisions).toBe(0);
  });
});

describe('a vocabulary', () => {
  const texts = ['can i wear makeup', 'can i run', 'sun'];
  const vocabulary = buildVocabulary(texts);

  test('finds every feature of its texts and none of a foreign one', () => {
    const features = createHashedFeatures();
    const found = (text: string): number[] => {
      hashFeatures(text, features);
      return Array.from({ length: features.total }, (_, i) => findFeature(vocabulary, features.low[i] ?? 0, features.high[i] ?? 0));
    };
    for (const text of texts) expect(Math.min(...found(text))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...found('ööö'))).toBe(-1);
  });

  test('gives both blocks of a row their length', () => {
    const row = createFeatureRow();
    fillFeatureRow(row, 'can can i zzz', { vocabulary, wordBlockWeight: 0.3 });
    const squares = row.values.slice(0, row.length).reduce((sum, value) => sum + value * value, 0);
    expect(squares).toBeCloseTo(0.3 ** 2 + 1, 5);
    expect(row.unknownWords).toBeCloseTo(0.25);
  });

  test('gives a text the same row alone and among others', () => {
    const rows = buildFeatureRows(texts, { vocabulary, wordBlockWeight: 1 });
    const row = createFeatureRow();
    fillFeatureRow(row, 'can i run', { vocabulary, wordBlockWeight: 1 });
    const [from, to] = [rows.rowStarts[1] ?? 0, rows.rowStarts[2] ?? 0];
    expect([...rows.indices.subarray(from, to)]).toEqual([...row.indices.subarray(0, row.length)]);
    expect([...rows.values.subarray(from, to)]).toEqual([...row.values.subarray(0, row.length)]);
  });
});
