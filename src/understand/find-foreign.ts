import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/levenshtein_distance';
import type { Language } from '../model/knowledge';
import type { Understanding } from '../model/understanding';
import type { Message } from './read-message';

const LEAST_WORDS = 2;
const LEAST_SHARE = 0.34;
/** Said in any language by those who write English too: "no um veo bien". */
const ENGLISH_FILLERS =
  /(?<= |^)(?:(?:um|uh|lol|omg|tbh|like|just|well|actually|honestly|basically|literally|you know|i mean|i guess|kind of)(?: |$))+/g;
const WORDS_IN_ROW = 8;
const SHORTEST_MENDED = 6;
const LEAST_IN_ROW = 4;
/** So many known words make it worth to look for a mistyped one. */
const LEAST_TO_MEND = 3;
const NO_SPACES = /\p{Script=Han}|\p{Script=Cyrillic}|\p{Script=Arabic}|\p{Script=Hangul}/u;

/** Neighbouring languages share words: of two equal readings the more dangerous one counts. */
const RANK = { none: 0, urgent: 1, emergency: 2 } as const;

type Kind = 'common' | 'urgent' | 'emergency';

interface ForeignWord {
  readonly language: string;
  readonly kind: Kind;
  readonly text: string;
}

/** The words of other languages, indexed so that a message asks only about the words it holds. */
export interface ForeignWords {
  /** Single words, and phrases under their first word. */
  readonly byFirstWord: ReadonlyMap<string, readonly ForeignWord[]>;
  /** Words of alphabets that do not part words by spaces: found at any place. */
  readonly anywhere: readonly ForeignWord[];
  /** The longer words of each language's dangers, which a typo may have meant. */
  readonly dangers: ReadonlyMap<string, readonly string[]>;
  /** Languages whose every word may stand at any place; one of their words is enough. */
  readonly wide: ReadonlySet<string>;
}

/** Compiles the words of other languages. */
export function compileForeign(language: Language): ForeignWords {
  const byFirstWord = new Map<string, ForeignWord[]>();
  const anywhere: ForeignWord[] = [];
  const wide = new Set<string>();
  const dangers = new Map<string, readonly string[]>();
  for (const [code, words] of Object.entries(language.foreign)) {
    if (NO_SPACES.test(words.common[0] ?? '')) wide.add(code);
    const long = [...words.urgent, ...words.emergency].flatMap((text) => text.split(' ')).filter((word) => word.length >= SHORTEST_MENDED);
    dangers.set(code, [...new Set(long)]);
    for (const kind of ['common', 'urgent', 'emergency'] as const) {
      for (const text of words[kind]) {
        const entry = { language: code, kind, text };
        if (NO_SPACES.test(text)) {
          anywhere.push(entry);
          continue;
        }
        const first = text.split(' ')[0]!;
        byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), entry]);
      }
    }
  }
  return { byFirstWord, anywhere, dangers, wide };
}

/** Whether some words in a row are mostly of a language: a foreign sentence beside an English one. */
function isDense(found: readonly ForeignWord[], said: readonly string[]): boolean {
  if (found.length < LEAST_IN_ROW || said.length <= WORDS_IN_ROW) return false;
  const known = new Set(found.flatMap(({ text }) => text.split(' ')));
  let held = 0;
  return said.some((word, at) => {
    if (known.has(word)) held++;
    if (at >= WORDS_IN_ROW && known.has(said[at - WORDS_IN_ROW]!)) held--;
    return held >= LEAST_IN_ROW;
  });
}

/** Which language a message is in when it is not English, and whether it names a danger that it does not deny; null for English. */
export function findForeign(words: ForeignWords, message: Message, isDenied: (word: string) => boolean): Understanding['foreign'] {
  const plain = message.tidy
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(ENGLISH_FILLERS, '')
    .trim();
  const found = scan(words, plain, isDenied);
  if (found?.danger === 'emergency') return found;
  return languagesTried(words, found?.language, plain)
    .map((language) => mend(words, language, plain))
    .filter((mended) => mended !== plain)
    .map((mended) => scan(words, mended, isDenied))
    .reduce((most, again) => (again && RANK[again.danger] > RANK[most?.danger ?? 'none'] ? again : most), found);
}

/** The language that was heard; else those of which some words stand in the message, as a slip can hide the one that tells. */
function languagesTried({ byFirstWord, dangers }: ForeignWords, heard: string | undefined, plain: string): string[] {
  if (heard !== undefined) return [heard];
  const said = new Set(plain.split(' '));
  const held = new Map<string, number>();
  for (const word of said) {
    const languages = new Set((byFirstWord.get(word) ?? []).filter(({ text }) => text === word).map(({ language }) => language));
    for (const language of languages) held.set(language, (held.get(language) ?? 0) + 1);
  }
  return [...dangers.keys()].filter((language) => (held.get(language) ?? 0) >= LEAST_TO_MEND);
}

/** "sangrdao": an unknown word of a sentence in this language that is one slip away from a word of its dangers is that word. */
function mend({ byFirstWord, dangers }: ForeignWords, language: string, plain: string): string {
  const known = dangers.get(language) ?? [];
  const meant = (word: string): string | undefined =>
    known.find(
      (danger) =>
        danger[0] === word[0] &&
        Math.abs(danger.length - word.length) <= 1 &&
        DamerauLevenshteinDistance(word, danger, { restricted: true }) === 1,
    );
  return plain
    .split(' ')
    .map((word) => (word.length < SHORTEST_MENDED || byFirstWord.has(word) || known.includes(word) ? word : (meant(word) ?? word)))
    .join(' ');
}

function scan(words: ForeignWords, plain: string, isDenied: (word: string) => boolean): Understanding['foreign'] {
  const said = plain.split(' ');
  const text = ` ${plain} `;
  const isWide = NO_SPACES.test(plain);
  const held = new Map<string, ForeignWord[]>();
  const hold = (entry: ForeignWord): void => {
    const of = held.get(entry.language);
    if (of) of.push(entry);
    else held.set(entry.language, [entry]);
  };
  for (const word of new Set(said))
    for (const entry of words.byFirstWord.get(word) ?? []) if (entry.text === word || text.includes(` ${entry.text} `)) hold(entry);
  if (isWide) for (const entry of words.anywhere) if (plain.includes(entry.text)) hold(entry);
  let best: { language: string; danger: 'none' | 'urgent' | 'emergency'; found: number } | null = null;
  for (const [language, found] of held) {
    const isCry = found.some(({ kind, text: phrase }) => kind === 'emergency' && phrase.includes(' '));
    const isMuch = found.length >= LEAST_WORDS && found.length / said.length >= LEAST_SHARE;
    const enough = isCry || words.wide.has(language) || isMuch || isDense(found, said);
    if (!enough) continue;
    const danger = found.some(({ kind }) => kind === 'emergency')
      ? 'emergency'
      : found.some(({ kind, text: word }) => kind === 'urgent' && !isDenied(word))
        ? 'urgent'
        : 'none';
    const isBetter = !best || found.length > best.found || (found.length === best.found && RANK[danger] > RANK[best.danger]);
    if (isBetter) best = { language, danger, found: found.length };
  }
  return best && { language: best.language, danger: best.danger };
}
