import { join } from 'node:path';
import { z } from 'zod';
import { DISPOSITIONS } from '../../src/model/words';
import { hearFile } from '../heard-file';

/** Messages labelled by people who did not write knowledge/; the floors are a little under what was measured, so that a fall shows. */
const SETS = {
  questions: { file: 'questions/questions.jsonl', least: { topics: 0.96, verdict: 0.92, disposition: 0.95 }, mostFalsePages: 0.01 },
  mixed: { file: 'questions/mixed.jsonl', least: { topics: 0.94, verdict: 0.94, disposition: 0.95, danger: 0.99 }, mostFalsePages: 0.01 },
  patients: {
    file: 'questions/patients.jsonl',
    least: { topics: 0.94, verdict: 0.92, disposition: 0.94, danger: 0.97 },
    mostFalsePages: 0.02,
  },
  'late evening': {
    file: 'questions/late-evening.jsonl',
    least: { topics: 0.92, verdict: 0.88, disposition: 0.92, danger: 0.97 },
    mostFalsePages: 0.04,
  },
  'small hours': {
    file: 'questions/small-hours.jsonl',
    least: { topics: 0.94, verdict: 0.91, disposition: 0.94, danger: 0.98 },
    mostFalsePages: 0.035,
  },
  'at dawn': {
    file: 'questions/at-dawn.jsonl',
    least: { topics: 0.95, verdict: 0.94, disposition: 0.955, danger: 0.985 },
    mostFalsePages: 0.02,
  },
  // dangers and signs for the clinic only: nothing in it could be a false page
  worried: { file: 'questions/worried.jsonl', least: { disposition: 0.96, danger: 0.99 }, mostFalsePages: 1 },
  'red flags': { file: 'red-flags/red-flags.jsonl', least: { disposition: 0.96, danger: 0.98 }, mostFalsePages: 0.01 },
  // every message is a danger: nothing in it could be a false page
  'red flags in plain words': { file: 'red-flags/in-plain-words.jsonl', least: { disposition: 0.98, danger: 0.99 }, mostFalsePages: 1 },
} as const;

const caseSchema = z.object({
  id: z.string(),
  text: z.string(),
  hoursSinceTreatment: z.number().nullish(),
  history: z.array(z.string()).optional(),
  now: z.string().optional(),
  treatedAt: z.string().optional(),
  topics: z.array(z.string()),
  verdict: z.string(),
  verdictAlso: z.array(z.string()).optional(),
  disposition: z.array(z.enum(DISPOSITIONS)),
  group: z.string(),
});
const answerSchema = z.object({ topics: z.array(z.string()), verdict: z.string(), disposition: z.enum(DISPOSITIONS) });

/** none and self_care both mean that nobody is called. */
function level(disposition: (typeof DISPOSITIONS)[number]): number {
  return Math.max(1, DISPOSITIONS.indexOf(disposition));
}

function share(found: readonly boolean[]): number {
  return found.length === 0 ? 1 : found.filter(Boolean).length / found.length;
}

async function measure(file: string): Promise<Record<'topics' | 'verdict' | 'disposition' | 'danger' | 'falsePages', number>> {
  const heard = await hearFile(join(__dirname, '..', file), caseSchema, answerSchema);
  const rows = heard.map((row) => ({ ...row, levels: row.wanted.disposition.map(level) }));
  const isFlagGroup = (group: string): boolean => group === 'redflag' || group === 'tricky_mixed';
  const asked = rows.filter(({ wanted }) => wanted.topics.length > 0 && !isFlagGroup(wanted.group) && wanted.group !== 'chitchat_oos');
  const danger = rows.filter(({ levels }) => Math.min(...levels) >= level('urgent'));
  const calm = rows.filter(({ levels }) => Math.max(...levels) < level('urgent'));
  return {
    topics: share(asked.map(({ wanted, got }) => wanted.topics.every((topic) => got.topics.includes(topic)))),
    verdict: share(rows.map(({ wanted, got }) => [wanted.verdict, ...(wanted.verdictAlso ?? [])].includes(got.verdict))),
    disposition: share(rows.map(({ got, levels }) => levels.includes(level(got.disposition)))),
    danger: share(danger.map(({ got, levels }) => level(got.disposition) >= Math.min(...levels))),
    falsePages: share(calm.map(({ got }) => level(got.disposition) >= level('urgent'))),
  };
}

describe('messages labelled by people who did not write the knowledge', () => {
  test.each(Object.entries(SETS))('%s are understood, and danger is not missed', async (_name, set) => {
    const figures = await measure(set.file);
    for (const [name, least] of Object.entries(set.least))
      expect([name, figures[name as keyof typeof figures] >= least, figures]).toEqual([name, true, figures]);
    expect(figures.falsePages).toBeLessThanOrEqual(set.mostFalsePages);
  });
});
