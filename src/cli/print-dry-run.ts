import { DateTime } from 'luxon';
import type { DryRunLine } from '../escalation/dry-run';
import { dryRun } from '../escalation/dry-run';
import { fallbackOf, whoIsOnCall } from '../escalation/on-call';
import type { Clinic } from '../model/clinic';
import { durationSchema } from '../model/clinic';
import { NO_REPLY } from '../model/escalation';
import type { Tier } from '../model/escalation';
import type { Flag, Knowledge } from '../model/knowledge';
import type { Clock } from '../tools/clock';
import { AftercareError } from '../tools/errors';
import { firstInstant, readLocal, sayLocal } from '../tools/local-time';
import { wordNoReply } from '../turn/take-no-reply';
import { replyWaitMs, tierWithoutReply } from '../turn/wait-for-reply';
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
  /** A flag whose safety question nobody replies to, such as U08. */
  readonly unanswered?: string | undefined;
  readonly for?: string | undefined;
  readonly json?: boolean | undefined;
}

/** A line of a dry run, and what stands before an escalation that begins with silence. */
type Line =
  | DryRunLine
  | { readonly at: number; readonly kind: 'question'; readonly flag: string; readonly title: string; readonly waitMinutes: number }
  | { readonly at: number; readonly kind: 'said'; readonly text: string };

/** What is followed, and from when. */
interface Followed {
  readonly tier: Tier;
  readonly unanswered: Flag | null;
  readonly at: number;
  readonly forMs: number;
}

/** Prints what would happen, moment by moment, if nobody ever answered; throws USAGE. */
export function printDryRun({ clinic, knowledge, clock, print }: DryRunDeps, options: DryRunOptions): number {
  const words = knowledge();
  const unanswered = readUnanswered(words, options);
  const tier = unanswered ? tierWithoutReply(words, unanswered.id) : TIERS.find((known) => known === (options.tier ?? 'urgent'));
  if (!tier) throw usage(`--tier ${TIERS.join(', ')}`, options.tier);
  const at = options.at === undefined ? clock() : readMoment(clinic, options.at);
  const forMs = durationSchema.safeParse(options.for ?? '2h').data;
  if (forMs === undefined || forMs > MOST_HOURS * 3_600_000)
    throw usage(`--for a duration such as 2h, at most ${MOST_HOURS}h`, options.for);
  const lines = linesOf({ tier, unanswered, at, forMs }, clinic, words);
  if (options.json) for (const line of lines) print(JSON.stringify(jsonOf(line, { clinic, words, at })));
  else {
    sayHead(clinic, { tier, at, written: options.at }).forEach(print);
    for (const line of lines) print(`${sayAfter(line.at - at)}  ${sayMoment(clinic, line.at)}  ${sayLine(line, clinic, words)}`);
  }
  return 0;
}

/** The flag of `--unanswered`; its level is its own, so that `--tier` beside it is refused. */
function readUnanswered({ flags }: Knowledge, { unanswered, tier }: DryRunOptions): Flag | null {
  if (unanswered === undefined) return null;
  const flag = flags.get(unanswered);
  if (flag?.tier !== 'urgent' && flag?.tier !== 'emergency') throw usage('--unanswered with an urgent or emergency flag', unanswered);
  if (tier !== undefined) throw usage('--tier or --unanswered, not both', tier);
  return flag;
}

/** After a question without a reply everything begins when the wait is over. */
function linesOf({ tier, unanswered, at, forMs }: Followed, clinic: Clinic, words: Knowledge): readonly Line[] {
  if (!unanswered) return dryRun(clinic, { tier, at, forMs });
  const { id: flag, title } = unanswered;
  const waitMs = replyWaitMs(words);
  const question = { at, kind: 'question', flag, title, waitMinutes: waitMs / 60_000 } as const;
  if (forMs < waitMs) return [question];
  const now = at + waitMs;
  const said = { at: now, kind: 'said', text: wordNoReply(words, flag, { clinic, now }).text } as const;
  return [question, said, ...dryRun(clinic, { tier, at: now, forMs: forMs - waitMs, unansweredFlag: flag })];
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

function sayLine(line: Line, clinic: Clinic, words: Knowledge): string {
  switch (line.kind) {
    case 'question':
      return `question the patient is asked a safety question about ${line.flag} (${line.title}), waits ${line.waitMinutes} minutes`;
    case 'said':
      return `patient  "${line.text.replaceAll('\n', ' ')}"`;
    case 'page':
      return `page     ${nameOf(clinic, line.personId)} by ${line.method}, ${line.step > 0 ? `step ${line.step}` : 'beside the steps'}, round ${line.round}`;
    case 'notice':
      return `notice   ${nameOf(clinic, line.personId)} by ${line.method}: ${line.notice}`;
    case 'patient':
      return `patient  "${sayToPatient(line, clinic, words)}"`;
    case 'note':
      return `note     ${line.event}${line.detail ? `: ${sayDetail(line.detail)}` : ''}`;
  }
}

function sayDetail(detail: string): string {
  return detail.replace(new RegExp(`\\b${NO_REPLY}$`), '(no reply to the safety question)');
}

function jsonOf(line: Line, { clinic, words, at }: { clinic: Clinic; words: Knowledge; at: number }): object {
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
