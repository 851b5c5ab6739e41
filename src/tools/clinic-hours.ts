import type { Clinic } from '../model/clinic';
import { DAY, dayOf, isoDate, localAt } from './local-time';
import type { Stretch } from './weekly-hours';
import { holds, hoursOn, stretchesOf } from './weekly-hours';

/** Nobody looks further ahead than this, in days. */
const DAYS_AHEAD = 400;
/** So many days of one clinic are kept. */
const DAYS_KEPT = 500;

const known = new WeakMap<Clinic, Map<number, readonly Stretch[]>>();

/** Whether the clinic is open at an instant. A clock that is set back keeps it open: it opens by the first reading and closes by the last. */
export function isOpen(clinic: Clinic, at: number): boolean {
  const today = dayOf(localAt(clinic.zone, at));
  // Yesterday too: its hours may last into an hour that is shown twice.
  return [today - 1, today].some((day) => stretchesOn(clinic, day).some((stretch) => holds(stretch, at)));
}

/** When the clinic opens next: the instant itself while it is open; null when it does not open within 400 days. */
export function nextOpening(clinic: Clinic, at: number): number | null {
  if (isOpen(clinic, at)) return at;
  for (const stretch of unmergedFrom(clinic, at)) if (stretch.from > at) return withinReach(stretch.from, at);
  return null;
}

/** When the clinic closes next, today or after its next opening; null when it does not within 400 days. */
export function closingAfter(clinic: Clinic, at: number): number | null {
  for (const stretch of stretchesFrom(clinic, at)) return withinReach(stretch.until, at);
  return null;
}

/** The instant at which the clinic has been open for so long since `from`; null when that takes more than 400 days. */
export function addWorkingTime(clinic: Clinic, from: number, ms: number): number | null {
  let left = ms;
  for (const stretch of stretchesFrom(clinic, from)) {
    const start = Math.max(from, stretch.from);
    if (left <= stretch.until - start) return withinReach(start + left, from);
    left -= stretch.until - start;
  }
  return null;
}

/** The closing time of the first day whose opening is still to come ("Monday 7 am": the same Monday's); null when there is none within 400 days. */
export function endOfNextWorkingDay(clinic: Clinic, at: number): number | null {
  const today = dayOf(localAt(clinic.zone, at));
  for (let day = today - 1; day <= today + DAYS_AHEAD + 1; day++) {
    const stretches = stretchesOn(clinic, day);
    if (stretches.length > 0 && stretches[0]!.from > at) return withinReach(Math.max(...stretches.map(({ until }) => until)), at);
  }
  return null;
}

function withinReach(found: number, at: number): number | null {
  return found - at > DAYS_AHEAD * DAY ? null : found;
}

/** Opening stretches that end after an instant; those that meet or overlap are one. */
function* stretchesFrom(clinic: Clinic, at: number): Generator<Stretch> {
  let current: Stretch | null = null;
  for (const stretch of unmergedFrom(clinic, at)) {
    if (current && stretch.from <= current.until) current = { from: current.from, until: Math.max(current.until, stretch.until) };
    else {
      if (current) yield current;
      current = stretch;
    }
  }
  if (current) yield current;
}

function* unmergedFrom(clinic: Clinic, at: number): Generator<Stretch> {
  const today = dayOf(localAt(clinic.zone, at));
  for (let day = today - 1; day <= today + DAYS_AHEAD + 1; day++)
    for (const stretch of stretchesOn(clinic, day)) if (stretch.until > at) yield stretch;
}

function stretchesOn(clinic: Clinic, day: number): readonly Stretch[] {
  let days = known.get(clinic);
  if (!days) known.set(clinic, (days = new Map()));
  let stretches = days.get(day);
  if (!stretches) {
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(day, (stretches = stretchesOf(clinic.zone, day, rangesOn(clinic, day))));
  }
  return stretches;
}

/** Exceptions win over holidays, holidays over the week. */
function rangesOn(clinic: Clinic, day: number): readonly string[] {
  const date = isoDate(day);
  return clinic.exceptions?.[date] ?? (clinic.holidays?.includes(date) ? [] : hoursOn(clinic.hours, day));
}
