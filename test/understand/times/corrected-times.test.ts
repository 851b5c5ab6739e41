import { tell } from './tell';

/** Pairs of a wrong and a right time, and the treatment they tell on a Thursday afternoon, the 19th of November. */
const PAIRS: readonly (readonly [wrong: string, right: string, treatment: string])[] = [
  ['monday', 'tuesday', '11-17 08:00..11-17 20:00'],
  ['last friday', 'last saturday', '11-14 08:00..11-14 20:00'],
  ['the 16th', 'the 17th', '11-17 08:00..11-17 20:00'],
  ['11/15', '11/16', '11-16 08:00..11-16 20:00'],
  ['nov 12', 'nov 13', '11-13 08:00..11-13 20:00'],
  ['3 days ago', '4 days ago', '11-15 08:00..11-15 20:00'],
  ['yesterday at 2', 'yesterday at 4', '11-18 16:00'],
  ['monday morning', 'monday afternoon', '11-16 12:00..11-16 17:00'],
  ['yesterday', 'the day before yesterday', '11-17 08:00..11-17 20:00'],
];

const WAYS: readonly ((wrong: string, right: string) => string)[] = [
  (wrong, right) => `had it ${wrong}. no wait, ${right}`,
  (wrong, right) => `treatment was ${wrong}... actually ${right}`,
  (wrong, right) => `my appt was ${wrong}, i mean ${right}. can i wear makeup`,
  (wrong, right) => `had it ${wrong}, hold on, ${right}`,
  (wrong, right) => `i said ${wrong} but it was ${right}`,
  (wrong, right) => `i wrote ${wrong}, should be ${right}`,
  (wrong, right) => `had it ${wrong} ugh no ${right}`,
  (wrong, right) => `it was ${right}, not ${wrong}`,
  (wrong, right) => `it wasnt ${wrong}, it was ${right}`,
  (wrong, right) => `sorry its ${right} not ${wrong} that i had it done`,
];

describe('a time put right in any of the usual ways', () => {
  test.each(WAYS.map((way) => [way('A', 'B'), way] as const))('%s', (_name, way) => {
    const read = PAIRS.map(([wrong, right]) => tell(way(wrong, right))[0]);
    expect(read).toEqual(PAIRS.map(([, , treatment]) => treatment));
  });
});
