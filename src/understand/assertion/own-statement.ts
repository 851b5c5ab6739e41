import type { Span } from '../cues';
import type { Scene } from './scene';

const DETERMINERS = new Set('my the his her this their'.split(' '));
/** Verbs that make a statement of a noun before them: "the handpiece was bloody". */
const STATING = new Set(
  'is are was were has feels looks keeps hurts burns itches stings smells turned started went came got isnt arent wasnt wont cant doesnt'.split(
    ' ',
  ),
);
const BODY = new Set('face cheek cheeks chin skin flesh forehead nose lip lips eye eyes neck jaw temples throat tongue chest'.split(' '));
/** A part of the body before these is a statement without a verb: "cheek gone numb". */
const STATING_BODY = new Set([...STATING, 'gone']);
/** What befell somebody: "i threw up". */
const BEFELL = new Set('threw vomited puked fainted collapsed passed blacked woke cant keep'.split(' '));
const WORDS_OF_START = 4;
const ONE = new Set('a an some two'.split(' '));
/** "a cold sore popped out last night". */
const APPEARING = new Set('popped appeared showed came started broke burst formed opened grew'.split(' '));
const AMOUNTS = new Set('a an some this these loads lots'.split(' '));
const PERSONS = new Set('i im ive we you she he they it people someone somebody anyone anybody who others everyone'.split(' '));
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

const STARTS = new Set([...DETERMINERS, ...BODY, ...ONE, 'i', 'got']);

/** Whether a statement of its own begins behind a cue and holds the sign: "should i get tested the handpiece was bloody", "no hat face is puffed up". */
export function beginsStatement(scene: Scene, cue: Span, sign: Span): boolean {
  for (let at = cue.end + 1; at <= sign.start; at++)
    if (STARTS.has(scene.word(at)) && !BINDING.has(scene.word(at - 1)) && isStart(scene, at)) return true;
  return false;
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
  if (BODY.has(word)) return !DETERMINERS.has(scene.word(at - 1)) && STATING_BODY.has(next);
  if (word === 'i') return BEFELL.has(next);
  if (ONE.has(word)) return APPEARING.has(third) || APPEARING.has(fourth);
  return word === 'got' && AMOUNTS.has(next) && !PERSONS.has(scene.word(at - 1));
}
