import { join } from 'node:path';
import { z } from 'zod';
import { hearFile } from '../heard-file';

const FILE = join(__dirname, 'words-in-passing.jsonl');
const caseSchema = z.object({ text: z.string(), isDanger: z.boolean() });
const answerSchema = z.object({ disposition: z.string() });

describe('danger words that are denied, past, supposed, about others or turns of phrase', () => {
  let wrong: { readonly text: string; readonly isDanger: boolean }[];

  beforeAll(async () => {
    const heard = await hearFile(FILE, caseSchema, answerSchema);
    const isPaged = ({ disposition }: z.infer<typeof answerSchema>): boolean => /^(urgent|emergency)$/.test(disposition);
    wrong = heard.flatMap(({ wanted, got }) => (wanted.isDanger === isPaged(got) ? [] : [wanted]));
  });

  it('page nobody, in messages that tell of no danger', () =>
    expect(wrong.filter(({ isDanger }) => !isDanger).map(({ text }) => text)).toEqual([]));

  it('page somebody where the danger is there in nearly the same words', () =>
    expect(wrong.filter(({ isDanger }) => isDanger).map(({ text }) => text)).toEqual([]));
});
