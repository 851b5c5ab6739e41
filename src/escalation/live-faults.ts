import type { Clinic, Person } from '../model/clinic';
import { lastInstant, readLocal, sayLocal } from '../tools/local-time';
import type { Hole } from './coverage';
import { METHODS_NEEDED, findHoles, sayHole, verifiedMethods } from './coverage';

/** More holes than these are counted, not listed. */
const HOLES_LISTED = 5;
/** Digits of a telephone number that somebody can dial. */
const PHONE_DIGITS = 7;

/** Everything for which live mode refuses a clinic, in words for whoever edits its file; empty when it may go live. */
export function findLiveFaults(clinic: Clinic, now: number): string[] {
  const holes = findHoles(clinic, now);
  const more = holes.length - HOLES_LISTED;
  return [
    ...phoneFaults(clinic),
    ...fallbackFaults(clinic),
    ...pagedPeople(clinic, now).flatMap(personFaults),
    ...holes.slice(0, HOLES_LISTED).map((hole) => `${saySpan(clinic, hole)}: ${sayHole(hole)}`),
    ...(more > 0 ? [`and ${more} more such stretches in the next 52 weeks`] : []),
  ];
}

/** "2026-12-24T18:00 to 2026-12-25T08:00", on the clinic's clock. */
export function saySpan({ zone }: Clinic, { from, until }: Pick<Hole, 'from' | 'until'>): string {
  return `${sayLocal(zone, from)} to ${sayLocal(zone, until)}`;
}

function phoneFaults({ phone }: Clinic): string[] {
  return phone.replace(/\D/g, '').length < PHONE_DIGITS ? [`phone: expected a number that patients can call, got "${phone}"`] : [];
}

function fallbackFaults({ onCall }: Clinic): string[] {
  return onCall.fallback === undefined ? ['onCall.fallback: expected the person who is paged when nobody is on call'] : [];
}

function personFaults(person: Person): string[] {
  if (person.contacts.length === 0) return [`${person.id}: expected ${METHODS_NEEDED} verified contact methods, got no contact at all`];
  const methods = verifiedMethods(person);
  if (methods.length >= METHODS_NEEDED) return [];
  return [`${person.id}: expected ${METHODS_NEEDED} verified contact methods, got ${methods.length === 0 ? 'none' : `only ${methods[0]}`}`];
}

/** Whoever can be paged from now on: on a step, in a layer that a step names, by an override to come, as fallback. */
function pagedPeople({ zone, staff, onCall }: Clinic, now: number): Person[] {
  const targets = new Set(onCall.steps.flatMap((step) => step.targets));
  const isToCome = ({ until }: { readonly until: string }): boolean => lastInstant(zone, readLocal(until)) > now;
  const layers = onCall.layers.filter(({ id }) => targets.has(id));
  const ids = new Set([
    ...targets,
    ...layers.flatMap(({ rotation, shifts = [] }) => rotation?.people ?? shifts.filter(isToCome).map(({ person }) => person)),
    ...onCall.overrides.filter(isToCome).map(({ person }) => person),
    onCall.fallback,
  ]);
  return staff.filter(({ id }) => ids.has(id));
}
