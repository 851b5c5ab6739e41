import type { Language } from '../model/knowledge';
import type { Understanding } from '../model/understanding';
import type { Message } from './read-message';

const LEAST_WORDS = 2;
const LEAST_SHARE = 0.34;

/** Which language a message is in when it is not English, and whether it names a danger; null for English. */
export function findForeign(language: Language, message: Message): Understanding['foreign'] {
  const text = ` ${message.tidy.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()} `;
  const wordCount = text.trim().split(' ').length;
  let best: { language: string; found: number } | undefined;
  for (const [code, words] of Object.entries(language.foreign)) {
    const found = [...words.common, ...words.urgent, ...words.emergency].filter((word) => holds(text, word)).length;
    const wide = /\p{Script=Han}|\p{Script=Cyrillic}|\p{Script=Arabic}|\p{Script=Hangul}/u.test(words.common[0] ?? '');
    const isCry = words.emergency.some((phrase) => phrase.includes(' ') && holds(text, phrase));
    const enough = wide || isCry ? found >= 1 : found >= LEAST_WORDS && found / wordCount >= LEAST_SHARE;
    if (enough && found > (best?.found ?? 0)) best = { language: code, found };
  }
  if (!best) return null;
  const words = language.foreign[best.language]!;
  const danger = words.emergency.some((word) => holds(text, word))
    ? 'emergency'
    : words.urgent.some((word) => holds(text, word))
      ? 'urgent'
      : 'none';
  return { language: best.language, danger };
}

/** Whole words in alphabets that part words by spaces, any place in those that do not. */
function holds(text: string, word: string): boolean {
  return /^\p{Script=Latin}/u.test(word) ? text.includes(` ${word} `) : text.includes(word);
}
