const ASCII_ONLY = /^[\x20-\x7e\s]*$/;
const CURLY_APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4]/g;
const LONG_REPEATS = /(\p{L})\1{2,}/gu;

/** Brings a patient's text to the form features are counted on: NFKC, lower case, straight apostrophes, letters repeated 3+ times cut to 2 ("Soooo RED’s" -> "soo red's"). */
export function normalizeForFeatures(text: string): string {
  // Apostrophes go first: NFKC would turn a bare acute accent into a space and a mark.
  const composed = ASCII_ONLY.test(text) ? text : text.replace(CURLY_APOSTROPHES, "'").normalize('NFKC');
  return composed.toLowerCase().replace(LONG_REPEATS, '$1$1');
}
