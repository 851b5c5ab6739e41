import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  contradictionSchema,
  flagSchema,
  flagWordsSchema,
  intentSchema,
  languageSchema,
  modifierSchema,
  topicSchema,
  topicWordsSchema,
  treatmentSchema,
} from '../model/knowledge';
import type { Flag, Intent, Knowledge, Topic } from '../model/knowledge';
import { AftercareError, reasonOf } from '../tools/errors';
import { findFaults } from './find-faults';

/** A hash over every file in a knowledge folder: two folders with the same hash say and recognise the same. */
export function hashKnowledge(folder: string): string {
  const hash = createHash('sha256');
  for (const file of listFiles(folder)) hash.update(relative(folder, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/**
 * Reads and checks a knowledge folder. Throws one KNOWLEDGE_INVALID that lists every fault as `file: field: what was expected`.
 */
export function readKnowledge(folder: string): Knowledge {
  if (!existsSync(folder))
    throw new AftercareError('KNOWLEDGE_INVALID', `Reading knowledge from ${folder} failed: there is no such folder.`);
  const faults: string[] = [];
  const read = new FolderReader(folder, faults);
  const treatmentFolder = 'microneedling';
  const knowledge: Partial<Knowledge> & { version: string } = {
    version: hashKnowledge(folder),
    guideText: read.text(join(treatmentFolder, 'guide.txt')),
  };
  const parts = {
    treatment: read.yaml(join(treatmentFolder, 'treatment.yaml'), treatmentSchema),
    contradictions: read.yaml(join(treatmentFolder, 'contradictions.yaml'), z.array(contradictionSchema)),
    modifiers: read.yaml(join('red-flags', 'modifiers.yaml'), z.array(modifierSchema)),
    language: read.yaml(join('language', 'en.yaml'), languageSchema),
  };
  const topics = readTopics(read, join(treatmentFolder, 'topics'));
  const flags = readFlags(read, 'red-flags');
  const intents = readIntents(read, 'intents');
  if (parts.treatment && parts.contradictions && parts.modifiers && parts.language) {
    const whole: Knowledge = {
      version: knowledge.version,
      guideText: knowledge.guideText ?? '',
      treatment: parts.treatment,
      contradictions: parts.contradictions,
      modifiers: new Map(parts.modifiers.map((modifier) => [modifier.id, modifier])),
      language: parts.language,
      topics,
      flags,
      intents,
    };
    faults.push(...findFaults(whole));
    if (faults.length === 0) return whole;
  }
  throw new AftercareError('KNOWLEDGE_INVALID', `Reading knowledge failed, ${faults.length} fault(s):\n  ${faults.join('\n  ')}`);
}

function readTopics(read: FolderReader, folder: string): Map<string, Topic> {
  const topics = new Map<string, Topic>();
  for (const name of read.folders(folder)) {
    const topic = read.yaml(join(folder, name, 'topic.yaml'), topicSchema);
    const words = read.yaml(join(folder, name, 'en.yaml'), topicWordsSchema);
    if (!topic || !words) continue;
    read.expect(topic.id === name, join(folder, name, 'topic.yaml'), `id: expected "${name}", the folder's name, got "${topic.id}"`);
    topics.set(topic.id, { ...topic, words });
  }
  return topics;
}

function readFlags(read: FolderReader, folder: string): Map<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const name of read.folders(folder)) {
    const flag = read.yaml(join(folder, name, 'flag.yaml'), flagSchema);
    const words = read.yaml(join(folder, name, 'en.yaml'), flagWordsSchema);
    if (!flag || !words) continue;
    const expected = name.slice(0, 3).toUpperCase();
    read.expect(flag.id === expected, join(folder, name, 'flag.yaml'), `id: expected ${expected}, the folder's beginning, got ${flag.id}`);
    flags.set(flag.id, { ...flag, words, folder: name });
  }
  return flags;
}

function readIntents(read: FolderReader, folder: string): Map<string, Intent> {
  const intents = new Map<string, Intent>();
  for (const name of read.folders(folder)) {
    const intent = read.yaml(join(folder, name, 'en.yaml'), intentSchema);
    if (!intent) continue;
    read.expect(intent.id === name, join(folder, name, 'en.yaml'), `id: expected "${name}", the folder's name, got "${intent.id}"`);
    intents.set(intent.id, intent);
  }
  return intents;
}

/** Reads files below one folder and collects faults instead of stopping at the first. */
class FolderReader {
  constructor(
    private readonly root: string,
    private readonly faults: string[],
  ) {}

  text(path: string): string {
    try {
      return readFileSync(join(this.root, path), 'utf8');
    } catch (error) {
      this.faults.push(`${path}: cannot be read (${reasonOf(error)})`);
      return '';
    }
  }

  yaml<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const source = this.text(path);
    if (source === '') return undefined;
    let raw: unknown;
    try {
      raw = parse(source);
    } catch (error) {
      this.faults.push(`${path}: is not YAML (${reasonOf(error).split('\n')[0] ?? ''})`);
      return undefined;
    }
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.faults.push(`${path}: ${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
    return undefined;
  }

  folders(path: string): string[] {
    const absolute = join(this.root, path);
    if (!existsSync(absolute)) {
      this.faults.push(`${path}: there is no such folder`);
      return [];
    }
    return readdirSync(absolute, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  }

  expect(holds: boolean, path: string, fault: string): void {
    if (!holds) this.faults.push(`${path}: ${fault}`);
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
