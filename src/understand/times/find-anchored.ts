import type { DayRef, Mention } from './mention';
import { readCount } from './numbers';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const WEEKDAY = WEEKDAYS.join('|');
const COUNT = '(\\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|(?:a )?couple(?: of)?)';

/** "the friday before last", "the weekend before last". */
const BEFORE_LAST = new RegExp(`(?<!\\w)(?:the )?(${WEEKDAY}|weekend|weeks) before last(?: one)?(?!\\w)`, 'g');
/** "saturday gone", "tuesday just past". */
const GONE = new RegExp(`(?<!\\w)(?:this )?(${WEEKDAY}) (?:just )?(?:gone|past|passed)(?! (?:by|away|noon|midnight|\\d))(?!\\w)`, 'g');
/** "a week ago yesterday", "2 weeks ago last tuesday", "a week last monday", "a week yesterday". */
const COUNTED_BACK = new RegExp(
  `(?<!\\w)${COUNT} (weeks|days?) (ago )?(on )?(?:this )?(today|yesterday|tomorrow|(last |this past |past )?(${WEEKDAY}))(?!\\w)`,
  'g',
);
/** "two tuesdays ago" */
const WEEKDAYS_BACK = new RegExp(`(?<!\\w)${COUNT} (${WEEKDAY}) ago(?!\\w)`, 'g');
/** "tuesday a week ago": of that calendar week. */
const WEEKDAY_BACK = new RegExp(`(?<!\\w)(${WEEKDAY}),? ${COUNT} weeks ago(?!\\w)`, 'g');
/** "itll be 2 weeks on saturday", "it was a week yesterday". */
const WILL_BE = new RegExp(
  `(?<!\\w)(?:be|is|was|makes?|makes it|marks) (?:exactly |about |only |like )?${COUNT} (weeks|days?)(?: (?:post|since|out))? (?:on |this |come |coming )?(today(?= in the)|tomorrow|yesterday|${WEEKDAY})(?!\\w)`,
  'g',
);
/** "tomorrow will be a week", "saturday makes it 10 days". */
const DAY_MAKES = new RegExp(
  `(?<!\\w)(?:on |this |come |coming )?(today|tomorrow|yesterday|${WEEKDAY})(?: (?:at|around|by) (\\d{1,2})(?::(\\d\\d))? ?(am|pm)?)? (?:will be|itll be|it will be|it is|it makes|is|was|makes?(?: it)?|marks|its|ill be|ill hit|hits?) (?:exactly |about |only |like )?${COUNT} (weeks|days?|hours)(?! (?:long|off|until|till|to|away|from))(?!\\w)`,
  'g',
);
/** "itll be 48 hours at 6pm tonight", "24 hours is up at 5": the same time of day, so many days before. */
const FULL_AT =
  /(?<!\w)(?:(?:be|hits?|makes?|makes it|reach|reaches|marks) (?:exactly |the |my |a full )?(24|48|72|96|120) hours|(?<!for |wait |every |first |next )(24|48|72|96|120) hours (?:is|are|was|were|will be|ended|passed|hit|ends?|runs out|passes|expires?)(?: (?:up|over|done|out|full|finished))?)(?: (today|tonight|tomorrow|this \w+))?(?= (?:at|around|about|by|@) ?\d| (?:at )?noon)/g;
/** "48 hours post tomorrow morning", "24 hours on friday at 2": so many days before it. */
const HOURS_FULL_ON = new RegExp(
  `(?<!\\w)(?<!wait |for |every |than |least )(24|48|72|96|120) hours (?:post |out |up |after )?(?:on |this |by |come )?(tomorrow|${WEEKDAY})(?!\\w)`,
  'g',
);
/** "a week tomorrow since i had it". */
const FULL_ON = new RegExp(
  `(?<!\\w)${COUNT} (weeks|days?) (?:on |this |come )?(tomorrow|${WEEKDAY}) (?=(?:i think |i guess |i believe |or so |now )?(?:since|that|ago|post)\\b)`,
  'g',
);
/** "4 days tomorrow. peel pads?" */
const FULL_TOMORROW = new RegExp(
  `(?<=^ ?|[.!?;] ?|\\bbe |\\bim |\\bits )${COUNT} (weeks|days?) (?:post |out |since )?(tomorrow)(?= ?(?:$|[,.!?;]|(?:so|and|can|is|since)\\b))`,
  'g',
);
/** "friday after next", "the weekend after this one". */
const AFTER_NEXT = new RegExp(`(?<!\\w)(?:the )?(${WEEKDAY}|weekend) after (?:next|this|the next|this coming)(?: one)?(?!\\w)`, 'g');
/** "saturday week", "a week on saturday", "2 weeks from friday": so long after the coming one. */
const DAY_WEEK = new RegExp(`(?<!\\w)(?<!last |past )(tomorrow|today|${WEEKDAY}) weeks(?!\\w)`, 'g');
const COUNTED_ON = new RegExp(
  `(?<!\\w)${COUNT} (weeks|days?) (?:on|from|after) (?:this |next |coming |this coming )?(tomorrow|today|${WEEKDAY})(?!\\w)(?! (?:since|ago|post|that)\\b)`,
  'g',
);
/** "friday, the day after my treatment" */
const AFTER_TREATMENT = new RegExp(
  `(?<!\\w)(?:on )?(yesterday|${WEEKDAY}),? \\(?(?:which was |so |was |ie )?(?:the day|(?:${COUNT}) (?:full )?days?) (after|before) (?=(?:my |the )?(?:treatment|micro\\w*|needling|session|procedure|appointment))`,
  'g',
);
/** "not yesterday, the day before", "two days before yesterday". */
const NOT_YESTERDAY = /(?<!\w)not yesterday,? ?(?:but )?(?:it was )?the day before(?: that)?(?!\w)/g;
/** "the day before the 4th", "the night after june 3". */
const BESIDE_DATE =
  /(?<!\w)(?:the )?(day|night|evening|morning) (?:right |just )?(before|after) (?:the (\d{1,2})(?:st|nd|rd|th)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{1,2})(?:st|nd|rd|th)?)(?! (?:session|treatment|one|round|time|appointment))(?!\w)/g;
const NOT_TOMORROW = /(?<!\w)not tomorrow,? ?(?:but )?the day after(?: that)?(?!\w)/g;
const BEFORE_YESTERDAY = new RegExp(`(?<!\\w)${COUNT} days? before yesterday(?!\\w)`, 'g');

type Read = (match: RegExpExecArray) => Partial<Mention> | null;

/** Finds days told from another day: "the friday before last", "a week ago yesterday", "it will be 2 weeks on saturday". */
export function findAnchored(text: string, limit: number): readonly Mention[] {
  const rules: readonly (readonly [RegExp, Read])[] = [
    [BEFORE_LAST, readBeforeLast],
    [GONE, (match) => ({ day: lastWeekday(match[1]) })],
    [NOT_YESTERDAY, () => ({ day: offset(-2) })],
    [NOT_TOMORROW, () => ({ day: offset(2), direction: 'future' })],
    [AFTER_TREATMENT, readAfterTreatment],
    [BESIDE_DATE, readBesideDate],
    [BEFORE_YESTERDAY, (match) => ({ day: offset(-1 - daysOf(match[1], 'days')) })],
    [COUNTED_BACK, readCountedBack],
    [
      WEEKDAYS_BACK,
      (match) => ({ day: { type: 'shifted', base: lastWeekday(match[2]), baseTense: 'past', days: 7 - daysOf(match[1], 'weeks') } }),
    ],
    [WEEKDAY_BACK, (match) => ({ day: { ...lastWeekday(match[1]), hint: 'none', week: -readCount(match[2] ?? '').low } })],
    [FULL_ON, (match) => reached(match[3], daysOf(match[1], match[2]))],
    [FULL_TOMORROW, (match) => reached(match[3], daysOf(match[1], match[2]))],
    [AFTER_NEXT, (match) => comingOn(match[1], 7)],
    [DAY_WEEK, (match) => comingOn(match[1], 7)],
    [FULL_AT, readFullAt],
    [HOURS_FULL_ON, (match) => reached(match[2], Number(match[1]) / 24)],
    [WILL_BE, (match) => reached(match[3], daysOf(match[1], match[2]))],
    [COUNTED_ON, (match) => comingOn(match[3], daysOf(match[1], match[2]))],
    [DAY_MAKES, readDayMakes],
  ];
  return rules.flatMap(([pattern, read]) => collect(text, pattern, read).slice(0, limit));
}

function collect(text: string, pattern: RegExp, read: Read): Mention[] {
  return [...text.matchAll(pattern)].flatMap((match): Mention[] => {
    const said = read(match);
    return said === null ? [] : [{ kind: 'calendar', start: match.index, end: match.index + match[0].length, direction: 'past', ...said }];
  });
}

const offset = (days: number): DayRef => ({ type: 'offset', from: days, to: days });

function lastWeekday(name: string | undefined): Extract<DayRef, { type: 'weekday' }> {
  return { type: 'weekday', weekday: WEEKDAYS.findIndex((day) => day === name) + 1, hint: 'past', week: null };
}

function readBeforeLast(match: RegExpExecArray): Partial<Mention> {
  if (match[1] === 'weeks') return { day: { type: 'week', offset: -2 } };
  const base: DayRef = match[1] === 'weekend' ? { type: 'weekend', hint: 'past' } : lastWeekday(match[1]);
  return { day: { type: 'shifted', base, baseTense: 'past', days: -7 } };
}

/** "a week ago monday" is a week before last Monday; "a week ago on monday" is the Monday of that week. */
function readCountedBack(match: RegExpExecArray): Partial<Mention> | null {
  const [, count, unit, ago, on, anchor, last, weekday] = match;
  if (ago === undefined && on !== undefined) return null;
  if (ago === undefined && (anchor === 'today' || anchor === 'tomorrow' || unit !== 'weeks')) return null;
  const days = -daysOf(count, unit);
  if (weekday === undefined) return { day: offset(days + (anchor === 'yesterday' ? -1 : anchor === 'tomorrow' ? 1 : 0)), kind: 'ago' };
  if (unit !== 'weeks') return null;
  const base = lastWeekday(weekday);
  if (on !== undefined && last === undefined) return { day: { ...base, hint: 'none', week: days / 7 } };
  return { day: { type: 'shifted', base, baseTense: 'past', days }, kind: 'ago' };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function readBesideDate([, part, side, dayAlone, month, dayOfMonth]: RegExpExecArray): Partial<Mention> | null {
  const day = Number(dayAlone ?? dayOfMonth);
  if (day < 1 || day > 31) return null;
  const base: DayRef = { type: 'date', year: null, month: month === undefined ? null : MONTHS.indexOf(month) + 1, day };
  return {
    direction: 'either',
    day: { type: 'shifted', base, days: side === 'before' ? -1 : 1 },
    ...(part === 'night' || part === 'evening' || part === 'morning' ? { part } : {}),
  };
}

function readAfterTreatment([, anchor, count, side]: RegExpExecArray): Partial<Mention> {
  const days = (count === undefined ? 1 : daysOf(count, 'days')) * (side === 'after' ? -1 : 1);
  const base: DayRef = anchor === 'yesterday' ? offset(-1) : lastWeekday(anchor);
  return { kind: 'ago', day: { type: 'shifted', base, baseTense: 'past', days } };
}

/** The day so many days before the day on which that many are full. */
function reached(anchor: string | undefined, days: number): Partial<Mention> {
  const kind = 'progress';
  if (anchor === 'today') return { kind, day: offset(-days) };
  if (anchor === 'tomorrow') return { kind, day: offset(1 - days) };
  if (anchor === 'yesterday') return { kind, day: offset(-1 - days) };
  const base: DayRef = { type: 'weekday', weekday: WEEKDAYS.findIndex((day) => day === anchor) + 1, hint: 'this', week: null };
  return { kind, day: { type: 'shifted', base, baseTense: 'future', days: -days } };
}

/** "tomorrow at 1 makes 5 days" */
function readDayMakes([, anchor, hour, minute, half, count, unit]: RegExpExecArray): Partial<Mention> | null {
  const days = unit === 'hours' ? Number(count) / 24 : daysOf(count, unit);
  if (!Number.isInteger(days)) return null;
  const said = reached(anchor, days);
  if (hour === undefined || Number(hour) > 23) return said;
  return {
    ...said,
    clock: {
      hour: Number(hour),
      minute: Number(minute ?? 0),
      half: half === 'am' || half === 'pm' ? half : null,
      slackMinutes: 0,
      bound: 'at',
      until: null,
    },
  };
}

/** A time of day follows; it is joined to this day. */
function readFullAt(match: RegExpExecArray): Partial<Mention> {
  return reached(match[3] === 'tomorrow' ? 'tomorrow' : 'today', Number(match[1] ?? match[2]) / 24);
}

/** The day so many days after the coming one of that name. */
function comingOn(anchor: string | undefined, days: number): Partial<Mention> {
  if (anchor === 'today' || anchor === 'tomorrow') return { direction: 'future', day: offset((anchor === 'today' ? 0 : 1) + days) };
  const base: DayRef =
    anchor === 'weekend'
      ? { type: 'weekend', hint: 'this' }
      : { type: 'weekday', weekday: WEEKDAYS.findIndex((day) => day === anchor) + 1, hint: 'this', week: null };
  return { direction: 'future', day: { type: 'shifted', base, baseTense: 'future', days } };
}

function daysOf(count: string | undefined, unit: string | undefined): number {
  return readCount(count ?? '').low * (unit === 'weeks' ? 7 : 1);
}
