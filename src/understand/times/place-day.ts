import type { DateTime } from 'luxon';
import { holidayIn } from './holidays';
import type { LocalDays } from './local-days';
import type { DayRef } from './mention';
import { placeBeside } from './place-beside';

/** The first and the last local day that a named day stands for. */
export interface DaysMeant {
  readonly first: DateTime;
  readonly last: DateTime;
}

/** Whether a time is told of the past or of what is to come. */
export type Tense = 'past' | 'future';

/** Finds the days on the calendar that the patient names; null when there are none, such as 2/30. */
export function placeDay(day: DayRef, tense: Tense, local: LocalDays): DaysMeant | null {
  switch (day.type) {
    case 'offset':
      return { first: local.today.plus({ days: day.from }), last: local.today.plus({ days: day.to }) };
    case 'weekday':
      return one(placeWeekday(day, tense, local.today));
    case 'weekend':
      return placeWeekend(day.hint, tense, local.today);
    case 'week': {
      const monday = local.today.startOf('week').plus({ weeks: day.offset });
      return { first: monday, last: monday.plus({ days: 6 }) };
    }
    case 'holiday':
      return placeYearly(
        [-1, 0, 1].map((years) => holidayIn(day.holiday, local.today.plus({ years }))),
        tense,
        local.today,
      );
    case 'beside':
      return placeNearest(
        [-1, 0, 1].map((years) => placeBeside(day, holidayIn(day.holiday, local.today.plus({ years })))),
        tense,
        local.today,
      );
    case 'shifted': {
      const base = placeDay(day.base, day.baseTense ?? tense, local);
      return base === null ? null : { first: base.first.plus({ days: day.days }), last: base.last.plus({ days: day.days }) };
    }
    case 'of_month': {
      const month = local.today.startOf('month').plus({ months: day.months });
      return valid(month.set({ day: day.day }), day.day);
    }
    case 'date':
      return placeDate(day, tense, local.today);
  }
}

function one(day: DateTime): DaysMeant {
  return { first: day, last: day };
}

function placeWeekday(day: Extract<DayRef, { type: 'weekday' }>, tense: Tense, today: DateTime): DateTime {
  const ahead = (day.weekday - today.weekday + 7) % 7;
  if (day.week !== null) return today.startOf('week').plus({ weeks: day.week, days: day.weekday - 1 });
  if (day.hint === 'past') return today.plus({ days: ahead - 7 });
  if (day.hint === 'next') return today.startOf('week').plus({ weeks: 1, days: day.weekday - 1 });
  if (tense === 'past') return today.plus({ days: ahead === 0 ? 0 : ahead - 7 });
  return today.plus({ days: ahead === 0 && day.hint === 'none' ? 7 : ahead });
}

function placeWeekend(hint: 'past' | 'this' | 'next' | 'none', tense: Tense, today: DateTime): DaysMeant {
  const saturday = today.startOf('week').plus({ days: 5 });
  const weeks = hint === 'past' || (hint === 'none' && tense === 'past' && today.weekday < 6) ? -1 : hint === 'next' ? 1 : 0;
  const first = saturday.plus({ weeks });
  return { first, last: first.plus({ days: 1 }) };
}

/** A date without a year or month is the one on the weekday told with it, else the nearest one on the side the tense points to. */
function placeDate(day: Extract<DayRef, { type: 'date' }>, tense: Tense, today: DateTime): DaysMeant | null {
  if (day.year !== null && day.month !== null) return valid(today.set({ year: day.year, month: day.month, day: day.day }), day.day);
  const base = day.month === null ? today.startOf('month') : today.set({ month: day.month, day: 1 });
  const candidates = [-1, 0, 1]
    .map((count) => base.plus(day.month === null ? { months: count } : { years: count }))
    .map((month) => month.set({ day: Math.min(day.day, month.daysInMonth ?? 28) }))
    .filter((date) => date.day === day.day);
  const named = candidates.filter(({ weekday }) => weekday === day.weekday);
  return placeYearly(named.length > 0 ? named : candidates, tense, today);
}

/** The nearest of several days, oldest first, on the side the tense points to. */
function placeYearly(candidates: readonly DateTime[], tense: Tense, today: DateTime): DaysMeant | null {
  return placeNearest(candidates.map(one), tense, today);
}

function placeNearest(candidates: readonly DaysMeant[], tense: Tense, today: DateTime): DaysMeant | null {
  const fitting = tense === 'past' ? candidates.filter(({ first }) => first <= today).at(-1) : candidates.find(({ last }) => last >= today);
  return fitting ?? null;
}

function valid(date: DateTime, day: number): DaysMeant | null {
  return date.isValid && date.day === day ? one(date) : null;
}
