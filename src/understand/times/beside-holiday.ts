import { WEEKDAYS } from './find-anchored';
import type { DayRef, Mention } from './mention';
import { readCount } from './numbers';

type Beside = Extract<DayRef, { type: 'beside' }>;

const WEEKDAY = WEEKDAYS.join('|');
const THE = '(?:the |on |that |over |during )*';
const TO = '(?:before|preceding|prior to|after|following)';
const COUNT = '(\\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|(?:a )?couple(?: of)?)';

/** What stands before the feast day: "the friday before (labor day)", "tuesday the week of (easter)", "2 days after (christmas)". */
const IN_WEEK = new RegExp(`(?<!\\w)${THE}(${WEEKDAY}|weekend),? (?:of |in |on )?(?:the )?weeks (of|before|after)(?: the)? $`);
const WEEKDAY_TO = new RegExp(`(?<!\\w)${THE}(${WEEKDAY}|weekend|weeks) (?:right |just )?(${TO}|of)(?: the)? $`);
const COUNTED = new RegExp(`(?<!\\w)(?:exactly |about |like )?${COUNT} (days?|weeks) (${TO}|past)(?: the)? $`);
const DAY_TO = new RegExp(`(?<!\\w)(?:the )?(day|night|evening|morning) (${TO}) $`);
const WEEKDAY_OF = new RegExp(`(?<!\\w)${THE}(${WEEKDAY}) (?:of |in )(?:the )?$`);
/** What stands after it: "(labor day) weekend", "(thanksgiving) week on monday". */
const UNIT_AFTER = new RegExp(`^ (weeks|weekend)(?:,? (?:on |the )?(${WEEKDAY}))?(?!\\w)`);
/** Longest words looked at on either side, in characters. */
const REACH = 44;

/** How a day is told from a feast day, and how many characters of the words on either side belong to it. */
export interface BesideTold {
  readonly day: Omit<Beside, 'holiday'>;
  readonly part?: NonNullable<Mention['part']>;
  readonly ahead: number;
  readonly behind: number;
}

/** Reads what stands beside a feast day at `start` to `end`; null when that day itself is meant. */
export function readBeside(text: string, start: number, end: number): BesideTold | null {
  const lead = text.slice(Math.max(0, start - REACH), start);
  return readAfter(lead, text.slice(end, end + REACH)) ?? readBefore(lead);
}

const told = (weekday: Beside['weekday'], side: Beside['side'], days: number, match: RegExpExecArray): BesideTold => ({
  day: { type: 'beside', weekday, side, days },
  ahead: match[0].length,
  behind: 0,
});

function unitOf(name: string | undefined): Beside['weekday'] {
  if (name === 'weekend') return 'weekend';
  return name === 'weeks' || name === undefined ? 'week' : WEEKDAYS.findIndex((day) => day === name) + 1;
}

function readAfter(lead: string, trail: string): BesideTold | null {
  const unit = UNIT_AFTER.exec(trail);
  if (unit === null) return null;
  const opening = WEEKDAY_OF.exec(lead);
  const weekday = opening?.[1] ?? unit[2];
  const side = unit[1] === 'weekend' ? 'around' : 'week';
  return {
    day: { type: 'beside', weekday: weekday === undefined ? unitOf(unit[1]) : unitOf(weekday), side, days: 0 },
    ahead: opening?.[0].length ?? 0,
    behind: unit[0].length,
  };
}

function readBefore(lead: string): BesideTold | null {
  const inWeek = IN_WEEK.exec(lead);
  if (inWeek !== null) return told(unitOf(inWeek[1]), 'week', 7 * signOf(inWeek[2]), inWeek);
  const weekday = WEEKDAY_TO.exec(lead);
  if (weekday !== null) {
    const sign = signOf(weekday[2]);
    if (weekday[1] === 'weeks') return told('week', 'week', 7 * sign, weekday);
    return told(unitOf(weekday[1]), sign < 0 ? 'before' : sign > 0 ? 'after' : 'week', 0, weekday);
  }
  const counted = COUNTED.exec(lead);
  if (counted !== null) {
    const days = readCount(counted[1] ?? '').low * (counted[2] === 'weeks' ? 7 : 1);
    return told(null, 'on', days * (signOf(counted[3]) || 1), counted);
  }
  const day = DAY_TO.exec(lead);
  if (day === null) return null;
  const [, part] = day;
  const said = told(null, 'on', signOf(day[2]), day);
  return part === 'night' || part === 'evening' || part === 'morning' ? { ...said, part } : said;
}

function signOf(word: string | undefined): number {
  if (word === 'of' || word === undefined) return 0;
  return word === 'after' || word === 'following' || word === 'past' ? 1 : -1;
}
