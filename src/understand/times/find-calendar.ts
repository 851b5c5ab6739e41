import { WEEKDAYS } from './find-anchored';
import type { DayHint, DayPart, DayRef, Mention } from './mention';
import { isShortWeekday } from './short-weekdays';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

type Rule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray, text: string) => Partial<Mention> | null };

const offset = (days: number): DayRef => ({ type: 'offset', from: days, to: days });
const says = (day: DayRef, direction: Mention['direction'], part?: DayPart): Partial<Mention> => ({
  day,
  direction,
  ...(part === undefined ? {} : { part }),
});

/** Words that always name the same day. */
const FIXED: readonly (readonly [RegExp, Partial<Mention>])[] = [
  [/(?<!\w)(?:the )?day before the day before yesterday(?!\w)/g, says(offset(-3), 'past')],
  [/(?<!\w)(?:the )?day before yesterday(?!\w)/g, says(offset(-2), 'past')],
  [/(?<!\w)(?<!(?:day|not|until|from|anytime|even) )before yesterday(?!\w)/g, says(offset(-2), 'past')],
  [/(?<=\b(?:it|done|mine|treatment|procedure) )(?:the )?day before(?= (?:at|in the|around)\b| *$)/g, says(offset(-2), 'past')],
  [/(?<!\w)(?:the )?day after tomorrow(?!\w)/g, says(offset(2), 'future')],
  [/(?<!\w)(?<!day )after tomorrow(?!\w)/g, says(offset(2), 'future')],
  [/(?<!\w)(?:the )?weeks? after (?:next|this(?: one| coming one)?)(?!\w)/g, says({ type: 'week', offset: 2 }, 'future')],
  [/(?<!\w)(?:the )?night before last(?!\w)/g, says(offset(-2), 'past', 'night')],
  [/(?<!\w)(?:last|yesterday) night(?!\w)/g, says(offset(-1), 'past', 'night')],
  [/(?<!\w)(?:last|yesterday) evening(?!\w)/g, says(offset(-1), 'past', 'evening')],
  [/(?<!\w)(?:tonight|today night|this night)(?!\w)/g, says(offset(0), 'future', 'night')],
  [/(?<!\w)(?:later|latter)(?: on)?(?: today| in the day|(?= *$| *\?))(?!\w)/g, says(offset(0), 'future', 'later')],
  [/(?<!\w)earlier(?: on)?(?: today)?(?! (?:than|in the|this)\b)(?!\w)/g, says(offset(0), 'past')],
  [/(?<!\w)(?<!today )(?<!its )today(?!\w)/g, says(offset(0), 'either')],
  [/(?<!\w)yesterday(?!\w)/g, says(offset(-1), 'past')],
  [
    /(?<!\w)(?:first thing tomorrow|tomorrow first thing|when i (?:wake|get) up tomorrow)(?!\w)(?! morning)/g,
    says(offset(1), 'future', 'morning'),
  ],
  [/(?<!\w)(?:tomorrow night)(?!\w)/g, says(offset(1), 'future', 'night')],
  [/(?<!\w)tomorrow(?!\w)/g, says(offset(1), 'future')],
  [/(?<!\w)(?:early|mid|late|(?:the )?(?:end|middle|beginning|start) of) last weeks?(?!\w)/g, says({ type: 'week', offset: -1 }, 'past')],
  [/(?<!\w)(?:earlier|early|(?:the )?(?:beginning|start) of)(?: in)? this weeks?(?!\w)/g, says({ type: 'week', offset: 0 }, 'past')],
  [/(?<!\w)later this weeks?(?!\w)/g, says({ type: 'week', offset: 0 }, 'future')],
  [/(?<!\w)last weeks?(?!\w)/g, says({ type: 'week', offset: -1 }, 'past')],
  [/(?<!\w)next weeks?(?! *end)(?!\w)/g, says({ type: 'week', offset: 1 }, 'future')],
];

/** Days that have to be read: weekdays, weekends, dates. */
const RULES: readonly Rule[] = [
  {
    pattern:
      /(?<!\w)(?:(this past|this last|last|past|this coming|this upcoming|this|next|coming|on|the|since) )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday|sat|sun)(?!\w)(?! (?:of|in) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/g,
    read: readWeekday,
  },
  {
    pattern: /(?<!\w)(?:over |on )?(last|this past|past|this|next|coming|this coming|the) weekend(?!\w)/g,
    read: (match) => readWeekend(match[1] ?? ''),
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(?:the )?${MONTH} ?(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|:\\d)(?:,? ?(20\\d\\d))?(?! ?(?:weeks|days|hours|people|%))(?!\\w)`,
      'g',
    ),
    read: (match) => date(match[3], monthOf(match[1]), match[2]),
  },
  { pattern: /(?<!\w)(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of |in )?(last|this|next) months?(?!\w)/g, read: readOfMonth },
  {
    pattern: new RegExp(`(?<!\\w)(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?!\\w)(?<!may(?= (?:i|we|be|have|get)\\b))`, 'g'),
    read: (match) => date(undefined, monthOf(match[2]), match[1]),
  },
  {
    pattern:
      /(?<=\b(?:was|were|now|today|its|is|appointment|treatment|session|procedure|done|needled|microneedling|treated|had it|got it|did it|from|since|till|until|by) )(\d{1,2})(?:st|nd|rd|th)(?= ?(?:$|[,.;:!?)]|\d|(?:at|around|about|so|and|but|now|morning|afternoon|evening|night|can|is|i|im|ok|or|to)\b))/g,
    read: (match) => date(undefined, null, match[1]),
  },
  {
    pattern:
      /(?<=\bthe \d{1,2}(?:st|nd|rd|th) (?:or|and|to|through|thru|-) )(\d{1,2})(?:st|nd|rd|th)(?! \w*(?:one|time|session|treatment))(?!\w)/g,
    read: (match) => date(undefined, null, match[1]),
  },
  {
    pattern: /(?<=day,? )(?:the )?(\d{1,2})(?:st|nd|rd|th)(?! (?:one|time|session|treatment|micro|of\b))(?!\w)/g,
    read: (match) => date(undefined, null, match[1]),
  },
  { pattern: /(?<![\w./-])(\d{1,2})\/(\d{1,2})(?:\/((?:20)?\d\d))?(?![\w/%]|\.\d)/g, read: readSlashed },
  { pattern: /(?<![\w-])(20\d\d)-(\d\d)-(\d\d)(?![\w-])/g, read: (match) => date(match[1], Number(match[2]), match[3]) },
  { pattern: /(?<=\b(?:on|date) )(\d{1,2})-(\d{1,2})(?:-((?:20)?\d\d))?(?![\w%-]|\.\d)/g, read: readDashed },
  {
    pattern:
      /(?<!\w)(?:the|on) (?:the )?(\d{1,2})(?:st|nd|rd|th)(?! (?:one|time|session|treatment|day|\w+day|week|thing|pass|round|appointment|visit|place|night|hour|person|degree|attempt|step|full|of\b(?! the months?\b)))(?!\w)/g,
    read: readDayOfMonth,
  },
];

const PART =
  /(?<!\w)(?:(this|in the|on the|early|late|mid|at|around|round|about|by|during|over|first thing in the|first thing|that|the) ){0,2}(same time(?= (?:on |next |last |this )?(?:\w+day|tomorrow))|(?<=this )time(?= (?:on |next |last )?(?:\w+day|tomorrow))|after lunch|before lunch|after work|before work|before bed|bedtime|after school|teatime|(?<=(?:tomorrow|\w+day) (?:around |at |about |by |just before |before |after |during )?)(?:dinner|supper)(?: ?time)?|(?:dinner|supper)(?: ?time)?(?= (?:is |on |this |next )?(?:tomorrow|\w+day))|morning|afternoon|evening|night|noon|lunch|midnight|(?<=\b(?:this|the|\w*day|sat|sun|tomorrow) )(?:am|pm))(?!\w)/g;

/** Finds named days and parts of the day, each on its own; neighbours are joined later. */
export function findDays(text: string, limit: number): readonly Mention[] {
  const found: Mention[] = [];
  for (const [pattern, said] of FIXED) collect(found, text, { pattern, read: () => said }, limit);
  for (const rule of RULES) collect(found, text, rule, limit);
  collect(found, text, { pattern: PART, read: readPart }, limit);
  return found;
}

function collect(found: Mention[], text: string, rule: Rule, limit: number): void {
  const most = found.length + limit;
  rule.pattern.lastIndex = 0;
  for (let match = rule.pattern.exec(text); match !== null && found.length < most; match = rule.pattern.exec(text)) {
    const said = rule.read(match, text);
    if (said !== null)
      found.push({ kind: 'calendar', start: match.index, end: match.index + match[0].length, direction: 'either', ...said });
  }
}

function readWeekday(match: RegExpExecArray, text: string): Partial<Mention> | null {
  const [, lead = '', name = ''] = match;
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 16);
  if (
    after.startsWith(' riley') ||
    /(?:happy|good|casual|taco) $/.test(text.slice(0, match.index)) ||
    /^ (?:shopping|sales?|deals?)/.test(after)
  )
    return null;
  if (
    (name === 'sat' || name === 'sun') &&
    !isShortWeekday(name, lead, { before: text.slice(Math.max(0, match.index - 14), match.index), after })
  )
    return null;
  const weekday = WEEKDAYS.findIndex((day) => day.startsWith(name)) + 1;
  const hint: DayHint = /past|last/.test(lead) ? 'past' : lead === 'next' ? 'next' : /this|coming/.test(lead) ? 'this' : 'none';
  return {
    day: { type: 'weekday', weekday, hint, week: null },
    direction: hint === 'past' ? 'past' : hint === 'none' || lead === 'this' ? 'either' : 'future',
  };
}

function readWeekend(lead: string): Partial<Mention> {
  const hint: DayHint = /past|last/.test(lead) ? 'past' : lead === 'next' ? 'next' : lead === 'the' ? 'none' : 'this';
  return { day: { type: 'weekend', hint }, direction: hint === 'past' ? 'past' : hint === 'none' ? 'either' : 'future' };
}

function monthOf(name: string | undefined): number {
  return MONTHS.findIndex((month) => name?.startsWith(month) === true) + 1;
}

function date(year: string | undefined, month: number | null, day: string | undefined): Partial<Mention> | null {
  const dayNumber = Number(day);
  if (dayNumber < 1 || dayNumber > 31 || (month !== null && (month < 1 || month > 12))) return null;
  return { day: { type: 'date', year: year === undefined ? null : Number(year.length === 2 ? `20${year}` : year), month, day: dayNumber } };
}

function readOfMonth([, day, which]: RegExpExecArray): Partial<Mention> | null {
  const number = Number(day);
  if (number < 1 || number > 31) return null;
  const months = which === 'last' ? -1 : which === 'next' ? 1 : 0;
  return says({ type: 'of_month', months, day: number }, months < 0 ? 'past' : months > 0 ? 'future' : 'either');
}

/** "rated it (5/5)" */
const RATED = /(?<!\w)(?:rate|rated|rating|scored?|stars?|review|gave|pain|hurts?|level|scale)(?: (?!on|since|done)\w+){0,3} $/;

/** "8/10 at 2", "8/10 was my treatment", "8/10 i had it": a date, where "7/10" alone is a score. */
const DATED_AFTER =
  /^ ?(?:,|-)? ?(?:(?:at|@|around|about|by) ?\d|\d{1,2}(?::\d\d)? ?[ap]m|\d{1,2}:\d\d|noon|in the|(?:was|is) (?:my|the|when)|i (?:had|got|did))(?!\w*\/)/;

/** Month before day; "7/10" beside pain words and "2/3 of my face" are no dates. */
function readSlashed(match: RegExpExecArray, text: string): Partial<Mention> | null {
  const [, month, day, year] = match;
  const before = text.slice(Math.max(0, match.index - 24), match.index);
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 20);
  if (year === undefined && Number(day) === 5 && RATED.test(before)) return null;
  if (Number(month) === 24 && Number(day) === 7) return null;
  if (
    /^ ?(?:of|the (?:way|time|size|face|tube|bottle|dose)|way|cup|inch|hours?|days|an?|pain|full|strength|stars?)\b/.test(after) ||
    /(?<![a-z])\d+ $/.test(before)
  )
    return null;
  if (
    year === undefined &&
    Number(day) === 10 &&
    ((!DATED_AFTER.test(after) &&
      !/\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|face|neck|on|done|had it|got it|treatment|appointment|was|date|did it|session|procedure|visit|treated|needled|since|tx|microneedling|microneedled) $/.test(
        before,
      )) ||
      /pain|hurt|scale|level|sore|rate/.test(before + after))
  )
    return null;
  return Number(month) > 12 && Number(day) <= 12 ? date(year, Number(day), month) : date(year, Number(month), day);
}

/** "on the 14th microneedling" is a day, "the 4th microneedling" a count. */
function readDayOfMonth(match: RegExpExecArray, text: string): Partial<Mention> | null {
  const isCount = text.startsWith(' micro', match.index + match[0].length) && !match[0].startsWith('on ');
  return isCount ? null : date(undefined, null, match[1]);
}

/** "on 12-06"; "it was 2-3 days" is a count. */
function readDashed(match: RegExpExecArray, text: string): Partial<Mention> | null {
  const [all, month = '', day = '', year] = match;
  const isWritten = year !== undefined || /(?<!\d)0\d/.test(all) || Number(day) > 12;
  const isCount = /^ ?(?:hours|days?|weeks|months|minutes|times|x\b|passes|sessions?|am\b|pm\b|mm\b|out of)/.test(
    text.slice(match.index + all.length),
  );
  return isWritten && !isCount ? date(year, Number(month), day) : null;
}

/** "is (lunch) before ok": the meal. */
const EATEN = /(?<!\w)(?:is|have|eat|eating|get|skip|grab|having|had|pack|some|no|light) $/;

function readPart(match: RegExpExecArray, text: string): Partial<Mention> | null {
  const [all, , word = ''] = match;
  if (word === 'time' || word === 'same time') return { part: 'same_time' };
  const day = /(?<!\w)this /.test(all) ? { day: offset(0) } : {};
  const before = text.slice(Math.max(0, match.index - 8), match.index);
  const isMeal = word === 'lunch' && all === word && EATEN.test(before);
  const isEither = /^ (?:or|vs) (?:in the |at )?(?:evening|night|pm)(?! (?:on|tomorrow|\w+day))/.test(
    text.slice(match.index + all.length, match.index + all.length + 30),
  );
  const isOfOther = all.startsWith('that ') && !/day,? $/.test(before);
  const isBeside =
    all.startsWith('the ') &&
    /^ (?:before|after|of)(?= *(?:$|[,.?!;]|(?:it|my|the treatment|for|if|so|or)\b))/.test(text.slice(match.index + all.length));
  const part =
    isBeside || isMeal || isOfOther || (isEither && !before.endsWith('day ')) || /(?<!\w)(?:good|every|each) $/.test(before)
      ? null
      : partOf(word);
  return part === null ? null : { part, ...day, direction: /first thing/.test(all) && !/(?<!\w)this /.test(all) ? 'future' : 'either' };
}

function partOf(word: string): DayPart | null {
  if (word === 'before bed' || word === 'bedtime') return 'night';
  if (word === 'am' || word.startsWith('before')) return 'morning';
  if (word === 'pm') return 'afternoon';
  if (word === 'after work' || word === 'teatime' || word.startsWith('dinner') || word.startsWith('supper')) return 'evening';
  if (word === 'after school') return 'after_school';
  if (word === 'after lunch') return 'after_lunch';
  return word === 'morning' ||
    word === 'noon' ||
    word === 'lunch' ||
    word === 'afternoon' ||
    word === 'evening' ||
    word === 'night' ||
    word === 'midnight'
    ? word
    : null;
}
