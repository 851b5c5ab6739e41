import type { DateTime } from 'luxon';
import type { DayRef } from './mention';

type Beside = Extract<DayRef, { type: 'beside' }>;
interface Days {
  readonly first: DateTime;
  readonly last: DateTime;
}

/** The day or days told from a feast day: the friday before it, its weekend, the monday of its week. */
export function placeBeside({ weekday, side, days }: Beside, feast: DateTime): Days {
  if (side === 'on' || weekday === null) return stretch(feast.plus({ days }), 0);
  if (side === 'around') return aroundWeekend(weekday, feast);
  if (side === 'week') {
    const monday = feast.startOf('week').plus({ days });
    if (weekday === 'week') return stretch(monday, 6);
    return weekday === 'weekend' ? stretch(monday.plus({ days: 5 }), 1) : stretch(monday.plus({ days: weekday - 1 }), 0);
  }
  if (weekday === 'weekend')
    return side === 'before' ? stretch(lastBefore(feast, 7).minus({ days: 1 }), 1) : stretch(firstAfter(feast, 6), 1);
  const wanted = weekday === 'week' ? 1 : weekday;
  return stretch(side === 'before' ? lastBefore(feast, wanted) : firstAfter(feast, wanted), 0);
}

function stretch(first: DateTime, days: number): Days {
  return { first, last: first.plus({ days }) };
}

function lastBefore(feast: DateTime, weekday: number): DateTime {
  return feast.minus({ days: ((feast.weekday - weekday + 6) % 7) + 1 });
}

function firstAfter(feast: DateTime, weekday: number): DateTime {
  return feast.plus({ days: ((weekday - feast.weekday + 6) % 7) + 1 });
}

/** The weekend next to the feast; a Monday or a Friday that is the feast belongs to it. */
function aroundWeekend(weekday: Beside['weekday'], feast: DateTime): Days {
  const saturday = feast.weekday <= 2 ? lastBefore(feast, 6) : feast.startOf('week').plus({ days: 5 });
  if (typeof weekday === 'number') return stretch(saturday.plus({ days: weekday < 3 ? weekday + 1 : weekday - 6 }), 0);
  const isFriday = feast.weekday === 4 || feast.weekday === 5;
  const first = isFriday ? saturday.minus({ days: 1 }) : saturday;
  return { first, last: saturday.plus({ days: feast.weekday === 1 ? 2 : 1 }) };
}
