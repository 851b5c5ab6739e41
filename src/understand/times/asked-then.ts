import { DateTime } from 'luxon';
import type { TimeSpan } from '../../model/words';
import type { Setting } from './clauses';
import { type LocalDays, openHours, partOfDay } from './local-days';
import type { Mention } from './mention';
import { resolveAsked } from './resolve-span';

const THEN = /(?<!\w)(?:then|that day) *(?:\?|$)/;
/** "my reunion is on the 22nd, will i be healed by then": the day of something else, told before. */
const BY_THEN =
  /(?<!\w)(?:(?:by|before|for|in time for) (?:then|that|it)|(?<!(?:until|till|til|since|back|from) )then|that day|in time|(?:long|soon|far) enough(?: away)?|enough time|(?:up|down|over|out) there|there(?= *(?:[?.!]|$)))(?! (?:i|my|it|we|the|you|they|is|was)\b)(?!\w)/;
const LIES_AHEAD =
  /(?<!\w)(?:is|are|starts?|begins?|theres|there is|have|has|got|flying|leaving|going|on|getting|wedding|party|event|shoot|trip|interview)(?!\w)/;
const LIES_BEHIND = /(?<!\w)(?:was|were(?! \w+ing\b)|had|did|started|since|woke|took|ago)(?!\w)/;

/** The day of a coming event that a later clause asks about with "then". */
export function askedByThen(text: string, others: readonly Setting[], local: LocalDays): TimeSpan | null {
  const then = BY_THEN.exec(text);
  if (then === null || !/\?|(?<!\w)(?:will|would|can|could|is|should|do|am) /.test(text.slice(Math.max(0, then.index - 60)))) return null;
  const event = others.findLast(
    ({ mention, before, clause }) =>
      mention.kind === 'calendar' &&
      mention.day !== undefined &&
      mention.direction !== 'past' &&
      clause.end <= then.index &&
      LIES_AHEAD.test(before) &&
      !LIES_BEHIND.test(before),
  );
  return event === undefined ? null : resolveAsked(event.mention, local);
}

const BESIDE =
  /(?<!\w)(?:the )?(day|night|evening|morning) (before|after|of)(?= *(?:$|[,.?!;)]|(?:it|my|the|mine|treatment|is|for|if|so|or|too|safe|ok)(?!\w)))(?! (?:the )?(?:yesterday|tomorrow|day))/;
const ASKS = /(?<!\w)(?:can|could|should|may|is|are|do|does|will|would|ok|okay|safe)(?!\w)/;

/** "appointment june 1, can i drink the night before?": a day told from the treatment's. */
export function askedBeside(text: string, treatment: TimeSpan | null, local: LocalDays): TimeSpan | null {
  const told = BESIDE.exec(text);
  if (treatment === null || told === null || !ASKS.test(text)) return null;
  const [, part = 'day', side] = told;
  const base = DateTime.fromMillis(treatment.from, { zone: local.today.zone }).startOf('day');
  const day = base.plus({ days: side === 'before' ? -1 : side === 'after' ? 1 : 0 });
  const span = part === 'night' || part === 'evening' || part === 'morning' ? partOfDay(day, part, local.now) : openHours(day, day);
  return span.to <= local.now || day.hasSame(local.today, 'day') ? null : span;
}

/** "on saturday it will be two weeks since my treatment, retinol then?": the day on which the time is full, by the times told of the treatment. */
export function askedThen(text: string, told: readonly Mention[], local: LocalDays): TimeSpan | null {
  if (!THEN.test(text)) return null;
  for (const mention of told) {
    const { day } = mention;
    if (day?.type === 'shifted' && day.baseTense === 'future')
      return resolveAsked({ ...mention, kind: 'calendar', day: day.base, direction: 'future' }, local);
  }
  return null;
}
