import type { Token } from './tokens';

const SENTENCE_MARKS = new Set(['.', '?', '!', ';', '\n']);
/** No sentence ends with one of these, whatever mark stands behind it: "one side of. my mouth", "and... now im muddled". */
const OPEN_ENDS = new Set('a an the my your our their of and or but because bc than'.split(' '));
/** Behind dots the sentence goes on with one of these: "blisters... near my eye". */
const GOING_ON = new Set(
  'of in on at to from with into onto over under around near by like than through between behind inside out up off across'.split(' '),
);

/** "pins.. and needles" goes on; "can i shower.. and my lip is fat" does not. */
const BEGINS = new Set('i im ive my the its it is are can could should do does what when how there theres this that no'.split(' '));

/** Whether a full stop only halts the sentence: one behind a word that wants another, or dots in its middle. */
export function isPause(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.text !== '.') return false;
  let [start, end] = [at, at + 1];
  while (tokens[start - 1]?.text === '.') start--;
  while (tokens[end]?.text === '.') end++;
  const [before, after] = [tokens[start - 1], tokens[end]];
  if (before?.kind !== 'word' || after?.kind !== 'word') return false;
  if (OPEN_ENDS.has(before.text) || (before.orMeant?.some(({ text }) => text === 'the') ?? false)) return true;
  return end - start > 1 && (GOING_ON.has(after.text) || (after.text === 'and' && !BEGINS.has(tokens[end + 1]?.text ?? '')));
}

/** The number of the sentence that each token stands in. */
export function numberSentences(tokens: readonly Token[]): number[] {
  let sentence = 0;
  return tokens.map((token, at) => {
    if (turns(tokens, at) || isGreetedAnew(tokens, at)) sentence++;
    const mine = sentence;
    if (SENTENCE_MARKS.has(token.text) && !isPause(tokens, at)) sentence++;
    return mine;
  });
}

/** So many words stand before and behind an "also" that begins a new statement without a mark. */
const WORDS_BEFORE_ALSO = 2;
const WORDS_AFTER_ALSO = 3;
const GOES_ON_AFTER_ALSO = new Set('get getting gets if a an some use have be to for'.split(' '));
/** "also the patch is beating" tells something, "also the vitamin c" goes on. */
const TELLS = new Set('is are was were has feels looks keeps hurts started wont cant isnt arent hasnt'.split(' '));
const TELLS_WITHIN = 6;

/** "what sunscreen should i get also half of me has gone numb": what is asked or denied before says nothing of what follows. */
function turns(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.text !== 'also' || GOES_ON_AFTER_ALSO.has(tokens[at + 1]?.text ?? '')) return false;
  if (tokens[at + 1]?.text === 'the' && !tokens.slice(at + 2, at + 2 + TELLS_WITHIN).some(({ text }) => TELLS.has(text))) return false;
  const wordsIn = (from: number, to: number): number => tokens.slice(from, to).filter(({ kind }) => kind !== 'mark').length;
  if (at < WORDS_BEFORE_ALSO || wordsIn(at - WORDS_BEFORE_ALSO, at) < WORDS_BEFORE_ALSO) return false;
  return tokens[at + 1]?.kind === 'word' && wordsIn(at + 1, at + 2 * WORDS_AFTER_ALSO) >= WORDS_AFTER_ALSO;
}

const GREETINGS = new Set(['hi', 'hiya', 'hello', 'hey', 'heya']);
const DAYTIMES = new Set(['morning', 'afternoon', 'evening']);
/** "to say hello", "have a good morning", "is the hey day": no greeting. */
const BEFORE_NO_GREETING = new Set(
  'say says said saying a the my your our and or but oh very this every of with from to in for no'.split(' '),
);

/** "can i use retinol hello there my lip is swelling": nobody greets in the middle of a sentence. */
function isGreetedAnew(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before?.kind !== 'word' || BEFORE_NO_GREETING.has(before.text)) return false;
  return GREETINGS.has(tokens[at]!.text) || (tokens[at]!.text === 'good' && DAYTIMES.has(tokens[at + 1]?.text ?? ''));
}
