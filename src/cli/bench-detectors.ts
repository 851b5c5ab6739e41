import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';
import { hearMessages } from '../turn/hear-messages';
import type { TurnParts } from '../turn/turn-parts';
import { crossValidateDanger } from './cross-validate-danger';
import type { DetectorFigures, HeardCase, LabelledCase, Share } from './detector-figures';
import { DETECTORS, detectorFigures, labelledCase } from './detector-figures';
import type { Models } from '../understand/models';
import { readInstant } from './open-conversation';

const OWN_SETS = ['test/red-flags/red-flags.jsonl', 'test/questions/mixed.jsonl', 'test/questions/questions.jsonl'];
const HOUR = 3_600_000;
const APART_MS = 60_000;

/** What the benchmark needs from the house. */
export interface BenchDetectorsDeps extends Pick<TurnParts, 'knowledge' | 'clinic' | 'understand'> {
  /** Folder of package.json. */
  readonly root: string;
  readonly now: () => number;
  readonly models: Models;
}

/** Measures the rules and the statistical detector on labelled messages, each alone and together; with --cross-validate the latter on knowledge/. */
export function runBenchDetectors(deps: BenchDetectorsDeps, args: readonly string[], print: (line: string) => void): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, 'cross-validate': { type: 'boolean' } },
  });
  if (values['cross-validate']) {
    crossValidateDanger(deps.knowledge, deps.models).forEach(print);
    return 0;
  }
  const files = positionals.length > 0 ? positionals : OWN_SETS.map((file) => join(deps.root, file));
  const figures = detectorFigures(files.flatMap(readCases).map((wanted) => hearCase(deps, wanted)));
  const costs = figures.pair.falsePages.length - figures.rules.falsePages.length;
  if (values.json) print(JSON.stringify({ ...figures, falsePagesOverRules: costs }));
  else {
    for (const name of DETECTORS) printFigures(name, figures[name], print);
    print(`the pair pages falsely ${costs} time(s) more than the rules alone`);
    print(`missed by the pair: ${figures.pair.missed.join(' ') || 'none'}`);
    print(`paged falsely by the pair: ${figures.pair.falsePages.join(' ') || 'none'}`);
  }
  return 0;
}

function printFigures(name: string, figures: DetectorFigures, print: (line: string) => void): void {
  const shown = ({ count, of }: Share): string => `${count} of ${of} (${((100 * count) / Math.max(1, of)).toFixed(1)} %)`;
  print(`${name}:`);
  print(`  urgent or more ${shown(figures.urgentOrMore)}, emergencies ${shown(figures.emergency)}`);
  print(`  false pages: denied or harmless signs ${shown(figures.falseOnBenign)}, plain questions ${shown(figures.falseOnPlain)}`);
}

function readCases(file: string): LabelledCase[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => labelledCase.parse(JSON.parse(line)));
  } catch (error) {
    throw new AftercareError('USAGE', `Reading ${file} failed (${reasonOf(error)}): expected labelled cases, one JSON object a line.`);
  }
}

/** The last message of a case, after its history; the messages are a minute apart. */
function hearCase(deps: BenchDetectorsDeps, wanted: LabelledCase): HeardCase {
  const now = wanted.now == null ? deps.now() : readInstant(wanted.now, deps.clinic, 'now');
  const texts = [...(wanted.history ?? []), wanted.text];
  const treatedAt =
    wanted.treatedAt != null
      ? readInstant(wanted.treatedAt, deps.clinic, 'treatedAt')
      : wanted.hoursSinceTreatment != null
        ? now - wanted.hoursSinceTreatment * HOUR
        : null;
  const heard = hearMessages(deps, { texts, at: now - (texts.length - 1) * APART_MS, treatedAt, apartMs: APART_MS });
  return { wanted, assessment: heard.at(-1)! };
}
