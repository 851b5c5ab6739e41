import type { Language } from '../model/knowledge';
import type { Understanding } from '../model/understanding';
import type { Message } from './read-message';

const LEAST_WORDS = 2;
const LEAST_SHARE = 0.34;
const NO_SPACES = /\p{Script=Han}|\p{Script=Cyrillic}|\p{Script=Arabic}|\p{Script=Hangul}/u;

/** Which language a message is in when it is not English, and whether it names a danger; null for English. */
export function findForeign(language: Language, message: Message): Understanding['foreign'] {
  const plain = message.tidy.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  const text = ` ${plain} `;
  const said = new Set(plain.split(' '));
  const isWide = NO_SPACES.test(plain);
  // whole words in alphabets that part words by spaces, any place in those that do not
  const holds = (word: string): boolean =>
    NO_SPACES.test(word) ? isWide && text.includes(word) : word.includes(' ') ? text.includes(` ${word} `) : said.has(word);
  let best: { language: string; found: number } | undefined;
  for (const [code, words] of Object.entries(language.foreign)) {
    const isWideLanguage = NO_SPACES.test(words.common[0] ?? '');
    if (isWideLanguage && !isWide) continue;
    const found = [...words.common, ...words.urgent, ...words.emergency].filter(holds).length;
    const isCry = words.emergency.some((phrase) => phrase.includes(' ') && holds(phrase));
    const enough = isWideLanguage || isCry ? found >= 1 : found >= LEAST_WORDS && found / plain.split(' ').length >= LEAST_SHARE;
    if (enough && found > (best?.found ?? 0)) best = { language: code, found };
  }
  if (!best) return null;
  const words = language.foreign[best.language]!;
  const danger = words.emergency.some(holds) ? 'emergency' : words.urgent.some(holds) ? 'urgent' : 'none';
  return { language: best.language, danger };
}
