import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from '../model/knowledge';
import { keepFile } from '../tools/keep-file';
import { hashKnowledge, readKnowledge } from './read-knowledge';

/** Raised when the checks or the shape of a kept file change, so that an older one is read anew. */
const CHECKS_VERSION = 2;

type Kept = {
  readonly [K in keyof Knowledge]: Knowledge[K] extends ReadonlyMap<infer Key, infer Value>
    ? readonly (readonly [Key, Value])[]
    : Knowledge[K];
};

/**
 * Reads and checks a knowledge folder, or takes the checked result kept for exactly these files. Any changed byte is checked anew,
 * so a wrong file is always refused.
 */
export function loadKnowledge(folder: string, cacheFolder: string): Knowledge {
  const file = join(cacheFolder, `knowledge-${CHECKS_VERSION}-${hashKnowledge(folder)}.json`);
  const kept = readKept(file);
  if (kept) return kept;
  const knowledge = readKnowledge(folder);
  const { topics, flags, intents, modifiers } = knowledge;
  const plain: Kept = { ...knowledge, topics: [...topics], flags: [...flags], intents: [...intents], modifiers: [...modifiers] };
  keepFile(file, JSON.stringify(plain), 'knowledge-');
  return knowledge;
}

function readKept(file: string): Knowledge | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined; // not kept yet
  }
  const plain = JSON.parse(text) as Kept;
  return {
    ...plain,
    topics: new Map(plain.topics),
    flags: new Map(plain.flags),
    intents: new Map(plain.intents),
    modifiers: new Map(plain.modifiers),
  };
}
