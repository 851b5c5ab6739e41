import type { Span } from '../cues';
import type { Scene } from './scene';

const THEIRS = new Set('she he her his they their it its shes hes theyre bad badly much hard'.split(' '));
const THINKS = /^(say|says|think|thinks|swear|swears|claims|believes|reckons|insists|worries|asks)$/;

/** "my neighbour collapsed last week". */
export const LONG_AGO = /(?<!since )\b(last (week|month|year|spring|summer|autumn|fall|winter)|(weeks|months|years) ago)\b/;

/** Where a story about others ends: "my gran had sepsis so the family is hovering", what came of it is no tense of the sign. */
export function endOfStory(scene: Scene, sign: Span, end: number): number {
  for (let at = sign.end; at < end; at++) {
    const [first = '', second = '', third = ''] = scene.words(at, at + 3);
    const isResult = first === 'so' && !THEIRS.has(second) && second !== 'and';
    const isMind = first === 'now' && THEIRS.has(second) && THINKS.test(third);
    if (isResult || isMind) return at;
  }
  return end;
}
