import { DateTime } from 'luxon';
import type { TimeSpan } from '../../../src/model/words';
import { readTimes } from '../../../src/understand/read-times';

/** The zone of the tables' clinic. */
export const ZONE = 'America/New_York';

/** The tables' moment: a Thursday afternoon. */
export const THURSDAY = '2026-11-19T14:30';

/** What a table row may set apart from the message. */
export interface Given {
  readonly now?: string;
  readonly record?: string;
  readonly awaits?: boolean;
}

/** One row: the message, the treatment span and the asked span as local "MM-dd HH:mm" or "from..to", "-" for none. */
export type Row = readonly [text: string, treatment: string, asked: string, given?: Given];

/** The instant of a local wall-clock time at the clinic. */
export function at(local: string, zone: string = ZONE): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

/** Reads a message and tells both spans in local time. */
export function tell(text: string, given: Given = {}): readonly [string, string] {
  const record = given.record === undefined ? null : { from: at(given.record), to: at(given.record) };
  const said = readTimes(text, { now: at(given.now ?? THURSDAY), zone: ZONE, treatedAt: record, awaitsTime: given.awaits === true });
  return [show(said.treatment), show(said.asked)];
}

function show(span: TimeSpan | null): string {
  if (span === null) return '-';
  const [from, to] = [span.from, span.to].map((instant) => DateTime.fromMillis(instant, { zone: ZONE }).toFormat('MM-dd HH:mm'));
  return from === to ? `${from}` : `${from}..${to}`;
}

/** Runs a table of rows as one test each. */
export function testRows(rows: readonly Row[]): void {
  test.each(rows.map((row) => [`${row[0]}${row[3] === undefined ? '' : ` ${JSON.stringify(row[3])}`}`, row] as const))(
    '%s',
    (_name, [text, treatment, asked, given]) => {
      expect(tell(text, given)).toEqual([treatment, asked]);
    },
  );
}
