import type { Span } from '../cues';
import type { Scene } from './scene';

const REACH_BACK = 5;
const REACH_OVER_COMMA = 9;
/** "fever with the flu last month, thats gone". */
const RESUMING = new Set('its thats it that which theyre all now'.split(' '));
/** "had a blister but its healed": the ending goes back over "but". */
const REFERRING = new Set('its it thats that theyre'.split(' '));
/** "the nausea passed"; not "passed out". */
const AFTER_PASSED = new Set('now but and by so after quickly fast thankfully already'.split(' '));
/** What may follow "gone" where the sign is gone; "gone foggy" and "gone onto my ears" go on. */
const AFTER_GONE = new Set(
  'now but and today already completely totally entirely away by since so thankfully this yesterday last after though tho finally when can is it its i just overnight thank within or at all before for within thanks yay should how what do could'.split(
    ' ',
  ),
);
/** "gone down completely" is gone, "gone down a bit" is not. */
const WHOLLY = new Set('completely totally fully entirely all'.split(' '));
const PARTLY = new Set(
  'should supposed will would expected be never almost nearly mostly partly partially half slowly probably somewhat hopefully practically'.split(
    ' ',
  ),
);
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
/** "once the swelling is gone, can i ...", "why hasnt the bleeding stopped": it is not gone yet. */
const NOT_YET = new Set(
  'once until till untill when whenever why isnt arent hasnt havent wont didnt doesnt shouldnt should will never wasnt werent'.split(' '),
);
const NOT_YET_REACH = 4;
/** "went down my neck", "is over my eye", "stopped me sleeping": no end of it. */
const SPREADS = /^(my|the|her|his|to|into|onto|on|both|past|toward|towards|half|around|me|us|responding|\w+ing)$/;
const ENDS_OR_SPREADS = new Set('down over stopped quit'.split(' '));
const DETERMINERS = new Set('the my this that a some all his her no'.split(' '));
const BELIEF_REACH = 4;
/** "but its only a little" admits the sign. */
const AMOUNTS =
  /^(a|in|on|some|mild|when|at|one|around|slightly|slight|very|small|tiny|getting|spreading|started|starting|been|worse|infected|my|the|this|that|here|there|hard|so|hot|swollen|more)\b/;
/** "im convinced its infected" is the patient's own doubt; only a past one is over. */
const OWN = new Set(['i', 'im']);
/** What they find is no error of a layman's. */
const PROFESSIONALS =
  /^(nurse|nurses|doctor|doctors|doc|dr|gp|derm|dermatologist|pharmacist|surgeon|paramedic|medic|esthetician|clinic|er|np|pa)$/;
const PAST_BELIEF = /^(thought|assumed|figured|panicked|freaked|looked|felt|said)$/;
const RELAPSE_REACH = 16;
const LONGEST_PAUSE = 3;
const FAINT_LOOKS = new Set('pale white grey gray clammy dizzy faint woozy cold limp'.split(' '));

/** "the swelling went away", "pus is gone", "bleeding stopped"; not where it came back or went away only in part. */
export function hasEnded(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  if (isNotYet(scene, sign)) return false;
  const behind = scene.after('negationBack', sign).some((cue) => outside(cue) && reachesBack(scene, cue, sign) && isWhole(scene, cue));
  if (behind) return !hasRelapsed(scene, sign.end);
  if (isRebutted(scene, sign)) return true;
  return scene.before('ended', sign).some((cue) => outside(cue) && isEndOf(scene, cue, sign)) && !hasRelapsed(scene, sign.end);
}

/** "stopped bleeding", "got rid of the rash"; not "stopped the serum", which is no sign. */
function isEndOf(scene: Scene, cue: Span, sign: Span): boolean {
  const gap = sign.start - cue.end;
  if (scene.words(cue.start - 2, cue.end).some((word) => PARTLY.has(word)) || scene.word(cue.start - 1) === 'no') return false;
  if (cue.end - cue.start > 1) return gap <= 1;
  return gap === 0 && scene.word(sign.start).endsWith('ing');
}

/** "thought it was pus but its just cream", "husband is convinced its infected, i say its just pink". */
function isRebutted(scene: Scene, sign: Span): boolean {
  const isBelieved = scene.before('belief', sign).some((cue) => {
    if (scene.words(cue.start - 3, cue.start).some((word) => PROFESSIONALS.test(word))) return false;
    const isOwn = OWN.has(scene.word(cue.start - 1)) && !PAST_BELIEF.test(scene.word(cue.start));
    return (
      !isOwn && sign.start - cue.end <= BELIEF_REACH && !scene.words(cue.end, sign.start).some((word) => word === ',' || word === 'but')
    );
  });
  return (
    isBelieved &&
    scene.after('rebuttal', sign).some((cue) => cue.start - sign.end <= 2 && !AMOUNTS.test(scene.words(cue.end, cue.end + 2).join(' ')))
  );
}

function isNotYet(scene: Scene, sign: Span): boolean {
  for (let at = sign.start - 1; at >= sign.start - NOT_YET_REACH && at >= 0 && !scene.isMark(at); at--)
    if (NOT_YET.has(scene.word(at))) return true;
  return false;
}

function reachesBack(scene: Scene, cue: Span, sign: Span): boolean {
  const joint = cue.start - (RESUMING.has(scene.word(cue.start - 1)) ? 2 : 1);
  if (cue.start - sign.end > (scene.word(joint) === ',' ? REACH_OVER_COMMA : REACH_BACK)) return false;
  for (let at = sign.end; at < cue.start; at++) {
    const word = scene.word(at);
    if (word === 'i' && HAVING.test(scene.word(at + 1))) continue;
    if (word === 'but' && at === cue.start - 2 && REFERRING.has(scene.word(at + 1))) continue;
    if (NEW_STATEMENT.has(word) && !(word === 'that' && scene.word(at + 1) === 'i')) return false;
    if ((word === 'and' || word === 'or') && !sharesEnd(scene, at, cue)) return false;
    if (scene.isMark(at) && !(word === ',' && at === joint)) return false;
  }
  return true;
}

/** "pain and swelling are gone"; not "pus and the redness is gone". */
function sharesEnd(scene: Scene, joint: number, cue: Span): boolean {
  const after = scene.words(joint + 1, cue.end);
  return !DETERMINERS.has(after[0] ?? '') && !after.some((word) => word === 'is' || word === 'has' || word === 'was');
}

function isWhole(scene: Scene, cue: Span): boolean {
  const last = scene.word(cue.end - 1);
  const next = scene.word(cue.end);
  // "fever and dont see any nurse"
  if (last === 'any' && !scene.isEnd(cue.end) && !AFTER_GONE.has(next)) return false;
  if (last === 'not' || last === 'isnt') return scene.isEnd(cue.end) || next === 'at';
  if (ENDS_OR_SPREADS.has(last) && SPREADS.test(next)) return false;
  if (last === 'gone' && next === 'down') return WHOLLY.has(scene.word(cue.end + 1));
  if (last === 'passed' && !(scene.isEnd(cue.end) || AFTER_PASSED.has(next))) return false;
  if (last === 'gone' && !scene.isEnd(cue.end) && !AFTER_GONE.has(next)) return false;
  if (last === 'gone' && scene.word(cue.start - 1) === 'and' && turnsInto(scene, cue.end)) return false;
  const isNever = scene.word(cue.start) === 'never';
  if (!isNever && scene.words(cue.start - 2, cue.end).some((word) => PARTLY.has(word))) return false;
  const after = scene.words(cue.end, cue.end + 3).join(' ');
  return !SOMEWHAT.some((words) => after.startsWith(words)) && !PARTLY.has(next);
}

/** "bleeding loads and gone... pale": how the patient looks now, past a pause. */
function turnsInto(scene: Scene, from: number): boolean {
  let at = from;
  while (scene.isMark(at) && at < from + LONGEST_PAUSE) at++;
  return at > from && (scene.begins('state', at) || FAINT_LOOKS.has(scene.word(at)));
}

/** "stopped bleeding then started again", "went away and came back", "gone yesterday. its back". */
function hasRelapsed(scene: Scene, from: number): boolean {
  return scene
    .startingIn('relapse', from, from + RELAPSE_REACH + 1)
    .some(
      (cue) => scene.word(cue.end) !== 'to' && (scene.message.sentenceOf[cue.start] ?? 0) - (scene.message.sentenceOf[from - 1] ?? 0) <= 1,
    );
}
