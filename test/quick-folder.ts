import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Thousands of commits need no disk in a story: that what was acknowledged survives is what the crash tests are for. */
const IN_MEMORY = '/dev/shm';

/** Makes an empty folder for the database of a story, in memory where the machine has such a place. */
export function makeQuickFolder(prefix: string): string {
  return mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), prefix));
}
