/** A storage that may be switched off in a frame; then things are kept for as long as the page lives. */
export interface Keep {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  remove(name: string): void;
}

/** The part of the browser's Storage that is used. */
interface TextStorage {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** Wraps localStorage or sessionStorage; every name begins with `prefix`. */
export function makeKeep(storage: () => TextStorage, prefix: string): Keep {
  const memory = new Map<string, string>();
  const attempt = <T>(use: (real: TextStorage) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined; // blocked or full: memory has it
    }
  };
  return {
    get: (name) => {
      const stored = attempt((real) => real.getItem(prefix + name));
      const text = stored === undefined ? memory.get(name) : stored;
      try {
        return text === undefined || text === null ? null : (JSON.parse(text) as unknown);
      } catch {
        return null; // written by something else under our name
      }
    },
    set: (name, value) => {
      const text = JSON.stringify(value);
      memory.set(name, text);
      attempt((real) => real.setItem(prefix + name, text));
    },
    remove: (name) => {
      memory.delete(name);
      attempt((real) => real.removeItem(prefix + name));
    },
  };
}
