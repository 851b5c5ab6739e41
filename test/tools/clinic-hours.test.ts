import { DateTime } from 'luxon';
import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';
import { addWorkingTime, closingAfter, endOfNextWorkingDay, isOpen, nextOpening } from '../../src/tools/clinic-hours';

const HOUR = 3_600_000;
const DAY_HOURS = ['09:00-18:00'];

function clinicWith(more: Partial<Record<'zone' | 'hours' | 'holidays' | 'exceptions', unknown>>): Clinic {
  return clinicSchema.parse({
    id: 'test',
    name: 'Glow Clinic',
    phone: '(555) 010-0199',
    zone: 'America/New_York',
    hours: { mon: DAY_HOURS, tue: DAY_HOURS, wed: DAY_HOURS, thu: DAY_HOURS, fri: DAY_HOURS },
    ...more,
  });
}

const CLINIC = clinicWith({ holidays: ['2026-11-26', '2026-12-25'], exceptions: { '2026-11-28': ['10:00-12:00'], '2026-12-02': [] } });
const ALL_DAY = ['00:00-24:00'];
const ALWAYS = clinicWith({
  hours: { mon: ALL_DAY, tue: ALL_DAY, wed: ALL_DAY, thu: ALL_DAY, fri: ALL_DAY, sat: ALL_DAY, sun: ALL_DAY },
});
const NEVER = clinicWith({ hours: {} });

function at(local: string, zone = 'America/New_York'): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

function say(instant: number | null, zone = 'America/New_York'): string | null {
  return instant === null ? null : DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

describe('opening hours', () => {
  test.each([
    ['a working morning before it opens', '2026-11-25T08:59', false, '2026-11-25T09:00', '2026-11-25T18:00'],
    ['the minute it opens', '2026-11-25T09:00', true, '2026-11-25T09:00', '2026-11-25T18:00'],
    ['the last minute', '2026-11-25T17:59', true, '2026-11-25T17:59', '2026-11-25T18:00'],
    ['the minute it closes, before a holiday', '2026-11-25T18:00', false, '2026-11-27T09:00', '2026-11-27T18:00'],
    ['a Saturday with hours of its own', '2026-11-28T11:00', true, '2026-11-28T11:00', '2026-11-28T12:00'],
    ['the evening before a day without hours', '2026-12-01T19:00', false, '2026-12-03T09:00', '2026-12-03T18:00'],
  ])('%s', (_, now, open, opens, closes) => {
    expect(isOpen(CLINIC, at(now))).toBe(open);
    expect(say(nextOpening(CLINIC, at(now)))).toBe(opens);
    expect(say(closingAfter(CLINIC, at(now)))).toBe(closes);
  });

  test('an exception opens even a holiday', () => {
    const clinic = clinicWith({ holidays: ['2026-11-26'], exceptions: { '2026-11-26': ['10:00-11:00'] } });
    expect(say(nextOpening(clinic, at('2026-11-25T18:00')))).toBe('2026-11-26T10:00');
  });

  test('hours until 24:00 meet those of the next day', () => {
    const clinic = clinicWith({ hours: { fri: ['18:00-24:00'], sat: ['00:00-02:00'] } });
    expect(say(closingAfter(clinic, at('2026-11-27T20:00')))).toBe('2026-11-28T02:00');
    expect(isOpen(clinic, at('2026-11-28T00:00'))).toBe(true);
  });

  test('a clinic that never closes has no closing time, one without hours no opening', () => {
    expect([nextOpening(ALWAYS, at('2026-11-28T03:00')), closingAfter(ALWAYS, at('2026-11-28T03:00'))]).toEqual([
      at('2026-11-28T03:00'),
      null,
    ]);
    expect([nextOpening(NEVER, 0), closingAfter(NEVER, 0), addWorkingTime(NEVER, 0, HOUR), endOfNextWorkingDay(NEVER, 0)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('an opening 400 days ahead is named, a later one is not', () => {
    const clinic = clinicWith({ hours: {}, exceptions: { '2027-12-30': DAY_HOURS } });
    expect(say(nextOpening(clinic, at('2026-11-25T09:00')))).toBe('2027-12-30T09:00');
    expect(nextOpening(clinic, at('2026-11-25T08:59'))).toBeNull();
  });

  test('a day that a zone leaves out is no opening day', () => {
    const clinic = clinicWith({ zone: 'Pacific/Apia', hours: { thu: DAY_HOURS, fri: DAY_HOURS, sat: DAY_HOURS } });
    expect(say(nextOpening(clinic, at('2011-12-29T18:00', 'Pacific/Apia')), 'Pacific/Apia')).toBe('2011-12-31T09:00');
  });
});

describe('the clocks change while the clinic is open', () => {
  const nights = clinicWith({ hours: { sun: ['01:30-02:30'] } });

  test('an hour that is shown twice opens with the first and closes after the last', () => {
    const opens = nextOpening(nights, at('2026-11-01T00:00')) ?? 0;
    expect(opens).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(closingAfter(nights, opens)).toBe(Date.UTC(2026, 10, 1, 7, 30));
    expect(isOpen(nights, Date.UTC(2026, 10, 1, 6, 10))).toBe(true);
  });

  test('a closing time inside the hour that is left out is the moment of the change', () => {
    expect(closingAfter(nights, at('2026-03-08T00:00'))).toBe(Date.UTC(2026, 2, 8, 7));
  });

  test('hours that lie wholly in the hour left out open nothing', () => {
    const clinic = clinicWith({ hours: { sun: ['02:10-02:50'] } });
    expect(say(nextOpening(clinic, at('2026-03-08T00:00')))).toBe('2026-03-15T02:10');
  });
});

describe('working time', () => {
  test.each([
    ['within a day', '2026-11-25T10:00', 4, '2026-11-25T14:00'],
    ['up to the closing minute', '2026-11-25T14:00', 4, '2026-11-25T18:00'],
    ['over a holiday and into a Saturday with hours of its own', '2026-11-25T16:00', 12, '2026-11-28T11:00'],
    ['from a closed hour', '2026-11-29T03:00', 4, '2026-11-30T13:00'],
  ])('%s', (_, from, hours, until) => {
    expect(say(addWorkingTime(CLINIC, at(from), hours * HOUR))).toBe(until);
  });

  test('runs through the night where the clinic never closes', () => {
    expect(addWorkingTime(ALWAYS, 0, 100 * HOUR)).toBe(100 * HOUR);
  });
});

describe('the end of the next working day', () => {
  test.each([
    ['asked in working hours: tomorrow', '2026-11-24T10:00', '2026-11-25T18:00'],
    ['asked before opening: today', '2026-11-24T07:00', '2026-11-24T18:00'],
    ['asked before a holiday', '2026-11-25T10:00', '2026-11-27T18:00'],
    ['asked on Friday: the Saturday with hours of its own', '2026-11-27T10:00', '2026-11-28T12:00'],
    ['asked on Sunday', '2026-11-29T10:00', '2026-11-30T18:00'],
  ])('%s', (_, now, due) => {
    expect(say(endOfNextWorkingDay(CLINIC, at(now)))).toBe(due);
  });

  test('asked in a lunch break it is not the same afternoon', () => {
    const clinic = clinicWith({ hours: { wed: ['09:00-12:00', '13:30-18:00'], thu: DAY_HOURS } });
    expect(say(endOfNextWorkingDay(clinic, at('2026-11-18T12:30')))).toBe('2026-11-19T18:00');
  });
});
