import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How many kept results of one kind stay: enough to go back and forth between a few versions. */
const NEWEST_KEPT = 5;

/**
 * Keeps a computed result as a file, whole or not at all, and removes all but the five newest files whose names begin with `prefix`
 * (each edit of knowledge or code computes another one, of up to 50 MB).
 */
export function keepFile(file: string, content: string | Uint8Array, prefix: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
  const kept = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const found = statSync(path, { throwIfNoEntry: false }); // another process may be removing it as well
      return found ? [{ path, at: found.mtimeMs }] : [];
    });
  for (const { path } of kept.toSorted((a, b) => b.at - a.at).slice(NEWEST_KEPT)) rmSync(path, { force: true });
}
