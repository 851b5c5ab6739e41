import type { OnCallLayer, Rotation } from '../model/clinic';
import { CLOCK_REACH, DAY, HOUR, localAt, readClock, readLocal } from '../tools/local-time';
import type { Stretch } from '../tools/weekly-hours';
import { stretchBetween, touch } from '../tools/weekly-hours';

/** A stretch of time that belongs to one person of a layer. */
export interface Turn extends Stretch {
  readonly person: string;
}

const UNIT: Readonly<Record<Rotation['every'], number>> = { hour: HOUR, day: DAY, week: 7 * DAY };

/** Finds the turns of a layer that touch a window of time, in the order in which they begin. Fixed shifts are worked out once. */
export function turnFinder(zone: string, layer: OnCallLayer): (window: Stretch) => readonly Turn[] {
  const { rotation, shifts = [] } = layer;
  if (rotation) return (window) => rotationTurns(zone, rotation, window);
  const turns = [...shifts]
    .sort((a, b) => readLocal(a.from) - readLocal(b.from))
    .flatMap(({ person, from, until }) => {
      const stretch = stretchBetween(zone, readLocal(from), readLocal(until));
      return stretch ? [{ ...stretch, person }] : [];
    });
  return (window) => turns.filter((turn) => touch(turn, window));
}

/** Turns are counted on the wall clock, so that a hand-over stays at its hour when the clocks change and an hour shown twice is one turn. */
function rotationTurns(zone: string, rotation: Rotation, window: Stretch): Turn[] {
  const size = UNIT[rotation.every] * rotation.length;
  const start = readLocal(rotation.from) + (readClock(rotation.at) % (rotation.every === 'hour' ? HOUR : DAY));
  const first = Math.max(0, Math.floor((localAt(zone, window.from) - CLOCK_REACH - start) / size));
  const last = Math.floor((localAt(zone, window.until) + CLOCK_REACH - start) / size);
  const turns: Turn[] = [];
  for (let turn = first; turn <= last; turn++) {
    const stretch = stretchBetween(zone, start + turn * size, start + (turn + 1) * size);
    if (stretch && touch(stretch, window)) turns.push({ ...stretch, person: rotation.people[turn % rotation.people.length]! });
  }
  return turns;
}
