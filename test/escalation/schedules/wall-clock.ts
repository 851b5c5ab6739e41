/** Milliseconds of a minute. */
export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What is compared lies this far around an anchor, and what the clocks show is known this far around it. */
export const COMPARED_MINUTES = 30 * 60;
export const KNOWN_MINUTES = 72 * 60;

/** A moment around which schedules are tried. */
export interface Anchor {
  readonly zone: string;
  /** On a full minute. */
  readonly at: number;
  readonly turns: 'forward' | 'back' | 'not';
}

/** Times at which clocks moved in an unusual way: a day left out, half an hour, for good. */
const ODD: readonly (readonly [string, string])[] = [
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kwajalein', '1993-08-21'],
  ['America/Caracas', '2007-12-09'],
  ['America/Caracas', '2016-05-01'],
  ['Asia/Pyongyang', '2015-08-15'],
  ['Asia/Pyongyang', '2018-05-05'],
  ['Europe/Istanbul', '2016-09-07'],
];

/** All zones that this machine knows. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, as minutes of the same reading in UTC; asked of Intl each time. */
export function shown(zone: string, at: number): number {
  let clock = clocks.get(zone);
  if (!clock)
    clocks.set(
      zone,
      (clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', calendar: 'gregory' })),
    );
  return Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) / MINUTE;
}

const anchors = new Map<string, Anchor[]>();

/** Moments of 2026 and 2027 around which to try a zone: each change of its clocks, and some ordinary ones where there is none. */
export function anchorsOf(zone: string): Anchor[] {
  let known = anchors.get(zone);
  if (!known) anchors.set(zone, (known = findAnchors(zone)));
  return known;
}

function findAnchors(zone: string): Anchor[] {
  const changes = changesBetween(zone, Date.UTC(2026, 0), Date.UTC(2028, 0));
  const odd = ODD.filter(([name]) => name === zone).flatMap(([, date]) =>
    changesBetween(zone, Date.parse(date) - 48 * HOUR, Date.parse(date) + 48 * HOUR),
  );
  if (changes.length + odd.length > 0) return [...changes, ...odd];
  return [Date.UTC(2026, 1, 28, 12), Date.UTC(2026, 11, 31, 23)].map((at) => ({ zone, at, turns: 'not' }));
}

function changesBetween(zone: string, from: number, until: number): Anchor[] {
  const offset = (at: number): number => shown(zone, at) - at / MINUTE;
  const found: Anchor[] = [];
  for (let at = from; at < until; at += 24 * HOUR) {
    if (offset(at) === offset(at + 24 * HOUR)) continue;
    let change = at;
    while (offset(change) === offset(at)) change += MINUTE;
    found.push({ zone, at: change, turns: offset(change) > offset(at) ? 'forward' : 'back' });
  }
  return found;
}

const walls = new Map<string, Int32Array>();

/** What the clocks show in each minute from KNOWN_MINUTES before an anchor to as many after it. */
export function wallAround({ zone, at }: Anchor): Int32Array {
  const key = `${zone} ${at}`;
  let wall = walls.get(key);
  if (!wall)
    walls.set(
      key,
      (wall = Int32Array.from({ length: 2 * KNOWN_MINUTES }, (_, index) => shown(zone, at + (index - KNOWN_MINUTES) * MINUTE))),
    );
  return wall;
}
