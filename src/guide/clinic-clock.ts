import { DateTime } from 'luxon';
import type { Clinic } from '../model/clinic';
import { nextOpening } from '../tools/clinic-hours';
import { sayClock } from '../tools/say-clock';

const MINUTE = 60_000;

/** A clock time in the clinic's zone as patients say it: "today at 3:10 pm", "tomorrow (Fri) at 9 am", "Sat at 3:10 pm", "Sat, Dec 5". */
export function sayTime(at: number, now: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone });
  const days = time.startOf('day').diff(DateTime.fromMillis(now, { zone }).startOf('day'), 'days').days;
  const clock = sayClock(at, zone);
  if (days === 0) return `today at ${clock}`;
  if (days === 1) return `tomorrow (${time.toFormat('ccc')}) at ${clock}`;
  if (days === -1) return `yesterday (${time.toFormat('ccc')}) at ${clock}`;
  if (days > 1 && days < 7) return `${time.toFormat('ccc')} at ${clock}`;
  return `${time.toFormat('ccc, LLL d')} at ${clock}`;
}

/** A day as patients say it: "today", "yesterday (Sun)", "Thu, Dec 5". */
export function sayDay(at: number, now: number, zone: string): string {
  return sayTime(at, now, zone).replace(/ at [^a]*[ap]m$/, '');
}

/** The end of a span, rounded up to five minutes when the span is not exact. */
export function latestOf(span: { from: number; to: number }): number {
  return span.to === span.from ? span.to : Math.ceil(span.to / (5 * MINUTE)) * 5 * MINUTE;
}

/** When the clinic is next open, as patients say it; "now" while it is open. */
export function sayOpening(clinic: Clinic, now: number): string {
  const opening = nextOpening(clinic, now);
  if (opening === null) return 'on their next working day';
  return opening === now ? 'now' : sayTime(opening, now, clinic.zone);
}
