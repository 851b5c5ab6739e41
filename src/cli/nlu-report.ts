import type { Measurement } from './nlu-measure';

/** A measurement as one JSON line, numbers cut to four decimals. */
export function toJsonLine(measurement: Measurement): string {
  return JSON.stringify(measurement, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : value));
}

/** Measurements as the lines of a table for people. */
export function toTable(rows: readonly Measurement[]): string[] {
  const share = (value: number | null): string => (value === null ? '-' : (100 * value).toFixed(1));
  const header = ['model', 'set', 'acc %', 'F1 %', 'oos@10 %', 'AUROC', 'ECE', 'train s', 'p50 ms', 'p99 ms', 'KB', 'RSS MB'];
  const cells = rows.map((row) => [
    row.model,
    row.set,
    share(row.accuracy),
    share(row.macroF1),
    share(row.oosRecallAt10),
    row.auroc === null ? '-' : row.auroc.toFixed(3),
    row.ece.toFixed(3),
    row.trainCpuS.toFixed(1),
    row.p50Ms.toFixed(3),
    row.p99Ms.toFixed(3),
    row.modelKb.toFixed(0),
    row.rssMb.toFixed(0),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  return [header, ...cells].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** Micro-F1 over all texts of the corpora that share a name up to "_" (the three of SIGDIAL 2017), a line a model. */
export function familyLines(rows: readonly Measurement[]): string[] {
  const families = new Map<string, Measurement[]>();
  for (const row of rows) {
    const end = row.set.indexOf('_');
    if (end < 0) continue;
    const key = `${row.set.slice(0, end)} overall, ${row.model}`;
    families.set(key, [...(families.get(key) ?? []), row]);
  }
  return [...families].flatMap(([key, members]) => {
    if (members.length < 2) return [];
    const texts = members.reduce((sum, row) => sum + row.texts, 0);
    const right = members.reduce((sum, row) => sum + row.accuracy * row.texts, 0);
    return [`${key}: micro-F1 ${(right / texts).toFixed(3)} over ${members.length} sets, ${texts} texts`];
  });
}
