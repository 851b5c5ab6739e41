import { DateTime } from 'luxon';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A moment as staff read it: "9:06 pm" today, "Mon 9:06 pm" within a week, else "Dec 5, 9:06 pm". */
export function sayMoment(at: number, now: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone });
  const clock = time.toFormat('h:mm a').toLowerCase();
  const days = Math.abs(time.startOf('day').diff(DateTime.fromMillis(now, { zone }).startOf('day'), 'days').days);
  if (days === 0) return clock;
  return days < 7 ? `${time.toFormat('ccc')} ${clock}` : `${time.toFormat('LLL d')}, ${clock}`;
}

/** A moment that may be far ahead: "Mon, Dec 5 2026, 9:00 am". */
export function sayDate(at: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone });
  return `${time.toFormat('ccc, LLL d yyyy')}, ${time.toFormat('h:mm a').toLowerCase()}`;
}

/** How long something takes: "under a minute", "12 min", "3 h 5 min", "2 days". */
export function sayLength(ms: number): string {
  if (ms < MINUTE) return 'under a minute';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} days`;
}
