import { DateTime } from 'luxon';
import type { TimeSpan } from '../../model/words';
import { DAY_HOURS, instantAt, type LocalDays, openHours, partOfDay } from './local-days';
import type { ClockRef, Mention } from './mention';
import { placeDay } from './place-day';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** "Just left the clinic": how long ago that can be. */
const FRESH_HOURS = 2;
/** Until this hour the patient's "today" is still the day before. */
const NIGHT_ENDS = 4;

/** When the treatment ended, if this mention tells it: never after `now` unless the mention itself lies ahead. */
export function resolvePast(mention: Mention, local: LocalDays): TimeSpan | null {
  const { now } = local;
  if (mention.kind === 'fresh') return { from: now - FRESH_HOURS * HOUR, to: now };
  if (mention.label !== undefined)
    return cutAt(elapsed(now, Math.max(0, (mention.label.low - 1) * 24), Math.max(1, mention.label.high) * 24), now);
  if (mention.hours !== undefined) {
    const { low, high, slackMinutes } = mention.hours;
    const span = elapsed(now, low, high);
    return cutAt({ from: span.from - slackMinutes * MINUTE, to: span.to + slackMinutes * MINUTE }, now);
  }
  const span = calendarSpan(mention, local, 'past');
  if (span === null) return null;
  const weekBefore = sameWeekday(mention, local);
  if (weekBefore !== null) return { from: weekBefore.from, to: Math.min(Math.max(span.to, weekBefore.to), now) };
  return span.from <= now ? cutAt(withFullDays(span, mention, local), now) : beforeNow(mention, local);
}

/** "had it thursday", said on a Thursday, can be today or a week ago: both are kept, so that neither a permission nor a warning is early. */
function sameWeekday(mention: Mention, local: LocalDays): TimeSpan | null {
  const { day, part, clock } = mention;
  const isOpen = day?.type === 'weekday' && day.hint === 'none' && day.week === null && part === undefined && clock === undefined;
  if (!isOpen || day.weekday !== local.today.weekday || local.hour < DAY_HOURS.open) return null;
  return calendarSpan({ ...mention, day: { ...day, hint: 'past' } }, local, 'past');
}

/** When a treatment that is still to come will be. */
export function resolveComing(mention: Mention, local: LocalDays): TimeSpan | null {
  if (mention.hours !== undefined) {
    const slack = mention.hours.slackMinutes * MINUTE;
    const from = local.now + mention.hours.low * HOUR - slack;
    return { from: Math.max(from, local.now), to: local.now + mention.hours.high * HOUR + slack };
  }
  const span = laterToday(mention, local) ?? calendarSpan(mention, local, 'future');
  return span === null || span.to < local.now ? null : { from: Math.max(span.from, local.now), to: span.to };
}

/** "wednesday evening", said on a Wednesday morning, is today's. */
function laterToday(mention: Mention, local: LocalDays): TimeSpan | null {
  const { day } = mention;
  const isToday = day?.type === 'weekday' && day.hint === 'none' && day.week === null && day.weekday === local.today.weekday;
  if (!isToday || (mention.part === undefined && mention.clock === undefined)) return null;
  const span = calendarSpan({ ...mention, day: { type: 'offset', from: 0, to: 0 } }, local, 'future');
  return span !== null && span.to > local.now ? span : null;
}

/** The moment a question is about; null when that is now. */
export function resolveAsked(mention: Mention, local: LocalDays): TimeSpan | null {
  if (
    mention.hours === undefined &&
    mention.day?.type === 'offset' &&
    mention.day.from === 0 &&
    mention.part === undefined &&
    mention.clock === undefined
  )
    return null;
  const span = resolveComing(mention, local);
  const isDated = mention.day?.type === 'holiday' || mention.day?.type === 'date';
  if (isDated && mention.part === undefined && mention.clock === undefined && span?.from === local.now) return null;
  const holdsOnlyNow = span !== null && span.from === span.to && span.to === local.now;
  return holdsOnlyNow ? null : span;
}

/** "3 days ago" is that day, and in any case full days back from now: at 7 in the morning 72 hours count as 3 days too. */
function withFullDays(span: TimeSpan, { kind, day, part, clock }: Mention, local: LocalDays): TimeSpan {
  if (kind === 'calendar' || day?.type !== 'offset' || part !== undefined || clock !== undefined) return span;
  const at = DateTime.fromMillis(local.now, { zone: local.today.zone });
  return {
    from: Math.min(span.from, at.plus({ days: day.from }).toMillis()),
    to: Math.max(span.to, at.plus({ days: day.to }).toMillis()),
  };
}

function elapsed(now: number, low: number, high: number): TimeSpan {
  return { from: now - high * HOUR, to: now - low * HOUR };
}

function cutAt(span: TimeSpan, now: number): TimeSpan {
  return { from: Math.min(span.from, now), to: Math.min(span.to, now) };
}

/** A past time that would lie ahead: after midnight "this morning" is yesterday's; a weekday is last week's; today's is cut. */
function beforeNow(mention: Mention, local: LocalDays): TimeSpan | null {
  const { day } = mention;
  if (day?.type === 'weekday' && day.hint !== 'past') return resolvePast({ ...mention, day: { ...day, hint: 'past', week: null } }, local);
  if (day?.type === 'date' && day.year === null) return null;
  if (local.hour < NIGHT_ENDS || (day === undefined && mention.clock !== undefined)) {
    const shifted = calendarSpan({ ...mention, day: { type: 'offset', from: -1, to: -1 } }, local, 'past');
    return shifted === null ? null : cutAt(shifted, local.now);
  }
  if (day?.type === 'offset' && mention.clock === undefined && mention.part === undefined)
    return { from: local.today.toMillis(), to: local.now };
  return null;
}

function calendarSpan(mention: Mention, local: LocalDays, tense: 'past' | 'future'): TimeSpan | null {
  const isMorningAhead = tense === 'future' && mention.day === undefined && mention.part === 'morning' && local.hour >= DAY_HOURS.open;
  const days = placeDay(mention.day ?? { type: 'offset', from: isMorningAhead ? 1 : 0, to: isMorningAhead ? 1 : 0 }, tense, local);
  if (days === null) return null;
  if (mention.clock !== undefined) return clockSpan(mention, mention.clock, { day: days.first, last: days.last, tense, local });
  if (mention.part !== undefined) {
    const first = partOfDay(days.first, mention.part, local.now);
    const span = { from: first.from, to: partOfDay(days.last, mention.part, local.now).to };
    const isOver = tense === 'future' && mention.day === undefined && span.to < local.now;
    return isOver ? partOfDay(days.first.plus({ days: 1 }), mention.part, local.now) : span;
  }
  return openHours(days.first, days.last);
}

interface ClockPlace {
  readonly day: DateTime;
  readonly last: DateTime;
  readonly tense: 'past' | 'future';
  readonly local: LocalDays;
}

function clockSpan(mention: Mention, clock: ClockRef, place: ClockPlace): TimeSpan {
  const isFloating = mention.day === undefined;
  let hours = pickHour(mention, clock, place);
  let { day } = place;
  let { last } = place;
  if (isFloating && place.tense === 'future' && instantAt(day, hours) < place.local.now) {
    day = day.plus({ days: 1 });
    last = last.plus({ days: 1 });
  }
  if (clock.bound === 'after')
    return { from: instantAt(day, hours), to: Math.max(instantAt(day, hours), instantAt(last, DAY_HOURS.close)) };
  if (clock.bound === 'before') {
    const to = instantAt(last, hours);
    return { from: Math.min(instantAt(day, DAY_HOURS.open), to), to };
  }
  const slack = clock.slackMinutes * MINUTE;
  const from = instantAt(day, hours);
  if (clock.until !== null) hours = untilHour(hours, clock.until);
  return { from: from - slack, to: instantAt(last, hours) + slack };
}

/** The end of "2-3pm": the first such time after the start. */
function untilHour(start: number, until: { hour: number; minute: number }): number {
  const end = until.hour + until.minute / 60;
  return [end, end + 12, end + 24].find((hours) => hours >= start) ?? start;
}

/** The hour of day, 0-24, when am or pm is said or has to be guessed. */
function pickHour(mention: Mention, clock: ClockRef, { day, tense, local }: ClockPlace): number {
  const plain = (clock.hour % 12) + clock.minute / 60;
  if (clock.hour > 12 || clock.hour === 0) return clock.hour + clock.minute / 60;
  if (clock.half !== null) return clock.half === 'pm' ? plain + 12 : plain;
  if (mention.part !== undefined)
    return mention.part === 'morning' ? plain : mention.part === 'night' && plain < 5 && plain > 0 ? plain + 24 : plain + 12;
  const isToday = day.hasSame(local.today, 'day');
  if (tense === 'future')
    return isToday && mention.day === undefined ? pickAhead(plain, day, local) : plain < 7 ? plain + 12 : plain === 0 ? 12 : plain;
  const open = [plain, plain + 12].filter(
    (hours) => hours >= DAY_HOURS.open && (isToday ? hours <= DAY_HOURS.close : hours < DAY_HOURS.close),
  );
  const past = isToday ? open.filter((hours) => instantAt(day, hours) <= local.now) : open;
  return past.at(-1) ?? open[0] ?? plain + 12;
}

/** "at 6": the next time the clock shows it. */
function pickAhead(plain: number, day: DateTime, local: LocalDays): number {
  return [plain, plain + 12].find((hours) => instantAt(day, hours) >= local.now && hours >= 5) ?? (plain < 7 ? plain + 12 : plain);
}
