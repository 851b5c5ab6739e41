import type { Span } from '../cues';
import type { Token } from '../tokens';
import type { Scene } from './scene';

const DATED_REACH = 4;
const YEAR_REACH = 10;

const LAST_MONTH = /^(\w+ ){0,2}last month\b/;
const IN_MONTH =
  /^(\w+ ){0,2}((back )?in (january|february|march|april|may|june|july|august|september|october|november|december)|over (christmas|xmas|easter|new years|thanksgiving))\b/;
/** "i had a dreadful rash from a hair dye once". */
const ONCE = /^(?!and |but )([a-z]+ ){0,6}(?<!at )once( [.,]|$)/;

/** "had a blister last month"; not "had it done last month, swollen" or "swollen since last month". */
export function isDated(scene: Scene, sign: Span): boolean {
  const had = scene.words(sign.start - DATED_REACH, sign.start);
  if (!had.some((word) => word === 'had' || word === 'got' || word === 'was') || had.includes(',')) return false;
  const behind = scene.words(sign.end, sign.end + DATED_REACH).join(' ');
  if (ONCE.test(scene.words(sign.end, sign.end + 2 * DATED_REACH).join(' '))) return true;
  return (LAST_MONTH.test(behind) || (IN_MONTH.test(behind) && !had.includes('was'))) && scene.word(sign.end) !== 'since';
}

/** "in 2016", "in the 90s": a year makes what stands near it past unless the sentence comes back to now. */
export function namesYear(scene: Scene, sign: Span): boolean {
  const isNear = (at: number): boolean => scene.sameSentence(at, sign.start) && Math.abs(at - sign.start) <= YEAR_REACH;
  return yearsNamed(scene).some(isNear) && !scene.spans('again').some((span) => scene.sameSentence(span.start, sign.start));
}

const knownYears = new WeakMap<Scene, readonly number[]>();

/** Where a message names years, found once for all words that are judged. */
function yearsNamed(scene: Scene): readonly number[] {
  let places = knownYears.get(scene);
  if (!places) {
    const isYear = ({ kind, text }: Token, at: number): boolean =>
      kind === 'number' && (/^(19|20)\d\d$/.test(text) || (/^[5-9]0$/.test(text) && scene.word(at + 1) === 's'));
    places = scene.message.tokens.flatMap((token, at) => (isYear(token, at) ? [at] : []));
    knownYears.set(scene, places);
  }
  return places;
}
