import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrationError, reliabilityOf, runBenchConfidence } from '../../src/cli/bench-confidence';
import { testMinds } from '../house';

const now = (): number => Date.parse('2026-03-09T14:00Z');

describe('bench:confidence', () => {
  it('puts samples of like confidence into one row, and weighs the gaps by their number', () => {
    const rows = reliabilityOf([
      { confidence: 0.85, isRight: true },
      { confidence: 0.85, isRight: false },
      { confidence: 1, isRight: true },
      { confidence: 1, isRight: true },
    ]);
    expect(rows).toEqual([
      { from: 0.8, to: 0.9, n: 2, meanConfidence: 0.85, right: 0.5 },
      { from: 0.97, to: 1.01, n: 2, meanConfidence: 1, right: 1 },
    ]);
    expect(calibrationError(rows)).toBeCloseTo(0.175);
  });

  it('measures calm cases of a file and leaves those out that page somebody', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'confidence-'));
    const file = join(folder, 'cases.jsonl');
    const cases = [
      { id: 1, text: 'can i wear makeup', hoursSinceTreatment: 30, topics: ['makeup'] },
      { id: 2, text: 'thank you', hoursSinceTreatment: 30, topics: [] },
      { id: 3, text: 'my throat is closing up', hoursSinceTreatment: 1, topics: ['safety_risks'] },
    ];
    writeFileSync(file, cases.map((entry) => JSON.stringify(entry)).join('\n'));
    const lines: string[] = [];
    expect(await runBenchConfidence(testMinds(), ['--json', file], (line) => lines.push(line), now)).toBe(0);
    rmSync(folder, { recursive: true });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ n: 2 });
    expect(lines.slice(0, -1).map((line) => (JSON.parse(line) as { right: number }).right)).toEqual(lines.slice(0, -1).map(() => 1));
  });

  it('refuses to run without a file', async () => {
    await expect(runBenchConfidence(testMinds(), ['--json'], () => undefined, now)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
