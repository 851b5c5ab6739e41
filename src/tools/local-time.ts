import { IANAZone } from 'luxon';

/** Milliseconds of an hour and of a day of 24 hours. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** No clock is further from UTC than this, and none is ever moved by more. */
export const CLOCK_REACH = 26 * HOUR;
/** Offsets are looked up for this long a period at once. */
const PERIOD = 366 * DAY;

/**
 * A wall-clock reading, as the epoch milliseconds of the same reading in UTC: "2026-03-08T02:30" is one number, whether a clock of the
 * zone shows it once, twice or never.
 */
export type LocalMs = number;

interface OffsetSpan {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const periods = new Map<string, Map<number, readonly OffsetSpan[]>>();

/** What the clocks of the zone show at an instant. */
export function localAt(zone: string, at: number): LocalMs {
  for (const span of periodOf(zone, Math.floor(at / PERIOD))) if (at < span.until) return at + span.offset;
  throw new RangeError(`Reading the clock failed: expected epoch milliseconds, got ${at}.`);
}

/** The first instant at which the clocks show this reading or a later one: where a start falls. */
export function firstInstant(zone: string, local: LocalMs): number {
  for (const span of spansAround(zone, local)) {
    const at = Math.max(span.from, local - span.offset);
    if (at < span.until) return at;
  }
  throw new RangeError(`Finding the start failed: expected a wall-clock reading, got ${local}.`);
}

/** The last instant until which the clocks show this reading or an earlier one: where an end falls. */
export function lastInstant(zone: string, local: LocalMs): number {
  const spans = spansAround(zone, local);
  for (let index = spans.length - 1; index >= 0; index--) {
    const span = spans[index]!;
    const at = local - span.offset;
    if (at >= span.from) return Math.min(at, span.until);
  }
  throw new RangeError(`Finding the end failed: expected a wall-clock reading, got ${local}.`);
}

/** Reads "2026-03-08T02:30", or "2026-03-08" as its midnight; NaN for a day that no calendar has. */
export function readLocal(written: string): LocalMs {
  const local = Date.parse(written.length === 10 ? `${written}T00:00Z` : `${written}Z`);
  return Number.isNaN(local) || isoDate(dayOf(local)) !== written.slice(0, 10) ? NaN : local;
}

/** "2026-03-08T02:30": what the clocks of the zone show at an instant, to the minute. */
export function sayLocal(zone: string, at: number): string {
  return new Date(localAt(zone, at)).toISOString().slice(0, 16);
}

/** Reads a clock time such as "17:00" or "24:00", in milliseconds since midnight. */
export function readClock(written: string): number {
  return Number(written.slice(0, 2)) * HOUR + Number(written.slice(3, 5)) * 60_000;
}

/** The number of a reading's day, counted from 1970-01-01. */
export function dayOf(local: LocalMs): number {
  return Math.floor(local / DAY);
}

/** "2026-03-08" for a day's number. */
export function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function spansAround(zone: string, local: LocalMs): readonly OffsetSpan[] {
  const first = Math.floor((local - CLOCK_REACH) / PERIOD);
  const last = Math.floor((local + CLOCK_REACH) / PERIOD);
  return first === last ? periodOf(zone, first) : [...periodOf(zone, first), ...periodOf(zone, last)];
}

function periodOf(zone: string, period: number): readonly OffsetSpan[] {
  let known = periods.get(zone);
  if (!known) periods.set(zone, (known = new Map()));
  let spans = known.get(period);
  if (!spans) known.set(period, (spans = readPeriod(zone, period * PERIOD)));
  return spans;
}

/** Looks at the clocks once a day, and for the very millisecond where two looks differ. */
function readPeriod(zone: string, start: number): OffsetSpan[] {
  const clock = IANAZone.create(zone);
  const offsetAt = (at: number): number => Math.round(clock.offset(at) * 60_000);
  const spans: OffsetSpan[] = [];
  let [from, offset] = [start, offsetAt(start)];
  for (let look = start + DAY; look <= start + PERIOD; look += DAY) {
    const shown = offsetAt(look);
    if (shown === offset) continue;
    const change = findChange(offsetAt, look - DAY, look);
    spans.push({ from, until: change, offset });
    [from, offset] = [change, shown];
  }
  if (from < start + PERIOD) spans.push({ from, until: start + PERIOD, offset });
  return spans;
}

function findChange(offsetAt: (at: number) => number, before: number, after: number): number {
  const old = offsetAt(before);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}
