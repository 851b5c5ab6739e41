import fc from 'fast-check';
import { findHoles } from '../../../src/escalation/coverage';
import { nextChangeAfter, whoIsOnCall } from '../../../src/escalation/on-call';
import { addWorkingTime, closingAfter, endOfNextWorkingDay, isOpen, nextOpening } from '../../../src/tools/clinic-hours';
import type { Schedule } from './any-schedule';
import { anySchedule } from './any-schedule';
import { BruteForce } from './brute-force';
import type { Anchor } from './wall-clock';
import { COMPARED_MINUTES, KNOWN_MINUTES, MINUTE } from './wall-clock';

/** What a run has tried, so that it can show that it tried what it should. */
export interface Tried {
  schedules: number;
  minutes: number;
  readonly zones: Set<string>;
  readonly turns: Record<Anchor['turns'], number>;
  /** Minutes with somebody on call, with a hole, and with the clinic open. */
  onCall: number;
  holes: number;
  open: number;
}

/** Compares random schedules minute by minute with brute force; throws with the smallest schedule on which they differ. */
export function compareSchedules({ seed, count }: { seed: number; count: number }): Tried {
  const tried: Tried = { schedules: 0, minutes: 0, zones: new Set(), turns: { forward: 0, back: 0, not: 0 }, onCall: 0, holes: 0, open: 0 };
  const result = fc.check(
    fc.property(anySchedule, (schedule) => {
      const { anchor } = schedule;
      tried.schedules++;
      tried.zones.add(anchor.zone);
      tried.turns[anchor.turns]++;
      compareOnCall(schedule, tried);
      compareHours(schedule, tried);
    }),
    { seed, numRuns: count },
  );
  if (result.failed) {
    const { hours, holidays, exceptions, onCall } = result.counterexample![0].clinic;
    throw new Error(`${String(result.errorInstance)}\n${JSON.stringify({ hours, holidays, exceptions, onCall })}`);
  }
  return tried;
}

const FIRST = KNOWN_MINUTES - COMPARED_MINUTES;
const END = KNOWN_MINUTES + COMPARED_MINUTES;

function instantOf(anchor: Anchor, m: number): number {
  return anchor.at + (m - KNOWN_MINUTES) * MINUTE;
}

function fail(anchor: Anchor, m: number, what: string, { got, expected }: { got: unknown; expected: unknown }): never {
  throw new Error(
    `${what} at ${new Date(instantOf(anchor, m)).toISOString()} in ${anchor.zone}: got ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`,
  );
}

function compareOnCall({ anchor, clinic }: Schedule, tried: Tried): void {
  const expected = new BruteForce(clinic, anchor).onCall(FIRST, END);
  for (let m = FIRST; m < END; m++) {
    const got = whoIsOnCall(clinic, instantOf(anchor, m))
      .map(({ people, unreachable }) => `${people.map(({ id }) => id).join(' ')}/${unreachable.map(({ id }) => id).join(' ')}`)
      .join('|');
    if (got !== expected[m]) fail(anchor, m, 'on call', { got, expected: expected[m] });
    tried.minutes++;
    if (/[a-z]\//.test(got)) tried.onCall++;
  }
  compareChange({ anchor, clinic }, expected);
  compareHoles({ anchor, clinic }, expected, tried);
}

function compareChange({ anchor, clinic }: Schedule, expected: readonly string[]): void {
  for (let m = FIRST; m < END; m += 1439) {
    const change = expected.findIndex((who, later) => later > m && who !== expected[m]);
    const got = nextChangeAfter(clinic, instantOf(anchor, m));
    if (change >= 0 && got !== instantOf(anchor, change)) fail(anchor, m, 'next change', { got, expected: instantOf(anchor, change) });
    if (change < 0 && got !== null && got < instantOf(anchor, END)) fail(anchor, m, 'next change', { got, expected: null });
  }
}

function compareHoles({ anchor, clinic }: Schedule, expected: readonly string[], tried: Tried): void {
  const proven = new Set(
    clinic.staff
      .filter(({ contacts }) => new Set(contacts.flatMap(({ method, verified }) => (verified ? [method] : []))).size > 1)
      .map(({ id }) => id),
  );
  const holes = findHoles(clinic, instantOf(anchor, FIRST), (END - FIRST) / (7 * 1440));
  for (let m = FIRST; m < END; m++) {
    const people = expected[m]!.split('|').flatMap((step) => step.split('/')[0]!.split(' ').filter(Boolean));
    const kind = people.length === 0 ? 'nobody' : people.some((id) => proven.has(id)) ? undefined : 'unproven';
    const found = holes.filter(({ from, until }) => from <= instantOf(anchor, m) && instantOf(anchor, m) < until);
    if (found.length > 1 || found[0]?.kind !== kind) fail(anchor, m, 'hole', { got: found.map((hole) => hole.kind), expected: kind });
    if (kind) tried.holes++;
  }
  const meeting = holes.find((hole, index) => holes[index + 1]?.from === hole.until && holes[index + 1]?.kind === hole.kind);
  if (meeting) fail(anchor, FIRST, 'holes that meet', { got: meeting.until, expected: 'one' });
}

function compareHours({ anchor, clinic }: Schedule, tried: Tried): void {
  const days = new BruteForce(clinic, anchor).openDays();
  const open = Uint8Array.from({ length: 2 * KNOWN_MINUTES }, (_, m) => (days.some((day) => day[m] === 1) ? 1 : 0));
  const next = (from: number, wanted: number): number => open.findIndex((is, m) => m >= from && is === wanted);
  for (let m = FIRST; m < END; m++) {
    const got = isOpen(clinic, instantOf(anchor, m));
    if (got !== (open[m] === 1)) fail(anchor, m, 'open', { got, expected: open[m] === 1 });
    if (got) tried.open++;
  }
  const same = (m: number, what: string, got: number | null, expected: number | undefined): void => {
    if (expected === undefined) return;
    // The brute force sees no further than the minutes it knows.
    if (expected >= 0 ? got !== instantOf(anchor, expected) : got !== null && got < instantOf(anchor, open.length))
      fail(anchor, m, what, { got, expected: instantOf(anchor, expected) });
  };
  for (let m = FIRST; m < END; m += 61) {
    const at = instantOf(anchor, m);
    const opens = next(m, 1);
    same(m, 'next opening', nextOpening(clinic, at), opens);
    same(m, 'closing', closingAfter(clinic, at), opens < 0 ? -1 : next(opens, 0));
    same(m, 'working time', addWorkingTime(clinic, at, (m % 400) * MINUTE), afterWorking(open, m, m % 400));
    same(m, 'end of the next working day', endOfNextWorkingDay(clinic, at), endOfDayAfter(days, m));
  }
}

/** Counts open minutes off one by one. */
function afterWorking(open: Uint8Array, from: number, minutes: number): number {
  let left = minutes;
  for (let m = from; m < open.length; m++) {
    if (left === 0 && (minutes > 0 || open[m])) return m;
    if (open[m]) left--;
  }
  return -1;
}

/** Undefined when the day lies so late that its end is not known. */
function endOfDayAfter(days: readonly Uint8Array[], m: number): number | undefined {
  const day = days.find((minutes) => minutes.indexOf(1) > m);
  if (!day) return -1;
  return day.indexOf(1) < 2 * KNOWN_MINUTES - 1440 ? day.lastIndexOf(1) + 1 : undefined;
}
