import type { Span } from '../cues';
import { beginsStatement } from './own-statement';
import { isDated, namesYear } from './dated';
import { isHousehold } from './household';
import { isAhead, isCircumstance, isNoPast } from './no-past';
import type { Scene } from './scene';
import { endOfStory, LONG_AGO } from './story';
import { reachesBackTo } from './supposition';

const REACH = { past: 10, told: 12, other: 6, again: 4, apart: 30 } as const;
const PRESENT_VERBS = new Set(
  'is are has shes hes keeps stays looks feels hurts cant wont isnt arent now currently still just right having'.split(' '),
);
const PAST_VERBS = new Set('showed sent posted had got was were did went ended hers theirs used when caught gave tuvo dio'.split(' '));
const NOW_TELLING = new Set('is are am im ive has keeps wont isnt theres still'.split(' '));
/** "since my last visit" reaches to now; "dont usually get a rash" says that there is one. */
const NO_PAST_AFTER = new Set('since dont doesnt didnt never not'.split(' '));
const SUBJECTS = new Set(['i', 'we', 'they']);
const TELLING_REACH = 4;
/** "my dog scratched my face and its infected": the sign is the patient's. */
const SIGN_OF_PATIENT = /\b(and|so|then|now|,) (it|its|theres)\b/;
/** "my kid had this done at 19 and ...": the child is the patient. */
const WAS_TREATED =
  /\b(had|got) (this|it|hers|his|theirs|microneedling|needling|the treatment|her face|his face)\b.*\bdone\b|\bwas (treated|needled|microneedled)\b/;
/** "my mom had hers done today and her lips swelled": treated so lately, the other person is the patient. */
const TREATED = /\b(had|got|did|having|getting|doing) (it|hers|his|theirs|this|microneedling|needling|the treatment|her face|his face)\b/;
const LATELY =
  /\b(today|tonight|yesterday|just|earlier|this (morning|afternoon|evening)|last night|at noon|an hour ago|(hours|minutes) ago)\b/;
/** "mums face went purple after you did her", "after the session": what the clinic just did, so that what came of it is not over. */
const DONE_BY_US =
  /\b(after|since|from|when|once) ((the|your|ur|this|todays|yesterdays) (session|treatment|appointment|appt|needling|procedure|visit)|(you|u|they|yall|the (nurse|girl|lady|doctor)) (did|needled|treated|saw|finished))\b/;
/** "my sister blistered after her laser, mine is dry": the patient is set against the other person. */
const SET_APART =
  /\b(mine|not me|i (only|just) (did|had|got)|couldnt be me|(nothing|none) (like|of) (that|those) (here|for me|on|with|happened)|i did (great|good|fine|ok|well)|(im|i am|i was|i feel|i felt) (good|fine|ok|okay|great|alright)|(convinced|worried|scared|sure|thinks) i will)\b/;
/** "my aunt blistered after a peel, do you do it differently", "is this like that": asks to learn from what befell the other. */
const ASKS_TO_LEARN =
  /\b((do|does) (you|u|yall|they|it|this|yours) (do|use|work) (it|anything|something|things|this|that|one)|(this|it|yours|needling) (is |be )?(anything )?like that|(is|are) (it|this|that|needling|yours|mine) (like|the same|any)|(could|can|will|would|might) (mine|this|that|it) )/;
const BEFELL_THEM =
  /^((her|his|the|like|basically|literally|straight) |for (a |like )?(\w+ )?(days?|weeks?|months?|ages|hours)|(after|during|from) \w+|(at|with) (her|his|their|hers|the|a|another|some|other)\b)/;
const PAST_TENSE = /ed$|^(bled|threw|swole|swelled|broke|went|passed|blew|got)$/;
/** "my coworker had pus and i have the same": what is told of another person is the patient's as well. */
const SAME_HERE =
  /\b(i|ive|im|me|mine|my \w+|now|so) (\w+ ){0,3}(same( thing)?|too(?! (light|much|soon|early|hot|hard|deep|long|late|often|strong|little|many|harsh|fast|gentle|mild))|also|as well)\b|\bsame (thing |exact thing )?(here|with|for|on) (me|mine|my)?|\bso (do|did|have|am) i\b/;
const NOT_THE_SAME = /\b(will|would|could|can|might|may|gonna|going|want|never|not|dont|didnt|havent|wont|wasnt|isnt|did|do|if)\b/;
/** "hers got infected and now im scared": the patient's own state is no tense of the other's. */
const TURNS_TO_PATIENT = /^(but|i|im|ive)$/;
/** "so shes convinced", "and now hes paranoid": a state of mind is not the sign's tense. */
const MINDS =
  /^(convinced|paranoid|worried|scared|sure|nervous|afraid|terrified|freaked|freaking|obsessed|like|checking|watching|always|being|dramatic|extra|asking|telling|warning|fine|ok|okay|good)$/;
const NONE_NOW = /^(nothing|none|no|never|clear|gone|fine|healed|smooth)$/;
/** "new mom here", "as a friend of a nurse", "told husband": the word names the patient, or somebody who only hears of it. */
const NAMES_PATIENT = /^(a|an|new|as|im|am|being|single|working|busy|tell|told|asked|ask|for|to|with|from|and|or|the)$/;
/** "havent told anyone about the pus": who is told has no sign. */
const TOLD_TO = /^(tell|told|telling|ask|asked|show|showed|shown|call|called|text|texted|asking|showing|scare|scaring|worry|bother)$/;
const HARMLESS = new Set('normal fine ok okay nothing overreacting worry'.split(' '));
/** "says its normal to get pus": what is harmless to them. */
const OPINION_GOES_ON = new Set('to for after when if that about as with until because like and or'.split(' '));
const ANYBODY = /^(someone|somebody|a|some)$/;
const AT = /^(at|in|from|to|near|outside|by)$/;
const PLACES = /^(house|place|home|flat|apartment|car|kitchen|office|desk|bathroom|sofa|couch|wedding|party|work)$/;
const CONTACT = /^(scratch|lick|bit$|bites$|bitten|touch|kiss|hit|poke|grab|slap|sneez|drool|claw|jump)/;
const TELLING = new Set(
  'say says said think thinks thought told tells tell swears swore claims claimed noticed notices sees saw pointed asked asks convinced insists reckons worried'.split(
    ' ',
  ),
);
const TELLS_ME = /^(told|tells|tell|asked|asks|showed|shows|sent|sends|texted|warned|messaged)$/;
/** "my mom has lupus not me". */
const NOT_ME = /^(\w+ ){0,4}(, )?not (me|mine|myself)\b/;
const ABOUT_THEM = new Set('shes hes theyre she he her his hers they their theirs people someone somebody'.split(' '));
const ABOUT_ANYBODY = new Set('can could may might would will'.split(' '));
/** "her throat closes up with nuts" tells a habit, not a state. */
const HABIT =
  /^(?!in )(\w+ )?\w+s (up )?(with|when|whenever|if|every|anytime|around)\b|^(\w+ ){1,4}(whenever|every time|everytime|each time)\b/;
const NOW = new Set('now currently today tonight just right'.split(' '));
const PATIENT = new Set('my i im ive me but'.split(' '));
const GOES_ON = new Set('do does is am are has have'.split(' '));

/** A sign in its message; `outside` tells whether a cue lies outside of the sign's own words. */
interface SignAt {
  readonly scene: Scene;
  readonly sign: Span;
  readonly outside: (cue: Span) => boolean;
}

/** "had pus last year", "used to get hives"; a later "now" brings the sentence back to the present. */
export function isPast(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  if (tellsNow(scene, sign.start - TELLING_REACH, sign.start) || endsOnStill(scene, sign)) return false;
  const isFree = (cue: Span): boolean =>
    !NO_PAST_AFTER.has(scene.word(cue.start - 1)) &&
    !isNoPast(scene, cue) &&
    !scene.holds('again', cue.end, sign.start) &&
    !scene.words(cue.end, sign.start).includes('but') &&
    !tellsNow(scene, cue.end, sign.start);
  return (
    scene.before('past', sign, REACH.past).some((cue) => outside(cue) && isFree(cue)) ||
    scene
      .after('pastBack', sign)
      .some(
        (cue) =>
          outside(cue) &&
          reachesBackTo(scene, cue, sign, REACH.past) &&
          !isStillSo(scene, cue) &&
          !isAhead(scene, cue) &&
          !isNoPast(scene, cue),
      ) ||
    isDated(scene, sign) ||
    namesYear(scene, sign)
  );
}

/** "my last visit was tuesday and my face is swollen", "i have"; not "used to have". */
function tellsNow(scene: Scene, from: number, to: number): boolean {
  for (let at = Math.max(0, from); at < to; at++) {
    const word = scene.word(at);
    if (NOW_TELLING.has(word) || (word === 'have' && SUBJECTS.has(scene.word(at - 1)))) return true;
  }
  return false;
}

/** "my cheeks oozed last time, still do". */
function endsOnStill(scene: Scene, sign: Span): boolean {
  for (let at = sign.end; scene.sameSentence(at, sign.start); at++)
    if (scene.word(at) === 'still' && GOES_ON.has(scene.word(at + 1)) && scene.isEnd(at + 2)) return true;
  return false;
}

/** "low from chemo years back, still low"; not "blisters last year, this time nothing". */
function isStillSo(scene: Scene, cue: Span): boolean {
  if (scene.words(cue.end, cue.end + 2 * REACH.again).some((word) => NONE_NOW.test(word))) return false;
  let end = cue.end;
  for (let words = 0; words < REACH.again && scene.word(end) !== ''; end++) if (!scene.isMark(end) || scene.word(end) === ',') words++;
  const next = scene.words(cue.end, end);
  return scene.holds('again', cue.end, end) || (next.includes('still') && !next.includes('you'));
}

/** "putting my kid to bed", "on a walk with the dog": who is only part of what the patient does has no sign. */
const DONE_WITH =
  /^(putting|put|feeding|fed|with|picking|picked|dropping|dropped|for|to|bathing|hugging|holding|carrying|walking|walked|dressing|changing|chasing|taking|took|at|from|near|by|watching|playing|driving|drove)$/;

/** "weak as a kitten", "swollen like a hamster": no animal is there. */
const LIKENING = /^(like|as|than)$/;
const LIKENING_REACH = 3;

function isDoneWith(scene: Scene, { start }: Span): boolean {
  return DONE_WITH.test(scene.word(scene.word(start - 1) === 'my' ? start - 2 : start - 1));
}

function isLikenedTo(scene: Scene, { start }: Span): boolean {
  const before = scene.words(start - LIKENING_REACH, start).filter((word) => !/^(a|an|the|\W+)$/.test(word));
  return LIKENING.test(scene.word(start - 1)) || (LIKENING.test(before.at(-1) ?? '') && before.length < LIKENING_REACH);
}

/** "my toddler has a fever", "the dog threw up": the sign follows its owner without a word about the patient in between. */
export function isOf(owner: 'nonPatient' | 'animal', { scene, sign, outside }: SignAt): boolean {
  return scene.before(owner, sign).some((cue) => {
    if (isDoneWith(scene, cue) || (owner === 'animal' && isLikenedTo(scene, cue))) return false;
    const between = scene.words(cue.end, sign.start);
    const told = between.join(' ');
    if (SIGN_OF_PATIENT.test(told) || WAS_TREATED.test(told)) return false;
    if (beginsStatement(scene, { start: cue.start, end: cue.end - 1 }, sign)) return false;
    return outside(cue) && !between.some((word) => PATIENT.has(word) || CONTACT.test(word));
  });
}

/** Whether another person's sign is told, and whether it is over: "my sister had an infection after hers", "my wife has a fever". */
export function otherPersons(scene: Scene, sign: Span, outside: (cue: Span) => boolean): 'other_now' | 'other_past' | null {
  const cues = scene.before('other', sign, REACH.told).filter((cue) => outside(cue) && isTheirs(scene, cue, sign));
  const isHearsay = scene.before('hearsay', sign, REACH.told).some((cue) => outside(cue) && isTheirs(scene, cue, sign));
  const isDenied = cues.length > 0 && NOT_ME.test(scene.words(sign.end, sign.end + REACH.other).join(' '));
  if (isDenied || isHearsay || cues.some((cue) => isTold(scene, cue, sign))) return 'other_past';
  const isBack = (cue: Span): boolean => !beginsOpinion(scene, cue) && reachesBackTo(scene, cue, sign, REACH.other);
  if (scene.after('otherBack', sign).some((cue) => outside(cue) && isBack(cue))) return 'other_past';
  return cues.length > 0 ? 'other_now' : null;
}

/** "sheets stick to it my friend says its normal": who says or had something is no part of what stands before. */
function beginsOpinion(scene: Scene, cue: Span): boolean {
  return TELLING.has(scene.word(cue.end)) || scene.word(cue.end) === 'had';
}

/** Not "my friend thinks its infected", which is about the patient. */
function isTheirs(scene: Scene, cue: Span, sign: Span): boolean {
  const between = scene.words(cue.end, sign.start).filter((word, at, all) => !(word === 'me' && TELLS_ME.test(all[at - 1] ?? '')));
  if (TOLD_TO.test(scene.word(cue.start - 1)) || isPlace(scene, cue)) return false;
  if (cue.end - cue.start === 1 && (NAMES_PATIENT.test(scene.word(cue.start - 1)) || /^(here|of|to|and)$/.test(scene.word(cue.end))))
    return false;
  if (SIGN_OF_PATIENT.test(between.join(' ')) || isOpinionOver(between)) return false;
  if (LIKENING.test(scene.word(cue.start - 1)) && ANYBODY.test(scene.word(cue.start))) return false;
  if ([...between, ...scene.words(sign.start, sign.end)].some((word) => PATIENT.has(word))) return false;
  const telling = between.findIndex((word) => TELLING.has(word));
  if (telling < 0) return true;
  const told = between.slice(telling + 1);
  return told.some((word) => ABOUT_THEM.has(word) || ABOUT_ANYBODY.has(word));
}

/** "tiktok says its normal ...", "my friend says its fine ...": behind the opinion the patient goes on. */
function isOpinionOver(between: readonly string[]): boolean {
  const telling = between.findIndex((word) => TELLING.has(word));
  const harmless = between.findLastIndex((word) => HARMLESS.has(word));
  return telling >= 0 && harmless > telling && !OPINION_GOES_ON.has(between[harmless + 1] ?? '');
}

/** "at my moms house", "grandma style": whose it is tells nothing of who has the sign. */
function isPlace(scene: Scene, cue: Span): boolean {
  let at = scene.word(cue.start - 1) === 'my' ? cue.start - 2 : cue.start - 1;
  while (at > 0 && (scene.word(at) === ',' || scene.word(at) === '-')) at--;
  const before = scene.word(at);
  return scene.word(cue.end) === 'style' || (AT.test(before) && PLACES.test(scene.word(cue.end)));
}

/** "whes gone drowsy": a mistyped word that may be a verb of now. */
function mayTellNow({ message }: Scene, from: number, to: number): boolean {
  return message.tokens.slice(from, to).some(({ orMeant }) => orMeant?.some(({ text }) => PRESENT_VERBS.has(text)));
}

function isTold(scene: Scene, cue: Span, sign: Span): boolean {
  let end = sign.end;
  const goesOn = (at: number): boolean => !scene.isEnd(at) && scene.sameSentence(at, sign.start);
  while (goesOn(end) && !TURNS_TO_PATIENT.test(scene.word(end)) && !isCircumstance(scene, end)) end++;
  end = endOfStory(scene, sign, end);
  const told = scene.words(cue.start, scene.word(end - 1) === 'now' ? end - 1 : end);
  if (HABIT.test(scene.words(sign.start, end).join(' ')) && !told.some((word) => NOW.has(word))) return true;
  const sentence = told.join(' ');
  const behind = wordsBehind(scene, sign.end);
  const same = SAME_HERE.exec(behind);
  if (same && !NOT_THE_SAME.test(same[0])) return false;
  if (told.includes('once') && !told.some((word) => NOW.has(word))) return true;
  const isSetApart = SET_APART.test(behind);
  if (!isSetApart && ((TREATED.test(sentence) && LATELY.test(sentence)) || DONE_BY_US.test(sentence))) return false;
  if (told.some((word, at) => PRESENT_VERBS.has(word) && !MINDS.test(told[at + 1] ?? ''))) return false;
  if (mayTellNow(scene, cue.start, end) || isHousehold(scene, cue, sentence)) return false;
  const isReported = scene.word(cue.start - 1) === 'me' && TELLS_ME.test(scene.word(cue.start - 2)) && !LATELY.test(sentence);
  if (isReported && PAST_TENSE.test(scene.word(sign.start))) return true;
  const wasBefore = /^(before|ahead)$/.test(scene.word(cue.end - 2)) && scene.word(cue.end - 1) === 'me';
  if (LONG_AGO.test(sentence) && PAST_TENSE.test(scene.word(sign.start))) return true;
  return told.some((word) => PAST_VERBS.has(word)) || wasBefore || ((isSetApart || ASKS_TO_LEARN.test(behind)) && befell(scene, sign));
}

/** "blistered after her laser", "oozed for days". */
function befell(scene: Scene, sign: Span): boolean {
  return (
    scene.words(sign.start, sign.end).some((word) => PAST_TENSE.test(word)) &&
    BEFELL_THEM.test(scene.words(sign.end, sign.end + 5).join(' '))
  );
}

function wordsBehind(scene: Scene, from: number): string {
  return scene.words(from, from + REACH.apart).join(' ');
}
