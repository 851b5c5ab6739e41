import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKnowledge } from '../../src/guide/read-knowledge';
import { AftercareError } from '../../src/tools/errors';
import { KNOWLEDGE_FOLDER } from './real-knowledge';

const MAKEUP = 'microneedling/topics/makeup/topic.yaml';
const MAKEUP_WORDS = 'microneedling/topics/makeup/en.yaml';
const PUS = 'red-flags/u02-pus/flag.yaml';
const PUS_WORDS = 'red-flags/u02-pus/en.yaml';

/** What a copy needs so that each check has its say; the few missing entries are faults of their own, the same in every copy. */
const COPIED = [
  'microneedling/guide.txt',
  'microneedling/treatment.yaml',
  'microneedling/contradictions.yaml',
  'microneedling/topics/makeup',
  'red-flags/modifiers.yaml',
  'red-flags/u02-pus',
  'red-flags/e01-anaphylaxis',
  'language',
  'intents/may_i',
];

let folder: string;
let refusalOfCopy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  for (const path of COPIED) cpSync(join(KNOWLEDGE_FOLDER, path), join(folder, path), { recursive: true });
  refusalOfCopy = refusal();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The refusal when one file is changed or (with null) missing; the file is put back afterwards. */
function refusalOf(file: string, change: ((text: string) => string) | null): string {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = change?.(before);
  if (after === before) throw new Error(`Breaking ${file} failed: the change of this test no longer finds its place.`);
  if (after === undefined) rmSync(path);
  else writeFileSync(path, after);
  try {
    return refusal();
  } finally {
    writeFileSync(path, before);
  }
}

function refusal(): string {
  try {
    readKnowledge(folder);
    return '';
  } catch (error) {
    if (!(error instanceof AftercareError) || error.code !== 'KNOWLEDGE_INVALID') throw error;
    return error.message;
  }
}

const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

test('the shipped knowledge loads', () => {
  const shipped = readKnowledge(KNOWLEDGE_FOLDER);
  expect(shipped.topics.size).toBeGreaterThan(60);
  expect(shipped.flags.size).toBeGreaterThan(25);
});

test.each([
  [
    'an unknown key',
    MAKEUP,
    swap('kind: permission', 'kind: permission\ncolour: red'),
    `${MAKEUP}: (whole file): Unrecognized key: "colour"`,
  ],
  ['an unknown key in a window', MAKEUP, swap('verdict: not_yet', 'verdikt: not_yet'), `${MAKEUP}: windows.0`],
  ['a verdict that does not exist', MAKEUP, swap('verdict: not_yet', 'verdict: maybe'), `${MAKEUP}: windows.0.verdict`],
  ['a missing answer', MAKEUP_WORDS, swap(/^ {2}before: .*\n/m, ''), `${MAKEUP_WORDS}: answers: expected a text for "before"`],
  ['an empty answer', MAKEUP_WORDS, swap(/^ {2}before: .*$/m, "  before: ''"), `${MAKEUP_WORDS}: answers.before: expected a text`],
  [
    'a hole in the hours',
    MAKEUP,
    swap('{ from: 24,', '{ from: 25,'),
    `${MAKEUP}: windows: expected a window from hour 24, got one from 25`,
  ],
  [
    'hours that end',
    MAKEUP,
    swap('{ from: 48, verdict', '{ from: 48, until: 400, verdict'),
    `${MAKEUP}: windows: nothing covers the hours from 400 on`,
  ],
  [
    'hours that do not start at 0',
    MAKEUP,
    swap('{ from: 0,', '{ from: 1,'),
    `${MAKEUP}: windows: expected a window from hour 0, got one from 1`,
  ],
  ['a window that ends before it begins', MAKEUP, swap('until: 24', 'until: 0.5'), `${MAKEUP}: windows: expected a window from hour 0.5`],
  [
    'a wrong quote',
    MAKEUP,
    swap('Makeup for at least 24 hours', 'Makeup for at least 12 hours'),
    `${MAKEUP}: statements: the quote of G044 is not in guide.txt`,
  ],
  ['an unknown fact behind a statement', MAKEUP, swap('fact: G044', 'fact: G944'), `${MAKEUP}: statements: G944 is not a guide fact`],
  [
    'an unknown fact behind a window',
    MAKEUP,
    swap('facts: [G044, G082]', 'facts: [G044, G982]'),
    `${MAKEUP}: facts: G982 is not a guide fact`,
  ],
  [
    'a contradiction that is not listed',
    MAKEUP,
    swap('contradiction: Q03', 'contradiction: Q99'),
    `${MAKEUP}: statements: Q99 is not in contradictions.yaml`,
  ],
  [
    'a related topic that does not exist',
    MAKEUP,
    swap('related: [', 'related: [lipstick_color, '),
    `${MAKEUP}: related: "lipstick_color" is not a topic`,
  ],
  [
    'a suspicion of a topic by signs',
    MAKEUP,
    swap('related: [', "safety: { danger: 'yes', flag: U02, suspected: [pus] }\nrelated: ["),
    `${MAKEUP}: safety: suspected: expected "told" for a topic`,
  ],
  [
    'a suspicion of nothing',
    MAKEUP,
    swap('related: [', "safety: { danger: 'yes', suspected: told }\nrelated: ["),
    `${MAKEUP}: safety: expected an urgent or emergency flag beside suspected, got none`,
  ],
  [
    'a suspicion by a sign that is not listed',
    PUS,
    swap('rules:', "safety: { danger: 'yes', flag: E01, suspected: [pus, pusss] }\nrules:"),
    `${PUS}: safety: suspected: expected "told" for a topic, signs of its en.yaml for a flag`,
  ],
  [
    'a wait for a reply of no length',
    'red-flags/modifiers.yaml',
    swap('waitMinutes: 5', 'waitMinutes: 0'),
    'red-flags/modifiers.yaml: M13: params: expected waitMinutes above 0, got 0',
  ],
  [
    'an id that is not the folder',
    MAKEUP,
    swap('id: makeup', 'id: make_up'),
    `${MAKEUP}: id: expected "makeup", the folder's name, got "make_up"`,
  ],
  [
    'a word class that does not exist',
    MAKEUP_WORDS,
    swap(/^mentions:\n/m, 'mentions:\n  - "{nowhere}"\n'),
    `${MAKEUP_WORDS}: mentions: "{nowhere}" is not a word class`,
  ],
  ['a file that is not YAML', MAKEUP_WORDS, swap('answers:', 'answers: ['), `${MAKEUP_WORDS}: is not YAML`],
  ['a missing file', MAKEUP_WORDS, null, `${MAKEUP_WORDS}: cannot be read`],
  [
    'a rule on a sign nobody describes',
    PUS,
    swap(/all: \[[^\]]*\]/, 'all: [glitter]'),
    `${PUS}: rules: "glitter" is neither a sign of en.yaml nor built in`,
  ],
  ['a built-in sign that does not exist', PUS, swap(/all: \[[^\]]*\]/, "all: ['@glitter']"), `${PUS}: rules: "@glitter" is neither`],
  [
    'a flag without a source',
    PUS,
    swap(/^sources:[\s\S]*?(?=^reviewedBy)/m, 'sources: []\n'),
    `${PUS}: sources: expected at least one source`,
  ],
  ['a flag that tells nothing', PUS_WORDS, swap(/^told:.*$/m, ''), `${PUS_WORDS}: told`],
  [
    'an emergency that does not say 911 first',
    'red-flags/e01-anaphylaxis/en.yaml',
    swap('told: "Call 911 now.', 'told: "Please call us.'),
    'e01-anaphylaxis/en.yaml: told: expected it to begin with "Call 911"',
  ],
  [
    'a fact that nobody says',
    'microneedling/treatment.yaml',
    swap(/^ {2}- \{ fact: G001, .*\n/m, ''),
    'microneedling/treatment.yaml: G001 is neither a statement of a topic nor in notSaid',
  ],
  ['a missing guide', 'microneedling/guide.txt', null, 'microneedling/guide.txt: cannot be read'],
] as const)('%s is refused, with file and field named', (_, file, change, expected) => {
  expect(refusalOfCopy).not.toContain(expected);
  expect(refusalOf(file, change)).toContain(expected);
});

test('several faults are reported together', () => {
  const message = refusalOf(MAKEUP, (text) => text.replace('fact: G044', 'fact: G944').replace('related: [', 'related: [lipstick_color, '));
  expect(message).toContain('G944');
  expect(message).toContain('lipstick_color');
});

test('a folder that does not exist is refused by name', () => {
  expect(() => readKnowledge(join(folder, 'nowhere'))).toThrow(/nowhere failed: there is no such folder/);
});
