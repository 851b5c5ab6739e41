import type { HeardStem, KnownStem, Share, StemWeights } from './danger-shares';
import { indexExamples } from './danger-shares';

/** A danger message to be learned. */
export interface DangerLesson {
  readonly stems: readonly HeardStem[];
  readonly tier: 'urgent' | 'emergency';
}

/** A danger message of knowledge/ as it is remembered: its words, which share of them must be met again, and which share is not denied in it. */
export interface RememberedDanger {
  readonly stems: readonly string[];
  readonly tier: 'urgent' | 'emergency';
  readonly least: number;
  readonly asserted: number;
}

/** All danger messages of knowledge/, and how telling each of their words is. */
export interface DangerMemory {
  readonly examples: readonly RememberedDanger[];
  readonly weights: StemWeights;
}

/** The best remembered danger that a message holds. */
export interface Recalled {
  readonly tier: 'urgent' | 'emergency';
  readonly share: number;
  /** The message says little else. */
  readonly isWhole: boolean;
}

/** Finds remembered dangers in messages. */
export type Recall = (stems: readonly HeardStem[]) => Recalled | null;

/** Under this share of its telling words nothing counts as remembered. */
const LEAST_SHARE = 0.7;
/** What a message of more than twice as many words must share: it holds many words by chance. */
const LEAST_SHARE_WITHIN = 0.85;
const MUCH_LONGER = 2;
/** How much more than any calm message of knowledge/ a message must share with a remembered danger. */
const MARGIN = 0.05;
/** From this share on a message that says little else is the remembered one. */
const SAME_MESSAGE = 0.9;
/** Of the words that a remembered danger asserts, a message must assert this share too: "i dont have ..." is no danger. */
const LEAST_ASSERTED = 0.7;
/** And of all its telling words at least this share: "no fever, no pus, just pink" tells of no fever, whatever a danger of such denials is about. */
const LEAST_ASSERTED_OF_ALL = 0.4;
const STRETCH = 32;
const STRETCH_STEP = 8;
/** Longer steps in long messages keep them cheap to read. */
const MOST_STRETCHES = 25;

/** Learns the danger messages by heart; each is as demanding as it takes that no calm message of knowledge/ counts as it. */
export function learnDanger(dangers: readonly DangerLesson[], calm: readonly (readonly HeardStem[])[]): DangerMemory {
  const counts = new Map<string, number>();
  for (const stems of [...dangers.map((danger) => danger.stems), ...calm])
    for (const stem of new Set(stems.map((heard) => heard.stem))) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const total = dangers.length + calm.length;
  const weights: Record<string, number> = {};
  for (const danger of dangers) for (const { stem } of danger.stems) weights[stem] = Math.log(total / (counts.get(stem) ?? 1));
  const unproved = dangers.map(({ stems, tier }) => ({
    stems: [...new Set(stems.map(({ stem }) => stem))],
    tier,
    least: LEAST_SHARE,
    asserted: 0,
  }));
  const { know, sharesOf } = indexExamples({ examples: unproved, weights, least: LEAST_SHARE - MARGIN });
  const examples = unproved.map((example, at) => ({
    ...example,
    asserted: sharesOf(know(dangers[at]!.stems)).find((share) => share.at === at)?.asserted ?? 0,
  }));
  const least = examples.map(() => LEAST_SHARE);
  for (const stems of calm)
    for (const stretch of stretches(know(stems))) {
      for (const { at, all, asserted } of sharesOf(stretch))
        if (asserted >= LEAST_ASSERTED * examples[at]!.asserted) least[at] = Math.max(least[at]!, all + MARGIN);
    }
  return { examples: examples.map((example, at) => ({ ...example, least: least[at]! })).filter((example) => example.least <= 1), weights };
}

/** Makes the recall of a memory. */
export function makeRecall(memory: DangerMemory): Recall {
  const { know, sharesOf } = indexExamples({ ...memory, least: LEAST_SHARE - MARGIN });
  return (stems) => {
    const length = new Set(stems.map(({ stem }) => stem)).size;
    const isEnough = ({ at, all }: Share): boolean => {
      const { stems: own, least } = memory.examples[at]!;
      return all >= (length > MUCH_LONGER * own.length ? Math.max(least, LEAST_SHARE_WITHIN) : least);
    };
    const known = know(stems);
    const held = sharesOf(known).filter(isEnough);
    // no stretch holds more of a danger than the whole message does
    const among = new Set(held.map(({ at }) => at));
    const parts = known.length <= STRETCH || held.length === 0 ? [held] : stretches(known).map((stretch) => sharesOf(stretch, among));
    let best: Recalled | null = null;
    for (const found of parts.flat()) {
      const { tier, stems: own, asserted } = memory.examples[found.at]!;
      const recalled = { tier, share: found.all, isWhole: length <= own.length + 1 };
      const isSame = recalled.isWhole && recalled.share >= SAME_MESSAGE;
      const least = isSame ? 0 : LEAST_ASSERTED_OF_ALL;
      if (!isEnough(found) || found.asserted < Math.max(LEAST_ASSERTED * asserted, least)) continue;
      if (!best || outranks(recalled, best)) best = recalled;
    }
    return best;
  };
}

/** The message itself knows its level better than others that resemble it; among those the graver one counts, then the nearer one. */
function outranks(one: Recalled, other: Recalled): boolean {
  const [isSame, otherIsSame] = [one, other].map(({ isWhole, share }) => isWhole && share >= SAME_MESSAGE);
  if (isSame !== otherIsSame) return isSame!;
  return one.tier === other.tier || isSame ? one.share > other.share : one.tier === 'emergency';
}

/** Stretches of a message as long as a remembered one with some words in between. */
function stretches(stems: readonly KnownStem[]): (readonly KnownStem[])[] {
  if (stems.length <= STRETCH) return [stems];
  const found: (readonly KnownStem[])[] = [];
  const step = Math.max(STRETCH_STEP, Math.ceil(stems.length / MOST_STRETCHES));
  for (let at = 0; at + STRETCH < stems.length + step; at += step) found.push(stems.slice(at, at + STRETCH));
  return found;
}
