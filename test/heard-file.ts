import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { runEval } from '../src/cli/eval';
import { testMinds } from './house';

/** Each line of a file of labelled messages, checked, beside what `eval` says to it, checked too. */
export async function hearFile<Wanted, Got>(
  path: string,
  wantedSchema: z.ZodType<Wanted>,
  gotSchema: z.ZodType<Got>,
): Promise<{ readonly wanted: Wanted; readonly got: Got }[]> {
  const cases = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => wantedSchema.parse(JSON.parse(line)));
  const lines: string[] = [];
  await runEval(testMinds(), [path], (line) => lines.push(line), Date.now);
  return cases.map((wanted, index) => ({ wanted, got: gotSchema.parse(JSON.parse(lines[index] ?? '{}')) }));
}
