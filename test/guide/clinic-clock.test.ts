import { DateTime } from 'luxon';
import { latestOf, sayOpening, sayTime } from '../../src/guide/clinic-clock';
import { sayClock } from '../../src/tools/say-clock';
import { findStanding } from '../../src/guide/find-standing';
import { wordAnswer } from '../../src/guide/word-answer';
import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';
import { realKnowledge, topicOf } from './real-knowledge';

const ZONE = 'America/New_York';
const HOUR = 3_600_000;
const WEEKDAY = ['09:00-18:00'];
const CLINIC: Clinic = clinicSchema.parse({
  id: 'test',
  name: 'Glow Clinic',
  phone: '(555) 010-0199',
  zone: ZONE,
  hours: { mon: WEEKDAY, tue: WEEKDAY, wed: WEEKDAY, thu: WEEKDAY, fri: WEEKDAY, sat: [], sun: [] },
  holidays: ['2026-11-26', '2026-12-25'],
});

const CLOSED: Clinic['hours'] = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

/** The clinic, open at these hours only. */
function openOnly(hours: Partial<Clinic['hours']>): Clinic {
  return { ...CLINIC, hours: { ...CLOSED, ...hours } };
}

function at(local: string, zone = ZONE): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

describe('a time in the words of a patient', () => {
  test.each([
    ['2026-11-18T15:10', 'today at 3:10 pm'],
    ['2026-11-18T09:00', 'today at 9 am'],
    ['2026-11-18T00:00', 'today at 12 am'],
    ['2026-11-18T12:00', 'today at 12 pm'],
    ['2026-11-19T15:10', 'tomorrow (Thu) at 3:10 pm'],
    ['2026-11-19T00:00', 'tomorrow (Thu) at 12 am'],
    ['2026-11-17T23:59', 'yesterday (Tue) at 11:59 pm'],
    ['2026-11-20T09:00', 'Fri at 9 am'],
    ['2026-11-24T09:00', 'Tue at 9 am'],
    ['2026-11-25T09:00', 'Wed, Nov 25 at 9 am'],
    ['2026-12-05T15:10', 'Sat, Dec 5 at 3:10 pm'],
    ['2026-11-16T15:10', 'Mon, Nov 16 at 3:10 pm'],
  ])('%s, said on Wed Nov 18, is "%s"', (time, said) => {
    expect(sayTime(at(time), at('2026-11-18T10:00'), ZONE)).toBe(said);
  });

  test('the day is the one at the clinic, not the one in Greenwich', () => {
    const lateEvening = at('2026-11-18T22:30');
    expect(sayTime(lateEvening, at('2026-11-18T10:00'), ZONE)).toBe('today at 10:30 pm');
    expect(sayTime(lateEvening, at('2026-11-18T10:00'), 'UTC')).toBe('tomorrow (Thu) at 3:30 am');
  });

  test('the clock alone leaves out full minutes', () => {
    expect(sayClock(at('2026-11-18T09:00'), ZONE)).toBe('9 am');
    expect(sayClock(at('2026-11-18T21:05'), ZONE)).toBe('9:05 pm');
  });

  test('the end of a span is exact, or rounded up to five minutes', () => {
    const exact = at('2026-11-18T15:12');
    expect(latestOf({ from: exact, to: exact })).toBe(exact);
    expect(latestOf({ from: exact - HOUR, to: exact })).toBe(at('2026-11-18T15:15'));
    expect(latestOf({ from: exact - HOUR, to: at('2026-11-18T15:15') })).toBe(at('2026-11-18T15:15'));
  });
});

describe('a night on which the clocks change', () => {
  test.each([
    ['the clocks go back', '2026-10-31T15:10', '2026-11-01T10:00', 'today at 2:10 pm', 'tomorrow (Mon) at 2:10 pm'],
    ['the clocks go forward', '2027-03-13T15:10', '2027-03-14T10:00', 'today at 4:10 pm', 'tomorrow (Mon) at 4:10 pm'],
  ])('24 and 48 hours are real hours when %s', (_, treated, now, after24, after48) => {
    expect(sayTime(at(treated) + 24 * HOUR, at(now), ZONE)).toBe(after24);
    expect(sayTime(at(treated) + 48 * HOUR, at(now), ZONE)).toBe(after48);
  });

  test.each(['2026-10-31', '2027-03-13'])('the day after %s is tomorrow, and the day before it yesterday', (date) => {
    const next = DateTime.fromISO(date, { zone: ZONE }).plus({ days: 1 }).toISODate();
    expect(sayTime(at(`${next}T23:30`), at(`${date}T00:30`), ZONE)).toMatch(/^tomorrow \(Sun\) at 11:30 pm$/);
    expect(sayTime(at(`${date}T00:30`), at(`${next}T23:30`), ZONE)).toMatch(/^yesterday \(Sat\) at 12:30 am$/);
  });

  test('an answer names the hour at which makeup really opens', () => {
    const treated = at('2026-10-31T15:10');
    const now = at('2026-10-31T20:10');
    const standing = findStanding(topicOf('makeup'), { variant: null, intent: 'may_i', qualifiers: [], hours: { min: 5, max: 5 } });
    const said = wordAnswer(realKnowledge(), standing, { clinic: CLINIC, now, treatedAt: { from: treated, to: treated } });
    expect(said).toContain('tomorrow (Sun) at 2:10 pm');
  });

  test('the clinic opens at its own clock on the first day after', () => {
    expect(sayOpening(CLINIC, at('2026-11-01T23:00'))).toBe('tomorrow (Mon) at 9 am');
    expect(sayOpening(CLINIC, at('2027-03-14T23:00'))).toBe('tomorrow (Mon) at 9 am');
    expect(sayOpening(openOnly({ sun: WEEKDAY }), at('2026-11-01T00:30'))).toBe('today at 9 am');
    expect(sayOpening(openOnly({ sun: WEEKDAY }), at('2027-03-14T17:59'))).toBe('now');
  });
});

describe('when the clinic is next open', () => {
  test.each([
    ['a morning before it opens', '2026-11-18T08:59', 'today at 9 am'],
    ['the minute it opens', '2026-11-18T09:00', 'now'],
    ['the last minute', '2026-11-18T17:59', 'now'],
    ['the minute it closes', '2026-11-18T18:00', 'tomorrow (Thu) at 9 am'],
    ['Friday evening', '2026-11-20T18:30', 'Mon at 9 am'],
    ['Saturday noon', '2026-11-21T12:00', 'Mon at 9 am'],
    ['Sunday', '2026-11-22T12:00', 'tomorrow (Mon) at 9 am'],
    ['the evening before a holiday', '2026-11-25T18:00', 'Fri at 9 am'],
    ['a holiday at a usual hour', '2026-11-26T11:00', 'tomorrow (Fri) at 9 am'],
    ['the evening before a holiday that ends in a weekend', '2026-12-24T19:00', 'Mon at 9 am'],
  ])('%s', (_, now, said) => {
    expect(sayOpening(CLINIC, at(now))).toBe(said);
  });

  test('a lunch break is closed and ends the same day', () => {
    const clinic = openOnly({ wed: ['09:00-12:00', '13:30-18:00'] });
    expect(sayOpening(clinic, at('2026-11-18T12:15'))).toBe('today at 1:30 pm');
  });

  test('a clinic that opens once a week after a holiday names the date', () => {
    const clinic = openOnly({ thu: WEEKDAY });
    expect(sayOpening(clinic, at('2026-11-25T12:00'))).toBe('Thu, Dec 3 at 9 am');
  });

  test('a clinic without hours promises no time', () => {
    expect(sayOpening(openOnly({}), at('2026-11-18T12:00'))).toBe('on their next working day');
  });
});
