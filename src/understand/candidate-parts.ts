import type { ClassSpans, CueSet, MatchInput, Part } from './cues';
import { classKey } from './cues';
import type { HeldKeys } from './held-keys';
import { isHeld } from './held-keys';

/** The few parts of cues of more than a word that a message may hold, by the keys that they may begin with. */
export interface Candidates {
  readonly stems: ReadonlyMap<number, readonly Part[]>;
  readonly exact: ReadonlyMap<number, readonly Part[]>;
  readonly classes: ReadonlyMap<number, readonly Part[]>;
}

const NONE: Candidates = { stems: new Map(), exact: new Map(), classes: new Map() };

/** Parts seen carry the stamp of the search at hand. */
let seen = new Uint32Array(16_384);
let stamp = 0;

/**
 * Finds the parts all of whose needs a message meets. With `guessed` (keys of what mistyped words may have meant) only those that mention
 * one of them; parts of one cue stay together.
 */
export function findCandidates(cues: CueSet, held: HeldKeys, guessed: ReadonlySet<number | undefined> | null): Candidates {
  const met = metParts(cues, held);
  const touched = guessed
    ? met.filter((part) => cues.partCounts[part.cue]! > 1 || part.mentions.some((mention) => guessed.has(mention)))
    : met;
  return touched.length === 0 ? NONE : fileByFirst(touched);
}

/** Plain loops over plain numbers: they look at every part that a word of the message brings up. */
function metParts({ byRarest, lists, parts }: CueSet, held: HeldKeys): Part[] {
  if (parts.length > seen.length) seen = new Uint32Array(parts.length * 2);
  stamp = (stamp + 1) >>> 0;
  const met: Part[] = [];
  for (const key of held.all) {
    const filed = byRarest[key];
    if (!filed) continue;
    for (let at = 0; at < filed.length;) {
      const order = filed[at]!;
      const end = at + 2 + filed[at + 1]!;
      for (at += 2; at < end && isMet(filed[at]!, lists); at++);
      if (at < end || seen[order] === stamp) {
        at = end;
        continue;
      }
      seen[order] = stamp;
      met.push(parts[order]!);
    }
  }
  return met.sort((a, b) => a.order - b.order);
}

function isMet(need: number, lists: Int32Array): boolean {
  if (need >= 0) return isHeld(need);
  const from = ~need;
  for (let at = from + lists[from]!; at > from; at--) if (isHeld(lists[at]!)) return true;
  return false;
}

/** Keys of what mistyped words may have meant, and of word classes that stand somewhere only because of them. */
export function guessedKeys({ keys }: CueSet, { tokens, classSpans }: MatchInput, sureClasses: ClassSpans): Set<number | undefined> {
  const guessed = new Set<number | undefined>();
  for (const { orMeant } of tokens)
    for (const { stem, text } of orMeant ?? []) {
      guessed.add(keys.get(stem));
      guessed.add(keys.get(text));
    }
  const countOf = (starts: ReadonlyMap<number, readonly number[]> | undefined): number =>
    [...(starts?.values() ?? [])].reduce((sum, ends) => sum + ends.length, 0);
  for (const [name, starts] of classSpans) if (countOf(starts) > countOf(sureClasses.get(name))) guessed.add(keys.get(classKey(name)));
  return guessed;
}

function fileByFirst(parts: readonly Part[]): Candidates {
  const filed = { stems: new Map<number, Part[]>(), exact: new Map<number, Part[]>(), classes: new Map<number, Part[]>() };
  for (const part of parts) {
    fileUnder(filed.stems, part.first.stems, part);
    fileUnder(filed.exact, part.first.exact, part);
    fileUnder(filed.classes, part.first.classes, part);
  }
  return filed;
}

function fileUnder(map: Map<number, Part[]>, keys: readonly number[], part: Part): void {
  for (const key of keys) {
    if (!isHeld(key)) continue;
    const found = map.get(key);
    if (found) found.push(part);
    else map.set(key, [part]);
  }
}
