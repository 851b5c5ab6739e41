import { stemOf } from './tokens';

/** A danger message of knowledge/ as it is remembered: its words without endings, and which share of them must be met again. */
export interface RememberedDanger {
  readonly stems: readonly string[];
  readonly tier: 'urgent' | 'emergency';
  readonly least: number;
}

/** All danger messages of knowledge/, and how telling each of their words is. */
export interface DangerMemory {
  readonly examples: readonly RememberedDanger[];
  readonly weights: Readonly<Record<string, number>>;
}

/** The best remembered danger that a message holds. */
export interface Recalled {
  readonly tier: 'urgent' | 'emergency';
  readonly share: number;
  /** The message says little else. */
  readonly isWhole: boolean;
}

/** Finds remembered dangers in messages. */
export type Recall = (stems: readonly string[]) => Recalled | null;

/** Under this share of its telling words nothing counts as remembered. */
const LEAST_SHARE = 0.75;
/** How much more than any calm message of knowledge/ a message must share with a remembered danger. */
const MARGIN = 0.05;
/** What a word counts that is a letter away from the remembered one. */
const NEAR_WORD = 0.8;
const STRETCH = 24;
const STRETCH_STEP = 8;

/** Learns the danger messages by heart; each is as demanding as it takes that no calm message of knowledge/ counts as it. */
export function learnDanger(
  dangers: readonly { readonly stems: readonly string[]; readonly tier: 'urgent' | 'emergency' }[],
  calm: readonly (readonly string[])[],
): DangerMemory {
  const counts = new Map<string, number>();
  for (const stems of [...dangers.map((danger) => danger.stems), ...calm])
    for (const stem of new Set(stems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const total = dangers.length + calm.length;
  const weights: Record<string, number> = {};
  for (const danger of dangers) for (const stem of danger.stems) weights[stem] = Math.log(total / (counts.get(stem) ?? 1));
  const examples = dangers.map(({ stems, tier }) => ({ stems: [...new Set(stems)], tier, least: LEAST_SHARE }));
  const shareOf = indexExamples({ examples, weights });
  const least = examples.map(() => LEAST_SHARE);
  for (const stems of calm)
    for (const stretch of stretches(stems)) shareOf(stretch).forEach((share, at) => (least[at] = Math.max(least[at]!, share + MARGIN)));
  return { examples: examples.map((example, at) => ({ ...example, least: least[at]! })).filter((example) => example.least <= 1), weights };
}

/** Makes the recall of a memory. */
export function makeRecall(memory: DangerMemory): Recall {
  const shareOf = indexExamples(memory);
  return (stems) => {
    let best: Recalled | null = null;
    for (const stretch of stretches(stems))
      shareOf(stretch).forEach((share, at) => {
        const example = memory.examples[at]!;
        if (share < example.least) return;
        const isWhole = new Set(stems).size <= example.stems.length + 1;
        const isMore = !best || (best.tier === example.tier ? share > best.share : example.tier === 'emergency');
        if (isMore) best = { tier: example.tier, share, isWhole };
      });
    return best;
  };
}

/** Stretches of a message as long as a remembered one with some words in between. */
function stretches(stems: readonly string[]): (readonly string[])[] {
  if (stems.length <= STRETCH) return [stems];
  const found: (readonly string[])[] = [];
  for (let at = 0; at + STRETCH_STEP < stems.length; at += STRETCH_STEP) found.push(stems.slice(at, at + STRETCH));
  return found;
}

/** For each example the share of its weight (0 to 1) that some words hold; a word unknown to all of them may stand for its neighbours. */
function indexExamples({ examples, weights }: DangerMemory): (stems: readonly string[]) => Float64Array {
  const places = new Map<string, number[]>();
  const totals = examples.map((example) => example.stems.reduce((sum, stem) => sum + (weights[stem] ?? 0), 0));
  examples.forEach(({ stems }, at) => {
    for (const stem of stems) {
      const found = places.get(stem);
      if (found) found.push(at);
      else places.set(stem, [at]);
    }
  });
  const neighbours = new Map<string, string[]>();
  for (const stem of places.keys()) for (const key of shortened(stem)) neighbours.set(key, [...(neighbours.get(key) ?? []), stem]);
  return (stems) => {
    const shares = new Float64Array(examples.length);
    const worth = new Map<string, number>();
    for (const stem of stems) {
      if (places.has(stem)) worth.set(stem, 1);
      else for (const near of nearStems(stem, neighbours)) worth.set(near, Math.max(worth.get(near) ?? 0, NEAR_WORD));
    }
    for (const [stem, value] of worth)
      for (const at of places.get(stem) ?? []) shares[at] = shares[at]! + (value * weights[stem]!) / totals[at]!;
    return shares;
  };
}

/** Remembered stems that one dropped, added, changed or swapped letter away. */
function nearStems(stem: string, neighbours: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  for (const key of [...shortened(stem), ...shortened(stemOf(stem))]) for (const near of neighbours.get(key) ?? []) found.add(near);
  return found;
}

/** The word itself and the word with any one letter left out. */
function shortened(word: string): string[] {
  const all = [word];
  for (let at = 0; at < word.length; at++) all.push(word.slice(0, at) + word.slice(at + 1));
  return all;
}
