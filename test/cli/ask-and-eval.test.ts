import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { runAsk } from '../../src/cli/ask';
import { runEval } from '../../src/cli/eval';
import { testMinds } from '../house';
import { runMain } from '../run-main';

const now = (): number => DateTime.fromISO('2026-03-09T10:00', { zone: 'America/New_York' }).toMillis();
const FIELDS = [
  'id',
  'reply',
  'topics',
  'verdict',
  'verdicts',
  'disposition',
  'intent',
  'confidence',
  'hoursSinceTreatment',
  'citations',
  'suggestedActions',
];

describe('ask', () => {
  const ask = async (...args: string[]): Promise<string[]> => {
    const lines: string[] = [];
    expect(await runAsk(testMinds(), args, (line) => lines.push(line), now)).toBe(0);
    return lines;
  };

  it('prints the answer and its buttons, without introducing itself', async () => {
    const text = (await ask('can i swim', '--hours', '30')).join('\n');
    expect(text).toMatch(/does not cover swimming[^]*\n\[Ask the clinic\]$/);
    expect(text).not.toMatch(/automated/);
  });

  it('prints one JSON object of the agreed fields with --json', async () => {
    const lines = await ask('can i wear makeup', '--hours', '20', '--json');
    expect(lines).toHaveLength(1);
    const answer = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(FIELDS));
    expect(answer).toMatchObject({
      topics: ['makeup'],
      verdict: 'not_yet',
      verdicts: { makeup: 'not_yet' },
      disposition: 'self_care',
      hoursSinceTreatment: { min: 20, max: 20 },
    });
  });

  it('counts from --treated to --now, both local to the clinic', async () => {
    const [text] = await ask('can i wear makeup', '--treated', '2026-11-19T15:10', '--now', '2026-11-19T18:00');
    expect(text).toMatch(/tomorrow \(Fri\) at 3:10 pm/);
  });

  it('asks for the treatment time when nobody gave it', async () => {
    expect((await ask('can i wear makeup')).join('\n')).toMatch(/When did your treatment end/);
  });

  it.each([
    ['no question', []],
    ['two questions', ['can i swim', 'can i run']],
    ['an unknown option', ['can i swim', '--hour', '3']],
    ['hours that are no number', ['can i swim', '--hours', 'thirty']],
    ['hours that are missing', ['can i swim', '--hours', '']],
    ['negative hours', ['can i swim', '--hours=-3']],
    ['hours and a treatment time', ['can i swim', '--hours', '3', '--treated', '2026-11-19T15:10']],
    ['a time that is none', ['can i swim', '--now', 'noon']],
  ])('says in one line what is wrong with %s', async (_what, args) => {
    await expect(ask(...args)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(/^[^\n]+$/) });
  });
});

describe('eval', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'aftercare-eval-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (...lines: unknown[]): Promise<{ code: number; out: Record<string, unknown>[] }> => {
    const file = join(folder, 'cases.jsonl');
    writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    const printed: string[] = [];
    const code = await runEval(testMinds(), [file], (line) => printed.push(line), now);
    return { code, out: printed.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };

  it('gives one line of exactly the agreed fields for each case, in order', async () => {
    const { code, out } = await run(
      { id: 'a', text: 'can i wear makeup', hoursSinceTreatment: 30, gold: 'ignored' },
      { id: 2, text: 'is peeling normal', hoursSinceTreatment: null },
    );
    expect(code).toBe(0);
    expect(out.map((line) => line['id'])).toEqual(['a', 2]);
    for (const line of out) expect(Object.keys(line)).toEqual(FIELDS);
    expect(out[0]).toMatchObject({ verdict: 'allowed', hoursSinceTreatment: { min: 30, max: 30 } });
    expect(out[1]).toMatchObject({ hoursSinceTreatment: null });
  });

  it('puts an error on the place of a bad line, keeps its id as it was, and ends with 1', async () => {
    const { code, out } = await run(
      { id: 'good', text: 'can i swim' },
      '{"id":"broken", "text": "can i',
      { id: 7 },
      { id: 'a id with spaces', text: 5 },
      'nonsense',
      { id: 'time', text: 'can i swim', now: 'noon' },
      { id: 'last', text: 'can i swim' },
    );
    expect(code).toBe(1);
    expect(out.map((line) => line['id'])).toEqual(['good', 'broken', 7, 'a id with spaces', undefined, 'time', 'last']);
    for (const index of [1, 2, 3, 4, 5])
      expect(out[index]).toMatchObject({ error: expect.stringMatching(new RegExp(`^line ${index + 1}: .`)) });
    for (const index of [0, 6]) expect(out[index]).not.toHaveProperty('error');
  });

  it('takes the history as earlier turns of the same conversation', async () => {
    const { out } = await run(
      { id: 1, text: 'can i wear makeup', history: ['my treatment ended yesterday at 3 pm'] },
      { id: 2, text: 'can i wear makeup', hoursSinceTreatment: 30, history: ['there is yellow pus coming out'] },
      { id: 3, text: 'and what about now', hoursSinceTreatment: 30, history: ['can i swim', 'can i wear makeup'] },
    );
    expect(out[0]).toMatchObject({ verdict: 'not_yet', hoursSinceTreatment: { min: 19, max: 19 } });
    expect(out[1]).toMatchObject({ disposition: 'urgent', reply: expect.stringMatching(/still open/) });
    expect(out[2]).toMatchObject({ topics: ['makeup'] });
  });

  it('keeps cases apart', async () => {
    const { out } = await run(
      { id: 1, text: 'there is yellow pus coming out' },
      { id: 2, text: 'can i wear makeup', hoursSinceTreatment: 30 },
    );
    expect(out[1]).toMatchObject({ disposition: 'self_care' });
  });

  it('reads now and treatedAt as local to the clinic', async () => {
    const { out } = await run({ id: 1, text: 'can i wear makeup', now: '2026-11-19T18:00', treatedAt: '2026-11-19T15:10' });
    expect(out[0]).toMatchObject({ reply: expect.stringMatching(/tomorrow \(Fri\) at 3:10 pm/) });
  });

  it.each([[[]], [['one', 'two']], [['/nowhere/cases.jsonl']]])('refuses the arguments %j', async (args) => {
    await expect(runEval(testMinds(), args, () => undefined, now)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('the program', () => {
  it('says nothing on standard output but the answer', () => {
    const { code, stdout } = runMain(['ask', 'can i wear makeup', '--hours', '20', '--json']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ topics: ['makeup'] });
  }, 60_000);

  it.each([
    ['ask', ['ask']],
    ['ask', ['ask', 'can i swim', '--wat']],
    ['eval', ['eval', '/nowhere/cases.jsonl']],
    ['nothing known', ['aks', 'can i swim']],
  ])(
    'ends with 2 and one line on a wrong use of %s',
    (_what, args) => {
      const { code, stdout, stderr } = runMain(args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^[^\n]+\n$/);
    },
    60_000,
  );
});
