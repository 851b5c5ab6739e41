/** Runs work of one key one after the other; other keys go on side by side. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Makes one. A failure is its caller's alone. */
export function makeInTurn(): InTurn {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work);
    const tail = mine.catch(() => undefined); // the caller sees it; who comes next must not
    tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
