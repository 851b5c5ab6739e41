import type { CueSet, Element, FirstKeys, Part } from './cues';
import { classKey } from './cues';
import type { Token } from './tokens';

/** How the words of cues are read. */
export interface CueReading {
  /** Splits a cue's plain words the way messages are split (shorthand, hyphens, apostrophes). */
  readonly prepare: (words: string) => readonly Token[];
  readonly isLight?: (word: string) => boolean;
  /** The numbers of words; sets of cues that share them look at a message once. */
  readonly keys: Map<string, number>;
}

/** Turns cue texts into a matcher. */
export function compileCues(cues: Iterable<readonly [owner: string, cue: string]>, reading: CueReading): CueSet {
  const { prepare, isLight = () => false, keys } = reading;
  const owners: string[] = [];
  const partCounts: number[] = [];
  const needy: Needy[] = [];
  for (const [owner, cue] of cues) {
    const sequences = cue
      .split(' + ')
      .map((part) => loosen(parsePart(part, prepare), isLight))
      .filter((elements) => elements.length > 0);
    if (sequences.length === 0) continue;
    const number = owners.length;
    owners.push(owner);
    partCounts.push(sequences.length);
    for (const [index, elements] of sequences.entries()) needy.push(makePart({ elements, cue: number, index, order: needy.length }, keys));
  }
  const parts = needy.map(({ part }) => part);
  const [single, longer] = [needy.filter(({ part }) => isOneWord(part)), needy.filter(({ part }) => !isOneWord(part))];
  const cueOf = Int32Array.from(parts, (part) => part.cue);
  return { owners, partCounts, parts, cueOf, keys, alone: fileAlone(single), ...fileByRarest(longer, keys.size) };
}

/** A part and the keys of which a message must hold one of each list. */
interface Needy {
  readonly part: Part;
  readonly needs: readonly (readonly number[])[];
}

function makePart(part: Pick<Part, 'elements' | 'cue' | 'index' | 'order'>, keys: Map<string, number>): Needy {
  const numberOf = (key: string): number => {
    const known = keys.get(key) ?? keys.size;
    keys.set(key, known);
    return known;
  };
  const keysOf = ({ stems, exact, classes }: Record<keyof FirstKeys, Iterable<string>>): FirstKeys => ({
    stems: [...stems].map(numberOf),
    exact: [...exact].map(numberOf),
    classes: [...classes].map((name) => numberOf(classKey(name))),
  });
  const places = part.elements.flatMap((element) => {
    if (element.kind === 'gap') return [];
    const isOptional = element.kind === 'words' && element.optional === true;
    return [{ isOptional, ...keysOf(element.kind === 'words' ? element : { stems: [], exact: [], classes: [element.name] }) }];
  });
  const all = ({ stems, exact, classes }: FirstKeys): number[] => [...new Set([...stems, ...exact, ...classes])];
  const needs = places.filter((place) => !place.isOptional).map(all);
  const { stems, exact, classes } = places[0]!;
  return { part: { ...part, mentions: [...new Set(places.flatMap(all))], first: { stems, exact, classes } }, needs };
}

function isOneWord({ elements, first }: Part): boolean {
  return elements.length === 1 && first.classes.length === 0;
}

function fileAlone(single: readonly Needy[]): CueSet['alone'] {
  const fileBy = (keysOf: (first: FirstKeys) => readonly number[]): (Int32Array | undefined)[] => {
    const filed: number[][] = [];
    for (const { part } of single) for (const key of keysOf(part.first)) (filed[key] ??= []).push(part.order);
    return Array.from(filed, (orders) => orders && Int32Array.from(orders));
  };
  return { stems: fileBy((first) => first.stems), exact: fileBy((first) => first.exact) };
}

/**
 * Files each part under the keys of its rarest need, so that common words ("cant", "i") bring up few parts. What else a part needs stands
 * beside it as plain numbers: looking into thousands of parts themselves costs more than all the rest.
 */
function fileByRarest(parts: readonly Needy[], keyCount: number): Pick<CueSet, 'byRarest' | 'lists'> {
  const uses = new Uint32Array(keyCount);
  for (const { needs } of parts) for (const key of needs.flat()) uses[key]!++;
  const usesOf = (need: readonly number[]): number => need.reduce((sum, key) => sum + uses[key]!, 0);
  const lists: number[] = [];
  const numberOf = (need: readonly number[]): number => {
    if (need.length === 1) return need[0]!;
    lists.push(need.length, ...need);
    return ~(lists.length - need.length - 1);
  };
  const filed: number[][] = [];
  for (const { needs, part } of parts) {
    const [rarest = [], ...others] = needs.toSorted((a, b) => usesOf(a) - usesOf(b));
    const entry = [part.order, others.length, ...others.map(numberOf)];
    for (const key of rarest) (filed[key] ??= []).push(...entry);
  }
  return { byRarest: Array.from(filed, (entries) => entries && Int32Array.from(entries)), lists: Int32Array.from(lists) };
}

/** What shorthand makes of "is not" and the like: a cue that says "not" means them too. */
const NOT_JOINED = ['isnt', 'arent', 'wasnt', 'werent'];

function parsePart(part: string, prepare: (words: string) => readonly Token[]): Element[] {
  const elements: Element[] = [];
  for (const piece of part.replace(/"/g, ' ').split(/\s+/).filter(Boolean)) {
    const className = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (piece === '_') elements.push({ kind: 'gap' });
    else if (className !== undefined) elements.push({ kind: 'class', name: className });
    else if (piece.includes('|')) elements.push(parseAlternatives(piece, prepare));
    else if (piece.startsWith('=') && piece.length > 1) {
      const words = prepare(piece.slice(1));
      elements.push({
        kind: 'words',
        classes: [],
        stems: new Set(),
        exact: new Set([words.length === 1 ? words[0]!.text : piece.slice(1).replace(/'/g, '')]),
      });
    } else
      for (const token of prepare(piece))
        elements.push({ kind: 'words', classes: [], stems: new Set([token.stem]), exact: new Set(token.text === 'not' ? NOT_JOINED : []) });
  }
  while (elements[0]?.kind === 'gap') elements.shift();
  while (elements.at(-1)?.kind === 'gap') elements.pop();
  return elements;
}

/** Light words inside a cue may be missing in the message ("touch my face" is "touch face"); the first and the last word may not. */
function loosen(elements: readonly Element[], isLight: (word: string) => boolean): Element[] {
  return elements.map((element, at) => {
    if (element.kind !== 'words' || element.exact.size > 0 || at === 0 || at === elements.length - 1) return element;
    return element.stems.size === 1 && element.classes.length === 0 && [...element.stems].every(isLight)
      ? { ...element, optional: true }
      : element;
  });
}

function parseAlternatives(piece: string, prepare: (words: string) => readonly Token[]): Element {
  const stems = new Set<string>();
  const exact = new Set<string>();
  const classes: string[] = [];
  for (const alternative of piece.split('|').filter(Boolean)) {
    const className = /^\{(\w+)\}$/.exec(alternative)?.[1];
    if (className !== undefined) {
      classes.push(className);
      continue;
    }
    const isExact = alternative.startsWith('=');
    const tokens = prepare(isExact ? alternative.slice(1) : alternative);
    const token = tokens[0];
    if (!token) continue;
    if (isExact || tokens.length > 1) exact.add(alternative.replace(/[='"]/g, ''));
    else {
      stems.add(token.stem);
      if (token.text === 'not') NOT_JOINED.forEach((joined) => exact.add(joined));
    }
  }
  return { kind: 'words', classes, stems, exact };
}
