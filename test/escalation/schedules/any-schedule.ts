import fc from 'fast-check';
import type { Clinic } from '../../../src/model/clinic';
import { clinicSchema, DAYS, PAGE_METHODS } from '../../../src/model/clinic';
import type { Anchor } from './wall-clock';
import { anchorsOf, MINUTE, shown, ZONES } from './wall-clock';

const PEOPLE = ['ana', 'ben', 'cho', 'dee', 'eva'];
const LAYERS = ['nurses', 'doctors', 'nights'];

/** A random clinic and the moment around which it is tried. */
export interface Schedule {
  readonly anchor: Anchor;
  readonly clinic: Clinic;
}

/** Clock minutes, many of them in the small hours, in which clocks are moved. */
const minuteOfDay = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 20 }).map((quarter) => quarter * 15) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1380, max: 1439 }) },
);

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Now and then the wrong way round, which is no time at all. */
const range = fc
  .tuple(minuteOfDay, fc.oneof(minuteOfDay, fc.constant(1440)), fc.integer({ min: 0, max: 9 }))
  .map(([a, b, luck]) => (luck > 0 && a > b ? [b, a] : [a, b]) as [number, number])
  .filter(([from]) => from < 1440)
  .map(([from, until]) => `${clock(from)}-${clock(until)}`);
const week = fc.record(Object.fromEntries(DAYS.map((day) => [day, fc.array(range, { maxLength: 2 })])), { requiredKeys: [] });

const person = fc.constantFrom(...PEOPLE);
const contact = fc.record({
  method: fc.constantFrom(...PAGE_METHODS),
  to: fc.constant('+15550100101'),
  verified: fc.integer({ min: 0, max: 3 }).map((luck) => luck > 0),
});
const contacts = fc.uniqueArray(contact, { maxLength: 4, selector: ({ method }) => method });

const moved = ZONES.filter((zone) => anchorsOf(zone).some(({ turns }) => turns !== 'not'));

/** Any schedule anywhere, most of them around a change of the clocks. */
export const anySchedule: fc.Arbitrary<Schedule> = fc
  .oneof({ weight: 3, arbitrary: fc.constantFrom(...moved) }, { weight: 2, arbitrary: fc.constantFrom(...ZONES) })
  .chain((zone) => fc.constantFrom(...anchorsOf(zone)))
  .chain((anchor) => clinicAround(anchor).map((clinic) => ({ anchor, clinic })));

function clinicAround(anchor: Anchor): fc.Arbitrary<Clinic> {
  const today = Math.floor(shown(anchor.zone, anchor.at) / 1440);
  const date = (day: number): string => new Date((today + day) * 1440 * MINUTE).toISOString().slice(0, 10);
  const near = fc.integer({ min: -3, max: 3 }).map(date);
  const local = fc
    .tuple(fc.integer({ min: -2, max: 2 }), minuteOfDay)
    .map(([day, minute]) => [day * 1440 + minute, `${date(day)}T${clock(minute)}`] as const);
  const span = fc.tuple(local, local, fc.integer({ min: 0, max: 9 })).map(([a, b, luck]) => {
    const [from, until] = luck > 0 && a[0] > b[0] ? [b, a] : [a, b];
    return { from: from[1], until: until[1] };
  });
  const rotation = fc
    .record({
      people: fc.array(person, { minLength: 1, maxLength: 4 }),
      every: fc.constantFrom('hour', 'day', 'week'),
      length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
      at: minuteOfDay.map(clock),
      back: fc.integer({ min: -2, max: 60 }),
    })
    .map(({ back, ...rotation }) => ({ ...rotation, from: date(-back) }));
  const shifts = fc.array(
    fc.tuple(person, span).map(([who, when]) => ({ person: who, ...when })),
    { maxLength: 6 },
  );
  const layer = fc.record({
    turns: fc.oneof(
      rotation.map((made) => ({ rotation: made })),
      shifts.map((made) => ({ shifts: made })),
    ),
    active: fc.option(week, { nil: undefined, freq: 2 }),
  });
  const override = fc
    .record({
      person,
      span,
      instead: fc.option(person, { nil: undefined, freq: 2 }),
      layer: fc.option(fc.constantFrom(...LAYERS), { nil: undefined, freq: 2 }),
    })
    .filter(({ instead, layer }) => instead !== undefined || layer !== undefined)
    .map(({ span, ...rest }) => ({ ...rest, ...span }));
  return fc
    .record({
      hours: week,
      holidays: fc.uniqueArray(near, { maxLength: 2 }),
      exceptions: fc.dictionary(near, fc.array(range, { maxLength: 2 }), { maxKeys: 2 }),
      contacts: fc.tuple(...PEOPLE.map(() => contacts)),
      layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
      overrides: fc.array(override, { maxLength: 4 }),
      steps: fc.array(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    })
    .map(({ contacts, layers, overrides, steps, ...rest }) => {
      const targets = [...LAYERS.slice(0, layers.length), ...PEOPLE];
      return clinicSchema.parse({
        id: 'any',
        name: 'Any Clinic',
        phone: '(555) 010-0199',
        zone: anchor.zone,
        ...rest,
        staff: PEOPLE.map((id, index) => ({ id, name: id, contacts: contacts[index] })),
        onCall: {
          layers: layers.map(({ turns, active }, index) => ({ id: LAYERS[index], ...turns, ...(active ? { active } : {}) })),
          overrides: overrides.map((made) => JSON.parse(JSON.stringify(made)) as object),
          steps: steps.map((step) => ({ targets: step.map((index) => targets[index % targets.length]) })),
        },
      });
    });
}
