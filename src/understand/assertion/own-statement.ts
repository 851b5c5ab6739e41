import type { Span } from '../cues';
import type { Scene } from './scene';

const DETERMINERS = new Set('my the his her this their'.split(' '));
/** Verbs that make a statement of a noun before them: "the handpiece was bloody". */
const STATING = new Set(
  'is are was were has feels looks keeps hurts burns itches stings smells turned started went came got isnt arent wasnt wont cant doesnt'.split(
    ' ',
  ),
);
const BODY_WORDS = 'face cheek cheeks chin skin flesh forehead nose lip lips eye eyes neck jaw temples throat tongue chest'.split(' ');
const BODY = new Set(BODY_WORDS);
/** A part of the body before these is a statement without a verb: "cheek gone numb", "throat closing", "cheeks blistered". */
const isStating = (word: string): boolean =>
  STATING.has(word) || word === 'gone' || (/^\w{3,}(ed|ing)$/.test(word) && !SIGN_NOUNS.has(word));
/** A part of the body before these is a thing that can be denied: "no visible lip swelling". */
const SIGN_NOUNS = new Set(
  'swelling tingling peeling bleeding itching burning stinging scarring bruising blistering flaking twitching tightening feeling hardening spreading shedding cracking needling'.split(
    ' ',
  ),
);
/** What befell somebody: "i threw up". */
const BEFELL = new Set('threw vomited puked fainted collapsed passed blacked woke cant keep feel felt'.split(' '));
/** "both eyes nearly shut", "every muscle is sore". */
const ALL_OF = new Set('both every each all'.split(' '));
const PARTS = new Set([
  ...BODY_WORDS,
  'muscle',
  'muscles',
  'joint',
  'joints',
  'bone',
  'inch',
  'part',
  'lids',
  'eyelids',
  'hands',
  'arms',
  'legs',
]);
const WORDS_OF_START = 4;
const ONE = new Set('a an some two'.split(' '));
/** "a cold sore popped out last night". */
const APPEARING = new Set('popped appeared showed came started broke burst formed opened grew'.split(' '));
const AMOUNTS = new Set('a an some this these loads lots'.split(' '));
const PERSONS = new Set('i im ive we you she he they it people someone somebody anyone anybody who others everyone'.split(' '));
/** "what cream should i get": the question ends with what is sought. */
const SOUGHT = new Set(['get', 'use', 'do', 'buy', 'try', 'wear']);
/** After these what follows is a part of what is said before: "if my cheek is hot", "know the spot is infected", "look like my chin is". */
const BINDING = new Set(
  (
    'if that when whether where why how what which while until till unless once before after than as like because since though ' +
    'know tell say says said think thinks thought believe sure see seen notice noticed feel felt mean means meant guess suppose worry worried afraid scared hope wonder way chance ' +
    'normal ok okay bad common wrong possible true get gets getting make makes making let keep help cause causes ' +
    'can could do does did should would will may might is are was were am have has had having being be isnt arent doesnt dont didnt wasnt ' +
    'on in of with for to from at by near around over under onto into about against behind inside through without and or nor no not any never ever even just'
  ).split(' '),
);

const STARTS = new Set([...DETERMINERS, ...BODY, ...ONE, ...ALL_OF, 'i', 'got']);

/** Whether a statement of its own begins behind a cue and holds the sign: "should i get tested the handpiece was bloody", "no hat face is puffed up". */
export function beginsStatement(scene: Scene, cue: Span, sign: Span): boolean {
  for (let at = cue.end + 1; at <= sign.start; at++)
    if (STARTS.has(scene.word(at)) && !isBound(scene, at) && isStart(scene, at)) return true;
  return false;
}

/** "i dont faint ever i fainted": "ever" binds what it stands before, but no person. */
function isBound(scene: Scene, at: number): boolean {
  return BINDING.has(scene.word(at - 1)) && !(scene.word(at - 1) === 'ever' && scene.word(at) === 'i');
}

/** Words that only say when: "can i use retinol tonight", "the no sweating thing". */
const PASSING = new Set(
  'tonight today tomorrow yet now again already please daily thing things stuff rule rules also like um then day'.split(' '),
);
/** After the matter of a question these go on with it. */
const GOES_ON = new Set([
  ...[...BINDING].filter((word) => word !== 'had' && word !== 'felt'),
  ...'this these those my a an the or and so too more much many day days week weeks hour hours time times every once twice thats products product'.split(
    ' ',
  ),
]);
/** Between the beginning of a statement and its sign these make it a part of the question. */
const SUPPOSING = new Set(
  'if when unless cause causes caused causing give gives giving trigger triggers lead leads make makes making get gets getting help helps prevent prevents avoid stop stops for normal ok okay safe risk without'.split(
    ' ',
  ),
);
/** What the matter itself may do: "will retinol burn". */
const DOES = new Set(
  'burn sting scar infect swell bleed hurt itch blister peel irritate inflame flare clog crust weep ooze spread kill damage harm ruin'.split(
    ' ',
  ),
);

/** How far before its question a matter may stand: "retinol, should i stop". */
const FRONTED_REACH = 12;

/**
 * Whether a sentence that asks about a matter, or denies it, is over behind that matter, and another begins without a mark: "why no hot
 * showers blistered scabs all over", "what cream should i get throat closing up".
 */
export function goesOnBehindMatter(scene: Scene, cue: Span, sign: Span): boolean {
  const from = Math.max(scene.sentenceStart(sign.start), cue.start - FRONTED_REACH);
  return scene.startingIn('matter', from, sign.start).some((matter) => {
    if (matter.end > sign.start) return false;
    const isFronted = matter.end <= cue.start && SOUGHT.has(scene.word(cue.end - 1));
    if (matter.start < cue.start && !isFronted) return false;
    let at = isFronted ? cue.end : matter.end;
    while (PASSING.has(scene.word(at))) at++;
    if (at > sign.start || scene.isMark(at) || GOES_ON.has(scene.word(at)) || scene.begins('matter', at)) return false;
    if (at === sign.start && (DOES.has(scene.word(at)) || scene.isEnd(sign.end))) return false;
    return !scene.words(at, sign.start).some((word) => SUPPOSING.has(word) || word === ',');
  });
}

/** The next words that are no fillers. */
function wordsFrom(scene: Scene, at: number): string[] {
  const { tokens, idle } = scene.message;
  return tokens
    .slice(at, at + 2 * WORDS_OF_START)
    .filter((_, offset) => !idle[at + offset])
    .slice(0, WORDS_OF_START)
    .map(({ text }) => text);
}

function isStart(scene: Scene, at: number): boolean {
  const [word = '', next = '', third = '', fourth = ''] = wordsFrom(scene, at);
  if (DETERMINERS.has(word)) return !STATING.has(next) && (STATING.has(third) || (BODY.has(third) && STATING.has(fourth)));
  if (BODY.has(word)) return !DETERMINERS.has(scene.word(at - 1)) && isStating(next);
  if (ALL_OF.has(word)) return PARTS.has(next) && third !== '';
  if (word === 'i') return BEFELL.has(next);
  if (ONE.has(word)) return APPEARING.has(third) || APPEARING.has(fourth);
  return word === 'got' && AMOUNTS.has(next) && !PERSONS.has(scene.word(at - 1));
}
