import type { CheckedRow } from './answer-row';

/** Prints rows for people (a heading for each topic, equal texts folded) or for programs (a JSON object or a CSV record a line). */
export function printAnswers(rows: readonly CheckedRow[], form: 'table' | 'json' | 'csv', print: (line: string) => void): void {
  if (form === 'json') for (const row of rows) print(JSON.stringify(plainRow(row)));
  else if (form === 'csv') printCsv(rows, print);
  else printTable(rows, print);
}

type Cell = string | number | boolean | null | readonly string[];

function plainRow(row: CheckedRow): Record<string, Cell> {
  const { kind, topic, variant, from, until, isExact, intent, qualifiers, channel, verdict, disposition, say, text } = row;
  const { choices, citations, sources, grade, chars, smsSegments, messages, faults } = row;
  return {
    ...{ kind, topic, variant, from, until, isExact, intent, qualifiers, channel, verdict, disposition, say, text },
    ...{ choices, citations, sources, grade, chars, smsSegments, messages: messages.length, faults },
  };
}

function printCsv(rows: readonly CheckedRow[], print: (line: string) => void): void {
  const cell = (value: Cell): string => {
    const text = typeof value === 'object' ? (value?.join('; ') ?? '') : String(value);
    // a cell that begins like a formula would be run by a spreadsheet
    return `"${(/^[=+@-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  if (rows[0]) print(Object.keys(plainRow(rows[0])).join(','));
  for (const row of rows) print(Object.values(plainRow(row)).map(cell).join(','));
}

function printTable(rows: readonly CheckedRow[], print: (line: string) => void): void {
  let heading = '';
  for (const folded of foldRows(rows)) {
    const [row] = folded;
    const name = row.variant === null ? row.topic : `${row.topic} / ${row.variant}`;
    if (name !== heading) print(`\n## ${name}\n`);
    heading = name;
    const cost = row.smsSegments === null ? `${row.chars} characters` : `${row.chars} characters, ${smsCost(row)}`;
    print(
      `${unique(folded.map(sayHours)).join(', ')} | ${unique(folded.map(sayAsked)).join(', ')} | ${unique(folded.map((each) => each.channel)).join(', ')}`,
    );
    print(
      `  ${row.verdict}, ${row.disposition} | grade ${row.grade} | ${cost} | ${unique(folded.map((each) => each.sources.join(' '))).join('; ')}`,
    );
    for (const line of row.text.split('\n')) print(`    ${line}`);
    if (row.choices.length > 0 && row.channel !== 'sms') print(`    [${row.choices.join('] [')}]`);
    for (const fault of unique(folded.flatMap((each) => each.faults))) print(`  WRONG ${fault}`);
  }
  if (rows.length > 0) print('');
}

/** Rows of one form of a topic with the same text, verdict and level, whatever the hours, kinds of question and channels. */
function foldRows(rows: readonly CheckedRow[]): (readonly [CheckedRow, ...CheckedRow[]])[] {
  const folded = new Map<string, [CheckedRow, ...CheckedRow[]]>();
  for (const row of rows) {
    const isSms = row.channel === 'sms';
    const key = [row.kind, row.topic, row.variant, row.verdict, row.disposition, isSms, row.text, row.choices.join('|')].join('\n');
    const known = folded.get(key);
    if (known) known.push(row);
    else folded.set(key, [row]);
  }
  const order = [...new Set(rows.map((row) => `${row.topic}/${row.variant ?? ''}`))];
  const placeOf = ([row]: readonly [CheckedRow, ...CheckedRow[]]): number => order.indexOf(`${row.topic}/${row.variant ?? ''}`);
  return [...folded.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

function sayHours({ from, until, isExact, kind }: CheckedRow): string {
  if (from === null) return kind === 'topic' ? 'time unknown' : 'any time';
  const span = until === null ? `from ${from} h` : `${from}-${until} h`;
  return isExact ? span : `some time in ${span}`;
}

function sayAsked({ intent, qualifiers }: CheckedRow): string {
  return qualifiers.length > 0 ? `${intent} (${qualifiers.join(', ')})` : intent;
}

function smsCost({ smsSegments, messages }: CheckedRow): string {
  const parts = smsSegments === 1 ? '1 part' : `${smsSegments ?? 0} parts`;
  return messages.length > 1 ? `${messages.length} SMS of up to ${parts}` : `SMS of ${parts}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
