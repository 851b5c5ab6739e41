import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AftercareError, reasonOf } from '../tools/errors';
import { findContext } from '../understand/find-assertion';
import { spanAt } from '../understand/judge-signs';
import { matchMessage } from '../understand/match-message';
import type { Reader } from '../understand/understand';
import type { Figures, Judged, LabelledConcept } from './assertion-figures';
import { figuresOf, judgeConcept, LABELS, placesOf } from './assertion-figures';

const USAGE = 'npm run bench:assertion -- FILE [FILE...] [--json] [--misses]';

/** The fastest of so many runs counts: the others waited for the machine or the compiler. */
const TIMED_RUNS = 5;

/** "other person past" and "other-past" are other_past. */
const label = z
  .string()
  .transform((written) =>
    written
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_')
      .replace(/^other_person_/, 'other_'),
  )
  .pipe(z.enum(LABELS));
const lineSchema = z.object({ text: z.string(), concept: z.string().min(1), label });

/** Measures on labelled concepts how well denial, supposition and the like are told apart; prints a table or JSON lines. Returns the exit code. */
export function runBenchAssertion(reader: Reader, args: readonly string[], print: (line: string) => void): number {
  const { files, json, misses } = readArguments(args);
  const there = files.filter((file) => existsSync(file));
  for (const file of files) if (!there.includes(file)) process.stderr.write(`bench:assertion: skipped ${file}: there is no such file.\n`);
  if (there.length === 0) throw new AftercareError('USAGE', `Running bench:assertion found none of its files; expected ${USAGE}`);
  const rows = there.map((file) => {
    const lines = readLines(file);
    const judged = lines.map((line) => judgeConcept(line, (text, place) => reader.kindAt(text, place)));
    if (misses) judged.filter((entry) => !entry.isRight).forEach((entry) => print(describe(entry)));
    return { ...figuresOf(basename(file).replace(/\.jsonl$/, ''), judged), microsPerCall: microsPerCall(reader, lines) };
  });
  if (json) for (const row of rows) print(JSON.stringify(row));
  else printTable(rows, print);
  return 0;
}

function readArguments(args: readonly string[]): { files: string[]; json: boolean; misses: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, misses: { type: 'boolean', default: false } },
    });
    return { files: positionals, ...values };
  } catch (error) {
    throw new AftercareError('USAGE', `Reading the arguments failed (${reasonOf(error)}): expected ${USAGE}`);
  }
}

function readLines(file: string): LabelledConcept[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [lineSchema.parse(JSON.parse(line))];
      } catch (error) {
        const reason = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : reasonOf(error);
        throw new AftercareError('USAGE', `Reading ${file} failed at line ${index + 1} (${reason}): expected text, concept and label.`);
      }
    });
}

/** Microseconds for finding the context of a message that is already read and judging one sign in it. */
function microsPerCall({ lexicon }: Reader, lines: readonly LabelledConcept[]): number {
  const calls = lines.flatMap(({ text, concept }) => {
    const [place] = placesOf(text, concept);
    return place ? [{ ...matchMessage(lexicon, text), span: spanAt(lexicon.reader, text, place) }] : [];
  });
  const runAll = (): number => {
    const before = performance.now();
    for (const { span, ...matched } of calls) findContext(lexicon.context, matched).kindOf([span]);
    return performance.now() - before;
  };
  const fastest = Math.min(...Array.from({ length: TIMED_RUNS }, runAll));
  return calls.length === 0 ? 0 : Math.round((fastest * 10_000) / calls.length) / 10;
}

function describe({ line, kind, isDangerous }: Judged): string {
  return `${isDangerous ? 'DANGEROUS' : 'missed   '} [${line.concept}] is ${line.label}, taken as ${kind}: ${line.text.replace(/\s+/g, ' ')}`;
}

function printTable(rows: readonly (Figures & { readonly microsPerCall: number })[], print: (line: string) => void): void {
  const header = ['set', 'n', 'precision', 'recall', 'F1', 'dangerous', 'right', 'accuracy', 'fine', 'us a call'];
  const cells = rows.map((row) => [
    row.set,
    String(row.n),
    ...[row.precision, row.recall, row.f1].map((value) => value.toFixed(3)),
    String(row.dangerous),
    String(row.right),
    row.accuracy.toFixed(3),
    row.fine === undefined ? '-' : row.fine.toFixed(3),
    row.microsPerCall.toFixed(1),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...cells])
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
