import type { Mention } from './mention';
import { LABEL_NUMBER, readCount } from './numbers';

const LABEL = new RegExp(
  `(?<![\\w/])(?:post ?-?op day|pod|day|(?<=\\bon )night|d(?=\\d{1,2}\\b)|(?<=^|[.,;!?] ?|hi |hey |hello )d(?= \\d{1,2}\\b)) ?(${LABEL_NUMBER})(?: ?(?:-|to|or|/|and|going on) ?(?:day )?(${LABEL_NUMBER}))?( ?-?ish)?(?![\\w%]|\\.\\d|/\\d)`,
  'g',
);
/** "week 2": its days. */
const WEEK = new RegExp(
  `(?<!\\d |\\w|few |couple |of )weeks (\\d|one|two|three|four|five|six)(?![\\w%/-]|\\.\\d| ?(?:weeks|days?|hours|months|sessions?|treatments?|times)\\b)`,
  'g',
);
const ORDINAL =
  /(?<!\w)(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)) (?:full )?day(?! in a row)(?: (?:of healing|after|post|since))?(?!\w)/g;
const NEXT_DAY =
  /(?<!\w)(?:the )?(?:(morning|night|evening)|(?:next )?day) (after|of) (?:(?:my|the) )?(?=(?:treatment|micro|needl|derma|procedure|appointment|session))/g;

/** "third morning after": so many days since. */
const NTH_MORNING =
  /(?<!\w)(first|second|third|fourth|fifth|sixth|seventh|\d(?:st|nd|rd|th)) morning (?:after|since|post)(?: (?:my|the))?(?: (?:treatment|micro\w*|procedure|appointment|session))?(?!\w)/g;

const NOT_PROGRESS_BEFORE = /\b(?:a|per|each|every|all|vitamin|vit|the other|same) ?$/;
const OTHER_COURSE_AFTER =
  /^ ?(?:at (?:work|school|the|my|a|new)\b|back (?:at|to)\b|of (?!(?:5|7|10|14) (?!\w* ?(?:course|pills|antibiotics|tablets))|(?:my |the |this )?(?:no\b|micro|needl|heal|recover|treatment|after|post|downtime|derma|peeling|procedure))|before\b|pass(?:es)?\b|serum|cream|people|times|x\b)/;

/** Finds day labels: "day 3", "day 3/7", "D3", "POD 2", "post op day 2", "day 2-3", "day 5ish", "3rd day", "the day after my treatment". */
export function findLabels(text: string, limit: number): readonly Mention[] {
  return [...numbered(text, limit), ...weeks(text, limit), ...ordinals(text, limit), ...nextDays(text, limit)];
}

function numbered(text: string, limit: number): Mention[] {
  const found: Mention[] = [];
  LABEL.lastIndex = 0;
  for (let match = LABEL.exec(text); match !== null && found.length < limit; match = LABEL.exec(text)) {
    const first = readCount(match[1] ?? '').low;
    const second = match[2] === undefined ? first : readCount(match[2]).low;
    const isOfCourse = match[0].includes('/') && second > first + 1;
    if (isOfCourse && ![5, 7, 10, 14, 30].includes(second)) continue;
    const last = isOfCourse ? first : second;
    const play = match[3] === undefined ? 0 : 1;
    if (Math.max(first, last) > 60) continue;
    push(found, text, match, { low: Math.max(0, Math.min(first, last) - play), high: Math.max(first, last) + play });
  }
  return found;
}

function weeks(text: string, limit: number): Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(WEEK)) {
    const number = readCount(match[1] ?? '').low;
    if (found.length < limit && number > 0) push(found, text, match, { low: number * 7 - 6, high: number * 7 });
  }
  return found;
}

function ordinals(text: string, limit: number): Mention[] {
  const found: Mention[] = [];
  ORDINAL.lastIndex = 0;
  for (let match = ORDINAL.exec(text); match !== null && found.length < limit; match = ORDINAL.exec(text)) {
    const number = readCount(match[1] ?? '').low;
    if (number >= 1 && number <= 31) push(found, text, match, { low: number, high: number });
  }
  return found;
}

/** "the day after my treatment" is yesterday's treatment told from today; "the day of" is today's. */
function nextDays(text: string, limit: number): Mention[] {
  const found: Mention[] = [];
  NEXT_DAY.lastIndex = 0;
  for (let match = NEXT_DAY.exec(text); match !== null && found.length < limit; match = NEXT_DAY.exec(text)) {
    if (match[2] !== 'after') continue;
    found.push(daysAfter(match, 1));
  }
  for (const match of text.matchAll(NTH_MORNING)) found.push(daysAfter(match, readCount(match[1] ?? '').low));
  return found;
}

function daysAfter(match: RegExpExecArray, days: number): Mention {
  return {
    kind: 'after',
    start: match.index,
    end: match.index + match[0].length,
    day: { type: 'offset', from: -days, to: -days },
    direction: 'past',
  };
}

function push(found: Mention[], text: string, match: RegExpExecArray, label: { low: number; high: number }): void {
  const end = match.index + match[0].length;
  if (NOT_PROGRESS_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))) return;
  if (OTHER_COURSE_AFTER.test(text.slice(end, end + 24))) return;
  found.push({ kind: 'label', start: match.index, end, label, direction: 'either' });
}
