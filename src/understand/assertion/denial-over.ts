import type { Span } from '../cues';
import type { Scene } from './scene';

/** Behind these the thing denied is over: "no shade anywhere 100.9 stiff neck", "the no cosmetics rule bubbles with blood". */
const ENDING = new Set(['anywhere', 'whatsoever', 'rule', 'rules', 'policy']);
const TEMPERATURE = /^\d{2,3}\.\d/;
const VERBS = new Set('is are was were has felt went fell hit woke fainted threw'.split(' '));
/** Before a verb these go on with what is denied: "dont think it is infected", "no part of it is hot". */
const GOING_ON = new Set(
  (
    'it that this these those there which what who whatever one ones they he she i you we my the a an any anyone anybody body part parts area areas spot spots ' +
    'side sides place places bit none thing things anything everything if think know say sure sign signs way reason idea mean and or nor of in on at to for with so'
  ).split(' '),
);
const DENIALS = new Set(['no', 'not', 'nor']);
const NEGATED = new Set('isnt arent wasnt werent dont doesnt didnt hasnt havent'.split(' '));
/** "without seeing any pus", "without getting infected": what follows is denied. Behind other doings it is what they are done to. */
const STILL_DENIED = new Set(
  'getting having causing being making feeling becoming looking developing seeing noticing showing leaving risking giving going experiencing'.split(
    ' ',
  ),
);
const ONE = new Set(['a', 'an', 'my', 'the']);
const SIGN_NOUNS =
  /^(swell|tingl|peel|bleed|itch|burn|sting|scarr?|bruis|blister|flak|twitch|tighten|harden|crust|ooz|weep|sweat|throbb)ing$/;

/** Whether the thing denied is over before a sign, and a statement without a mark has begun: "no training felt woozy", "without rubbing red spot". */
export function isDenialOver(scene: Scene, cue: Span, sign: Span): boolean {
  for (let at = cue.end + 1; at < sign.start; at++) {
    const word = scene.word(at);
    if (DENIALS.has(word)) continue; // a row of denials is long, and none of them ends another
    if (scene.isMark(at)) return false;
    if (ENDING.has(word) || (word < ':' && TEMPERATURE.test(word) && scene.word(cue.start) === 'no')) return true;
    if (VERBS.has(word) && isNoun(scene, at - 1)) return true;
  }
  return isStatedBehindAsking(scene, cue, sign) || isDoneToSign(scene, cue, sign);
}

function isNoun(scene: Scene, at: number): boolean {
  const word = scene.word(at);
  return !GOING_ON.has(word) && !scene.isMark(at) && !word.endsWith('ly');
}

/** "which things are banned and which arent roommate is slumped over": the sign has a verb of its own. */
function isStatedBehindAsking(scene: Scene, cue: Span, sign: Span): boolean {
  if (cue.end !== sign.start || cue.end - cue.start !== 1 || !NEGATED.has(scene.word(cue.start))) return false;
  return VERBS.has(scene.word(sign.start + 1)) && isNoun(scene, sign.start);
}

/** "how without rubbing tiny red spot", "go without a hat shaking violently". */
function isDoneToSign(scene: Scene, cue: Span, sign: Span): boolean {
  const deed = scene.word(cue.end);
  if (scene.word(cue.end - 1) !== 'without' || cue.end >= sign.start) return false;
  if (ONE.has(deed)) return sign.start >= cue.end + 2 && /^\w{2,}ing$/.test(scene.word(sign.start));
  if (!/^\w{2,}ing$/.test(deed)) return false;
  return !STILL_DENIED.has(deed) && !SIGN_NOUNS.test(deed);
}

const FOUND_OUT = /(^| )(turned|turns) out (to be|it was|its|it is|it)( a| an| some| full of)*$/;
const FOUND_OUT_REACH = 7;

/** "thought it was dry skin, turned out to be pus": what was believed before denies nothing. */
export function isFoundOut(scene: Scene, sign: Span): boolean {
  return FOUND_OUT.test(scene.words(sign.start - FOUND_OUT_REACH, sign.start).join(' '));
}
