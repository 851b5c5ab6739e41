/** A text, with its place where it says so itself. */
interface Part {
  readonly words: string;
  readonly place: number | null;
  readonly of: number | null;
}

/** Where a carrier or a phone cut a long text, it often numbers the pieces: "(1/2) my face", "2/2: is hot". */
const NUMBERED = /^\s*(?:\((\d)\s*(?:\/|of)\s*(\d)\)|(\d)\s*(?:\/|of)\s*(\d)[:.)])\s*/i;

function readPart(text: string): Part {
  const found = NUMBERED.exec(text);
  const [place, of] = [Number(found?.[1] ?? found?.[3] ?? 0), Number(found?.[2] ?? found?.[4] ?? 0)];
  if (!found || place < 1 || of < 2 || place > of) return { words: text.trim(), place: null, of: null };
  return { words: text.slice(found[0].length).trim(), place, of };
}

/** The parts of one thought as one text: numbered ones in the order of their numbers, others in the order in which they came. */
export function joinParts(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0] ?? '';
  const parts = texts.map(readPart);
  const inOrder = parts.every(({ place }) => place !== null) ? parts.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)) : parts;
  return inOrder
    .map(({ words }) => words)
    .filter((words) => words !== '')
    .join(parts.every(({ place }) => place !== null) ? ' ' : '\n');
}

/** Whether numbered parts say that there is more to come, or that they are all here; null when they are not numbered. */
export function areComplete(texts: readonly string[]): boolean | null {
  const parts = texts.map(readPart);
  const [first] = parts;
  if (!first || first.of === null || parts.some(({ of }) => of !== first.of)) return null;
  return new Set(parts.map(({ place }) => place)).size === first.of;
}
