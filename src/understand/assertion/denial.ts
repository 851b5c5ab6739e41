import type { Span } from '../cues';
import { isFoundOut } from './denial-over';
import { runsTo } from './denied-list';
import type { Scene } from './scene';

/** After "no" these words begin a statement: "no i have a fever", "no its bleeding". */
const AFTER_INTERJECTION = new Set(
  'i im ive it its there theres he shes she hes my the this that thats we they you but just can is are so because what why how wait actually really seriously honestly listen please thanks sorry yeah yes'.split(
    ' ',
  ),
);
const NO_ANSWERS = new Set('no none nope nah negative zero nil never nothing neither gone'.split(' '));
const YES_ANSWERS = new Set('yes yep yup yeah si'.split(' '));
const ANSWER_MARKS = new Set(['?', ':', '=', '-', '(', '...']);
/** After an answer these go on about the same sign; another word would be what the "no" denies ("swelling? no fever"). */
const AFTER_ANSWER = new Set(
  'but just only its it i im ive thank thanks thankfully not and so because luckily thats at to sign signs all everything none never nothing though really'.split(
    ' ',
  ),
);
/** "pus? i dont see any". */
const OWN_ANSWER =
  /^(no )?(i |ive )?(dont|didnt|havent|cant|not) (really |even )?((have|see|seen|feel|notice|noticed|had|got) (any( (of|yet|now|at|here|so|in|on|either)\b| ?[.,!;]|$)|(it|that|one|none)\b)|that i (see|know|can|have|noticed|feel))|^(its )?(all |long |totally |completely |already )+(gone|over|healed|cleared)\b/;
/** "i had hives. not now": taken back right behind the sign. */
const NOT_NOW = /^((but|and|pero|y) )?((not|none|nothing) (right )?(now|anymore|any more|currently|at the moment)|(ya|yes) no|ahora no)$/;
const TAKING_BACK = new Set('but and pero y not none nothing ya yes ahora'.split(' '));
/** A question that the patient puts only to answer it is short: "any pus? no". */
const LONGEST_OWN_QUESTION = 6;
/** Words that compare with what was before: "never had this much swelling", "havent been so red". */
const COMPARING = new Set(['this', 'so', 'such']);
/** "never felt sicker". */
const WORSENED = /^(worse|worst|sicker|weaker|dizzier|rougher|lousier|hotter|redder|sorer|puffier|itchier)$/;
const NEVER_YET = new Set('never havent hasnt hadnt aint nunca'.split(' '));
/** What stands behind a sign that never was before and is now. */
const FIRST_TIME = /^(\w+ )?(before|like that|so (bad|much|badly)|antes|así|asi)\b/;
/** The same behind any denial: "dont bleed like this", "no pus until this morning", "wasnt swollen yesterday". */
const NOT_SO_BEFORE =
  /^(\w+ )?(like this|this (bad|much|badly|long)|(until|till|til) (?!you|u\b|we)|before (now|today|this)|(yesterday|earlier|at first|initially|originally)(?! (or|and|nor)\b))/;
/** Denials that somebody found: "ruled out infection yesterday". */
const REPORTED = new Set(['ruled', 'rules', 'denied', 'denies', 'negative', 'tested', 'checked', 'declined']);
/** The same told in full: "but i do now", "but now it is". */
const NOW_SO =
  /\b(but|and) (now )?(i|it|they|there|we) (do|does|did|is|am|are|have|has)( now| today| tonight)?$|\b(but|and) now (it|they) (does|do|is|are)\b/;
const USUALLY = new Set('usually normally generally ordinarily typically'.split(' '));
/** Denied is the relief or the comparison: "no relief from the pain", "not any less swollen", "isnt more red". */
const COMPARED = new Set(
  'relief improvement progress luck change difference help helped helps break letup end less fewer more worse better stop stopping quit ease eases eased fix fixed relieve relieved reduce reduced slow control'.split(
    ' ',
  ),
);
const POINTING = new Set('the this these that those'.split(' '));
/** "nobody did warn me about pus": denied is the telling. */
const TELLING = new Set(
  'warn warned tell told telling mention mentioned explain explained ask asked show showed wonder wondered'.split(' '),
);
/** "no makeup on blisters", "didnt put anything over it": denied is what is done to the sign. */
const UPON = new Set('on over onto near around against about'.split(' '));
const HAVING = new Set(
  'have has had having see seeing seen feel feeling felt notice noticed get getting got any of be really even'.split(' '),
);
const PREDICATES = new Set(
  'is are was were isnt looks seems should feels has have will needs gets keeps supposed going goes go'.split(' '),
);
/** "neither the redness nor the swelling has gone down": denied is the end of it. */
const IMPROVING = new Set(
  'gone going away improved improving healed healing better stopped stopping faded fading cleared clearing resolved budged settled settling subsided subsiding'.split(
    ' ',
  ),
);
const IMPROVING_REACH = 6;
/** "not raw its just gone like sandpaper": behind these something else has gone. */
const OWN_SUBJECT = new Set('its thats im ive'.split(' '));
/** "no throbbing. is green tea good for healing" asks of something else. */
const BEGINS_QUESTION = new Set('is can could should will does do how what when may anything'.split(' '));
/** Before a subject these begin a question: "isnt this infected", "dont you think its pus". */
const ASKING = new Set('isnt arent wasnt werent doesnt dont didnt hasnt havent wont cant couldnt'.split(' '));
const SUBJECTS = new Set('this that these those it you i there they the my'.split(' '));
const CANNOT = new Set('cant cannot couldnt unable not never hardly hard barely'.split(' '));
/** No denial reaches further, its list included. */
const DENIAL_REACH = 26;
const UNSAID_REACH = 3;
/** "hope youre well. and no blisters" hopes for something else. */
const ENDS_UNSAID = new Set([',', 'but', 'well', 'and', 'smile', 'press', 'touch', 'move', 'chew', 'laugh', 'poke']);
const TAKEN_BACK_REACH = 6;

/** "no fever", "dont have pus, chills or swelling"; not "no, it is bleeding", "cant say its not infected", "never had this much swelling". */
export function isDeniedBefore(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  return scene.before('negation', sign, DENIAL_REACH).some((cue) => outside(cue) && denies(scene, cue, sign));
}

/** "did nothing", "i feel nothing", "out of nothing": not the beginning of a denied list. */
const BEFORE_NOTHING = new Set(
  'did do does doing done feel feels felt can hear sense eat ate drink drank put use used take took say said know for of on'.split(' '),
);
/** What may stand between "nothing" and how it is not: "nothing weird or too swollen". */
const OF_NOTHING = new Set(
  'or nor and , too very really super so that like even remotely overly at all weird odd strange major serious bad scary gross nasty funky crazy alarming unusual abnormal new horrible drastic looking terribly particularly especially in the way of'.split(
    ' ',
  ),
);
/** "nothing has oozed, wept or crusted"; not "nothing has touched the pain". */
const HAS = new Set(['has', 'had', 'ever']);
const HAPPENED = /^(?!touched|worked|cured|treated|soothed|calmed)\w+(ed|en)$|^(wept|bled|burnt|swole|,|or|and|nor|ever|even)$/;
/** "nothing hurts more than this" says that it hurts. */
const AFTER_COMPARED = new Set('more worse as like than anymore'.split(' '));

/** "nothing black or purple"; not "nothing helps the pain". */
function isNothingLike(scene: Scene, cue: Span, sign: Span): boolean {
  if (BEFORE_NOTHING.has(scene.word(cue.start - 1)) || scene.isMark(cue.end)) return false;
  if (HAS.has(scene.word(cue.end))) return scene.words(cue.end + 1, sign.end).every((word) => HAPPENED.test(word) && !COMPARED.has(word));
  for (let at = cue.end; at < sign.start; at++) if (!OF_NOTHING.has(scene.word(at)) && !scene.begins('state', at)) return false;
  return !AFTER_COMPARED.has(scene.word(sign.end));
}

/** "my mom says its nothing is my face meant to ...": an opinion, behind which the patient goes on. */
function isSaidToBeNothing(scene: Scene, cue: Span): boolean {
  return (
    scene.word(cue.start) === 'nothing' &&
    /^(says|said|thinks|thought|swears|reckons) (its|it)$/.test(scene.words(cue.start - 2, cue.start).join(' '))
  );
}

function denies(scene: Scene, cue: Span, sign: Span): boolean {
  const isBare = cue.end - cue.start === 1;
  if (isBare && scene.word(cue.start) === 'nothing' && !isNothingLike(scene, cue, sign)) return false;
  if (isSaidToBeNothing(scene, cue)) return false;
  if (isBare && scene.word(cue.start) === 'no' && (scene.isEnd(cue.end) || AFTER_INTERJECTION.has(scene.word(cue.end)))) return false;
  if (!runsTo(scene, cue, sign) || isFoundOut(scene, sign)) return false;
  return !(
    isUnsaid(scene, cue) ||
    isForTheFirstTime(scene, cue, sign) ||
    isTagged(scene, sign) ||
    isAsked(scene, cue) ||
    isPresupposed(scene, cue, sign) ||
    isEndDenied(scene, sign)
  );
}

/** "cant say its not infected", "cant move without pain": a denial of the denial. */
function isUnsaid(scene: Scene, cue: Span): boolean {
  const near = scene
    .before('unsaid', cue, UNSAID_REACH)
    .some((unsaid) => cue.start - unsaid.end <= UNSAID_REACH && !scene.words(unsaid.end, cue.start).some((word) => ENDS_UNSAID.has(word)));
  if (near) return true;
  if (scene.word(cue.start) !== 'without') return false;
  return scene.words(Math.max(cue.start - 6, scene.sentenceStart(cue.start)), cue.start).some((word) => CANNOT.has(word));
}

/** "never had this much swelling", "no pus until today", "i dont usually bleed": what was not, is now. */
function isForTheFirstTime(scene: Scene, cue: Span, sign: Span): boolean {
  if (scene.words(cue.start - 1, cue.end + 1).some((word) => USUALLY.has(word))) return true;
  if (isNowSo(scene, sign)) return true;
  const after = upToMark(scene, sign.end, 4).join(' ');
  if (NOT_SO_BEFORE.test(after) && !REPORTED.has(scene.word(cue.start))) return true;
  if (!scene.words(cue.start, cue.end).some((word) => NEVER_YET.has(word))) return false;
  if (scene.words(cue.end, sign.end).some((word) => WORSENED.test(word))) return true;
  return FIRST_TIME.test(after) || scene.words(cue.end, sign.start).some((word) => COMPARING.has(word));
}

/** "didnt have a fever this morning but i do now". */
function isNowSo(scene: Scene, sign: Span): boolean {
  let end = sign.end;
  while (end < sign.end + TAKEN_BACK_REACH * 2 && !(scene.isEnd(end) && scene.word(end) !== ',')) end++;
  const after = scene.words(sign.end, end);
  return (after.includes('but') || after.includes('now')) && NOW_SO.test(after.join(' '));
}

/** "isnt this infected": a negative question, not an answer. */
function isAsked(scene: Scene, cue: Span): boolean {
  if (cue.end - cue.start === 1 && ASKING.has(scene.word(cue.start)) && SUBJECTS.has(scene.word(cue.end))) return true;
  // "doesnt this look like pus": the denial stands apart from the rest of its cue
  return scene.words(cue.start - 2, cue.start).some((word, at, all) => ASKING.has(word) && SUBJECTS.has(all[at + 1] ?? ''));
}

/** "havent told anyone about the pus", "dont think the swelling is normal", "no relief from pain": what is denied is something else. */
function isPresupposed(scene: Scene, cue: Span, sign: Span): boolean {
  const between = scene.words(cue.end, sign.start);
  if (between.some((word) => COMPARED.has(word) || word === 'without') || scene.word(sign.end) === 'free') return true;
  if (between.some((word) => TELLING.has(word))) return true;
  if (UPON.has(between.at(-1) ?? '') && scene.holds('deed', cue.end, sign.start)) return true;
  if (!POINTING.has(between.at(-1) ?? '')) return false;
  return between.slice(0, -1).some((word) => !HAVING.has(word)) || PREDICATES.has(scene.word(sign.end));
}

/** "none of the swelling has gone down": what is denied is that it ended. */
function isEndDenied(scene: Scene, sign: Span): boolean {
  const after = upToMark(scene, sign.end, IMPROVING_REACH);
  const question = after.findIndex(
    (word, at) => BEGINS_QUESTION.has(word) && !(IMPROVING.has(after[at + 1] ?? '') || after[at + 1] === 'even'),
  );
  const turn = after.findIndex((word, at) => OWN_SUBJECT.has(word) || (at > 0 && word === 'not'));
  const ends = [question, turn].filter((at) => at >= 0);
  return (ends.length === 0 ? after : after.slice(0, Math.min(...ends))).some((word) => IMPROVING.has(word));
}

/** So many words from a position on, up to the next mark or "but". */
function upToMark(scene: Scene, from: number, most: number): string[] {
  let end = from;
  while (end < from + most && !scene.isEnd(end) && scene.word(end) !== 'but' && scene.word(end) !== 'and') end++;
  return scene.words(from, end);
}

/** "its not infected, is it?" asks whether it is. */
function isTagged(scene: Scene, sign: Span): boolean {
  const after = scene.words(sign.end, sign.end + 4).filter((word) => word !== ',');
  return /^(is (it|that|there)|are they|does it|do i|right) \?/.test(after.join(' '));
}

/** "fever? no", "pus: none", "chills - nope". */
export function isAnsweredNo(scene: Scene, sign: Span): boolean {
  if (!ANSWER_MARKS.has(scene.word(sign.end)) || !isOwnQuestion(scene, sign)) return false;
  const answer = scene.word(sign.end + 1);
  if (answer === 'not' || answer === 'dont' || answer === 'doesnt')
    return /^(really|yet|at|that|anymore|think|have|any)$/.test(scene.word(sign.end + 2));
  if (!NO_ANSWERS.has(answer) && OWN_ANSWER.test(scene.words(sign.end + 1, sign.end + 6).join(' '))) return true;
  const next = sign.end + 2;
  return NO_ANSWERS.has(answer) && (scene.isEnd(next) || AFTER_ANSWER.has(scene.word(next)));
}

/** "fever: yes", "pus? yes": nothing that stands around it denies it. */
export function isAnsweredYes(scene: Scene, sign: Span): boolean {
  return (
    (YES_ANSWERS.has(scene.word(sign.end)) && scene.isEnd(sign.end + 1)) ||
    (ANSWER_MARKS.has(scene.word(sign.end)) && YES_ANSWERS.has(scene.word(sign.end + 1)))
  );
}

/** "hives last month. not now", "swelling on day 1 but not now". */
export function isTakenBack(scene: Scene, sign: Span): boolean {
  let at = sign.end;
  while (at < sign.end + TAKEN_BACK_REACH && !scene.isEnd(at) && scene.word(at) !== 'but' && scene.word(at) !== 'pero') at++;
  const from = scene.isMark(at) ? at + 1 : at;
  if (!TAKING_BACK.has(scene.word(from))) return false;
  let end = from;
  while (end < from + TAKEN_BACK_REACH && !scene.isEnd(end)) end++;
  return NOT_NOW.test(scene.words(from, end).join(' '));
}

/** "fever no, pus yes", "pain free", "fever nope". */
export function isDeniedBeside(scene: Scene, sign: Span): boolean {
  const cue = scene.startingIn('negationBeside', sign.end, sign.end + 1)[0];
  if (!cue) return false;
  if (!NO_ANSWERS.has(scene.word(cue.start)))
    return !scene.words(sign.start - 3, sign.start).some((word) => CANNOT.has(word) || word === 'isnt');
  return scene.isEnd(cue.end) || AFTER_ANSWER.has(scene.word(cue.end));
}

function isOwnQuestion(scene: Scene, sign: Span): boolean {
  return sign.start - scene.sentenceStart(sign.start) < LONGEST_OWN_QUESTION;
}
