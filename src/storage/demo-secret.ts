import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AftercareError, reasonOf } from '../tools/errors';

/** The secret of a demo: made once and kept in the data folder, readable by its owner alone. */
export function readDemoSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= 32) return secret;
  } catch (error) {
    throw new AftercareError(
      'STORAGE_UNAVAILABLE',
      `Keeping the demo secret in ${file} failed (${reasonOf(error)}): expected a data folder that can be written; set DATA_DIR to one.`,
      { cause: error },
    );
  }
  throw new AftercareError(
    'STORAGE_UNAVAILABLE',
    `Reading the demo secret ${file} failed: expected at least 32 characters. Delete it only if the stored conversations may be lost.`,
  );
}
