import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { loadKnowledge } from '../../src/guide/load-knowledge';
import { compileDangerWords, tidyForDanger as tidyOnServer } from '../../src/understand/compile-danger-words';
import { compileDangerWords as compileInBrowser, tidyForDanger as tidyInBrowser } from '../../src/widget/chat/danger-patterns';

const root = join(__dirname, '../..');
const knowledge = loadKnowledge(join(root, 'knowledge'), join(root, 'dist', 'model'));
const words = compileDangerWords(knowledge);
const check = compileInBrowser(words);

interface Case {
  readonly text: string;
  readonly disposition: string | readonly string[];
  readonly history?: readonly string[];
}
const cases = (file: string): Case[] =>
  readFileSync(join(root, 'test', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ history }) => !history);
const isOnly = ({ disposition }: Case, ...levels: readonly string[]): boolean =>
  [disposition].flat().every((level) => levels.includes(level));
const shareFound = (texts: readonly string[]): number => texts.filter((text) => check.finds(text)).length / texts.length;

describe('danger words in the browser', () => {
  it('find nearly all that the emergencies of knowledge/ list', () => {
    const says = [...knowledge.flags.values()].filter(({ tier }) => tier === 'emergency').flatMap((flag) => flag.words.says);
    expect(says.length).toBeGreaterThan(500);
    expect(shareFound(says)).toBeGreaterThan(0.94);
  });

  it('find most emergencies that others wrote', () => {
    const emergencies = cases('red-flags/red-flags.jsonl').filter((one) => isOnly(one, 'emergency'));
    expect(emergencies.length).toBeGreaterThan(90);
    expect(shareFound(emergencies.map(({ text }) => text))).toBeGreaterThan(0.72);
  });

  it('leave ordinary questions alone', () => {
    const questions = cases('questions/questions.jsonl').filter((one) => isOnly(one, 'none', 'self_care', 'ask_clinic'));
    expect(questions.length).toBeGreaterThan(300);
    expect(shareFound(questions.map(({ text }) => text))).toBeLessThan(0.04);
  });

  it('are through a long message before one would notice', () => {
    check.finds('warm');
    const before = process.cpuUsage();
    check.finds('can i put makeup on my face tomorrow or the day after '.repeat(18));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
  });

  it('are tidied on both sides the same way', () => {
    for (const text of ["I can't BREATHE!!", 'throat—closing…', 'tongue\u2019s  huge\n\nhelp', 'ＨＥＬＰ'])
      expect(tidyInBrowser(text)).toBe(tidyOnServer(text));
  });

  it('stay under 90 KB as they are sent', () => {
    expect(gzipSync(JSON.stringify(words)).length).toBeLessThan(90 * 1024);
  });
});
