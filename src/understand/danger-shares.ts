import { stemOf } from './tokens';

/** One word of a message without its ending, and whether it is denied, supposed, past or about others. */
export interface HeardStem {
  readonly stem: string;
  readonly isDenied: boolean;
}

/** How telling each word of the remembered dangers is. */
export type StemWeights = Readonly<Record<string, number>>;

/** The share of a remembered danger's weight (0 to 1) that a message holds: with all its words, and with those not denied. */
export interface Share {
  /** Number of the remembered danger. */
  readonly at: number;
  readonly all: number;
  readonly asserted: number;
}

/** What a word counts that is a letter away from the remembered one. */
const NEAR_WORD = 0.8;

/** Remembered dangers, and which share of one a message must hold to be told of it. */
export interface Remembered {
  readonly examples: readonly { readonly stems: readonly string[] }[];
  readonly weights: StemWeights;
  readonly least: number;
}

/** Words by number, and the words of each remembered danger one after another: plain numbers, as nearly every message meets hundreds. */
interface Index {
  readonly numbers: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
  readonly stems: Int32Array;
  /** Where the words of each danger begin in `stems`; one more at the end. */
  readonly starts: Int32Array;
  readonly totals: Float64Array;
  /** By word: the dangers that cannot do without it. */
  readonly places: readonly (readonly number[])[];
}

/** A word of a message as the numbers of the remembered words that it may stand for. */
export interface KnownStem {
  readonly words: readonly number[];
  /** 1, or less where it is only near to them. */
  readonly value: number;
  readonly isDenied: boolean;
}

/** Finds remembered dangers in the words of a message. */
export interface ExampleIndex {
  /** Looks up words; one that no remembered danger knows may stand for its neighbours. */
  readonly know: (stems: readonly HeardStem[]) => KnownStem[];
  /** Every remembered danger of which these words may hold `least`; with `among`, only of those. */
  readonly sharesOf: (stems: readonly KnownStem[], among?: ReadonlySet<number>) => Share[];
}

/** Makes the index of remembered dangers. */
export function indexExamples(remembered: Remembered): ExampleIndex {
  const index = numberWords(remembered);
  const nearOf = makeNeighbours(index.numbers);
  const [all, asserted] = [new Float64Array(index.numbers.size), new Float64Array(index.numbers.size)];
  const note = (word: number, value: number, isDenied: boolean): void => {
    if (value > all[word]!) all[word] = value;
    if (!isDenied && value > asserted[word]!) asserted[word] = value;
  };
  return {
    know: (stems) =>
      stems.map(({ stem, isDenied }) => {
        const known = index.numbers.get(stem);
        return known === undefined ? { words: nearOf(stem), value: NEAR_WORD, isDenied } : { words: [known], value: 1, isDenied };
      }),
    sharesOf(stems, among) {
      const words: number[] = [];
      for (const { words: meant, value, isDenied } of stems)
        for (const word of meant) {
          if (all[word] === 0) words.push(word);
          note(word, value, isDenied);
        }
      const met = examplesOf(index, words, among);
      const shares = met.map((at) => shareOf(index, at, { all, asserted })).filter((share) => share.all >= remembered.least);
      for (const word of words) all[word] = asserted[word] = 0;
      return shares;
    },
  };
}

/** How much each word is worth in the message at hand, by its number. */
interface Worth {
  readonly all: Float64Array;
  readonly asserted: Float64Array;
}

function examplesOf({ places }: Index, words: readonly number[], among: ReadonlySet<number> | undefined): number[] {
  const met = new Set<number>();
  for (const word of words) for (const at of places[word]!) if (!among || among.has(at)) met.add(at);
  return [...met];
}

function shareOf({ weights, stems, starts, totals }: Index, at: number, worth: Worth): Share {
  let [all, asserted] = [0, 0];
  for (let place = starts[at]!; place < starts[at + 1]!; place++) {
    const word = stems[place]!;
    all += worth.all[word]! * weights[word]!;
    asserted += worth.asserted[word]! * weights[word]!;
  }
  return { at, all: all / totals[at]!, asserted: asserted / totals[at]! };
}

function numberWords({ examples, weights, least }: Remembered): Index {
  const numbers = new Map<string, number>();
  for (const { stems } of examples) for (const stem of stems) if (!numbers.has(stem)) numbers.set(stem, numbers.size);
  const starts = new Int32Array(examples.length + 1);
  examples.forEach(({ stems }, at) => (starts[at + 1] = starts[at]! + stems.length));
  const places = Array.from(numbers, (): number[] => []);
  examples.forEach(({ stems }, at) => {
    for (const stem of indispensable(stems, weights, least)) places[numbers.get(stem)!]!.push(at);
  });
  return {
    numbers,
    weights: Float64Array.from(numbers.keys(), (stem) => weights[stem]!),
    stems: Int32Array.from(examples.flatMap(({ stems }) => stems.map((stem) => numbers.get(stem)!))),
    starts,
    totals: Float64Array.from(examples, ({ stems }) => weightOf(stems, weights)),
    places,
  };
}

function weightOf(stems: readonly string[], weights: StemWeights): number {
  return stems.reduce((sum, stem) => sum + weights[stem]!, 0);
}

/** The rarest words of a remembered danger: without one of them no message holds enough of it, so that the common ones need no index. */
function indispensable(stems: readonly string[], weights: StemWeights, least: number): string[] {
  const spare = least * weightOf(stems, weights);
  const common = stems.toSorted((a, b) => weights[a]! - weights[b]!);
  let held = 0;
  return common.filter((stem) => (held += weights[stem]!) >= spare);
}

/** Finds the numbers of remembered stems that are one dropped, added, changed or swapped letter away from a word. */
function makeNeighbours(numbers: ReadonlyMap<string, number>): (stem: string) => readonly number[] {
  const neighbours = new Map<string, number[]>();
  let longest = 0;
  for (const [stem, number] of numbers) {
    longest = Math.max(longest, stem.length);
    for (const key of shortened(stem)) {
      const found = neighbours.get(key);
      if (found) found.push(number);
      else neighbours.set(key, [number]);
    }
  }
  return (stem) => {
    const found = new Set<number>();
    for (const word of [stem, stemOf(stem)])
      if (word.length <= longest + 1) for (const key of shortened(word)) for (const near of neighbours.get(key) ?? []) found.add(near);
    return [...found];
  };
}

/** The word itself and the word with any one letter left out. */
function shortened(word: string): string[] {
  const all = [word];
  for (let at = 0; at < word.length; at++) all.push(word.slice(0, at) + word.slice(at + 1));
  return all;
}
