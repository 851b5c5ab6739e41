import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from '../model/knowledge';
import { AftercareError } from '../tools/errors';
import { keepFile } from '../tools/keep-file';
import type { Lexicon } from './build-lexicon';
import type { DangerMemory } from './danger-memory';
import { deserializeModel, serializeModel } from './classifier/model-file';
import type { Models } from './models';
import { MODEL_NAMES } from './models';
import { trainModels } from './train-models';

/** Where trained models are kept and how training reports. */
export interface ModelCache {
  readonly folder: string;
  /** Root of the package; its src/understand decides, with the knowledge, whether a kept model still fits. */
  readonly packageRoot: string;
  readonly onTraining: (fraction: number) => void;
}

/** Loads the models of a knowledge base from the cache, or trains and keeps them. A damaged file is trained anew. */
export async function loadModels(knowledge: Knowledge, lexicon: Lexicon, cache: ModelCache): Promise<Models> {
  const file = join(cache.folder, `models-${modelKey(knowledge, cache.packageRoot)}.bin`);
  const kept = readKept(file);
  if (kept) return kept;
  const models = await trainModels(knowledge, lexicon, cache.onTraining);
  keepFile(file, packModels(models), 'models-');
  return models;
}

function readKept(file: string): Models | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined; // not trained yet
  }
  try {
    return unpackModels(bytes);
  } catch (error) {
    if (error instanceof AftercareError && error.code === 'MODEL_UNREADABLE') return undefined; // cut short or foreign: trained anew
    throw error;
  }
}

function packModels(models: Models): Buffer {
  const parts = [...MODEL_NAMES.map((name) => serializeModel(models[name])), Buffer.from(JSON.stringify(models.memory))];
  const sizes = Buffer.alloc(4 * parts.length);
  parts.forEach((part, index) => sizes.writeUInt32LE(part.length, 4 * index));
  return Buffer.concat([sizes, ...parts]);
}

function unpackModels(bytes: Buffer): Models {
  const count = MODEL_NAMES.length + 1;
  let at = 4 * count;
  if (bytes.length < at) throw new AftercareError('MODEL_UNREADABLE', 'Reading the models failed: the file is cut short.');
  const parts = Array.from({ length: count }, (_, index) => {
    const size = bytes.readUInt32LE(4 * index);
    const part = bytes.subarray(at, at + size);
    if (part.length !== size) throw new AftercareError('MODEL_UNREADABLE', 'Reading the models failed: the file is cut short.');
    at += size;
    return Buffer.from(part);
  });
  const [topics, intents, danger] = parts.slice(0, MODEL_NAMES.length).map(deserializeModel);
  return {
    topics: topics!,
    intents: intents!,
    danger: danger!,
    memory: JSON.parse(parts[MODEL_NAMES.length]!.toString('utf8')) as DangerMemory,
  };
}

/** Texts that the bot says, and who signed them: nothing is learnt from them. */
const SAID = new Set(['version', 'guideText', 'phrases', 'smsPhrases', 'told', 'answers', 'reviewedBy', 'reviewedOn']);

/** Changes whenever the code that reads and learns changes, or the knowledge that it learns from; what the bot says may be edited freely. */
function modelKey(knowledge: Knowledge, packageRoot: string): string {
  const learnt = JSON.stringify(knowledge, (key, value: unknown) =>
    SAID.has(key) ? undefined : value instanceof Map ? [...value.values()] : value,
  );
  const hash = createHash('sha256').update(learnt);
  const folder = join(packageRoot, 'src', 'understand');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('times'),
  );
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
