import { DAYS } from '../model/clinic';
import { CLOCK_REACH, DAY, dayOf, firstInstant, lastInstant, localAt, readClock, weekdayOf } from './local-time';

/** A stretch of time in epoch milliseconds; `until` is the first moment after it. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Hours by day of the week, as clinic files write them. */
export type WeeklyHours = Partial<Record<(typeof DAYS)[number], readonly string[] | undefined>>;

/** The hours that a week gives to a day. */
export function hoursOn(weekly: WeeklyHours, day: number): readonly string[] {
  return weekly[DAYS[weekdayOf(day)]!] ?? [];
}

/** One day's hours as instants, in order; hours that no clock shows that day are left out. */
export function stretchesOf(zone: string, day: number, hours: readonly string[]): Stretch[] {
  return hours
    .map((range) => {
      const [from, until] = range.split('-').map((clock) => day * DAY + readClock(clock)) as [number, number];
      return stretchBetween(zone, from, until);
    })
    .filter((stretch) => stretch !== null)
    .sort((a, b) => a.from - b.from);
}

/** From one wall-clock reading to another: begins with the first that is shown and ends with the last; null when nothing is between. */
export function stretchBetween(zone: string, fromLocal: number, untilLocal: number): Stretch | null {
  if (!(fromLocal < untilLocal)) return null;
  const stretch = { from: firstInstant(zone, fromLocal), until: lastInstant(zone, untilLocal) };
  return stretch.from < stretch.until ? stretch : null;
}

/** All stretches of weekly hours that touch a window of time. */
export function weeklyStretches(zone: string, weekly: WeeklyHours, window: Stretch): Stretch[] {
  const found: Stretch[] = [];
  const last = dayOf(localAt(zone, window.until) + CLOCK_REACH);
  for (let day = dayOf(localAt(zone, window.from) - CLOCK_REACH); day <= last; day++)
    found.push(...stretchesOf(zone, day, hoursOn(weekly, day)).filter((stretch) => touch(stretch, window)));
  return found;
}

/** Whether two stretches share a moment. */
export function touch(a: Stretch, b: Stretch): boolean {
  return a.from < b.until && b.from < a.until;
}

/** Whether a moment lies in a stretch. */
export function holds(stretch: Stretch, at: number): boolean {
  return stretch.from <= at && at < stretch.until;
}
