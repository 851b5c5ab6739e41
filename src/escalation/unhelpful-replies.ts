/** Says whether a text that was not understood may be answered: two machines that answer one another would never end. */
export interface UnhelpfulReplies {
  /** Counts one answer to a number; false when it has had its fill. */
  mayAnswer(number: string): boolean;
  /** Something that was understood came from the number: it starts anew. */
  acted(number: string): void;
}

/** Numbers are forgotten, oldest first, above so many. */
const MOST_NUMBERS = 10_000;

/** Counts unhelpful answers for each number: at most `most` until something real comes from it. */
export function makeUnhelpfulReplies(most = 5): UnhelpfulReplies {
  const counts = new Map<string, number>();
  return {
    mayAnswer(number) {
      const count = counts.get(number) ?? 0;
      if (count >= most) return false;
      counts.delete(number);
      counts.set(number, count + 1);
      const oldest = counts.keys().next().value;
      if (counts.size > MOST_NUMBERS && oldest !== undefined) counts.delete(oldest);
      return true;
    },
    acted(number) {
      counts.delete(number);
    },
  };
}
