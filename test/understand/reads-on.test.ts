import { readsOn } from '../../src/understand/reads-on';

it.each([
  ['both my lips are', 'swelling up'],
  ['theres stuff coming', 'out of my cheek'],
  ['it is red hot', 'and spreading'],
  ['it has been oozing', 'pus'],
  ["i can't", 'breathe right'],
])('a message goes on in the sentence before it: %s / %s', (before, after) => expect(readsOn(before, after)).toBe(true));

it.each([
  ['can i wear makeup', 'my skin is red'],
  ['can i wear makeup and?', 'out for a run tomorrow'],
  ['my lips are fine.', 'and what about sunscreen'],
  ['', 'and what about sunscreen'],
  ['🙈', '🙈'],
])('a new sentence does not go on: %s / %s', (before, after) => expect(readsOn(before, after)).toBe(false));
