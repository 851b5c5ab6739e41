import type { Mention, MentionKind } from './mention';
import { COUNT, readCount } from './numbers';

const AMOUNT = new RegExp(
  `(?<![\\w./:-])(${COUNT})(?: ?(?:-|to|or|or maybe|,? ?maybe) ?(${COUNT})| and (${COUNT}))?((?:-| )?something|(?:-| )?ish|\\+|-| plus|-odd)?( and a half| 1/2)? ?(?:full |whole |solid |good |more )?(hours|days?|weeks|minutes|months|nights?|years)( and a half)?(?![\\w/])`,
  'g',
);

const QUALIFIERS =
  /(?:(?:(?<!(?:what|how) )about|around|like|roughly|approx|approximately|maybe|probably|~|exactly|literally|precisely|barely|hardly|scarcely|merely|almost|nearly|close to|just under|not quite|not even|over|more than|a little over|just over|a bit over|only|just|already|now|going on|at least|the better part of|better part of|less than|shy of|really|actually|honestly|basically|under|somewhere|anywhere|from|in the range of|between|im guessing|prob|bout) ?)+$/;

const PLACE_AFTER_IN =
  /^ ?(?:the|a|an|direct|bed|traffic|line|row|advance|total|pain|water|hot|sun|sauna|pool|between|front|sunlight|full|florida|mexico|hawaii|cancun|there)\b/;
const PLACE_AFTER_OUT =
  /^ ?(?:of (?!(?:treatment|microneedl|my (?:treatment|microneedl|procedure|session|appointment)|the (?:treatment|procedure|clinic|chair)))|in the|at the|there|on the|side)/;
const OPENING_ENDS =
  /^ ?(?:$|[,.:;!)-]|(?:and|here|still|can|but|so|now|since|with|w|is|am|im|my|its|what|post|yet|already|down|mark(?= ?[.,:;!-])|to the|on the dot|exactly|lol|haha|omg)\b)/;
/** Something else than a stay on the way: an age, a course of pills. */
const NOT_A_TIME_AFTER =
  /^ ?(?:(?:is|are|will be) up|old|straight|in a row|a (?:day|week)|per|each|pass|course|supply|notice|long\b|minimum|max\b|to go|left|until|til|till|before|prior|early|rule)/;
const MIND_THE_DURATION =
  /(?:\b(?:for|wait|waiting|within|every|first|last|past|next|another|another like|other|least|minimum|than|until|til|till|lasts?|lasted|takes?|took|each|is|of|or|per|be|being|after|before|the|these|those|this|my)|once) ?$/;

/** A message that opens with the amount, after a greeting or without. */
const GREETING_ONLY =
  /^ ?(?:(?:hi|hey|hello|hiya|yo|so|ok|um|good (?:morning|afternoon|evening))(?: there| guys| all| team| yall| ladies| dr \w+)?[ ,.!-]*)?$/;

interface Around {
  readonly before: string;
  readonly qualifier: string;
  readonly after: string;
  readonly start: number;
  readonly unit: string;
}

/** Finds stretches of time with a direction: "3 days ago", "36 hours since", "in an hour", "its been 2 days", "at 20 hrs". */
export function findAmounts(text: string, limit: number): readonly Mention[] {
  const found: Mention[] = [];
  AMOUNT.lastIndex = 0;
  for (let match = AMOUNT.exec(text); match !== null && found.length < limit; match = AMOUNT.exec(text)) {
    const mention = readAmount(text, match);
    if (mention !== null) found.push(mention);
  }
  return found;
}

function readAmount(text: string, match: RegExpExecArray): Mention | null {
  const end = match.index + match[0].length;
  const lead = text.slice(Math.max(0, match.index - 48), match.index);
  const qualifier = QUALIFIERS.exec(lead)?.[0] ?? '';
  const before = lead.slice(0, lead.length - qualifier.length);
  const around: Around = { before, qualifier, after: text.slice(end, end + 48), start: match.index, unit: unitOf(match[6]) };
  const direction = directionOf(around);
  if (direction === null || (around.unit === 'years' && direction.tail === 0)) return null;
  const count = countOf(match, `${qualifier} ${match[4] ?? ''}`);
  const mention = { start: match.index - qualifier.length - direction.lead, end: end + direction.tail };
  if (around.unit === 'hours' || around.unit === 'minutes' || (count.low % 1 !== 0 && around.unit !== 'weeks'))
    return inHours(mention, direction.kind, { ...count, unit: around.unit, said: qualifier + (match[4] ?? '') });
  return inDays(mention, direction.kind, {
    ...count,
    unit: around.unit,
    exact: /exact|literal|precise/.test(qualifier),
    loose: /about|around|like|rough|approx|ish/.test(qualifier + (match[4] ?? '')),
  });
}

function unitOf(word: string | undefined): string {
  if (word === undefined) return 'hours';
  return word.endsWith('s') ? word : `${word}s`;
}

/** The count with its roundings: "30 something", "almost 24", "over 48", "2 and a half", "24-48". */
function countOf(match: RegExpExecArray, said: string): { low: number; high: number } {
  const first = readCount(match[1] ?? '');
  const second = match[2] ?? match[3];
  const half = match[5] !== undefined || match[7] !== undefined ? 0.5 : 0;
  let low = first.low + half;
  let high = (second === undefined ? first.high : Math.max(first.low, readCount(second).high)) + half;
  if (second !== undefined && readCount(second).low < low) low = readCount(second).low;
  if (/something|odd/.test(said)) high = low + 10;
  const unit = match[6] ?? '';
  if (/less than|(?<!just )under|not even/.test(said)) low = unit === 'days' ? Math.floor(low / 2) : low / 2;
  else if (/almost|nearly|close to|under|not quite|going on|shy of|better part/.test(said)) low = lessThan(low, unit);
  if (/over|more than|\+|plus|at least/.test(said)) high = moreThan(high, unit, /(?:just|little|bit) over/.test(said));
  if (unit.startsWith('day') && /ish/.test(said)) return { low: Math.max(0, low - 1), high: high + 1 };
  if (unit.startsWith('day') && high >= 10) return { low: Math.floor(low), high: Math.ceil(high) };
  return { low, high };
}

/** "almost 2 days" is one to two; "just under 2 weeks" lacks two days. */
function lessThan(count: number, unit: string): number {
  if (unit === 'weeks') return count - 2 / 7;
  if (unit === 'months') return count - 0.2;
  return count >= 10 ? count * 0.88 : Math.max(0, count - (unit.startsWith('day') ? 1 : 0.5));
}

/** "over 2 days" is two to three; "over a week" is up to three days more; "just over 24 hours" is two more at most. */
function moreThan(count: number, unit: string, isJust: boolean): number {
  if (unit === 'weeks') return count + 3 / 7;
  return count >= 10 ? count * (isJust ? 1.09 : 1.25) : count + 1;
}

interface Direction {
  readonly kind: MentionKind;
  /** Characters of the direction word after the unit, and before the count, that belong to the mention. */
  readonly tail: number;
  readonly lead: number;
}

/** What the words around an amount make of it; null when it is a mere duration ("for 24 hours", "wait 2 weeks"). */
function directionOf(around: Around): Direction | null {
  const { before, after } = around;
  return afterwards(around) ?? (NOT_A_TIME_AFTER.test(after.replace(/^ mark/, '')) ? null : beforehand(around, before, after));
}

function afterwards({ before, after }: Around): Direction | null {
  if (/^ (?:of|from|since) (?:my |the |this )?(?:micro ?needl|needling|treatment|procedure|appointment|session)/.test(after))
    return { kind: 'progress', tail: 0, lead: 0 };
  const word = /^ ?-?(ago|back|in|out|post(?:-? ?op|ly)?|since|after|later|past|from now|from today|away|now|into|along)\b/.exec(after);
  if (word === null) return null;
  const rest = after.slice(word[0].length);
  const to = (kind: MentionKind): Direction => ({ kind, tail: word[0].length, lead: 0 });
  switch (word[1]) {
    case 'ago':
      return to('ago');
    case 'back':
      return /^ ?(?:to(?! (?:get|have|do|see)\b)|at|in|on|home)\b/.test(rest) ? null : to('ago');
    case 'in':
      return PLACE_AFTER_IN.test(rest) || /\b(?:for|spent|only|took) $/.test(before) ? null : to('progress');
    case 'into':
      return /^ (?:this|my|the|healing|recovery)/.test(rest) && !/^ (?:the|my) (?:sun|flight|workout|drive|run)/.test(rest)
        ? to('progress')
        : null;
    case 'out':
      return PLACE_AFTER_OUT.test(rest) ? null : to('progress');
    case 'from now':
    case 'from today':
      return to('ahead');
    case 'away':
      return to('ahead');
    case 'now':
      return /\bfor $/.test(before) ? null : { kind: 'progress', tail: 0, lead: 0 };
    case 'after':
    case 'later':
      return to('after');
    case 'past':
      return to('progress');
    default:
      return to('progress');
  }
}

function beforehand({ qualifier, start }: Around, before: string, after: string): Direction | null {
  const bare = (kind: MentionKind, lead = 0): Direction => ({ kind, tail: 0, lead });
  if (
    /\b(?:its|it is|it has|has|thats|im|ive|have|hasnt(?: even)?|only|now|just|like|already) been $/.test(before) ||
    /^ ?(?:(?:hi|hey|hello|so|ok|and|but|now)[ ,]*)?been $/.test(before)
  )
    return bare('progress');
  if (/\bsince (?:the )?(?:last |past )?$/.test(before)) return bare('since');
  if (/\b(?:it|that|this|which) (?:makes|made) (?:it )?$/.test(before)) return bare('progress');
  if (/\b(?:when|once|after|if|until|till) (?:i|we|it)(?: \w+)? (?:hit|reach|get to|am at|is at) (?:the )?$/.test(before))
    return bare('after');
  if (
    /\b(?:hit|hitting|reached|passed|coming up on|at|(?:just|im|its|now|been|were|well|already) past) (?:the |my )?$/.test(before) &&
    !/^ ?(?:a (?:day|week)|per)/.test(after)
  )
    return bare('progress');
  if (/\bat (?:the |my )?$/.test(before) && after.startsWith(' mark') && /(?<!\w)(?:can|could|should|may|do) i(?!\w)/.test(before))
    return bare('after');
  if (/\bin $/.test(before)) return bare('ahead', 3);
  if (/\bafter (?:the )?(?:first )?$/.test(before)) return bare('after', 6);
  if (/\b(?:at|im at|im|i am|were|still at) $/.test(before)) return bare('progress', 0);
  if (/\b(?:its|it is|thats) $/.test(before) && !/^ ?(?:too|long|enough|later)/.test(after)) return bare('progress');
  if (MIND_THE_DURATION.test(before)) return null;
  if (GREETING_ONLY.test(before) && start - qualifier.length <= before.length + 1 && OPENING_ENDS.test(after) && !/^ ?-? ?\?/.test(after))
    return bare('progress');
  return bare('bare');
}

interface Stretch {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** "In an hour" is near an hour: the early end decides a permission. */
const SLACK_AHEAD_MINUTES = 15;

const HOURS_IN: Readonly<Record<string, number>> = {
  minutes: 1 / 60,
  hours: 1,
  days: 24,
  nights: 24,
  weeks: 168,
  months: 730,
  years: 8766,
};

function inHours(place: { start: number; end: number }, kind: MentionKind, stretch: Stretch & { said: string }): Mention {
  const scale = HOURS_IN[stretch.unit] ?? 1;
  const exact = /exact|literal|precise/.test(stretch.said) || stretch.low !== stretch.high;
  const partOfDay = stretch.unit !== 'days' || stretch.high < 1 || /about|around|like|rough|approx|ish|maybe/.test(stretch.said) ? 360 : 60;
  const back = stretch.high * scale < 1 ? 10 : ({ minutes: 10, hours: 30 }[stretch.unit] ?? partOfDay);
  const slackMinutes = exact ? 0 : kind === 'ahead' ? Math.min(back, SLACK_AHEAD_MINUTES) : back;
  return {
    ...place,
    kind,
    hours: { low: stretch.low * scale, high: stretch.high * scale, slackMinutes },
    direction: kind === 'ahead' ? 'future' : 'past',
  };
}

/** Sevenths of a week are whole days, save for rounding. */
const ROUNDING = 1e-6;
const DAYS_IN: Readonly<Record<string, number>> = { days: 1, nights: 1, weeks: 7, months: 30, years: 365 };

function inDays(place: { start: number; end: number }, kind: MentionKind, stretch: Stretch & { loose: boolean; exact: boolean }): Mention {
  const scale = DAYS_IN[stretch.unit] ?? 1;
  const play = stretch.unit === 'years' ? 10 : stretch.unit === 'months' ? (stretch.exact ? 1 : 3) : stretch.loose && scale > 1 ? 1 : 0;
  const low = Math.floor(stretch.low * scale + ROUNDING) - play;
  const high = Math.ceil(stretch.high * scale - ROUNDING) + play;
  const day = kind === 'ahead' ? ({ type: 'offset', from: low, to: high } as const) : ({ type: 'offset', from: -high, to: -low } as const);
  return {
    ...place,
    kind,
    day,
    ...(stretch.unit === 'nights' ? { part: 'night' as const } : {}),
    direction: kind === 'ahead' ? 'future' : 'past',
  };
}
