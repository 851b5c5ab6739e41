import type { Span } from '../cues';
import { beginsStatement, goesOnBehindMatter } from './own-statement';
import { isDenialOver } from './denial-over';
import type { Scene } from './scene';

/** How many words a denial reaches over: one thing, and a list of things. */
const REACH = { one: 6, list: 16 } as const;
/** An item of a denied list that no "or" closes: "no pus, bad smell, chills". */
const ITEM_WORDS = 2;
const JOINTS = new Set([',', '-', '(', ')', '/', '&', 'and', 'or', 'nor', 'ni', 'y', 'o']);
const CLOSING = new Set(['or', 'nor', 'ni']);
/** Words of clinic notes, where a list always goes on: "denies nausea, vomiting and chest pain". */
const LISTING = new Set(['denies', 'denied', 'denying', 'negative', 'absence']);
const FINITE_VERBS = new Set(
  'is are was were has have had feels feel looks look got gets keeps hurts hurt itches burns smells stings says think thinks started starts can need want wants isnt arent came comes yes'.split(
    ' ',
  ),
);
/** Words that make a statement of an item: "no fever, a rash", "..., pus on my chin", "..., really swollen". */
const STATES_MORE = new Set(
  'a an some lots lot plenty the this that these those more really very so super still on in from at around under near over all everywhere coming running right been being badly constantly definitely though tho too lol ugh until till when after while with'.split(
    ' ',
  ),
);
/** "havent peed all day, fever": denied is what somebody does, and what follows is no more of it. */
const NOT_DONE = new Set(['havent', 'hasnt', 'hadnt', 'didnt']);
/** "not making sense and burning up": denied is what one is able to do, and what follows is told. */
const ABLE = new Set(
  'making able thinking acting sleeping eating drinking speaking talking responding waking breathing seeing peeing'.split(' '),
);
const HAVING = new Set('had got gotten seen noticed felt been have get see notice feel any developed experienced really even'.split(' '));
const BODY = new Set('face cheek cheeks chin skin forehead nose lip lips eye eyes neck jaw temples'.split(' '));

/** Whether a denial runs from its cue to a sign: over one thing ("no bad smell"), or over a list ("no pus, chills or swelling"). */
export function runsTo(scene: Scene, cue: Span, sign: Span): boolean {
  if (
    isOwnStatement(scene, cue, sign) ||
    isDenialOver(scene, cue, sign) ||
    beginsStatement(scene, cue, sign) ||
    goesOnBehindMatter(scene, cue, sign)
  )
    return false;
  let words = 0;
  let isList = false;
  for (let at = cue.end; at < sign.start; at++) {
    const word = scene.word(at);
    // the next denial speaks for itself: "no pus, no fever"
    if (scene.begins('stop', at) || scene.begins('negation', at)) return false;
    // "went from no swelling to a lot of it"
    if (word === 'to' && scene.word(cue.start - 1) === 'from') return false;
    if (JOINTS.has(word)) {
      if (!CLOSING.has(word) && !goesOn(scene, { cue, at, sign })) return false;
      isList = true;
    } else if (scene.isMark(at)) {
      if (at > cue.end) return false;
    } else if (++words >= REACH.list) return false;
  }
  return words < (isList ? REACH.list : REACH.one);
}

/** "no hat face is puffed up": behind what is denied a part of the body begins a statement of its own. */
function isOwnStatement(scene: Scene, cue: Span, sign: Span): boolean {
  for (let at = cue.end + 1; at <= sign.start; at++)
    if (BODY.has(scene.word(at)) && FINITE_VERBS.has(scene.word(at + 1)) && scene.word(cue.start) === 'no') return true;
  return false;
}

interface Joint {
  readonly cue: Span;
  readonly at: number;
  readonly sign: Span;
}

/** Whether a list goes on after a comma or "and": an "or" closes it later, or the item is as short and of the same kind as the first. */
function goesOn(scene: Scene, { cue, at, sign }: Joint): boolean {
  const end = itemEnd(scene, at + 1);
  const item = scene.words(at + 1, end);
  if (item.length === 0) return true;
  if (item.some((word) => FINITE_VERBS.has(word))) return false;
  if (LISTING.has(scene.word(cue.start))) return true;
  if (scene.holds('deed', cue.end, at)) return false;
  if (scene.word(cue.start) === 'not' && ABLE.has(scene.word(cue.end))) return false;
  if (isClosed(scene, end, sign)) return true;
  if (NOT_DONE.has(scene.word(cue.end - 1)) && !HAVING.has(scene.word(cue.end))) return false;
  const saysMore = item.some((word, index) => STATES_MORE.has(word) || /^\d/.test(word) || (BODY.has(word) && index < item.length - 1));
  if (saysMore || item.length > ITEM_WORDS) return false;
  return isState(scene, end) === isState(scene, firstItemEnd(scene, cue.end, at));
}

/** Whether "or" follows further on, past nothing but items: "no swelling, shortness of breath, chest pain, or chills". */
function isClosed(scene: Scene, from: number, sign: Span): boolean {
  for (let at = from; at < Math.max(from, sign.end) + REACH.list; at++) {
    const word = scene.word(at);
    if (CLOSING.has(word)) return true;
    if (word === '' || (scene.isMark(at) && !JOINTS.has(word)) || FINITE_VERBS.has(word) || scene.begins('stop', at)) return false;
    if (scene.begins('negation', at)) return false;
  }
  return false;
}

function itemEnd(scene: Scene, from: number): number {
  let at = from;
  while (scene.word(at) !== '' && !scene.isMark(at) && !JOINTS.has(scene.word(at)) && !scene.begins('stop', at)) at++;
  return at;
}

function firstItemEnd(scene: Scene, from: number, joint: number): number {
  return Math.min(itemEnd(scene, from), joint);
}

/** Whether an item ends with a word for how something is ("swollen", "hot"), not for a thing ("fever"): the two do not share a list. */
function isState(scene: Scene, end: number): boolean {
  return scene.begins('state', end - 1);
}
