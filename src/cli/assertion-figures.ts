import type { AssertionKind } from '../model/words';
import type { TextPlace } from '../understand/judge-signs';

/** Labels of the sets: two words for clinical reports, the others for patients' messages. */
export const LABELS = ['affirmed', 'negated', 'present', 'absent', 'hypothetical', 'past', 'other_now', 'other_past', 'uncertain'] as const;

/** A text, something that it names, and how it names it. */
export interface LabelledConcept {
  readonly text: string;
  readonly concept: string;
  readonly label: (typeof LABELS)[number];
}

/** A labelled concept with what the product takes it for. */
export interface Judged {
  readonly line: LabelledConcept;
  readonly kind: AssertionKind;
  readonly isWantedAbsent: boolean;
  readonly isTakenAbsent: boolean;
  readonly isRight: boolean;
  /** What is there was taken as absent. */
  readonly isDangerous: boolean;
}

/** Figures of one set; precision, recall and F1 are those of the absent (negated) class, all 0-1. */
export interface Figures {
  readonly set: string;
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly dangerous: number;
  readonly right: number;
  readonly accuracy: number;
  /** Share of exactly agreeing kinds, where the set has finer labels. */
  readonly fine?: number;
}

const THERE = new Set<string>(['affirmed', 'present', 'other_now', 'uncertain']);
const COARSE = new Set<string>(['affirmed', 'negated']);
const FINER = new Set<string>(['hypothetical', 'past', 'other_now', 'other_past', 'uncertain']);

/** Asks for the kind of a concept wherever the text names it: one place where it is there is enough. */
export function judgeConcept(line: LabelledConcept, kindAt: (text: string, place: TextPlace) => AssertionKind): Judged {
  const kinds = placesOf(line.text, line.concept).map((place) => kindAt(line.text, place));
  // clinical sets tell denied from not denied only: there a past or feared condition is affirmed, and any denial of the phrase counts
  const isCoarse = COARSE.has(line.label);
  const kind = kinds.find(isCoarse ? (one) => one === 'absent' : countsAsThere) ?? kinds[0] ?? 'present';
  const isTakenAbsent = isCoarse ? kind === 'absent' : !countsAsThere(kind);
  const isWantedAbsent = !THERE.has(line.label);
  return {
    line,
    kind,
    isWantedAbsent,
    isTakenAbsent,
    isRight: isTakenAbsent === isWantedAbsent,
    isDangerous: isTakenAbsent && !isWantedAbsent,
  };
}

/** A child's illness is there now, in another person. */
function countsAsThere(kind: AssertionKind): boolean {
  return kind === 'present' || kind === 'uncertain' || kind === 'other_now' || kind === 'other_untreated';
}

/** Where a text names a concept. Capitals that mark the concept ("denies CHEST PAIN") win over other mentions of it. */
export function placesOf(text: string, concept: string): TextPlace[] {
  const words = concept.trim().split(/\s+/);
  const find = (pattern: string, flags: string): TextPlace[] =>
    [...text.matchAll(new RegExp(pattern, flags))].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  for (let count = words.length; count >= 1; count--) {
    const parts = words.slice(0, count);
    const spaced = (list: readonly string[]): string => list.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
    const whole = (pattern: string): string => `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
    const capitals = spaced(parts.map((word) => word.toUpperCase()));
    for (const [pattern, flags] of [
      [whole(capitals), 'gu'],
      [whole(spaced(parts)), 'giu'],
      [capitals, 'gu'],
      [spaced(parts), 'giu'],
    ] as const) {
      const places = find(pattern, flags);
      if (places.length > 0) return places;
    }
  }
  return [];
}

/** Counts the judgements of a set. */
export function figuresOf(set: string, judged: readonly Judged[]): Figures {
  const count = (test: (entry: Judged) => boolean): number => judged.filter(test).length;
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 10_000);
  const hits = count((entry) => entry.isTakenAbsent && entry.isWantedAbsent);
  const taken = count((entry) => entry.isTakenAbsent);
  const wanted = count((entry) => entry.isWantedAbsent);
  const right = count((entry) => entry.isRight);
  const agreeing = count(({ line, kind }) => line.label === (kind === 'other_untreated' ? 'other_now' : kind));
  return {
    set,
    n: judged.length,
    precision: share(hits, taken),
    recall: share(hits, wanted),
    f1: share(2 * hits, taken + wanted),
    dangerous: count((entry) => entry.isDangerous),
    right,
    accuracy: share(right, judged.length),
    ...(judged.some(({ line }) => FINER.has(line.label)) ? { fine: share(agreeing, judged.length) } : {}),
  };
}
