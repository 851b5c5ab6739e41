import type { Clinic, PageMethod, Person } from '../model/clinic';
import { DAY } from '../tools/local-time';
import type { Stretch } from '../tools/weekly-hours';
import type { OnCallStep } from './on-call';
import { onCallStretch } from './on-call';

/** So many verified ways of different kinds make a person count as reachable. */
export const METHODS_NEEDED = 2;

/** A stretch of time in which nobody on call can be relied on. */
export interface Hole extends Stretch {
  /** `nobody`: nobody with any contact is on any step. `unproven`: somebody is, but nobody has two verified methods. */
  readonly kind: 'nobody' | 'unproven';
  /** Who is on call in it, one after another. */
  readonly people: readonly Person[];
}

/** The ways to reach a person that somebody has verified, each kind once. */
export function verifiedMethods(person: Person): readonly PageMethod[] {
  return [...new Set(person.contacts.filter(({ verified }) => verified).map(({ method }) => method))];
}

/** Every stretch of the coming weeks in which no step has anybody with two verified contact methods; neighbours of one kind are one. */
export function findHoles(clinic: Clinic, from: number, weeks = 52): Hole[] {
  const end = from + weeks * 7 * DAY;
  const holes: Hole[] = [];
  for (let at = from; at < end;) {
    const stretch = onCallStretch(clinic, at);
    const until = Math.min(stretch.until, end);
    const kind = holeKind(stretch.steps);
    if (kind) addHole(holes, { from: at, until, kind, people: peopleOf(stretch.steps) });
    at = until;
  }
  return holes;
}

/** Why a stretch is a hole, in words for the clinic. */
export function sayHole({ kind, people }: Hole): string {
  const who = people.map((person) => `${person.id} ${sayContacts(person)}`);
  if (kind === 'unproven') return `nobody on call has ${METHODS_NEEDED} verified contact methods: ${who.join('; ')}`;
  return who.length > 0 ? `nobody on call can be reached: ${who.join('; ')}` : 'nobody is on call';
}

function sayContacts(person: Person): string {
  if (person.contacts.length === 0) return 'has no contact';
  const methods = verifiedMethods(person);
  return methods.length === 0 ? 'has no verified contact' : `has only ${methods.join(', ')} verified`;
}

function holeKind(steps: readonly OnCallStep[]): Hole['kind'] | null {
  const people = steps.flatMap((step) => step.people);
  if (people.length === 0) return 'nobody';
  return people.some((person) => verifiedMethods(person).length >= METHODS_NEEDED) ? null : 'unproven';
}

function peopleOf(steps: readonly OnCallStep[]): Person[] {
  return [...new Set(steps.flatMap(({ people, unreachable }) => [...people, ...unreachable]))];
}

function addHole(holes: Hole[], hole: Hole): void {
  const last = holes.at(-1);
  if (last?.until === hole.from && last.kind === hole.kind)
    holes[holes.length - 1] = { ...last, until: hole.until, people: [...new Set([...last.people, ...hole.people])] };
  else holes.push(hole);
}
