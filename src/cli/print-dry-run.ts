import { DateTime } from 'luxon';
import type { DryRunLine } from '../escalation/dry-run';
import { dryRun } from '../escalation/dry-run';
import { fallbackOf, whoIsOnCall } from '../escalation/on-call';
import type { Clinic } from '../model/clinic';
import { durationSchema } from '../model/clinic';
import type { Tier } from '../model/escalation';
import type { Knowledge } from '../model/knowledge';
import type { Clock } from '../tools/clock';
import { AftercareError } from '../tools/errors';
import { firstInstant, readLocal, sayLocal } from '../tools/local-time';
import { wordPhrase } from '../turn/word-notice';

const TIERS: readonly Tier[] = ['urgent', 'emergency', 'ask_clinic'];
const MOST_HOURS = 96;

/** What a dry run is printed from. */
export interface DryRunDeps {
  readonly clinic: Clinic;
  readonly knowledge: () => Knowledge;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** The options of `dry-run` as they are written. */
export interface DryRunOptions {
  readonly at?: string | undefined;
  readonly tier?: string | undefined;
  readonly for?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Prints what would happen, moment by moment, if nobody ever answered; throws USAGE. */
export function printDryRun({ clinic, knowledge, clock, print }: DryRunDeps, options: DryRunOptions): number {
  const tier = TIERS.find((known) => known === (options.tier ?? 'urgent'));
  if (!tier) throw usage(`--tier ${TIERS.join(', ')}`, options.tier);
  const at = options.at === undefined ? clock() : readMoment(clinic, options.at);
  const forMs = durationSchema.safeParse(options.for ?? '2h').data;
  if (forMs === undefined || forMs > MOST_HOURS * 3_600_000)
    throw usage(`--for a duration such as 2h, at most ${MOST_HOURS}h`, options.for);
  const lines = dryRun(clinic, { tier, at, forMs });
  const words = knowledge();
  if (options.json) for (const line of lines) print(JSON.stringify(jsonOf(line, { clinic, words, at })));
  else {
    sayHead(clinic, { tier, at, written: options.at }).forEach(print);
    for (const line of lines) print(`${sayAfter(line.at - at)}  ${sayMoment(clinic, line.at)}  ${sayLine(line, clinic, words)}`);
  }
  return 0;
}

/** A reading that the clocks leave out is the moment at which they are moved; one that they show twice is the first. */
function readMoment(clinic: Clinic, written: string): number {
  const local = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(written) ? readLocal(written) : NaN;
  if (Number.isNaN(local)) throw usage('--at a local time such as 2026-03-08T02:30', written);
  return firstInstant(clinic.zone, local);
}

function sayHead(clinic: Clinic, { tier, at, written }: { tier: Tier; at: number; written: string | undefined }): string[] {
  const steps = whoIsOnCall(clinic, at).map(({ step, people }) => `step ${step} ${people.map(({ id }) => id).join(', ') || 'nobody'}`);
  const isLeftOut = written !== undefined && sayLocal(clinic.zone, at) !== written;
  return [
    ...(isLeftOut ? [`The clocks of ${clinic.zone} leave ${written} out; this is the moment at which they are moved.`] : []),
    `${clinic.name}, ${tier}, ${sayMoment(clinic, at)}, if nobody ever answers and every message is delivered:`,
    `on call: ${[...steps, `fallback ${fallbackOf(clinic)?.id ?? 'nobody'}`].join('; ')}`,
  ];
}

function sayLine(line: DryRunLine, clinic: Clinic, words: Knowledge): string {
  switch (line.kind) {
    case 'page':
      return `page     ${nameOf(clinic, line.personId)} by ${line.method}, ${line.step > 0 ? `step ${line.step}` : 'beside the steps'}, round ${line.round}`;
    case 'notice':
      return `notice   ${nameOf(clinic, line.personId)} by ${line.method}: ${line.notice}`;
    case 'patient':
      return `patient  "${sayToPatient(line, clinic, words)}"`;
    case 'note':
      return `note     ${line.event}${line.detail ? `: ${line.detail}` : ''}`;
  }
}

function jsonOf(line: DryRunLine, { clinic, words, at }: { clinic: Clinic; words: Knowledge; at: number }): object {
  const when = { afterSeconds: (line.at - at) / 1000, at: DateTime.fromMillis(line.at, { zone: clinic.zone }).toISO() };
  const { at: _, ...what } = line;
  if (what.kind !== 'patient') return { ...when, ...what };
  return { ...when, kind: what.kind, phrase: what.notice.phrase, text: sayToPatient({ at: line.at, ...what }, clinic, words) };
}

function sayToPatient({ at, notice }: Extract<DryRunLine, { kind: 'patient' }>, clinic: Clinic, words: Knowledge): string {
  return wordPhrase(words, notice.phrase, { clinic, now: at, values: notice.values });
}

function nameOf(clinic: Clinic, personId: string): string {
  const name = clinic.staff.find(({ id }) => id === personId)?.name;
  return name === undefined ? personId : `${personId} (${name})`;
}

/** "Sun 2026-03-08 03:00:00 EDT" */
function sayMoment({ zone }: Clinic, at: number): string {
  return DateTime.fromMillis(at, { zone, locale: 'en-US' }).toFormat('ccc yyyy-MM-dd HH:mm:ss ZZZZ');
}

/** "+01:30:00" */
function sayAfter(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `+${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

function usage(expected: string, got: string | undefined): AftercareError {
  return new AftercareError('USAGE', `Reading the command line failed: expected ${expected}, got "${(got ?? '').slice(0, 40)}".`);
}
