import type { Random } from '../../src/understand/classifier/seeded-random';
import { pick } from '../../src/understand/classifier/seeded-random';
import { mistype } from './typos';

/** A way in which the same message can be worded or typed; null where it does not fit the message. */
export interface Transformation {
  readonly name: string;
  /** Lower stages come first: words are added before they are mistyped, and a message is split last. */
  readonly stage: 1 | 2 | 3;
  apply(text: string, source: Source): Reworded | null;
}

/** A message after a transformation; several parts are several messages. */
export interface Reworded {
  readonly parts: readonly string[];
  /** A typo made another English word: what was meant can be undecidable. */
  readonly hasRealWordTypo?: boolean;
}

/** Where transformations draw from. */
export interface Source {
  readonly random: Random;
  readonly questions: readonly string[];
  /** Whether a question pages nobody by itself. */
  readonly isHarmless: (question: string) => boolean;
  /** Whether a word is a slip or a short form already as its author wrote it. */
  readonly isMistyped: (word: string) => boolean;
}

const FILLERS = [
  'um',
  'uh',
  'like',
  'you know',
  'i mean',
  'honestly',
  'literally',
  'tbh',
  'basically',
  'kind of',
  'lol',
  'omg',
  'just',
  'actually',
  'i guess',
  'well',
];
const GREETINGS = ['hi', 'hello there', 'hey team', 'good morning', 'hi its me again', 'hiya', 'hello doc', 'hey', 'good evening ladies'];
const THANKS = ['thanks', 'thank you so much', 'thx', 'ty', 'thanks in advance'];
const EMOJI = ['😂', '😅', '🙏', '❤️', '😬', '🤔', '👍', '😊', '🙈', '✨', '😭', '🤷‍♀️', '😩', '👀'];
const MINIMISERS_BEFORE = [
  'probably nothing but',
  'im sure its fine but',
  'not a big deal but',
  'dont want to bother anyone but',
  'silly question but',
  'sorry to bother you but',
  'no rush but',
  'this is prob dumb but',
];
const MINIMISERS_AFTER = [
  'probably nothing',
  'its probably nothing',
  'not a big deal',
  'im sure its fine',
  'might just be me',
  'im probably overreacting haha',
  'dont want to make a fuss',
  'just a little',
  'no biggie',
  'just wanted to mention it',
];
const FRIENDS = [
  'my friend says its fine',
  'my friend says its normal',
  'my husband thinks im overreacting',
  'my mom says its nothing',
  'my sister had it done and says not to worry',
  'a nurse i know said its fine',
  'my friend said to just wait',
  'tiktok says its normal',
];
/** When and where it happened, all of it today. */
const CIRCUMSTANCES = [
  'when i was driving home',
  'when i was washing up',
  'while i was at work',
  'before i got to the car',
  'after i had lunch',
  'at my moms house',
  'on the bus',
  'since this morning',
  'in the past hour',
  'just now in the shower',
  'while cooking dinner',
  'when i woke up',
  'as i was putting my kid to bed',
  'during my lunch break',
  'right after i got home',
];
/** Other signs and what in a message would make them the same sign. */
const OTHER_SIGNS: readonly (readonly [string, RegExp])[] = [
  ['fever', /fever|febrile|temp|\bhot|chill|shiver|shak|degree|\d\d\d|3[789]|burning up|sweat|sepsis/i],
  ['pus', /\bpu[sz]|ooz|yellow|green|goo|gunk|leak|weep|drain|infect|crust|cream|abscess|boil|head/i],
  ['blisters', /blister|bubbl|burn|cold sore|fluid/i],
  ['bleeding', /bleed|bled|blood|gush|soak|spurt/i],
  ['hives', /hive|welt|rash|itch|bump|allerg/i],
  ['vomiting', /vomit|thr[eo]w|puk|nause|sick|barf/i],
  ['headache', /head|migraine|neck/i],
];

/** "no rash. fever, ...": without its mark the denial takes in the next sign, for a nurse too. */
const STOPS_A_DENIAL =
  /\bno (rash|fever|pus|pain|swelling|itching|itch|chills|redness|bumps|blisters|bleeding|hives)[.,;!?]+ (?!(but|i|im|its|it|my|the|just|only|no)\b)/i;

/** All transformations. */
export const TRANSFORMATIONS: readonly Transformation[] = [
  { name: 'minimiser', stage: 1, apply: (text, { random }) => whole(eitherSide(text, [MINIMISERS_BEFORE, MINIMISERS_AFTER], random)) },
  { name: 'friend says fine', stage: 1, apply: (text, { random }) => whole(friendSays(text, random)) },
  { name: 'circumstance', stage: 1, apply: (text, { random }) => whole(placeIn(text, random)) },
  { name: 'greeting', stage: 1, apply: (text, { random }) => whole(greet(text, random)) },
  { name: 'another question', stage: 1, apply: (text, source) => whole(askToo(text, source)) },
  { name: 'other sign denied', stage: 1, apply: (text, { random }) => denyAnother(text, random) },
  { name: 'fillers', stage: 1, apply: (text, { random }) => whole(insert(text, { pieces: FILLERS, most: 3 }, random)) },
  { name: 'emoji', stage: 2, apply: (text, { random }) => whole(insert(text, { pieces: EMOJI, most: 3, atEnd: 0.6 }, random)) },
  { name: 'typos', stage: 2, apply: (text, source) => mistypeSome(text, source) },
  { name: 'case', stage: 2, apply: (text, { random }) => whole(changeCase(text, random)) },
  {
    name: 'no punctuation',
    stage: 2,
    apply: (text) => (STOPS_A_DENIAL.test(text) ? null : whole(text.replace(/[.,!?;:"-]+(?=\s|$)/g, '').replace(/\s+/g, ' '))),
  },
  { name: 'extra punctuation', stage: 2, apply: (text, { random }) => whole(punctuate(text, random)) },
  { name: 'no apostrophes', stage: 2, apply: (text) => (/['’]/.test(text) ? whole(text.replace(/['’]/g, '')) : null) },
  { name: 'dictated', stage: 2, apply: (text) => (STOPS_A_DENIAL.test(text) ? null : whole(dictate(text))) },
  { name: 'split', stage: 3, apply: (text, { random }) => split(text, random) },
];

function whole(text: string): Reworded {
  return { parts: [text] };
}

function eitherSide(text: string, [before, after]: readonly [readonly string[], readonly string[]], random: Random): string {
  if (random() < 0.5) return `${pick(before, random)} ${text}`;
  return `${text}${pick([', ', '. ', ' ', ' but '], random)}${pick(after, random)}`;
}

function friendSays(text: string, random: Random): string {
  const friend = pick(FRIENDS, random);
  return random() < 0.5
    ? `${friend}${pick([' but ', '. ', ', but '], random)}${text}`
    : `${text}${pick([' but ', '. ', ', ', ' '], random)}${friend}`;
}

function placeIn(text: string, random: Random): string {
  const circumstance = pick(CIRCUMSTANCES, random);
  return random() < 0.5 ? `${circumstance}${pick([' ', ', '], random)}${text}` : `${text.replace(/[.!]+$/, '')} ${circumstance}`;
}

function greet(text: string, random: Random): string {
  const greeted = `${pick(GREETINGS, random)}${pick([', ', ' ', '! ', '. '], random)}${text}`;
  return random() < 0.3 ? `${greeted}${pick([', ', ' ', '. '], random)}${pick(THANKS, random)}` : greeted;
}

/** "which are fine and which are not", "retinol still no", "what to put on and what not": glued to a danger it denies the danger, for a nurse too. */
const ENDS_DENYING = /\b(no|not|without|w\/o|never|isn['’]?t|aren['’]?t|don['’]?t)\W*$/i;

function askToo(text: string, { random, questions, isHarmless }: Source): string {
  let question = pick(questions, random);
  while (!isHarmless(question) || ENDS_DENYING.test(question)) question = pick(questions, random);
  if (random() < 0.5) return `${question}${/[?.!]$/.test(question) ? ' ' : pick(['? ', '. ', '\n', ' also '], random)}${text}`;
  return `${text}${pick(['. ', '. also ', ' also ', '\n', ' and '], random)}${question}`;
}

function denyAnother(text: string, random: Random): Reworded | null {
  const fitting = OTHER_SIGNS.filter(([, same]) => !same.test(text));
  if (fitting.length === 0) return null;
  const [sign] = pick(fitting, random);
  return whole(
    pick(
      [
        `${text}, no ${sign} though`,
        `${text}. no ${sign}`,
        `no ${sign} but ${text}`,
        `${text} but no ${sign}`,
        `${text}. i dont have any ${sign}`,
      ],
      random,
    ),
  );
}

function insert(
  text: string,
  { pieces, most, atEnd = 0 }: { pieces: readonly string[]; most: number; atEnd?: number },
  random: Random,
): string {
  const words = text.split(' ');
  const count = 1 + Math.floor(random() * most);
  for (let index = 0; index < count; index++) {
    const at = random() < atEnd ? words.length : Math.floor(random() * (words.length + 1));
    words.splice(at, 0, pick(pieces, random));
  }
  return words.join(' ');
}

const SHORTEST_MISTYPED = 3;
const WORDS_A_TYPO = 8;
/** Two slips in a short word leave nothing to read: "out" as "lutt", "twice" as "gwic". */
const SHORTEST_MISTYPED_TWICE = 7;
/** Initials with a wrong letter name nothing any more: "kms" as "jms". */
const INITIALS = /^[b-df-hj-np-tv-xz]{1,4}$/i;

function mistypeSome(text: string, { random, isMistyped }: Source): Reworded | null {
  const words = text.split(' ');
  const places = words.flatMap((word, at) => (/^[a-z']+[.,!?]*$/i.test(word) && word.length >= SHORTEST_MISTYPED ? [at] : []));
  if (places.length === 0) return null;
  const count = 1 + Math.floor(random() * Math.min(3, places.length / WORDS_A_TYPO + 1));
  let hasRealWordTypo = false;
  const touched = new Set<number>();
  for (let index = 0; index < count; index++) {
    const at = pick(places, random);
    if (touched.has(at) && words[at]!.length < SHORTEST_MISTYPED_TWICE) continue;
    touched.add(at);
    const written = words[at]!.replace(/[.,!?]+$/, '').toLowerCase();
    // a slip of the author's own counts as the first: "wnat" would become "wat"
    if (INITIALS.test(written) || (written.length < SHORTEST_MISTYPED_TWICE && isMistyped(written))) continue;
    const [, body = '', tail = ''] = /^([a-z']+)([.,!?]*)$/i.exec(words[at]!) ?? [];
    const typo = body.length < SHORTEST_MISTYPED ? null : mistype(body.toLowerCase(), random);
    if (!typo) continue;
    words[at] = typo.word + tail;
    hasRealWordTypo ||= typo.isRealWord;
  }
  return { parts: [words.join(' ')], hasRealWordTypo };
}

function changeCase(text: string, random: Random): string {
  const kind = Math.floor(random() * 4);
  if (kind === 0) return text.toUpperCase();
  if (kind === 1) return text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  if (kind === 2) return text.toLowerCase();
  return [...text].map((letter) => (random() < 0.2 ? letter.toUpperCase() : letter)).join('');
}

function punctuate(text: string, random: Random): string {
  const kind = Math.floor(random() * 5);
  if (kind === 0) return `${text.replace(/[.?!]+$/, '')}${pick(['!!!', '???', '?!?!', '...', '!!1', ' .', ' ??'], random)}`;
  if (kind === 1) return text.replace(/ /g, '  ');
  const words = text.split(' ');
  if (words.length < 2) return `${text}!!`;
  const at = Math.floor(random() * (words.length - 1));
  words[at] = `${words[at]!.replace(/[.,!?]+$/, '')}${pick(kind === 2 ? ['...', '..', '…'] : [',', ' -', ' —', ',,'], random)}`;
  return words.join(' ');
}

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const LONG_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bcan['’]?t\b/gi, 'can not'],
  [/\bwon['’]t\b/gi, 'will not'],
  [/\b(do|does|did|is|are|was|has|have)n['’]?t\b/gi, '$1 not'],
  [/\bi['’]m\b/gi, 'i am'],
  [/\bi['’]ve\b/gi, 'i have'],
  [/\b(it|that|there|what)['’]s\b/gi, '$1 is'],
];

/** As a phone hears it: no marks, no contractions, small numbers as words. */
function dictate(text: string): string {
  const long = LONG_FORMS.reduce((said, [short, written]) => said.replace(short, written), text.toLowerCase());
  return long
    .replace(/(?<![\d.:/])\b(\d|10)\b(?![\d.:/%°])/g, (digits) => NUMBER_WORDS[Number(digits)] ?? digits)
    .replace(/[!?;:"…]|[.,](?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const FEWEST_WORDS_TO_SPLIT = 6;

/** Three messages, cut at marks where there are some, else anywhere. */
function split(text: string, random: Random): Reworded | null {
  const words = text.split(/\s+/);
  if (words.length < FEWEST_WORDS_TO_SPLIT) return null;
  const marks = words.flatMap((word, at) => (at < words.length - 1 && /[.,!?;]$/.test(word) ? [at + 1] : []));
  const cuts = new Set<number>();
  while (cuts.size < 2) cuts.add(marks.length > 0 && random() < 0.6 ? pick(marks, random) : 1 + Math.floor(random() * (words.length - 1)));
  const [first = 1, second = 2] = [...cuts].sort((a, b) => a - b);
  return { parts: [words.slice(0, first), words.slice(first, second), words.slice(second)].map((part) => part.join(' ')) };
}
