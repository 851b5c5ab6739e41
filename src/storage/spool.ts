import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spool, SpooledMessage } from '../model/turn';
import { seal, unseal } from './seal';
import { deriveKey } from '../tools/derive-key';

/**
 * Keeps messages in files while the database cannot: sealed, flushed to the disk, one file each. The first folder that can be written is
 * used; all of them are read. A file that cannot be opened is told to `onFault` and stays.
 */
export function openSpool(dataDir: string, secret: Buffer, onFault: (error: unknown) => void = () => undefined): Spool {
  const key = deriveKey(secret, 'spool');
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const folders = [join(dataDir, 'spool'), join(tmpdir(), `aftercare-spool-${mark}`)];
  const nameOf = ({ input }: SpooledMessage): string =>
    createHash('sha256').update(`${input.conversationId}/${input.messageId}`).digest('hex');
  const write = async (folder: string, message: SpooledMessage): Promise<void> => {
    const name = nameOf(message);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(join(folder, `${name}.part`), 'w', 0o600);
    try {
      await file.writeFile(seal(key, `spool|message|${name}`, Buffer.from(JSON.stringify(message))));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(join(folder, `${name}.part`), join(folder, name));
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  };
  return {
    async keep(message) {
      const faults: unknown[] = [];
      for (const folder of folders) {
        try {
          return await write(folder, message);
        } catch (error) {
          faults.push(error);
        }
      }
      throw new AggregateError(faults, 'Spooling a message failed: expected a folder that can be written.');
    },
    async list() {
      const messages: SpooledMessage[] = [];
      for (const folder of folders)
        for (const name of await namesIn(folder)) {
          try {
            const sealed = await readFile(join(folder, name));
            messages.push(JSON.parse(unseal(key, `spool|message|${name}`, sealed).toString('utf8')) as SpooledMessage);
          } catch (error) {
            onFault(error); // it stays where it is, and must not hold up the others
          }
        }
      return messages.sort((a, b) => a.input.at - b.input.at);
    },
    async remove(message) {
      for (const folder of folders) await rm(join(folder, nameOf(message)), { force: true });
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
