import { correctCounts } from './corrected-counts';

const NUMBER = '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten';
const UNIT = 'minutes|hours|days?|weeks|months|nights?';

/** "two and half days" */
const AND_HALF = new RegExp(
  `(?<![\\w.])(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) (?:and|n|&) (?:one )?half (${UNIT})(?!\\w)`,
  'g',
);
/** "36 or so hours" */
const OR_SO = new RegExp(`(?<![\\w.])(${NUMBER}) (?:or so|odd|some) (${UNIT})(?!\\w)`, 'g');
const OR_TWO = new RegExp(`(?<!\\w)(?:a|an|one|1) (minutes|hours|day|weeks|months|night) or (two|2|so|three|3)(?!\\w)`, 'g');
const HOURS_AND_MINUTES = /(?<![\w.])(\d{1,3}|an?|one|two|three) hours,? ?(?:and |n |& )?(\d{1,2}) ?(?:minutes|m)(?!\w)/g;
const DAYS_AND_HOURS = new RegExp(`(?<![\\w.])(${NUMBER}) days?,? ?(?:and |n |& |plus )?(${NUMBER}) hours(?!\\w)`, 'g');
const WEEKS_AND_DAYS = new RegExp(`(?<![\\w.])(${NUMBER}) weeks,? ?(?:and |n |& |plus )?(${NUMBER}) days?(?!\\w)`, 'g');
const HALF_MORE = new RegExp(`(?<![\\w.])(?:a|an|one|1) and (?:a )?half (${UNIT})(?!\\w)`, 'g');
const HOUR_LABEL =
  /(?<!\w)(?:t ?(?:\+|plus) ?(\d{1,3}) ?(?:hours|h)?|(?:at |on )?hours? #?(\d{1,3})(?! ?(?:of|to|-|am|pm|minutes|sessions?)\b))(?![\w:%]|\.\d)/g;
/** "ago 4 days", as in other tongues. */
const AGO_FIRST = new RegExp(`(?<!(?:${UNIT}) )(?<!\\w)ago (?:of )?(${NUMBER}) (${UNIT})(?!\\w)`, 'g');
/** "it will be 24 hours in 2 hours", "in an hour it will be 2 days": how far along one is now. */
const FULL_IN = new RegExp(
  `(?<!\\w)(?:be|hit|reach|makes?|at) (${NUMBER}) (hours|days?) in (?:about |like )?(${NUMBER}) (hours|minutes)(?!\\w)`,
  'g',
);
const IN_FULL = new RegExp(
  `(?<!\\w)in (?:about |like )?(${NUMBER}) (hours|minutes),? (?:it will be|itll be|it is|its|ill be at|ill be|ill hit|makes it) (${NUMBER}) (hours|days?)(?!\\w)`,
  'g',
);
/** "in 2 days it will be a week", "itll be 10 days in 3 days" */
const DAYS_FULL = new RegExp(
  `(?<!\\w)in (?:about |like )?(${NUMBER}) days?,? (?:it will be|itll be|it is|its|ill be at|ill be|ill hit|that makes|makes it|it makes) (${NUMBER}) (days|weeks)(?!\\w)`,
  'g',
);
const FULL_DAYS = new RegExp(
  `(?<!\\w)(?:be|hit|reach|makes?|at) (${NUMBER}) (days|weeks) in (?:about |like )?(${NUMBER}) days?(?!\\w)`,
  'g',
);
const MINUTES_LEFT_OUT = /(?<=\bin )(5|10|15|20|25|30|40|45|50)(?= ?(?:$|[,.?!;)]|(?:can|could|should|is|may|do|ok|and|so)\b))/g;

const SMALL = 'one two three four five six seven eight nine ten'.split(' ');
const valueOf = (word: string): number =>
  word === 'a' || word === 'an' ? 1 : SMALL.includes(word) ? SMALL.indexOf(word) + 1 : Number(word);
const plural = (unit: string): string => (unit.endsWith('s') ? unit : `${unit}s`);

/** Writes amounts of time as one number and one unit: "1 hour 30 minutes" as "1.5 hours", "a day or two" as "1 or 2 days", "hour 30" as "30 hours in". */
export function writeAmounts(text: string): string {
  return correctCounts(text)
    .replace(/(?<!\w)(?:a |one |1 )?fortnights?(?!\w)/g, '2 weeks')
    .replace(AND_HALF, '$1 and a half $2')
    .replace(
      /(?<=\b(?:hours|days?|weeks|months) and )half(?! an?\b)(?= ?(?:$|[,.;?!]|(?:ago|since|post|now|in|out|after|from)\b))/g,
      'a half',
    )
    .replace(OR_SO, 'about $1 $2')
    .replace(OR_TWO, (_all, unit: string, more: string) =>
      more === 'so' ? `about 1 ${unit}` : `1 or ${/3|three/.test(more) ? 3 : 2} ${plural(unit)}`,
    )
    .replace(HALF_MORE, (_all, unit: string) => `1.5 ${plural(unit)}`)
    .replace(HOURS_AND_MINUTES, (_all, hours: string, minutes: string) => `${round(valueOf(hours) + Number(minutes) / 60)} hours`)
    .replace(DAYS_AND_HOURS, (all, days: string, hours: string) =>
      valueOf(hours) < 24 ? `${valueOf(days) * 24 + valueOf(hours)} hours` : all,
    )
    .replace(WEEKS_AND_DAYS, (_all, weeks: string, days: string) => `${valueOf(weeks) * 7 + valueOf(days)} days`)
    .replace(/(?<!\w)t ?(?:\+|plus) ?(\d{1,2}) ?(days?|weeks)(?!\w)/g, '$1 $2 ago')
    .replace(HOUR_LABEL, (_all, after: string | undefined, nth: string | undefined) => `${after ?? nth ?? ''} hours in`)
    .replace(AGO_FIRST, '$1 $2 ago')
    .replace(FULL_IN, (_all, full: string, unit: string, left: string, leftUnit: string) => hoursIn(full, unit, left, leftUnit))
    .replace(IN_FULL, (_all, left: string, leftUnit: string, full: string, unit: string) => hoursIn(full, unit, left, leftUnit))
    .replace(DAYS_FULL, (all, left: string, full: string, unit: string) => daysIn(all, full, unit, left))
    .replace(FULL_DAYS, (all, full: string, unit: string, left: string) => daysIn(all, full, unit, left))
    .replace(MINUTES_LEFT_OUT, '$1 minutes');
}

function hoursIn(full: string, unit: string, left: string, leftUnit: string): string {
  const hours = valueOf(full) * (unit === 'hours' ? 1 : 24) - valueOf(left) / (leftUnit === 'hours' ? 1 : 60);
  return `its been ${Math.max(0, round(hours))} hours`;
}

function daysIn(all: string, full: string, unit: string, left: string): string {
  const days = valueOf(full) * (unit === 'weeks' ? 7 : 1) - valueOf(left);
  return days < 1 ? all : `its been ${days} days`;
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100;
}
