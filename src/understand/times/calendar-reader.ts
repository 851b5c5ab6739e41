import type { LocalDays } from './local-days';
import type { Mention } from './mention';

/** Dates the own patterns leave to the calendar recogniser: "the first monday of may". */
const LEFT_OVER =
  /(?<!\w)(?:(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday) (?:of|in) (?:january|february|march|april|may|june|july|august|september|october|november|december))(?!\w)/;

/** The recogniser's cost grows with the square of its input, so it sees this many characters on either side of the candidate. */
const REACH = 28;

interface Recognized {
  readonly start: number;
  readonly end: number;
  readonly typeName: string;
  readonly resolution?: { readonly values?: readonly { readonly type?: string; readonly value?: string }[] };
}

type Recognize = (query: string, culture: string, options: undefined, reference: Date) => readonly Recognized[];

/** Reads one left-over date or clock time near the first candidate; null when there is none. The past candidate wins. */
export function readLeftOver(text: string, local: LocalDays): Mention | null {
  const candidate = LEFT_OVER.exec(text);
  if (candidate === null) return null;
  const from = Math.max(0, candidate.index - REACH);
  const excerpt = text.slice(from, candidate.index + REACH).replace(/[\d][\d\s./:-]{5,}/g, (run) => ' '.repeat(run.length));
  for (const found of recognizer()(excerpt, 'en-us', undefined, wallClock(local))) {
    const mention = toMention(found, from, local);
    if (mention !== null) return mention;
  }
  return null;
}

/** Loaded on first need: the import alone costs 300 ms. */
function recognizer(): Recognize {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const suite = require('@microsoft/recognizers-text-date-time') as { readonly recognizeDateTime: Recognize };
  return suite.recognizeDateTime;
}

/** The recogniser reads a Date's machine-local fields; they are set to the clinic's calendar day at noon, which every zone has. */
function wallClock(local: LocalDays): Date {
  return new Date(local.today.year, local.today.month - 1, local.today.day, 12);
}

function toMention(found: Recognized, shift: number, local: LocalDays): Mention | null {
  const values = found.resolution?.values ?? [];
  const place = { kind: 'calendar', start: found.start + shift, end: found.end + 1 + shift, direction: 'past' } as const;
  const today = local.today.toISODate() ?? '';
  const past = values.filter(({ value }) => value !== undefined && (value.length < 10 || value.slice(0, 10) <= today)).at(-1)?.value;
  if (past === undefined) return null;
  const dated = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d))?/.exec(past);
  if (dated === null || !/\.date(?:time)?$/.test(found.typeName)) return null;
  const day = { type: 'date', year: Number(dated[1]), month: Number(dated[2]), day: Number(dated[3]) } as const;
  return dated[4] === undefined ? { ...place, day } : { ...place, day, clock: clockAt(dated[4], dated[5]) };
}

function clockAt(hour: string, minute: string | undefined): NonNullable<Mention['clock']> {
  const half = Number(hour) >= 12 ? 'pm' : 'am';
  return {
    hour: Number(hour) % 12 === 0 ? 12 : Number(hour) % 12,
    minute: Number(minute),
    half,
    slackMinutes: 0,
    bound: 'at',
    until: null,
  };
}
