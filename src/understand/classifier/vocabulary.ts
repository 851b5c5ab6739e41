import { createHashedFeatures, hashFeatures } from './hash-features';

/** Every feature of the training texts: its 64-bit hash, its inverse document frequency, and an open-addressed table from hash to index. */
export interface Vocabulary {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly idf: Float32Array;
  readonly slots: Int32Array;
}

const NOT_FOUND = -1;

const firstSlot = (low: number, high: number, mask: number): number => {
  const mixed = Math.imul(low ^ (high >>> 11), 0x85ebca6b);
  return (mixed ^ (mixed >>> 16)) & mask;
};

function emptySlots(featureCount: number): Int32Array {
  let size = 16;
  while (size < featureCount * 2.5) size *= 2;
  return new Int32Array(size).fill(NOT_FOUND);
}

function insert(slots: Int32Array, low: number, high: number, index: number): void {
  const mask = slots.length - 1;
  let slot = firstSlot(low, high, mask);
  while (slots[slot] !== NOT_FOUND) slot = (slot + 1) & mask;
  slots[slot] = index;
}

/** The index of a feature by its hash, or -1 when training never saw it. */
export function findFeature(vocabulary: Vocabulary, low: number, high: number): number {
  const { slots } = vocabulary;
  const mask = slots.length - 1;
  let slot = firstSlot(low, high, mask);
  let index = slots[slot]!;
  while (index !== NOT_FOUND && (vocabulary.low[index] !== low || vocabulary.high[index] !== high)) {
    slot = (slot + 1) & mask;
    index = slots[slot]!;
  }
  return index;
}

/** Rebuilds a vocabulary (its table included) from stored hashes and inverse document frequencies. */
export function restoreVocabulary(low: Int32Array, high: Int32Array, idf: Float32Array): Vocabulary {
  const slots = emptySlots(low.length);
  for (let index = 0; index < low.length; index++) insert(slots, low[index]!, high[index]!, index);
  return { low, high, idf, slots };
}

interface Draft {
  low: Int32Array;
  high: Int32Array;
  documents: Int32Array;
  lastDocument: Int32Array;
  idf: Float32Array;
  slots: Int32Array;
  count: number;
}

const grown = (numbers: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
};

function addFeature(draft: Draft, low: number, high: number): number {
  if (draft.count === draft.low.length) {
    draft.low = grown(draft.low);
    draft.high = grown(draft.high);
    draft.documents = grown(draft.documents);
    draft.lastDocument = grown(draft.lastDocument);
    draft.slots = emptySlots(draft.low.length);
    for (let i = 0; i < draft.count; i++) insert(draft.slots, draft.low[i]!, draft.high[i]!, i);
  }
  const index = draft.count++;
  draft.low[index] = low;
  draft.high[index] = high;
  draft.lastDocument[index] = NOT_FOUND;
  insert(draft.slots, low, high, index);
  return index;
}

/** Collects the features of all training texts (already normalised) with idf = ln((1+texts)/(1+texts with it)) + 1. */
export function buildVocabulary(normalizedTexts: readonly string[]): Vocabulary {
  const room = 4096;
  const draft: Draft = {
    low: new Int32Array(room),
    high: new Int32Array(room),
    documents: new Int32Array(room),
    lastDocument: new Int32Array(room),
    idf: new Float32Array(0),
    slots: emptySlots(room),
    count: 0,
  };
  const features = createHashedFeatures();
  normalizedTexts.forEach((text, document) => {
    hashFeatures(text, features);
    for (let i = 0; i < features.total; i++) {
      const low = features.low[i]!;
      const high = features.high[i]!;
      let index = findFeature(draft, low, high);
      if (index === NOT_FOUND) index = addFeature(draft, low, high);
      if (draft.lastDocument[index] === document) continue;
      draft.lastDocument[index] = document;
      draft.documents[index] = draft.documents[index]! + 1;
    }
  });
  const idf = Float32Array.from(
    draft.documents.subarray(0, draft.count),
    (seen) => Math.log((1 + normalizedTexts.length) / (1 + seen)) + 1,
  );
  return restoreVocabulary(draft.low.slice(0, draft.count), draft.high.slice(0, draft.count), idf);
}
