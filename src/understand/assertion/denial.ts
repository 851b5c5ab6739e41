import type { Span } from '../cues';
import { runsTo } from './denied-list';
import type { Scene } from './scene';

/** After "no" these words begin a statement: "no i have a fever", "no its bleeding". */
const AFTER_INTERJECTION = new Set(
  'i im ive it its there theres he shes she hes my the this that thats we they you but just can is are so because what why how wait actually yes'.split(
    ' ',
  ),
);
const NO_ANSWERS = new Set('no none nope nah negative zero nil never nothing neither'.split(' '));
const YES_ANSWERS = new Set('yes yep yup yeah si'.split(' '));
const ANSWER_MARKS = new Set(['?', ':', '=', '-', '(', '...']);
/** After an answer these go on about the same sign; another word would be what the "no" denies ("swelling? no fever"). */
const AFTER_ANSWER = new Set(
  'but just only its it i im thank thanks thankfully not and so because luckily thats at to thing sign signs idea'.split(' '),
);
/** A question that the patient puts only to answer it is short: "any pus? no". */
const LONGEST_OWN_QUESTION = 6;
/** Words that compare with what was before: "never had this much swelling", "havent been so red". */
const COMPARING = new Set(['this', 'so', 'such']);
const NEVER_YET = new Set('never havent hasnt hadnt aint nunca'.split(' '));
const FIRST_TIME = [
  'like this',
  'like that',
  'this bad',
  'so bad',
  'this much',
  'before',
  'until now',
  'until today',
  'till now',
  'before this',
];
const CANNOT = new Set('cant cannot couldnt unable not never hardly hard barely'.split(' '));
const UNSAID_REACH = 3;

/** "no fever", "dont have pus, chills or swelling"; not "no, it is bleeding", "cant say its not infected", "never had this much swelling". */
export function isDeniedBefore(scene: Scene, sign: Span, outside: (cue: Span) => boolean): boolean {
  return scene.before('negation', sign).some((cue) => outside(cue) && denies(scene, cue, sign));
}

function denies(scene: Scene, cue: Span, sign: Span): boolean {
  const isBare = cue.end - cue.start === 1;
  if (isBare && scene.word(cue.start) === 'no' && (scene.isEnd(cue.end) || AFTER_INTERJECTION.has(scene.word(cue.end)))) return false;
  if (!runsTo(scene, cue, sign)) return false;
  return !isUnsaid(scene, cue) && !isForTheFirstTime(scene, cue, sign) && !isTagged(scene, sign);
}

/** "cant say its not infected", "cant move without pain": a denial of the denial. */
function isUnsaid(scene: Scene, cue: Span): boolean {
  const near = scene
    .before('unsaid', cue)
    .some(
      (unsaid) =>
        cue.start - unsaid.end <= UNSAID_REACH && !scene.words(unsaid.end, cue.start).some((word) => word === ',' || word === 'but'),
    );
  if (near) return true;
  return scene.word(cue.start) === 'without' && scene.words(cue.start - 4, cue.start).some((word) => CANNOT.has(word));
}

/** "never had this much swelling", "never had hives before": what never was, is now. */
function isForTheFirstTime(scene: Scene, cue: Span, sign: Span): boolean {
  if (!scene.words(cue.start, cue.end).some((word) => NEVER_YET.has(word))) return false;
  if (scene.words(cue.end, sign.start).some((word) => COMPARING.has(word))) return true;
  const after = scene.words(sign.end, sign.end + 4);
  const told = after.slice(0, after.findIndex((word) => /^[.,;!?\n]$/.test(word)) >>> 0).join(' ');
  return FIRST_TIME.some((words) => told === words || told.startsWith(`${words} `) || told.endsWith(` ${words}`));
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

/** "fever no, pus yes", "pain free", "fever nope". */
export function isDeniedBeside(scene: Scene, sign: Span): boolean {
  return scene
    .spans('negationBeside')
    .some((cue) => cue.start === sign.end && (scene.isEnd(cue.end) || AFTER_ANSWER.has(scene.word(cue.end)) || !isAnswer(scene, cue)));
}

function isAnswer(scene: Scene, cue: Span): boolean {
  return NO_ANSWERS.has(scene.word(cue.start));
}

function isOwnQuestion(scene: Scene, sign: Span): boolean {
  return sign.start - scene.sentenceStart(sign.start) < LONGEST_OWN_QUESTION;
}
