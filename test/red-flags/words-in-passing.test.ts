import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runEval } from '../../src/cli/eval';
import { testMinds } from '../house';

const FILE = join(__dirname, 'words-in-passing.jsonl');
const caseSchema = z.object({ text: z.string(), isDanger: z.boolean() });
const answerSchema = z.object({ disposition: z.string() });

describe('danger words that are denied, past, supposed, about others or turns of phrase', () => {
  let wrong: { readonly text: string; readonly isDanger: boolean }[];

  beforeAll(async () => {
    const cases = readFileSync(FILE, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => caseSchema.parse(JSON.parse(line)));
    const lines: string[] = [];
    await runEval(testMinds(), [FILE], (line) => lines.push(line), Date.now);
    const isPaged = lines.map((line) => /^(urgent|emergency)$/.test(answerSchema.parse(JSON.parse(line)).disposition));
    expect(isPaged).toHaveLength(cases.length);
    wrong = cases.filter(({ isDanger }, at) => isDanger !== isPaged[at]);
  });

  it('page nobody, in messages that tell of no danger', () =>
    expect(wrong.filter(({ isDanger }) => !isDanger).map(({ text }) => text)).toEqual([]));

  it('page somebody where the danger is there in nearly the same words', () =>
    expect(wrong.filter(({ isDanger }) => isDanger).map(({ text }) => text)).toEqual([]));
});
