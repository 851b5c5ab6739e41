import { IANAZone } from 'luxon';
import type { Clinic, Contact, Rotation } from '../model/clinic';
import { readClock, readLocal } from '../tools/local-time';
import type { WeeklyHours } from '../tools/weekly-hours';

/** Something that a clinic file says wrongly. */
export interface ClinicFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const PHONE = { pattern: /^\+[1-9]\d{6,14}$/, expected: 'a telephone number such as +15550100101' };

/** What an address of each method looks like. */
const ADDRESSES: Readonly<Record<Contact['method'], { readonly pattern: RegExp; readonly expected: string }>> = {
  sms: PHONE,
  voice: PHONE,
  email: { pattern: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, expected: 'an e-mail address' },
  teams: {
    pattern: /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|19:\S+)$/i,
    expected: 'an Entra object id, or the id of a Teams chat (19:...)',
  },
  webhook: { pattern: /^https:\/\/[^\s/]+\S*$/, expected: 'an https address' },
};

/** Finds what no shape can tell: names of nobody, days that no calendar has, shifts that end before they begin, hours that overlap. */
export function findClinicFaults(clinic: Clinic): ClinicFault[] {
  return [...headFaults(clinic), ...hoursFaults(clinic), ...staffFaults(clinic), ...nameFaults(clinic), ...timeFaults(clinic)];
}

function headFaults({ zone, smsNumber, clocks }: Clinic): ClinicFault[] {
  const faults: ClinicFault[] = [];
  if (!IANAZone.isValidZone(zone))
    faults.push({ path: ['zone'], message: `expected an IANA zone such as America/New_York, got "${zone}"` });
  if (smsNumber !== undefined && !PHONE.pattern.test(smsNumber))
    faults.push({ path: ['smsNumber'], message: `expected ${PHONE.expected}, got "${smsNumber}"` });
  for (const [name, value] of Object.entries(clocks))
    if (name !== 'retries' && value === 0) faults.push({ path: ['clocks', name], message: 'expected more than no time at all' });
  return faults;
}

function hoursFaults({ hours, holidays = [], exceptions = {}, onCall }: Clinic): ClinicFault[] {
  return [
    ...weekFaults(hours, ['hours']),
    ...onCall.layers.flatMap(({ active = {} }, index) => weekFaults(active, ['onCall', 'layers', index, 'active'])),
    ...Object.entries(exceptions).flatMap(([date, ranges]) => [
      ...dayFaults(date, ['exceptions', date]),
      ...rangeFaults(ranges, ['exceptions', date]),
    ]),
    ...holidays.flatMap((date, index) => dayFaults(date, ['holidays', index])),
  ];
}

function weekFaults(weekly: WeeklyHours, path: ClinicFault['path']): ClinicFault[] {
  return Object.entries(weekly).flatMap(([day, ranges]) => rangeFaults(ranges ?? [], [...path, day]));
}

function rangeFaults(ranges: readonly string[], path: ClinicFault['path']): ClinicFault[] {
  const faults: ClinicFault[] = [];
  const earlier: { range: string; from: number; until: number }[] = [];
  for (const [index, range] of ranges.entries()) {
    const [from = 0, until = 0] = range.split('-').map(readClock);
    if (from >= until)
      faults.push({
        path: [...path, index],
        message: `expected an end after the beginning, got ${range}; hours past midnight go on under the next day`,
      });
    const other = earlier.find((entry) => from < entry.until && entry.from < until);
    if (other) faults.push({ path: [...path, index], message: `${range} overlaps ${other.range}` });
    earlier.push({ range, from, until });
  }
  return faults;
}

function staffFaults({ staff }: Clinic): ClinicFault[] {
  return staff.flatMap(({ contacts }, person) =>
    contacts.flatMap(({ method, to }, index) => {
      const path = ['staff', person, 'contacts', index];
      const { pattern, expected } = ADDRESSES[method];
      const isTwice = contacts.findIndex((other) => other.method === method) < index;
      return [
        ...(pattern.test(to) ? [] : [{ path: [...path, 'to'], message: `expected ${expected}, got "${to}"` }]),
        ...(isTwice ? [{ path: [...path, 'method'], message: `expected each method once, ${method} is there already` }] : []),
      ];
    }),
  );
}

/** Ids that are there twice, and names of nobody. */
function nameFaults({ staff, onCall }: Clinic): ClinicFault[] {
  const people = new Set(staff.map(({ id }) => id));
  const layers = new Set(onCall.layers.map(({ id }) => id));
  const ids = [
    ...staff.map(({ id }, index) => ({ id, path: ['staff', index, 'id'] })),
    ...onCall.layers.map(({ id }, index) => ({ id, path: ['onCall', 'layers', index, 'id'] })),
  ];
  const twice = ids.filter(({ id }, index) => ids.findIndex((other) => other.id === id) < index);
  return [
    ...twice.map(({ id, path }) => ({ path, message: `expected an id of its own, "${id}" is there already` })),
    ...namesOf(onCall).flatMap(({ name, path, of }) => {
      if (name === undefined || (of !== 'layer' && people.has(name)) || (of !== 'person' && layers.has(name))) return [];
      const expected = { person: 'the id of a person of staff', layer: 'the id of a layer', any: 'the id of a layer or a person' }[of];
      return [{ path: ['onCall', ...path], message: `expected ${expected}, got "${name}"` }];
    }),
  ];
}

interface Named {
  readonly name: string | undefined;
  readonly path: ClinicFault['path'];
  readonly of: 'person' | 'layer' | 'any';
}

function namesOf({ steps, layers, overrides, fallback, digest = [] }: Clinic['onCall']): Named[] {
  return [
    ...steps.flatMap(({ targets }, step) =>
      targets.map((name, index): Named => ({ name, path: ['steps', step, 'targets', index], of: 'any' })),
    ),
    ...layers.flatMap(({ rotation, shifts = [] }, layer) => [
      ...(rotation?.people ?? []).map((name, index): Named => ({
        name,
        path: ['layers', layer, 'rotation', 'people', index],
        of: 'person',
      })),
      ...shifts.map(({ person }, index): Named => ({ name: person, path: ['layers', layer, 'shifts', index, 'person'], of: 'person' })),
    ]),
    ...overrides.flatMap(({ person, instead, layer }, index): Named[] => [
      { name: person, path: ['overrides', index, 'person'], of: 'person' },
      { name: instead, path: ['overrides', index, 'instead'], of: 'person' },
      { name: layer, path: ['overrides', index, 'layer'], of: 'layer' },
    ]),
    { name: fallback, path: ['fallback'], of: 'person' },
    ...digest.map((name, index): Named => ({ name, path: ['digest', index], of: 'person' })),
  ];
}

function timeFaults({ onCall: { layers, overrides } }: Clinic): ClinicFault[] {
  return [
    ...layers.flatMap(({ rotation, shifts = [] }, layer) => [
      ...(rotation ? rotationFaults(rotation, ['onCall', 'layers', layer, 'rotation']) : []),
      ...shifts.flatMap((shift, index) => spanFaults(shift, ['onCall', 'layers', layer, 'shifts', index])),
    ]),
    ...overrides.flatMap((override, index) => spanFaults(override, ['onCall', 'overrides', index])),
  ];
}

function rotationFaults(rotation: Rotation, path: ClinicFault['path']): ClinicFault[] {
  return dayFaults(rotation.from, [...path, 'from']);
}

function dayFaults(written: string, path: ClinicFault['path']): ClinicFault[] {
  return Number.isNaN(readLocal(written)) ? [{ path, message: `expected a day and time that the calendar has, got ${written}` }] : [];
}

function spanFaults({ from, until }: { readonly from: string; readonly until: string }, path: ClinicFault['path']): ClinicFault[] {
  const faults = [...dayFaults(from, [...path, 'from']), ...dayFaults(until, [...path, 'until'])];
  if (faults.length === 0 && readLocal(from) >= readLocal(until))
    faults.push({ path: [...path, 'until'], message: `expected an end after the beginning (${from}), got ${until}` });
  return faults;
}
