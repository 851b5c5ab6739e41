import { parseArgs } from 'node:util';
import { findHoles, sayHole } from '../escalation/coverage';
import { findLiveFaults, saySpan } from '../escalation/live-faults';
import { parseClinic, readClinic, readText } from '../guide/read-clinic';
import { drillTimes, raiseDrill } from '../escalation/life';
import type { Clinic } from '../model/clinic';
import { durationSchema } from '../model/clinic';
import type { EscalationStore } from '../model/escalation';
import { newId } from '../tools/ids';
import type { ClinicStore } from '../model/conversations';
import type { Knowledge } from '../model/knowledge';
import type { Clock } from '../tools/clock';
import { AftercareError, reasonOf } from '../tools/errors';
import type { EnrollDeps } from './enroll-patient';
import { enrollPatient } from './enroll-patient';
import { printDryRun } from './print-dry-run';

/** What the clinic commands need; knowledge and store are opened by those alone that use them. */
export interface ClinicCommandDeps extends EnrollDeps {
  readonly knowledge: () => Knowledge;
  /** Opens the store of the settings, uses it and closes it. */
  readonly withStore: (
    use: (store: Pick<ClinicStore, 'saveClinic'> & Pick<EscalationStore, 'save' | 'find'>) => Promise<void>,
  ) => Promise<void>;
  /** Whether the settings are those of a live installation. */
  readonly isLive: () => boolean;
  readonly clock: Clock;
}

/** Options that clinic commands know; each takes its own. */
const OPTIONS = {
  weeks: { type: 'string' },
  json: { type: 'boolean' },
  at: { type: 'string' },
  tier: { type: 'string' },
  unanswered: { type: 'string' },
  for: { type: 'string' },
  wait: { type: 'string' },
  phone: { type: 'string' },
  treated: { type: 'string' },
  kind: { type: 'string' },
  reference: { type: 'string' },
  'teams-id': { type: 'string' },
  'agrees-to-texts': { type: 'boolean' },
  'text-link': { type: 'boolean' },
} as const;

const USAGE =
  'expected check FILE, coverage FILE [--weeks 52] [--json], import FILE, drill FILE [--wait 10m], enroll FILE --treated 2026-03-09T15:00 [--phone 555-010-0150] [--reference R] [--agrees-to-texts] [--text-link] [--json], or dry-run FILE [--at 2026-03-08T02:30] [--tier urgent | --unanswered U08] [--for 2h] [--json]';
const MOST_WEEKS = 520;

/** Checks, proves, imports or tries a clinic file. Returns the exit code: 1 when its coverage has a hole. Throws USAGE and CLINIC_INVALID. */
export async function runClinic(deps: ClinicCommandDeps, args: readonly string[]): Promise<number> {
  const { positionals, values } = readArguments(args);
  const [command, file, ...rest] = positionals;
  if (command === undefined || file === undefined || rest.length > 0) throw usage(`got "${positionals.join(' ')}"`);
  switch (command) {
    case 'check':
      return check(deps, file);
    case 'coverage':
      return coverage(deps, file, values);
    case 'import':
      return importClinic(deps, file);
    case 'drill':
      return drill(deps, readClinic(file), values.wait ?? '10m');
    case 'enroll':
      return enrollPatient(deps, readClinic(file), values);
    case 'dry-run':
      return printDryRun({ ...deps, clinic: readClinic(file) }, values);
    default:
      throw usage(`got "${command}"`);
  }
}

function check({ print, clock }: ClinicCommandDeps, file: string): number {
  const clinic = readClinic(file);
  print(`${clinic.id} (${clinic.name}): ${clinic.staff.length} staff, ${clinic.onCall.steps.length} steps, no faults`);
  sayLiveFaults(findLiveFaults(clinic, clock()), print);
  return 0;
}

function sayLiveFaults(faults: readonly string[], print: (line: string) => void): void {
  print(faults.length > 0 ? `live mode refuses it:\n  ${faults.join('\n  ')}` : 'live mode takes it');
}

function coverage(
  { print, clock }: ClinicCommandDeps,
  file: string,
  { weeks: written = '52', json }: { readonly weeks?: string | undefined; readonly json?: boolean | undefined },
): number {
  const weeks = Number(written);
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > MOST_WEEKS) throw usage(`--weeks from 1 to ${MOST_WEEKS}, got "${written}"`);
  const clinic = readClinic(file);
  const holes = findHoles(clinic, clock(), weeks);
  for (const hole of holes) {
    const { from, until, kind, people } = hole;
    const why = sayHole(hole);
    if (json)
      print(
        JSON.stringify({
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
          kind,
          why,
          people: people.map(({ id }) => id),
        }),
      );
    else print(`${saySpan(clinic, hole)} ${why}`);
  }
  if (!json)
    print(
      holes.length > 0
        ? `${holes.length} ${holes.length === 1 ? 'hole' : 'holes'} in ${weeks} weeks`
        : `no hole in ${weeks} weeks: somebody with two verified contact methods is always on call`,
    );
  return holes.length > 0 ? 1 : 0;
}

async function importClinic({ withStore, isLive, print, clock }: ClinicCommandDeps, file: string): Promise<number> {
  const yaml = readText(file);
  const clinic = parseClinic(yaml, file);
  const faults = findLiveFaults(clinic, clock());
  if (isLive() && faults.length > 0)
    throw new AftercareError('CLINIC_INVALID', `Importing ${file} in live mode failed, nothing is stored:\n  ${faults.join('\n  ')}`);
  await withStore(async (store) => {
    const version = await store.saveClinic(clinic.id, yaml, clock());
    print(`${clinic.id} (${clinic.name}) is stored, version ${version}`);
  });
  sayLiveFaults(faults, print);
  return 0;
}

const DRILL_POLL_MS = 500;

/** Pages "test" to whoever is on call, through the running server, and prints how long the page and its acknowledgement took. */
async function drill({ withStore, print, clock }: ClinicCommandDeps, clinic: Clinic, wait: string): Promise<number> {
  const waitMs = durationSchema.safeParse(wait);
  if (!waitMs.success) throw usage(`--wait such as 10m, got "${wait}"`);
  let code = 1;
  await withStore(async (store) => {
    const change = raiseDrill(newId('esc', clock()), clinic, clock());
    await store.save(change, []);
    print(`the drill is raised; the running server pages ${clinic.name}'s on-call staff`);
    const until = clock() + waitMs.data;
    for (let told = false; clock() < until;) {
      const escalation = await store.find(change.after.id);
      const { firstPageMs, ackMs } = escalation ? drillTimes(escalation) : { firstPageMs: null, ackMs: null };
      if (firstPageMs !== null && !told) print(`first page with a provider after ${(firstPageMs / 1000).toFixed(1)} s`);
      told ||= firstPageMs !== null;
      if (ackMs !== null) {
        print(`acknowledged after ${(ackMs / 1000).toFixed(1)} s by ${escalation?.acknowledged?.by ?? ''}`);
        code = 0;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, DRILL_POLL_MS));
    }
    print(`nobody acknowledged within ${wait}`);
  });
  return code;
}

function readArguments(args: readonly string[]): ReturnType<typeof parseClinicArguments> {
  try {
    return parseClinicArguments(args);
  } catch (error) {
    throw usage(reasonOf(error).split('\n')[0] ?? '');
  }
}

function parseClinicArguments(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
}

function usage(got: string): AftercareError {
  return new AftercareError('USAGE', `Running a clinic command failed: ${USAGE}; ${got}.`);
}
