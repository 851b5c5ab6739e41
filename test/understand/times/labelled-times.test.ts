import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readTimes } from '../../../src/understand/read-times';
import { at, ZONE } from './tell';

const HOUR = 3_600_000;
/** "Right to the hour", and a hair for the rounding of the labels. */
const TOLERANCE_HOURS = 1.01;
/** Least share of a set that is read right. */
const LEAST_RIGHT = 0.97;

/** One labelled message: local clinic times, in `zone` or that of the tables; `min`/`max` hours since the treatment (null: none told), or an interval that holds `contains` and is at most `widest` wide; `asked` null: about now. */
const caseSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  now: z.string(),
  treatedAt: z.string().optional(),
  awaits: z.literal(true).optional(),
  min: z.number().nullable().optional(),
  max: z.number().nullable().optional(),
  contains: z.number().optional(),
  widest: z.number().optional(),
  asked: z.tuple([z.string(), z.string()]).nullable().optional(),
  zone: z.string().optional(),
});
type Case = z.infer<typeof caseSchema>;

/** What is wrong with the reading of one message; null when nothing is. */
function faultOf(labelled: Case): string | null {
  const zone = labelled.zone ?? ZONE;
  const now = at(labelled.now, zone);
  const record = labelled.treatedAt === undefined ? null : at(labelled.treatedAt, zone);
  const treatedAt = record === null ? null : { from: record, to: record };
  const said = readTimes(labelled.text, { now, zone, treatedAt, awaitsTime: labelled.awaits === true });
  const hours = said.treatment && { min: (now - said.treatment.to) / HOUR, max: (now - said.treatment.from) / HOUR };
  const asked = said.asked && [said.asked.from, said.asked.to].map((instant) => DateTime.fromMillis(instant, { zone }).toISO());
  if (!isTreatmentRight(labelled, hours) || !isAskedRight(labelled, said.asked))
    return `${labelled.id} "${labelled.text}": hours ${JSON.stringify(hours)}, asked ${JSON.stringify(asked)}`;
  return null;
}

function isTreatmentRight({ min, max, contains, widest }: Case, hours: { min: number; max: number } | null): boolean {
  if (contains !== undefined)
    return hours !== null && hours.min <= contains && hours.max >= contains && hours.max - hours.min <= (widest ?? 0);
  if (min == null || max == null || hours === null) return min == null && hours === null;
  return Math.abs(hours.min - min) <= TOLERANCE_HOURS && Math.abs(hours.max - max) <= TOLERANCE_HOURS;
}

function isAskedRight({ asked, min, contains, zone }: Case, read: { from: number; to: number } | null): boolean {
  if (asked === undefined) return read === null || contains !== undefined || min != null;
  if (asked === null) return read === null;
  return read !== null && Math.abs(read.from - at(asked[0], zone)) <= HOUR && Math.abs(read.to - at(asked[1], zone)) <= HOUR;
}

describe('labelled messages that tell or ask a time', () => {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.jsonl'));

  test.each(files)('nearly all of %s are read right to the hour', (file) => {
    const cases = readFileSync(join(__dirname, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => caseSchema.parse(JSON.parse(line)));
    const faults = cases.flatMap((labelled) => faultOf(labelled) ?? []);
    if (faults.length > 0) process.stdout.write(`${faults.length} of ${cases.length} in ${file}:\n${faults.join('\n')}\n`);
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(1 - faults.length / cases.length).toBeGreaterThanOrEqual(LEAST_RIGHT);
  });
});
