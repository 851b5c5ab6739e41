import type { Clinic, OnCallLayer } from '../../../src/model/clinic';
import { DAYS } from '../../../src/model/clinic';
import type { Anchor } from './wall-clock';
import { wallAround } from './wall-clock';

const DAY_MINUTES = 1440;
const UNIT = { hour: 60, day: DAY_MINUTES, week: 7 * DAY_MINUTES };

/**
 * The minutes around an anchor, judged one by one from nothing but what the clocks show in each. Something has begun once the clocks have
 * shown its start or anything later, and has ended once they will never again show its end or anything earlier.
 */
export class BruteForce {
  readonly minutes: number;
  private readonly wall: Int32Array;
  /** The latest reading so far, and the earliest that is still to come. */
  private readonly latest: Int32Array;
  private readonly coming: Int32Array;

  constructor(
    private readonly clinic: Clinic,
    anchor: Anchor,
  ) {
    this.wall = wallAround(anchor);
    this.minutes = this.wall.length;
    this.latest = new Int32Array(this.minutes);
    this.coming = new Int32Array(this.minutes);
    for (let m = 0, high = -Infinity; m < this.minutes; m++) this.latest[m] = high = Math.max(high, this.wall[m]!);
    for (let m = this.minutes - 1, low = 2 ** 31 - 1; m >= 0; m--) {
      this.coming[m] = low;
      low = Math.min(low, this.wall[m]!);
    }
  }

  /** Which minutes lie between two readings. */
  between(from: number, until: number): Uint8Array {
    const inside = new Uint8Array(this.minutes);
    if (from >= until) return inside;
    for (let m = 0; m < this.minutes; m++)
      if (this.latest[m]! >= from && (this.wall[m]! < until || this.coming[m]! <= until)) inside[m] = 1;
    return inside;
  }

  /** The open minutes of each calendar day that clocks show, in order. */
  openDays(): Uint8Array[] {
    const { hours, holidays = [], exceptions = {} } = this.clinic;
    return this.calendarDays().map((day) => {
      const date = dateOf(day);
      const usual = holidays.includes(date) ? [] : (hours[nameOf(day)] ?? []);
      return this.anyOf(rangesOf(day, exceptions[date] ?? usual));
    });
  }

  /** Who is on each step in each minute from one to another: "ana ben/mute|cho/" with the unreachable behind the slash. */
  onCall(first: number, end: number): string[] {
    const { staff, onCall } = this.clinic;
    const layers = new Map(onCall.layers.map((layer) => [layer.id, this.layerMinutes(layer)]));
    const overrides = onCall.overrides.map((by) => ({ ...by, inside: this.between(minuteOf(by.from), minuteOf(by.until)) })).toReversed();
    const reachable = new Map(staff.map(({ id, contacts }) => [id, contacts.length > 0]));
    const who = (m: number): string => {
      const now = overrides.filter(({ inside }) => inside[m] === 1);
      const steps = onCall.steps.map(({ targets }) => {
        const ids = new Set<string>();
        for (const target of targets) {
          const layer = layers.get(target);
          if (!layer) ids.add(now.find((by) => by.instead === target && !by.layer)?.person ?? target);
          else if (!layer.active || layer.active[m]) {
            const on = layer.turns.filter(({ inside }) => inside[m] === 1).map(({ person }) => person);
            const whole = now.find((by) => by.layer === target && !by.instead);
            if (on.length === 0 && whole) ids.add(whole.person);
            for (const person of on) ids.add(now.find((by) => covers(by, target, person))?.person ?? person);
          }
        }
        const all = [...ids];
        return `${all.filter((id) => reachable.get(id)).join(' ')}/${all.filter((id) => !reachable.get(id)).join(' ')}`;
      });
      return steps.join('|');
    };
    return Array.from({ length: end }, (_, m) => (m < first ? '' : who(m)));
  }

  private layerMinutes({ rotation, shifts, active }: OnCallLayer): {
    turns: { person: string; inside: Uint8Array }[];
    active: Uint8Array | null;
  } {
    const turns = rotation
      ? turnsOneByOne(rotation, this.wall)
      : (shifts ?? []).map((shift) => [minuteOf(shift.from), minuteOf(shift.until), shift.person] as const);
    return {
      turns: [...turns].sort((a, b) => a[0] - b[0]).map(([from, until, person]) => ({ person, inside: this.between(from, until) })),
      active: active ? this.anyOf(this.calendarDays().flatMap((day) => rangesOf(day, active[nameOf(day)] ?? []))) : null,
    };
  }

  private anyOf(ranges: readonly (readonly [number, number])[]): Uint8Array {
    const any = new Uint8Array(this.minutes);
    for (const [from, until] of ranges) this.between(from, until).forEach((inside, m) => (any[m] = any[m]! | inside));
    return any;
  }

  /** Midnights of all days that the clocks show, and of one day around. */
  private calendarDays(): number[] {
    const first = Math.floor(this.wall[0]! / DAY_MINUTES) - 1;
    const last = Math.floor(this.wall[this.minutes - 1]! / DAY_MINUTES) + 1;
    return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * DAY_MINUTES);
  }
}

function covers(by: { instead?: string | undefined; layer?: string | undefined }, layer: string, person: string): boolean {
  return (!by.layer || by.layer === layer) && (!by.instead || by.instead === person);
}

/** Counts turns one after another from the first, up to the readings that matter. */
function turnsOneByOne(rotation: NonNullable<OnCallLayer['rotation']>, wall: Int32Array): [number, number, string][] {
  const [hour = 0, minute = 0] = rotation.at.split(':').map(Number);
  const length = UNIT[rotation.every] * rotation.length;
  const turns: [number, number, string][] = [];
  let start = minuteOf(rotation.from) + (rotation.every === 'hour' ? minute : 60 * hour + minute);
  for (let who = 0; start <= wall[wall.length - 1]! + DAY_MINUTES; who = (who + 1) % rotation.people.length, start += length)
    if (start + length >= wall[0]! - DAY_MINUTES) turns.push([start, start + length, rotation.people[who]!]);
  return turns;
}

function rangesOf(day: number, ranges: readonly string[]): [number, number][] {
  return ranges.map((range) => {
    const [from = 0, fromMinute = 0, until = 0, untilMinute = 0] = range.split(/[:-]/).map(Number);
    return [day + 60 * from + fromMinute, day + 60 * until + untilMinute];
  });
}

function minuteOf(local: string): number {
  return Date.parse(local.includes('T') ? `${local}Z` : local) / 60_000;
}

function dateOf(day: number): string {
  return new Date(day * 60_000).toISOString().slice(0, 10);
}

function nameOf(day: number): (typeof DAYS)[number] {
  return DAYS[(new Date(day * 60_000).getUTCDay() + 6) % 7]!;
}
