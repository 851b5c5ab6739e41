import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresOf, judgeConcept, placesOf } from '../../src/cli/assertion-figures';
import { runMain } from '../run-main';

describe('bench:assertion', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'assertion-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints one JSON line a file and skips a file that is not there', () => {
    const file = join(folder, 'few.jsonl');
    const lines = [
      { text: 'Patient denies CHEST   PAIN.', concept: 'chest pain', label: 'negated' },
      { text: 'i have a fever', concept: 'fever', label: 'present' },
    ];
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    const { code, stdout, stderr } = runMain(['bench-assertion', file, join(folder, 'none.jsonl'), '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/skipped .*none\.jsonl: there is no such file/);
    expect(JSON.parse(stdout)).toMatchObject({ set: 'few', n: 2, precision: 1, recall: 1, f1: 1, dangerous: 0, right: 2, accuracy: 1 });
  });

  it.each([
    [['nowhere.jsonl'], /none of its files; expected npm run bench:assertion/],
    [['--wrong'], /expected npm run bench:assertion/],
  ])('says what it expects when it is called with %j', (args, message) => {
    const { code, stderr } = runMain(['bench-assertion', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('names the line that is no labelled concept', () => {
    const file = join(folder, 'bad.jsonl');
    writeFileSync(file, '{"text":"x","concept":"x","label":"maybe"}');
    const { code, stderr } = runMain(['bench-assertion', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.jsonl failed at line 1/);
  });
});

describe('figures', () => {
  it('finds a concept by its capitals, whatever the spaces', () => {
    const text = 'pain was told; she denies CHEST   PAIN, chest pain is gone';
    expect(placesOf(text, 'chest pain').map(({ start, end }) => text.slice(start, end))).toEqual(['CHEST   PAIN']);
    expect(placesOf('no Pus or pus', 'pus')).toHaveLength(2);
  });

  it('counts what is there and taken as absent as dangerous, in doubt as there', () => {
    const judged = [
      judgeConcept({ text: 'pus', concept: 'pus', label: 'present' }, () => 'absent'),
      judgeConcept({ text: 'pus', concept: 'pus', label: 'uncertain' }, () => 'present'),
      judgeConcept({ text: 'pus', concept: 'pus', label: 'past' }, () => 'hypothetical'),
      judgeConcept({ text: 'pus', concept: 'pus', label: 'other_past' }, () => 'uncertain'),
      judgeConcept({ text: 'pus', concept: 'pus', label: 'affirmed' }, () => 'past'),
    ];
    expect(figuresOf('x', judged)).toEqual({
      ...{ set: 'x', n: 5, precision: 0.5, recall: 0.5, f1: 0.5 },
      ...{ dangerous: 1, right: 3, accuracy: 0.6, fine: 0 },
    });
  });
});
