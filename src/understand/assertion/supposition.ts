import type { Span } from '../cues';
import { beginsStatement, goesOnBehindMatter } from './own-statement';
import type { Scene } from './scene';

/** Further on, a run-on sentence has come to something else: "what cream should i get half of me has gone numb". */
const REACH = 8;
const REACH_BACK = 6;
const NEAR = 2;
const DOUBT_REACH = 8;
/** "when will my fever go down" says that there is one. */
const PRESUPPOSES = new Set('when how long soon what why where'.split(' '));
const STATES_NOW = new Set(['but', 'however', 'because', 'since', 'now', 'today', 'currently', 'still']);
/** After a comma or "and" these begin a report: "what if it gets infected, theres pus already". */
const REPORTS = /^(theres|there is|there are|i(?! get\b)|ive|im|it is|its|this|my)\b/;
/** "what cream should i get im so swollen": the question ends with what is sought. */
const SOUGHT = new Set(['get', 'use', 'do']);
const REPORTS_ANYWHERE = new Set(['im', 'ive', 'theres']);
/** "no pus like the leaflet says, only a fever": after a comma these turn to what is there. */
const TURNING = new Set(['only', 'just', 'except', 'instead']);
/** "can needling cause this rash": what is pointed at is there. */
const POINTED = new Set(['this', 'these']);
/** "i dont want to ice the swelling": wished away is something else, or what is there. */
const POINTED_IN_WISH = new Set(['the', 'my', 'this', 'these', 'that', 'those']);
/** "should i call if its bleeding", "if i have pus", "if my lips are swelling": asked because it is there. */
const ASKED_OF_NOW =
  /^(its|im|ive|i (suddenly |now |already |still |just )?have|i am|it is|it keeps|theyre|my \w+( \w+)? (is|are|has|have|keeps?|looks?|feels?)|theres .*(coming|oozing|leaking|on|in|all))\b/;
const ADVICE_SOUGHT = new Set('call calling come ring text message phone tell contact worry worried concerned'.split(' '));
const ADVICE_WORDS = 3;
const TURNS = new Set(['going', 'getting', 'turning', 'becoming']);
const TOLD_BEFORE = new Set('im ive have got am still keep keeps my has this there theres'.split(' '));
const TOLD_BETWEEN = new Set('this that it its thats these i im my'.split(' '));
const HALVES = new Set(['if', 'a', 'an', 'one', 'any', 'another', 'of']);
const POINTERS = new Set(
  'this these that those the my all some it its i im ive theres there when his her is are has have having keeps'.split(' '),
);
/** "pus last month, thats long gone". */
const REFERRING = new Set('its it thats that'.split(' '));
const BECOMING = new Set('get getting gets become becoming becomes develop developing'.split(' '));

/** "what if i get pus", "is infection common": asked about, not told of. */
export function isSupposed(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  // "i wonder if this is an infection" doubts, though "if an" supposes
  const isDoubting = (cue: Span): boolean =>
    scene.startingIn('uncertain', cue.start - DOUBT_REACH, cue.start).some((doubt) => {
      const end = scene.word(doubt.end - 1) === 'if' ? doubt.end + NEAR : doubt.end;
      return doubt.start < cue.start && cue.start <= end;
    });
  if (isOwned(scene, sign)) return false;
  const isPointedAt = POINTED.has(scene.word(sign.start - 1)) && !TURNS.has(scene.word(sign.start));
  return (
    isFrequencyAsked(scene, sign) ||
    isEffectAsked(scene, sign) ||
    isConditionShared(scene, sign) ||
    isUnreal(scene, sign) ||
    (!isPointedAt &&
      scene
        .before('hypothetical', sign, REACH)
        .some(
          (cue) => outside(cue) && !isHalf(scene, cue) && reaches(scene, cue, sign) && !isDoubting(cue) && !isWishedAway(scene, cue, sign),
        )) ||
    scene.before('hypotheticalNear', sign).some((cue) => outside(cue) && isNear(scene, cue, sign)) ||
    scene.before('worry', sign, REACH).some((cue) => outside(cue) && reaches(scene, cue, sign) && isEmptyFear(scene, cue, sign)) ||
    scene
      .after('hypotheticalBack', sign)
      .some((cue) => outside(cue) && reachesBackTo(scene, cue, sign, REACH_BACK) && !isTold(scene, cue, sign))
  );
}

const OWN_WOUND = /^(blister|pus$|ooz|weep|hive|welt|fever$|chills|bleeding|burns?$|wound|abscess|discharge)/;
const NOT_THE_WOUND = new Set('scar scars mark marks risk history lesson'.split(' '));

const SKIN = /^(face|cheek|chin|forehead|nose|lip|jaw|neck|skin|eyelid|spot|patch)s?$/;

/** "would a mask make my blisters worse", "is a cheek thats leaking yellow catching": what is called one's own, or the state of some skin, is there. */
function isOwned(scene: Scene, sign: Span): boolean {
  if (OF_SUCH.test(scene.words(sign.start - 3, sign.start).join(' ')) && SKIN.test(skinBefore(scene, sign))) return true;
  return scene.word(sign.start - 1) === 'my' && OWN_WOUND.test(scene.word(sign.start)) && !NOT_THE_WOUND.has(scene.word(sign.end));
}

const OF_SUCH = /\b(thats|that is|which is|that keeps)$/;

function skinBefore(scene: Scene, sign: Span): string {
  return scene.word(sign.start - (scene.word(sign.start - 1) === 'thats' ? 2 : 3));
}

/** "if it starts bleeding", "how raw will i look": the condition or question begins before the sign and shares a word with it. */
function isConditionShared(scene: Scene, sign: Span): boolean {
  return scene
    .over('hypothetical', sign)
    .some(
      (cue) =>
        cue.start < sign.start &&
        /^(if|say|suppose|might|could|would|will|how)$/.test(scene.word(cue.start)) &&
        !asksOfNow(scene, cue, sign),
    );
}

const UNREAL_REACH = 5;

/** "if it blistered what would i do", "suppose one got a blister, would one": what would follow is unreal, so is the condition. */
function isUnreal(scene: Scene, sign: Span): boolean {
  const before = scene.words(Math.max(scene.sentenceStart(sign.start), sign.start - UNREAL_REACH), sign.start);
  const behind = `${scene.words(sign.end, sign.end + UNREAL_REACH).join(' ')} `;
  if (before.includes('suppose') || before.includes('supposing')) return /\b(would|could|might) /.test(behind);
  if (!before.includes('if')) return false;
  if (/^(, )?(\w+ )?(what|who|how|where|when) (would|could|might) /.test(behind)) return true;
  // "if my eyes swell shut who do i call": a bare verb tells of no eyes that are swollen
  const own = scene.words(before.lastIndexOf('if') + sign.start - before.length, sign.end).join(' ');
  return (
    /^if (my|it|the) (\w+ )?(swell|blister|start|begin|develop|become|turn|crust)\b/.test(own) &&
    /^(\w+ ){0,2}(, )?(what|who|how|where|when) (\w+ )?(do|should|can) (i|we) /.test(behind)
  );
}

const MODALS = /^(will|would|can|could|does|might|may)$/;
/** What a thing may do to the skin, as a bare verb. */
const EFFECTS =
  /^(infect|scar|blister|bleed|swell|burn|sting|peel|irritate|inflame|ooze|crust|ruin|damage|kill|poison|blind|get|catch|develop|have)$/;
const MAKE = /^(it|this|my|me|the|face|skin|get|go|turn|become|more)$/;
const LONGEST_THING = 7;

/** "will a grimy phone screen infect my face": a question that begins with what a thing may do, and names no sign that is there. */
function isEffectAsked(scene: Scene, sign: Span): boolean {
  const start = scene.sentenceStart(sign.start);
  const words = scene.words(Math.max(start, sign.start - LONGEST_THING - 2), sign.start);
  const at = words.findLastIndex((word) => MODALS.test(word));
  const isFirst = at === 0 || /^(,|and|so|ok|but|hi|also|question|q|wait)$/.test(words[at - 1] ?? '');
  if (at < 0 || !isFirst || /^(i|u|you|we|this|these|my)$/.test(words[at + 1] ?? '')) return false;
  const thing = words.slice(at + 1);
  if (/^(my|this|these|those|the)$/.test(thing.at(-1) ?? '')) return false;
  if (thing.some((word) => POINTERS.has(word) && !MAKE.test(word))) return false;
  const isMade = thing.some((word) => /^(make|cause|give|get)$/.test(word));
  return isMade || EFFECTS.test(scene.word(sign.start)) ? thing.length > 0 : false;
}

/** "is bleeding common". */
function isFrequencyAsked(scene: Scene, sign: Span): boolean {
  const isAsked = /^(is|are)$/.test(scene.word(sign.start - 1)) && sign.start - 1 - scene.sentenceStart(sign.start) <= NEAR;
  return isAsked && /^(common|likely|possible|rare|typical|usual)$/.test(scene.word(sign.end));
}

/** "im bleeding, is this common": told of before it is asked about. */
function isTold(scene: Scene, cue: Span, sign: Span): boolean {
  return TOLD_BEFORE.has(scene.word(sign.start - 1)) || scene.words(sign.end, cue.start).some((word) => TOLD_BETWEEN.has(word));
}

/** One word of a cue like "if an", whose other words stand apart ("if its an infection"), supposes nothing. */
function isHalf(scene: Scene, cue: Span): boolean {
  return cue.end - cue.start === 1 && HALVES.has(scene.word(cue.start));
}

/** "might be pus", "not sure if its infected": counts as there, and says that the patient does not know. */
export function isDoubted(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  return (
    scene.before('uncertain', sign).some((cue) => outside(cue) && reaches(scene, cue, sign)) ||
    scene.after('uncertainBack', sign).some((cue) => outside(cue) && reachesBackTo(scene, cue, sign, REACH_BACK))
  );
}

/** "will my face swell": a word or two lie between, and no other verb or person. */
function isNear(scene: Scene, cue: Span, sign: Span): boolean {
  const between = scene.words(cue.end, sign.start);
  if (PRESUPPOSES.has(scene.word(cue.start - 1)) || scene.word(cue.end) === 'help') return false;
  return between.length <= NEAR && !between.some((word) => POINTERS.has(word) || word === ',' || word === 'stop');
}

/** "dont want to squeeze the pus". */
function isWishedAway(scene: Scene, cue: Span, sign: Span): boolean {
  return scene.word(cue.end - 1) === 'want' && POINTED_IN_WISH.has(scene.word(sign.start - 1));
}

function asksOfNow(scene: Scene, cue: Span, sign: Span): boolean {
  const condition = scene.words(cue.start, sign.start).lastIndexOf('if');
  if (condition < 0) return false;
  const at = cue.start + condition;
  return (
    scene.words(at - ADVICE_WORDS, at).some((word) => ADVICE_SOUGHT.has(word)) &&
    ASKED_OF_NOW.test(scene.words(at + 1, sign.end + 3).join(' '))
  );
}

/** "would it be bad if it started oozing this morning": it did. */
const HAPPENED = /^(\w+ ){0,2}(this morning|last night|yesterday|an hour ago|(hours|days) ago)\b/;

/** "which products should i watch for cant see out of it": no verb follows these in one sentence. */
const IN_NEED_OF_NOUN = new Set('for of about with from'.split(' '));
const CANNOT = new Set('cant wont couldnt'.split(' '));
/** "is that an acid i should avoid drank the toner": nor does what happened. */
const TAKES_NO_PAST = new Set('avoid use do get buy try wear take stop start'.split(' '));
const HAPPENED_FORMS = new Set('drank ate swallowed fainted blacked woke threw collapsed fell'.split(' '));

function reaches(scene: Scene, cue: Span, sign: Span): boolean {
  if (HAPPENED.test(scene.words(sign.end, sign.end + 5).join(' '))) return false;
  if (IN_NEED_OF_NOUN.has(scene.word(cue.end - 1)) && CANNOT.has(scene.word(cue.end))) return false;
  if (TAKES_NO_PAST.has(scene.word(cue.end - 1)) && HAPPENED_FORMS.has(scene.word(cue.end))) return false;
  if (asksOfNow(scene, cue, sign) || beginsStatement(scene, cue, sign) || goesOnBehindMatter(scene, cue, sign)) return false;
  for (let at = cue.end; at < sign.start; at++) {
    const word = scene.word(at);
    if (STATES_NOW.has(word) || ((at > cue.end || SOUGHT.has(scene.word(cue.end - 1))) && REPORTS_ANYWHERE.has(word))) return false;
    if (word === ',' && TURNING.has(scene.word(at + 1))) return false;
    if (word === '-' && at + 1 === sign.start && /^\w{3,}ing$/.test(scene.word(at + 1))) return false;
    if ((word === ',' || word === 'and' || word === '-') && REPORTS.test(scene.words(at + 1, at + 3).join(' '))) return false;
  }
  return true;
}

/** "thought id get pus and i did". */
const CAME_TRUE = /^(, |and |but |so |now |sure enough |guess what )+(\w+ )?(i|it|they) (did|do|have|has|is|got)\b/;

/** A worry about something that is pointed at ("worried about this crust") is no empty one, and "what i have is a stripe" none. */
function isEmptyFear(scene: Scene, cue: Span, sign: Span): boolean {
  const between = scene.words(cue.end, sign.start);
  if (/^i (have|see|got|feel|notice|had)$/.test(scene.words(cue.start - 2, cue.start).join(' '))) return false;
  if (CAME_TRUE.test(scene.words(sign.end, sign.end + 6).join(' '))) return false;
  if (between.slice(-2).some((word) => BECOMING.has(word))) return true;
  return !between.some((word) => POINTERS.has(word));
}

/** "nothing touches this pain and am i to reapply once a day": a question that begins behind the sign says nothing of it. */
const ASKING_ANEW = new Set('am can could should shall do may will would'.split(' '));

/** Whether a cue behind a sign reaches back to it, over words of the same statement. */
export function reachesBackTo(scene: Scene, cue: Span, sign: Span, reach: number): boolean {
  if (cue.start - sign.end > reach) return false;
  for (let at = sign.end; at < cue.start; at++) {
    const word = scene.word(at);
    const isJoint = word === ',' && (at === cue.start - 1 || (at === cue.start - 2 && REFERRING.has(scene.word(at + 1))));
    if (word === 'but' || word === 'however' || (scene.isMark(at) && !isJoint)) return false;
    if (ASKING_ANEW.has(word) && (scene.word(at + 1) === 'i' || scene.word(at + 1) === 'we')) return false;
  }
  return true;
}
