/** The alphabet of a plain SMS (GSM 03.38): characters that take one unit each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Characters of its extension table: an escape and the character, two units, never cut apart. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** How much fits into one SMS, and into each part of a longer one, in units of its alphabet. */
const ROOM = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

/** The most that a message of ours may take: two parts of a plain SMS. */
export const MOST_SMS_UNITS = 2 * ROOM.gsm7.part;

/** What a plain SMS shows in place of characters it does not know: typographers' marks, signs and spaces. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′´`]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/ ?— ?/g, ' - '],
  [/[‐‑‒–―−]/g, '-'],
  [/…/g, '...'],
  [/[•●▪◦·‣∙]/g, '-'],
  [/ ?° ?(?=[CF]\b)/g, ' '],
  [/°/g, ''],
  [/×/g, 'x'],
  [/÷/g, '/'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/→/g, '->'],
  [/½/g, '1/2'],
  [/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/\r\n?|[\u2028\u2029\f]/g, '\n'],
];

/** Marks of Markdown, which an SMS would show as they stand; a link keeps its words and its address. */
const MARKDOWN: readonly (readonly [RegExp, string])[] = [
  [/!?\[([^\]\n]*)\]\(([^()\s]+)\)/g, '$1 $2'],
  [/^#{1,6} +/gm, ''],
  [/^> ?/gm, ''],
  [/^[ ]*[*+] +/gm, '- '],
  [/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2'],
  [/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/g, '$1'],
  [/(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)/g, '$1'],
  [/`([^`\n]+)`/g, '$1'],
];

/**
 * A text as a plain SMS shows it: without Markdown, every character in GSM-7 so that 153 and not 67 fit into a part. Typographers'
 * marks become plain ones, letters lose accents that the alphabet lacks, emoji and other scripts are dropped.
 */
export function toSmsText(text: string): string {
  const plain = [...MARKDOWN, ...PLAIN].reduce((rest, [pattern, by]) => rest.replace(pattern, by), text);
  const known = [...plain.normalize('NFC')].map(toBasic).join('');
  return known
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function toBasic(character: string): string {
  if (unitsOf(character) !== null) return character;
  const letters = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...letters].every((letter) => unitsOf(letter) !== null) ? letters : '';
}

/** Units that a character takes in GSM-7; null when the alphabet lacks it. */
function unitsOf(character: string): number | null {
  return BASIC.has(character) ? 1 : EXTENDED.has(character) ? 2 : null;
}

/** The first character that a plain SMS lacks, or null. */
export function findNonGsm7(text: string): string | null {
  return [...text].find((character) => unitsOf(character) === null) ?? null;
}

/** What a text costs as SMS: its alphabet, its length in units of that alphabet, and in how many parts it is sent. */
export interface SmsCost {
  readonly alphabet: 'gsm7' | 'ucs2';
  readonly units: number;
  readonly segments: number;
}

/** Counts what a text costs as SMS: 160 units in one part or 153 in each of several; 70 and 67 as soon as one character is not in GSM-7. */
export function countSms(text: string): SmsCost {
  const alphabet = findNonGsm7(text) === null ? 'gsm7' : 'ucs2';
  const sizes = [...text].map((character) => (alphabet === 'gsm7' ? (unitsOf(character) ?? 0) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = ROOM[alphabet];
  if (units <= alone) return { alphabet, units, segments: units === 0 ? 0 : 1 };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    // a character of two units is never cut in two
    if (used + size > part) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return { alphabet, units, segments };
}

/** Whether a text fits into the two parts that a message of ours may take. */
export function fitsSms(text: string): boolean {
  return countSms(text).segments <= 2;
}
