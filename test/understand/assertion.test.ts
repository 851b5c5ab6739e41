import { join } from 'node:path';
import { runBenchAssertion } from '../../src/cli/bench-assertion';
import { judgeConcept } from '../../src/cli/assertion-figures';
import type { AssertionKind } from '../../src/model/words';
import { assembleReader } from '../../src/assemble-minds';
import { findContext } from '../../src/understand/find-assertion';
import { matchMessage } from '../../src/understand/match-message';
import type { Reader } from '../../src/understand/understand';
import { testMinds } from '../house';

let reader: Reader;
beforeAll(async () => {
  testMinds();
  ({ reader } = await assembleReader(() => undefined));
}, 300_000);

const kindOf = (text: string, concept: string): AssertionKind =>
  judgeConcept({ text, concept, label: 'present' }, (words, place) => reader.kindAt(words, place)).kind;

describe('what the words around a sign say of it', () => {
  const table: Record<string, [concept: string, ...texts: string[]][]> = {
    absent: [
      [
        'fever',
        'no fever',
        'fever? nope',
        'pus - no. fever - no',
        'i dont have pus, chills or fever',
        'my fever is gone',
        'fever free since monday',
      ],
      ['infected', 'my mom says its not infected', 'husband is convinced its infected, i say its just pink'],
      ['bleeding', 'it stopped bleeding', 'nothing bleeding', 'pt denies swelling, bleeding and chest pain', 'no evidence of bleeding'],
      ['fiebre', 'no tengo fiebre', 'sin pus ni fiebre', 'se me quito la fiebre', 'ayer tuve fiebre pero ya no'],
      ['breathe', 'i cannot breathe'],
      ['hives', 'i had hives at another clinic. not now'],
    ],
    hypothetical: [
      ['pus', 'what if i get pus', 'the leaflet says to call for pus', 'can needling cause pus'],
      ['infection', 'how would i notice an infection', 'im scared of getting an infection'],
    ],
    past: [['hives', 'i used to get hives', 'had hives years ago', 'penicillin gave me hives when i was a kid']],
    other_past: [['infection', 'my sister had an infection after hers', 'a girl at work got an infection']],
    other_now: [['fever', 'asking for my wife, she has a fever']],
    uncertain: [
      ['infected', 'i think it might be infected', 'not sure if its infected', 'hopefully its not infected', 'isnt this infected?'],
    ],
    present: [
      ['cant breathe', 'i cant breathe'],
      [
        'fever',
        'should i call if i have a fever',
        'didnt have a fever this morning but i do now',
        'not like i dont have a fever',
        'no i have a fever',
        'never had a fever like this',
        'no fever until today',
        'fever: yes, pus: none',
      ],
      [
        'swelling',
        'no makeup, swelling everywhere',
        'i dont think this swelling is normal',
        'swelling went away and came back',
        'why hasnt the swelling gone down',
      ],
      [
        'pus',
        'not only redness but pus',
        'no fever, pus on my chin',
        'i have pus and the redness is gone',
        'havent told anyone about the pus',
        'not much pus',
      ],
      ['bleeding', 'bleeding since i stopped the cream', 'im bleeding, is this common', 'my dog licked it and its bleeding'],
      [
        'swollen',
        'my last visit was tuesday and my face is swollen',
        'no fever, swollen',
        'no appetite, swollen',
        'my friend thinks it looks swollen',
      ],
      ['sangrar', 'no para de sangrar'],
      ['ardor', 'la crema no me quita el ardor'],
    ],
  };
  for (const [kind, rows] of Object.entries(table))
    for (const [concept, ...texts] of rows)
      it.each(texts)(`takes ${concept} as ${kind}: %s`, (text) => {
        expect(kindOf(text, concept)).toBe(kind);
      });
});

describe('labelled probes', () => {
  it.each(['assertion-probes', 'assertion-probes-more', 'assertion-probes-short'])(
    'takes nothing that is there as absent, and 19 of 20 right: %s',
    (set) => {
      const lines: string[] = [];
      expect(runBenchAssertion(reader, [join(__dirname, `${set}.jsonl`), '--json'], (line) => lines.push(line))).toBe(0);
      const figures = JSON.parse(lines[0] ?? '') as { n: number; dangerous: number; accuracy: number };
      expect(figures.n).toBeGreaterThan(250);
      expect(figures.dangerous).toBe(0);
      expect(figures.accuracy).toBeGreaterThanOrEqual(0.95);
    },
  );
});

describe('cost', () => {
  const LONG = 2000;
  const SHORT = 500;
  const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const costOf = (text: string): number => {
    const matched = matchMessage(reader.lexicon, text);
    return leastCpuMs(() => {
      const { kindOf: judge } = findContext(reader.lexicon.context, matched);
      for (let at = 0; at < matched.message.tokens.length; at++) judge([{ start: at, end: at + 1 }]);
    });
  };
  // in proportion to its length a text four times as long costs four times as much, and sixteen times where each word looks at all others
  it.each([
    'no ',
    'no pus, ',
    'what if i get pus and ',
    'fever? no ',
    'my sister had it, she said no but ',
    'gone back again not without, ',
  ])('grows with the length of a message, not with its square: %s', (piece) => {
    expect(costOf(fill(piece, LONG)) / costOf(fill(piece, SHORT))).toBeLessThan(11);
  });
});

/** Milliseconds of processor time of the quickest of some runs: on a busy machine the clock counts what others do. */
function leastCpuMs(task: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
