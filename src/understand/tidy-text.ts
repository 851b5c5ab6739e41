/** The longest message that is read, in characters; what follows is cut, as the channels say so to the patient. */
export const MAX_TEXT_CHARACTERS = 2000;

const EMOJI = /\p{Extended_Pictographic}(\p{Emoji_Modifier}|\uFE0F|\u200D)*/gu;
/** At the edge of a message these say ok, thanks and hello; between its words they say nothing. */
const COURTESIES = new Set(['👍', '🙏', '👋']);

/** "i'll" without its apostrophe would be ill, "he'll" hell and "we'll" well. */
const SHALL = /\b(i|you|he|she|it|we|they|who|that)'ll\b/g;
/** "ill put a towel over it": at the start or behind a joining word, before a verb, it is no illness. */
const ILL_FOR_SHALL =
  /(?<=(?:^|[.,;:!?\n(]|\b(?:and|but|if|think|guess|because|cause|that|or|maybe|hopefully|n|cuz|bc)) ?)ill(?= (?:be|do|go|put|try|call|wear|use|wash|stay|see|have|just|wait|keep|take|get|bring|ask|let|come|need|cover|skip|never|also|probably|only|make|stop|send|text|pay|book|sit|sleep|start|apply|buy|tell|give) )/g;

/** "moved 3 in. in an hour": the mark ends no sentence. */
const INCHES = /(\d)\s*in\.(?=\s)/g;

/** How far from an emoji its words may stand. */
const AMID_REACH = 40;

function isAmidWords(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - AMID_REACH), at);
  const behind = text.slice(at + length, at + length + AMID_REACH);
  return /\p{L}[^\p{L}.?!]*$/u.test(before) && /^[^\p{L}.?!]*\p{L}/u.test(behind);
}

/** Text ready to be split into words: one case, plain quotes, meaningful emoji as words, no control characters, at most 2,000 characters. */
export function tidyText(text: string, emoji: Readonly<Record<string, string>>): string {
  let tidy = dropBrokenPairs(text.slice(0, MAX_TEXT_CHARACTERS)).normalize('NFKC').slice(0, MAX_TEXT_CHARACTERS).toLowerCase();
  if (/\p{Extended_Pictographic}/u.test(tidy))
    tidy = tidy.replace(EMOJI, (found, _modifier, at: number, all: string) => {
      const sign = [...found][0] ?? '';
      return COURTESIES.has(sign) && isAmidWords(all, at, found.length) ? ' ' : (emoji[sign] ?? ' ');
    });
  return tidy
    .replace(/[\u2018\u2019\u201B\u0060\u00B4]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/[\u2013\u2014]/g, ' - ')
    .replace(/\u2026/g, '...')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (found) => (found === '\n' ? '\n' : ' '))
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/(\d)\s*°/g, '$1 degrees ')
    .replace(/(?<=\p{L}) ?\+ ?(?=\p{L})/gu, ' and ')
    .replace(SHALL, '$1 will')
    .replace(ILL_FOR_SHALL, 'i will')
    .replace(INCHES, '$1 inches');
}

/** Replaces halves of surrogate pairs, which are not characters, by spaces. */
function dropBrokenPairs(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, ' ');
}
