import { DateTime } from 'luxon';
import type { LocalDays } from './local-days';
import type { Mention } from './mention';

/** How a told day and hour stand to the present: this very hour of today, a day that cannot be today, or neither. */
export type NearNow = 'now' | 'other_day' | 'open';

const HOUR_MINUTES = 60;

/** Compares a weekday or date, and the hour told with it, with the clinic's clock. */
export function nearNow({ day, clock }: Mention, { now, today }: LocalDays): NearNow {
  const away = daysAway(day, today);
  if (away === null) return 'open';
  if (away > 1) return 'other_day';
  if (away !== 0 || clock === undefined || clock.bound !== 'at') return 'open';
  const at = DateTime.fromMillis(now, { zone: today.zone });
  const told = (clock.hour % 12) * HOUR_MINUTES + clock.minute;
  const minutes = Math.abs((at.hour % 12) * HOUR_MINUTES + at.minute - told);
  const isHalfRight = clock.half === null || clock.hour > 12 || (clock.half === 'pm') === at.hour >= 12 || minutes > HOUR_MINUTES;
  return isHalfRight && Math.min(minutes, 12 * HOUR_MINUTES - minutes) <= HOUR_MINUTES ? 'now' : 'open';
}

/** Days between a named day and today, the shorter way round; null when the words name no single day. */
function daysAway(day: Mention['day'], today: DateTime): number | null {
  if (day?.type === 'weekday' && day.week === null && (day.hint === 'none' || day.hint === 'this')) {
    const ahead = (day.weekday - today.weekday + 7) % 7;
    return Math.min(ahead, 7 - ahead);
  }
  if (day?.type !== 'date' || day.year !== null) return null;
  const months = day.month === null ? [-1, 0, 1].map((count) => today.plus({ months: count })) : [today.set({ day: 1, month: day.month })];
  const days = months
    .filter((month) => day.day <= (month.daysInMonth ?? 0))
    .map((month) => Math.abs(month.set({ day: day.day }).diff(today, 'days').days));
  return days.length === 0 ? null : Math.round(Math.min(...days));
}
