import type { Clinic, Person } from '../model/clinic';
import { DAY, readLocal } from '../tools/local-time';
import type { Stretch, WeeklyHours } from '../tools/weekly-hours';
import { holds, stretchBetween, touch, weeklyStretches } from '../tools/weekly-hours';
import type { Turn } from './turns';
import { turnFinder } from './turns';

/** Who a step of the ladder reaches. */
export interface OnCallStep {
  /** From 1. */
  readonly step: number;
  /** In target order, each once; empty when the step costs no time. */
  readonly people: readonly Person[];
  /** On call, but without any contact. */
  readonly unreachable: readonly Person[];
}

/** A stretch of time in which the same people are on call. */
export interface OnCallStretch extends Stretch {
  readonly steps: readonly OnCallStep[];
}

interface Override extends Stretch {
  readonly person: string;
  readonly instead?: string | undefined;
  readonly layer?: string | undefined;
}

interface Layer {
  readonly id: string;
  readonly turns: (window: Stretch) => readonly Turn[];
  readonly active: WeeklyHours | undefined;
}

/** A layer as it stands in a window of time. */
interface LayerWindow {
  readonly turns: readonly Turn[];
  readonly active: readonly Stretch[] | null;
}

interface Plan {
  readonly clinic: Clinic;
  readonly layers: readonly Layer[];
  readonly overrides: readonly Override[];
  readonly people: ReadonlyMap<string, Person>;
  readonly days: Map<number, readonly OnCallStretch[]>;
}

/** So many days of one clinic are kept worked out. */
const DAYS_KEPT = 32;
/** Nobody looks further ahead for a change than this, in days. */
const DAYS_AHEAD = 400;

const plans = new WeakMap<Clinic, Plan>();

/**
 * Who is on call at an instant, one entry for each step from 1. A start falls on the first reading of an hour that is shown twice and an
 * end on the last, so turns overlap when the clocks change. An override's person is never replaced again; the one listed last wins.
 */
export function whoIsOnCall(clinic: Clinic, at: number): readonly OnCallStep[] {
  return onCallStretch(clinic, at).steps;
}

/** The same with the stretch around the instant, of at most a day, for which it stays so. */
export function onCallStretch(clinic: Clinic, at: number): OnCallStretch {
  const stretches = stretchesOfDay(planOf(clinic), Math.floor(at / DAY));
  for (const stretch of stretches) if (at < stretch.until) return stretch;
  throw new RangeError(`Finding who is on call failed: expected epoch milliseconds, got ${at}.`);
}

/** When other people are on call than at an instant; null when that does not happen within 400 days. */
export function nextChangeAfter(clinic: Clinic, at: number): number | null {
  const start = onCallStretch(clinic, at);
  let next = start;
  while (next.until - at <= DAYS_AHEAD * DAY) {
    next = onCallStretch(clinic, next.until);
    if (!isSame(start.steps, next.steps)) return next.from;
  }
  return null;
}

/** The person who is paged when nobody is on any step; null when none is named or the one named has no contact. */
export function fallbackOf(clinic: Clinic): Person | null {
  const person = clinic.staff.find(({ id }) => id === clinic.onCall.fallback);
  return person && person.contacts.length > 0 ? person : null;
}

function isSame(a: readonly OnCallStep[], b: readonly OnCallStep[]): boolean {
  const ids = (steps: readonly OnCallStep[]): string =>
    steps.map(({ people, unreachable }) => [...people, null, ...unreachable].map((person) => person?.id ?? '').join(' ')).join('\n');
  return ids(a) === ids(b);
}

function planOf(clinic: Clinic): Plan {
  let plan = plans.get(clinic);
  if (!plan) plans.set(clinic, (plan = makePlan(clinic)));
  return plan;
}

function makePlan(clinic: Clinic): Plan {
  const { layers, overrides } = clinic.onCall;
  return {
    clinic,
    layers: layers.map((layer) => ({ id: layer.id, turns: turnFinder(clinic.zone, layer), active: layer.active })),
    overrides: overrides.flatMap((override) => {
      const stretch = stretchBetween(clinic.zone, readLocal(override.from), readLocal(override.until));
      return stretch ? [{ ...override, ...stretch }] : [];
    }),
    people: new Map(clinic.staff.map((person) => [person.id, person])),
    days: new Map(),
  };
}

function stretchesOfDay(plan: Plan, day: number): readonly OnCallStretch[] {
  let stretches = plan.days.get(day);
  if (!stretches) {
    const [oldest] = plan.days.keys();
    if (plan.days.size >= DAYS_KEPT) plan.days.delete(oldest!);
    plan.days.set(day, (stretches = workOut(plan, { from: day * DAY, until: (day + 1) * DAY })));
  }
  return stretches;
}

/** Cuts a window at every moment at which anything begins or ends; in between, who is on call does not change. */
function workOut(plan: Plan, window: Stretch): OnCallStretch[] {
  const { zone } = plan.clinic;
  const layers = new Map<string, LayerWindow>(
    plan.layers.map(({ id, turns, active }) => [
      id,
      { turns: turns(window), active: active ? weeklyStretches(zone, active, window) : null },
    ]),
  );
  const overrides = plan.overrides.filter((override) => touch(override, window));
  const parts = [...overrides, ...[...layers.values()].flatMap(({ turns, active }) => [...turns, ...(active ?? [])])];
  const cuts = new Set([window.from, window.until, ...parts.flatMap(({ from, until }) => [from, until])]);
  const inside = [...cuts].filter((cut) => cut >= window.from && cut <= window.until).sort((a, b) => a - b);
  return inside.slice(1).map((until, index) => {
    const from = inside[index]!;
    const inForce = overrides.filter((override) => holds(override, from));
    return { from, until, steps: stepsAt(plan, layers, inForce, from) };
  });
}

function stepsAt(plan: Plan, layers: ReadonlyMap<string, LayerWindow>, overrides: readonly Override[], at: number): OnCallStep[] {
  return plan.clinic.onCall.steps.map(({ targets }, index) => {
    const ids = targets.flatMap((target) => {
      const layer = layers.get(target);
      return layer
        ? onLayer(target, layer, overrides, at)
        : [lastOf(overrides, (by) => by.layer === undefined && by.instead === target) ?? target];
    });
    const people = [...new Set(ids)].map((id) => plan.people.get(id)).filter((person) => person !== undefined);
    return {
      step: index + 1,
      people: people.filter(({ contacts }) => contacts.length > 0),
      unreachable: people.filter(({ contacts }) => contacts.length === 0),
    };
  });
}

/** A cover for the whole layer also fills it while nobody has a turn. */
function onLayer(id: string, { turns, active }: LayerWindow, overrides: readonly Override[], at: number): string[] {
  if (active && !active.some((stretch) => holds(stretch, at))) return [];
  const on = turns.filter((turn) => holds(turn, at)).map(({ person }) => person);
  const isForAll = (by: Override): boolean => by.layer === id && by.instead === undefined;
  const isFor = (by: Override, person: string): boolean => by.instead === person && (by.layer === undefined || by.layer === id);
  if (on.length > 0) return on.map((person) => lastOf(overrides, (by) => isForAll(by) || isFor(by, person)) ?? person);
  const cover = lastOf(overrides, isForAll);
  return cover === undefined ? [] : [cover];
}

function lastOf(overrides: readonly Override[], fits: (by: Override) => boolean): string | undefined {
  return overrides.findLast(fits)?.person;
}
