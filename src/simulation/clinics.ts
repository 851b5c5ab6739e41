import { DateTime } from 'luxon';
import type { Clinic } from '../model/clinic';
import { clinicSchema } from '../model/clinic';
import type { Random } from './random';

const ZONES = [
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage'],
  ...['Pacific/Honolulu', 'America/Halifax', 'America/St_Johns', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Africa/Cairo'],
  ...['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham', 'Asia/Tokyo'],
] as const satisfies readonly [string, ...string[]];

/** A clinic of the simulation, and who may be paged at a moment by a reckoning of its own. */
export interface SimulatedClinic {
  clinic: Clinic;
  /** Ids of everyone who is on call on some step at a moment, or is the fallback; worked out from the wall clock, not by the product. */
  mayBePaged(at: number): ReadonlySet<string>;
  /** Someone leaves and someone else takes their place. */
  turnOver(now: number): void;
}

/** Clinics with rotations by day and week, hand-overs at different hours, holidays, and step 2 that is off on some days. */
export function makeClinic(index: number, year: { readonly from: number; readonly until: number }, random: Random): SimulatedClinic {
  const zone = random.pick(ZONES);
  const every = random.chance(0.5) ? 'day' : 'week';
  const handOverHour = random.pick([7, 8, 9, 17, 18, 19] as const);
  const first = DateTime.fromMillis(year.from, { zone }).minus({ days: 40 }).startOf('week');
  const people = Array.from({ length: 2 + random.below(4) }, (_, place) => `n${place}`);
  const seconds = Array.from({ length: 1 + random.below(2) }, (_, place) => `d${place}`);
  const isSecondOffAtWeekends = random.chance(0.3);
  const generations = new Map<string, number>();
  const idOf = (name: string): string => `${name}g${generations.get(name) ?? 0}`;
  const build = (): Clinic => {
    const all = [...people, ...seconds, 'boss'];
    return clinicSchema.parse({
      ...{
        id: `clinic-${index}`,
        name: `Clinic ${index}`,
        phone: '(555) 010-0199',
        zone,
        smsNumber: `+1555${String(index).padStart(7, '0')}`,
      },
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-18:00']])),
      holidays: ['2026-12-25', '2027-01-01', '2027-07-05'],
      staff: all.map((name, place) => ({
        id: idOf(name),
        name: `Person ${idOf(name)}`,
        contacts: [
          { method: 'sms', to: `+1${String(index).padStart(5, '0')}${place}${generations.get(name) ?? 0}`, verified: true },
          { method: 'voice', to: `+1${String(index).padStart(5, '0')}${place}${generations.get(name) ?? 0}`, verified: true },
          { method: 'email', to: `${idOf(name)}@clinic-${index}.example`, verified: true },
        ],
      })),
      onCall: {
        layers: [
          {
            id: 'first',
            rotation: { people: people.map(idOf), every, at: `${String(handOverHour).padStart(2, '0')}:00`, from: first.toISODate() },
          },
          {
            id: 'second',
            rotation: { people: seconds.map(idOf), every: 'week', at: '09:00', from: first.toISODate() },
            ...(isSecondOffAtWeekends
              ? { active: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['00:00-24:00']])) }
              : {}),
          },
        ],
        steps: [{ targets: ['first'] }, { targets: ['second'] }],
        fallback: idOf('boss'),
      },
    });
  };
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  });
  const firstDay = dayNumber(first.year, first.month, first.day);
  const made: SimulatedClinic = {
    clinic: build(),
    mayBePaged(at) {
      const parts = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const day = dayNumber(parts['year'] ?? 0, parts['month'] ?? 0, parts['day'] ?? 0) - firstDay;
      const turnDay = (hour: number): number => day - ((parts['hour'] ?? 0) < hour ? 1 : 0);
      const turn = every === 'day' ? turnDay(handOverHour) : Math.floor(turnDay(handOverHour) / 7);
      const second = Math.floor(turnDay(9) / 7);
      const weekday = (((day % 7) + 7) % 7) + 1; // the first day is a Monday
      const isSecondOff = isSecondOffAtWeekends && weekday > 5;
      const names = [people[turn % people.length] ?? '', ...(isSecondOff ? [] : [seconds[second % seconds.length] ?? '']), 'boss'];
      return new Set(names.map(idOf));
    },
    turnOver() {
      const name = random.pick([...people, ...seconds] as [string, ...string[]]);
      generations.set(name, (generations.get(name) ?? 0) + 1);
      made.clinic = build();
    },
  };
  return made;
}

function dayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
}
