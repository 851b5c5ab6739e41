import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';

/** What the command prints; times in milliseconds of virtual time but for `wallS`. */
export interface SimFigures {
  readonly [name: string]: number;
  readonly atRestWithoutHuman: number;
  readonly lost: number;
  readonly wrongPerson: number;
  readonly late: number;
  readonly firstPageWithin10s: number;
}

interface SimOptions {
  readonly clinics: number;
  readonly days: number;
  readonly seed: number;
  readonly plant: string | null;
  readonly onDay: (day: number) => void;
}

const LEAST_WITHIN_10_S = 0.9999;

/** `npm run sim -- --clinics 1000 --days 365 --seed 7 [--plant BUG] [--json]`: exit 1 when an invariant broke. */
export async function runSim(
  simulate: (options: SimOptions) => Promise<SimFigures>,
  bugs: readonly string[],
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { values } = readArguments(args);
  const plant = values.plant ?? null;
  if (plant !== null && !bugs.includes(plant))
    throw new AftercareError('USAGE', `Simulating failed: expected --plant to be one of ${bugs.join(', ')}, got "${plant}".`);
  const days = readNumber('days', values.days);
  const figures = await simulate({
    ...{ clinics: readNumber('clinics', values.clinics), days, seed: readNumber('seed', values.seed), plant },
    onDay: (day) => {
      if (values.json !== true && (day % 30 === 0 || day === days)) process.stderr.write(`day ${day}\n`);
    },
  });
  const broken = brokenIn(figures);
  if (values.json === true) print(JSON.stringify(figures));
  else {
    for (const [name, value] of Object.entries(figures)) print(`${name.padEnd(20)} ${Number.isInteger(value) ? value : value.toFixed(6)}`);
    print(broken.length === 0 ? 'all invariants hold' : `BROKEN: ${broken.join('; ')}`);
  }
  return broken.length === 0 ? 0 : 1;
}

/** The promises that have to hold, whatever happens. */
function brokenIn(figures: SimFigures): string[] {
  return [
    ...(['atRestWithoutHuman', 'lost', 'wrongPerson', 'late'] as const)
      .filter((name) => figures[name] > 0)
      .map((name) => `${name} ${figures[name]}, expected 0`),
    ...(figures.firstPageWithin10s < LEAST_WITHIN_10_S
      ? [`firstPageWithin10s ${figures.firstPageWithin10s}, expected at least ${LEAST_WITHIN_10_S}`]
      : []),
  ];
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new AftercareError('USAGE', `Simulating failed: expected --${name} to be a whole number from 1, got "${text.slice(0, 20)}".`);
  return value;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        clinics: { type: 'string', default: '1000' },
        days: { type: 'string', default: '365' },
        seed: { type: 'string', default: '7' },
        plant: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new AftercareError('USAGE', `Simulating failed: ${reasonOf(error)}`, { cause: error });
  }
}
