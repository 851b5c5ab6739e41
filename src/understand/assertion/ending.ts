import type { Span } from '../cues';
import type { Scene } from './scene';

const REACH_BACK = 5;
/** "the rash has gone onto my ears" is not gone. */
const GOES_ON = new Set(
  'onto to into up down from past through over beyond green yellow black purple grey gray white numb hard septic bad wrong hot'.split(' '),
);
/** "gone down completely" is gone, "gone down a bit" is not. */
const WHOLLY = new Set('completely totally fully entirely all'.split(' '));
const PARTLY = new Set('almost nearly mostly partly partially half slowly probably somewhat hopefully practically'.split(' '));
const SOMEWHAT = [
  'a bit',
  'a little',
  'some',
  'slightly',
  'somewhat',
  'a tad',
  'for a while',
  'for a bit',
  'for a day',
  'briefly',
  'but not',
];
/** Words that begin another statement between a sign and an ending: "bleeding since i stopped the cream". */
const NEW_STATEMENT = new Set('but however since because when if until after before even though while that when i we she he my'.split(' '));
/** Whose sign it was, told in passing: "the fever i had is gone". */
const HAVING = /^(had|have|got|get|felt|mentioned|told|asked|saw|noticed|was|wrote)$/;
/** "once the swelling is gone, can i ...": it is not gone yet. */
const NOT_YET = new Set('once until till untill when whenever'.split(' '));
const RELAPSE_REACH = 16;

/** "the swelling went away", "pus is gone", "bleeding stopped"; not where it came back or went away only in part. */
export function hasEnded(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  if (scene.words(sign.start - 3, sign.start).some((word) => NOT_YET.has(word))) return false;
  const behind = scene.after('negationBack', sign).some((cue) => outside(cue) && reachesBack(scene, cue, sign) && isWhole(scene, cue));
  if (behind) return !hasRelapsed(scene, sign.end);
  const before = scene
    .before('ended', sign)
    .some(
      (cue) =>
        outside(cue) && sign.start - cue.end <= 1 && !/^(by|because|from|and|or|,)$/.test(scene.word(cue.end)) && isWhole(scene, cue),
    );
  return before && !hasRelapsed(scene, sign.end);
}

function reachesBack(scene: Scene, cue: Span, sign: Span): boolean {
  if (cue.start - sign.end > REACH_BACK) return false;
  for (let at = sign.end; at < cue.start; at++) {
    const word = scene.word(at);
    if (word === 'i' && HAVING.test(scene.word(at + 1))) continue;
    if (NEW_STATEMENT.has(word) && !(word === 'that' && scene.word(at + 1) === 'i')) return false;
    if (scene.isMark(at) && !(word === ',' && at === cue.start - 1)) return false;
  }
  return true;
}

function isWhole(scene: Scene, cue: Span): boolean {
  const last = scene.word(cue.end - 1);
  const next = scene.word(cue.end);
  if (last === 'gone' && GOES_ON.has(next)) return next === 'down' && WHOLLY.has(scene.word(cue.end + 1));
  if (scene.words(cue.start - 1, cue.end).some((word) => PARTLY.has(word))) return false;
  const after = scene.words(cue.end, cue.end + 3).join(' ');
  return !SOMEWHAT.some((words) => after.startsWith(words));
}

/** "stopped bleeding then started again", "went away and came back", "gone yesterday. its back". */
function hasRelapsed(scene: Scene, from: number): boolean {
  return scene
    .spans('relapse')
    .some(
      (cue) =>
        cue.start >= from &&
        cue.start - from <= RELAPSE_REACH &&
        scene.word(cue.end) !== 'to' &&
        (scene.message.sentenceOf[cue.start] ?? 0) - (scene.message.sentenceOf[from - 1] ?? 0) <= 1,
    );
}
