import { DateTime } from 'luxon';
import type { TimeSpan } from '../../model/words';
import type { DayPart } from './mention';

/** The clinic's wall clock at one instant: days and times of day become epoch milliseconds in its zone, across clock changes. */
export interface LocalDays {
  readonly now: number;
  /** Today at local midnight. */
  readonly today: DateTime;
  /** The local hour of day, 0-23. */
  readonly hour: number;
}

/** Opening and closing hour that stand for "that day" when no time of day is said. */
export const DAY_HOURS = { open: 8, close: 20 } as const;

const PART_HOURS: Readonly<Record<Exclude<DayPart, 'later' | 'midnight' | 'same_time'>, readonly [number, number]>> = {
  morning: [8, 12],
  noon: [11.5, 12.5],
  lunch: [11.5, 13.5],
  after_lunch: [12.5, 15],
  after_school: [14.5, 18],
  afternoon: [12, 17],
  evening: [17, 20.5],
  night: [18, 23],
};

/** Reads the clinic's wall clock; an unknown zone counts as UTC. */
export function localDays(now: number, zone: string): LocalDays {
  const inZone = DateTime.fromMillis(now, { zone });
  const local = inZone.isValid ? inZone : DateTime.fromMillis(now, { zone: 'utc' });
  return { now, today: local.startOf('day'), hour: local.hour };
}

/** The instant of a wall-clock time on a day; hours may be fractions and reach past 24. */
export function instantAt(day: DateTime, hours: number): number {
  const whole = Math.floor(hours);
  const date = day.plus({ days: Math.floor(whole / 24) });
  return date.set({ hour: whole % 24, minute: Math.round((hours - whole) * 60), second: 0, millisecond: 0 }).toMillis();
}

/** From one day's opening to another day's closing. */
export function openHours(first: DateTime, last: DateTime): TimeSpan {
  return { from: instantAt(first, DAY_HOURS.open), to: instantAt(last, DAY_HOURS.close) };
}

/** A part of one day: "tuesday afternoon". */
export function partOfDay(day: DateTime, part: DayPart, now: number): TimeSpan {
  if (part === 'midnight') return { from: instantAt(day, 24), to: instantAt(day, 24) };
  if (part === 'later')
    return { from: now, to: Math.max(instantAt(day, DAY_HOURS.close), Math.min(now + 3 * 3_600_000, instantAt(day, 24))) };
  if (part === 'same_time') {
    const at = DateTime.fromMillis(now, { zone: day.zone });
    const then = day.set({ hour: at.hour, minute: at.minute }).toMillis();
    return { from: then, to: then };
  }
  const [from, to] = PART_HOURS[part];
  return { from: instantAt(day, from), to: instantAt(day, to) };
}
