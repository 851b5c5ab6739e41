const SPELLED: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, eighteen: 18, twenty: 20, thirty: 30, forty: 40, first: 1, second: 2, third: 3,
  fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10,
}; // prettier-ignore

/** Regular-expression source for a count: digits, spelled numbers, "a couple of", "a few", "half an". */
export const COUNT =
  '(?:\\d{1,3}(?:\\.\\d{1,2})?|(?:a )?(?:couple|cpl)(?: of)?|(?:a )?few|several|half(?: an?)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty)';

/** Regular-expression source for the number of a day label: "day 3", "day four". */
export const LABEL_NUMBER = '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)';

/** The least and the most that a counting word can mean: "few" is 2 to 4. */
export function readCount(words: string): { readonly low: number; readonly high: number } {
  const word = words.trim();
  if (/few/.test(word)) return { low: 2, high: 4 };
  if (/several/.test(word)) return { low: 3, high: 6 };
  if (/couple|cpl/.test(word)) return { low: 2, high: 2 };
  if (word.startsWith('half')) return { low: 0.5, high: 0.5 };
  const value = SPELLED[word] ?? Number.parseFloat(word);
  return Number.isFinite(value) ? { low: value, high: value } : { low: 0, high: 0 };
}
