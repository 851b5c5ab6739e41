import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBenchNlu } from '../../src/cli/bench-nlu';

interface Line {
  readonly text: string;
  readonly label: string;
}

const ACTIONS = {
  makeup: ['foundation', 'mascara', 'lipstick'],
  sport: ['running', 'yoga', 'weights'],
  water: ['swimming', 'diving', 'sauna'],
};
const OPENERS = ['can i try', 'when is it fine to do', 'is it ok to start', 'how soon can i go for'];
const FOREIGN = ['who won the election', 'play a song', 'capital of peru', 'book me a flight', 'tell a joke', 'what is seven times nine'];

const inside: readonly Line[] = Object.entries(ACTIONS).flatMap(([label, words]) =>
  words.flatMap((word) => OPENERS.map((opener) => ({ text: `${opener} ${word}`, label }))),
);
const outside: readonly Line[] = FOREIGN.map((text) => ({ text, label: 'oos' }));

describe('bench:nlu', () => {
  let folder: string;
  let printed: string[];
  let told: string[];

  const put = (name: string, lines: readonly Line[]): string => {
    const file = join(folder, name);
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return file;
  };
  const bench = (...args: string[]): Promise<number> => runBenchNlu([...args, '--only', 'ours']);
  const rows = (): Record<string, unknown>[] => printed.map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-nlu-'));
    printed = [];
    told = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    jest.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('prints one JSON line of the agreed fields for each test set', async () => {
    const train = put('a.train.jsonl', [...inside, ...outside.slice(0, 3)]);
    const val = put('a.val.jsonl', [...inside.slice(0, 24), ...outside.slice(3, 5)]);
    const tests = [put('a.test.jsonl', [...inside.slice(3, 20), ...outside.slice(5)]), put('b.test.jsonl', inside.slice(0, 9))];
    expect(await bench('--train', train, '--val', val, '--test', ...tests, '--oos-label', 'oos', '--json')).toBe(0);
    expect(rows().map(({ set }) => set)).toEqual(['a.test', 'b.test']);
    const [first, second] = rows();
    expect(first).toEqual({
      model: expect.stringMatching(/^ours \(/),
      set: 'a.test',
      accuracy: expect.closeTo(1, 1),
      macroF1: expect.closeTo(1, 1),
      oosRecallAt10: expect.any(Number),
      auroc: expect.any(Number),
      ece: expect.any(Number),
      texts: 17,
      trainCpuS: expect.any(Number),
      p50Ms: expect.any(Number),
      p99Ms: expect.any(Number),
      modelKb: expect.any(Number),
      rssMb: expect.any(Number),
    });
    expect(second).toMatchObject({ oosRecallAt10: null, auroc: null, texts: 9 });
  });

  test('measures on the validation file where there is no test file', async () => {
    const train = put('a.train.jsonl', inside.slice(6));
    expect(await bench('--train', train, '--val', put('a.val.jsonl', inside.slice(0, 6)), '--json')).toBe(0);
    expect(rows()).toEqual([expect.objectContaining({ set: 'a.val', texts: 6 })]);
  });

  test('runs the corpora of a folder, cross-validates those of a train file only, and adds up a family', async () => {
    put('pets_one.train.jsonl', inside.slice(0, 16));
    put('pets_two.train.jsonl', inside.slice(0, 4));
    put('other.train.jsonl', inside);
    put('other.test.jsonl', inside.slice(0, 5));
    put('notes.jsonl', inside);
    expect(await bench(folder, '--json')).toBe(0);
    expect(rows().map(({ set, texts }) => [set, texts])).toEqual([
      ['other.test', 5],
      ['pets_one.train (10-fold)', 16],
      ['pets_two.train (10-fold)', 4],
    ]);
    expect(told.join('\n')).toMatch(/pets overall, ours .*micro-F1 \d\.\d{3} over 2 sets, 20 texts/);
  });

  test('prints a table for people', async () => {
    expect(await bench('--train', put('a.train.jsonl', inside), '--test', put('a.test.jsonl', inside.slice(0, 5)))).toBe(0);
    expect(printed[0]).toMatch(/^model +set +acc %/);
    expect(printed[1]).toMatch(/^ours .* a\.test +100\.0 /);
  });

  test('skips an absent folder with a clear message', async () => {
    expect(await bench(join(folder, 'nowhere'))).toBe(0);
    expect(told.join('\n')).toMatch(/skipped, no corpus in .*nowhere/);
    expect(printed).toEqual([]);
  });

  test.each([
    ['nothing to learn from', [], /Expected bench:nlu/],
    ['a file and a folder at once', ['.', '--train', 'a.jsonl'], /Expected bench:nlu/],
    ['another word after --peers', ['.', '--peers', 'delete'], /Expected bench:nlu/],
    ['a file that is not there', ['--train', '/no/such.jsonl'], /no such file/],
  ])('refuses %s', async (_, args, message) => {
    expect(await bench(...args)).toBe(1);
    expect(told.join('\n')).toMatch(message);
  });

  test('names the line that is no labelled text', async () => {
    const train = join(folder, 'a.train.jsonl');
    writeFileSync(train, '{"text":"a","label":"b"}\n{"text":"c"}\n');
    expect(await bench('--train', train)).toBe(1);
    expect(told.join('\n')).toMatch(/line 2: expected an object with text and label/);
  });

  test('refuses a model nobody knows', async () => {
    expect(await runBenchNlu(['--train', put('a.train.jsonl', inside), '--only', 'oracle'])).toBe(1);
    expect(told.join('\n')).toMatch(/Expected --only ours \| .*, got oracle/);
  });
});
