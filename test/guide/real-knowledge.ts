import { join } from 'node:path';
import { readKnowledge } from '../../src/guide/read-knowledge';
import type { Knowledge, Topic } from '../../src/model/knowledge';

export const KNOWLEDGE_FOLDER = join(__dirname, '../../knowledge');

let kept: Knowledge | undefined;

/** The knowledge that is shipped, read once for each test file. */
export function realKnowledge(): Knowledge {
  return (kept ??= readKnowledge(KNOWLEDGE_FOLDER));
}

/** One shipped topic; fails when it is missing. */
export function topicOf(id: string): Topic {
  const topic = realKnowledge().topics.get(id);
  if (!topic) throw new Error(`Finding the topic failed: expected "${id}" in knowledge/microneedling/topics.`);
  return topic;
}
