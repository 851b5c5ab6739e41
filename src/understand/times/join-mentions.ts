import type { Mention } from './mention';

/** Words between two parts of one time: "tuesday, around 4", "3pm on the 15th". */
const GLUE =
  /^[\s,()@~-]*(?:with (?:dr |nurse )?[a-z]+ )?(?:(?:at|in|on|from|the|of|around|about|like|maybe|probably|or so|early|late|exactly|during|over|my|right|just|sometime|somewhere|shortly) ?){0,3}[\s,(]*$/;
/** "yesterday at 3pm, on saturday can i run" */
const ASKS_NEXT = /^ ?(?:can|could|should|may|will|is|do|am) ?(?:i|it)\b/;
const COMMA_ENDS = /^ ?(?:$|[,.!?;:)]|(?:and|or|so|can|but|is|i|im|my|at|around|about|like|slot|appointment|session|treatment)\b)/;

/** Drops times inside longer times and joins neighbours into one: "yesterday" + "after lunch", "3 days ago" + "at 2pm". */
export function joinMentions(text: string, mentions: readonly Mention[]): readonly Mention[] {
  const ordered = mentions.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const joined: Mention[] = [];
  for (const next of ordered) {
    const last = joined.at(-1);
    if (last !== undefined && next.start < last.end) {
      if (saysMore(text, last, next)) joined[joined.length - 1] = next;
      else if (isSinceShared(text, last, next))
        joined[joined.length - 1] = { ...next, kind: 'progress', start: last.start, direction: 'past' };
      continue;
    }
    const both = last === undefined ? null : joinPair(text, last, next);
    if (both === null) joined.push(last === undefined ? next : shareWeek(text, last, next));
    else joined[joined.length - 1] = both;
  }
  return joined.map((one, at) => shareHour(text, one, joined[at + 1]));
}

/** "thursday or friday around 5": the hour holds for both days. */
function shareHour(text: string, first: Mention, second: Mention | undefined): Mention {
  if (second?.day === undefined || first.day?.type !== 'weekday' || first.clock !== undefined || first.part !== undefined) return first;
  if (!/^,? (?:or|or maybe|maybe) $/.test(text.slice(first.end, second.start))) return first;
  return {
    ...first,
    ...(second.clock === undefined ? {} : { clock: second.clock }),
    ...(second.part === undefined ? {} : { part: second.part }),
  };
}

/** "A week since tuesday" is no longer the last tuesday. */
const LEAST_COUNTED_WEEK = 7;

/** "2 days since / since tuesday 10am": the day tells more exactly than the count. */
function isSinceShared(text: string, first: Mention, next: Mention): boolean {
  if (next.day?.type === 'weekday' && first.day?.type === 'offset' && first.day.from <= -LEAST_COUNTED_WEEK) return false;
  return first.kind === 'progress' && next.day !== undefined && text.slice(next.start, first.end).trim() === 'since';
}

const QUALIFIERS_ONLY =
  /^(?:(?:about|around|exactly|like|just|maybe|roughly|probably|almost|nearly|only|barely|over|literally|approximately|precisely|already) )+$/;

/** "exactly [3 weeks tomorrow] since": the longer of two readings, though a qualifier makes the shorter one begin earlier. */
function saysMore(text: string, first: Mention, next: Mention): boolean {
  return next.end > first.end && QUALIFIERS_ONLY.test(text.slice(first.start, next.start));
}

/** "last week, thursday or friday": the week holds for both days. */
function shareWeek(text: string, first: Mention, second: Mention): Mention {
  const [a, b] = [first.day, second.day];
  const isBoth = a?.type === 'weekday' && a.week !== null && b?.type === 'weekday' && b.week === null && b.hint === 'none';
  return isBoth && /^ (?:or|to|and|maybe) $/.test(text.slice(first.end, second.start))
    ? { ...second, day: { ...b, week: a.week } }
    : second;
}

function joinPair(text: string, first: Mention, second: Mention): Mention | null {
  const between = text.slice(first.end, second.start);
  const isItsHour =
    /^ (?:is|was|will be) (?:at |around |about )?$/.test(between) &&
    first.day !== undefined &&
    second.day === undefined &&
    /^(?:at|around|about) /.test(text.slice(second.start));
  if (between.length > 24 || !(GLUE.test(between) || isItsHour) || !isJoinable(first) || !isJoinable(second)) return null;
  if (between.includes(',') && first.day?.type === 'weekday' && second.kind === 'calendar' && second.direction === 'future') return null;
  if (
    between.includes(',') &&
    first.day !== undefined &&
    second.day !== undefined &&
    ASKS_NEXT.test(text.slice(second.end, second.end + 8))
  )
    return null;
  if (between.includes(',') && !COMMA_ENDS.test(text.slice(second.end, second.end + 8))) return null;
  return fuse(first, second);
}

function isJoinable(mention: Mention): boolean {
  return mention.kind === 'calendar' || (mention.kind !== 'label' && mention.day !== undefined);
}

/** Fuses two times that leave each other room; null when both name a day, a part or a clock time. */
export function fuse(first: Mention, second: Mention): Mention | null {
  if (first.part === 'evening' && second.part === 'night' && second.day !== undefined) return { ...second, start: first.start };
  if (first.part === 'night' && second.part === 'evening' && first.day !== undefined && second.day === undefined)
    return { ...first, end: second.end };
  const day = fuseDays(first, second);
  if (day === null) return null;
  if (first.clock !== undefined && second.clock !== undefined) return null;
  if (first.part !== undefined && second.part !== undefined && first.part !== second.part) return null;
  const part = first.part ?? second.part;
  const clock = first.clock ?? second.clock;
  const kind = first.kind === 'calendar' ? second.kind : first.kind;
  return {
    kind,
    start: Math.min(first.start, second.start),
    end: Math.max(first.end, second.end),
    direction: first.direction === 'either' ? second.direction : first.direction,
    ...day,
    ...(part === undefined ? {} : { part }),
    ...(clock === undefined ? {} : { clock }),
  };
}

function fuseDays(first: Mention, second: Mention): Pick<Mention, 'day'> | null {
  const [a, b] = [first.day, second.day];
  if (a === undefined || b === undefined) {
    const day = a ?? b;
    return day === undefined ? {} : { day };
  }
  if (a.type === 'weekday' && b.type === 'week') return { day: { ...a, week: b.offset } };
  if (a.type === 'week' && b.type === 'weekday') return { day: { ...b, week: a.offset } };
  if (a.type === 'weekday' && b.type === 'date') return { day: { ...b, weekday: a.weekday } };
  if (a.type === 'date' && b.type === 'weekday') return { day: { ...a, weekday: b.weekday } };
  if (a.type === 'beside' && b.type === 'weekday' && (a.weekday === 'weekend' || a.weekday === 'week'))
    return { day: { ...a, weekday: b.weekday } };
  if (a.type === 'weekday' && (b.type === 'holiday' || b.type === 'beside')) return { day: b };
  if (b.type === 'weekday' && (a.type === 'holiday' || a.type === 'beside')) return { day: a };
  if (a.type === 'offset' && (b.type === 'weekday' || (first.kind === 'ago' && b.type === 'offset' && b.from === 0 && b.to === 0)))
    return { day: a };
  if (a.type === 'weekday' && b.type === 'offset') return { day: b };
  if (first.kind === 'progress' && first.clock !== undefined && b.type === 'offset' && b.from === 0 && second.part !== undefined)
    return { day: a };
  return null;
}
