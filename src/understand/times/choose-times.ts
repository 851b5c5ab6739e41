import type { TimeSpan } from '../../model/words';
import { askedBeside, askedByThen, askedThen } from './asked-then';
import type { Setting } from './clauses';
import type { Role } from './role';
import { fuse } from './join-mentions';
import type { LocalDays } from './local-days';
import type { Mention } from './mention';
import { onRecordedDay } from './recorded-day';
import { resolveAsked, resolveComing, resolvePast } from './resolve-span';

const HOUR = 3_600_000;
/** The weight of the latest of several treatments: a later one told plainly still counts before it. */
export const LATEST_WEIGHT = 5;
const DAY = 24 * HOUR;
/** A record this exact is not given up for a passing "thats like 4 days". */
const EXACT_ENOUGH = 3 * HOUR;

/** "my shoot is 4/18, can i get a facial on 4/16": a permission asked counts before an event told. */
const ASKS_WEIGHT = 0.5;
const ASKS_OUTRIGHT = /(?<!\w)(?:(?:can|could|may) (?:i|we)|should i(?! wait)|(?:ok|okay|safe) to)(?!\w)/;

/** A time with its place in the message and what it is for. */
export interface Judged {
  readonly setting: Setting;
  readonly role: Role;
}

/** What is known about the treatment beside the message. */
export interface Known {
  readonly treatedAt: TimeSpan | null;
  readonly awaitsTime: boolean;
}

interface Candidate {
  readonly span: TimeSpan;
  readonly role: Role;
  readonly mention: Mention;
}

/** The treatment time that the message tells and that the record does not know better. */
export function chooseTreatment(text: string, judged: readonly Judged[], local: LocalDays, known: Known): TimeSpan | null {
  const told = fuseAlike(
    judged.filter(({ role }) => role.is === 'treatment' || role.is === 'coming'),
    false,
  );
  const candidates = keepUncorrected(told).flatMap(({ role, setting }): Candidate[] => {
    const mention = role.corrects ? onRecordedDay(setting.mention, local, known) : setting.mention;
    const span = role.is === 'coming' ? comingSpan(mention, local) : pastSpan(text, mention, local);
    return span === null ? [] : [{ span, role, mention }];
  });
  const best = pick(text, candidates);
  return best === null || isKnownBetter(best, local, known) ? null : best.span;
}

/** The moment the question is about, or null for now. */
export function chooseAsked(text: string, judged: readonly Judged[], local: LocalDays, treatedAt: TimeSpan | null): TimeSpan | null {
  const asked = fuseAlike(
    judged.filter(({ role }) => role.is === 'asked'),
    true,
  );
  const candidates = asked.flatMap(({ role, setting }): Candidate[] => {
    const span = resolveAsked(setting.mention, local);
    const asks = ASKS_OUTRIGHT.test(setting.before) ? ASKS_WEIGHT : 0;
    return span === null ? [] : [{ span, role: { ...role, weight: role.weight + asks }, mention: setting.mention }];
  });
  const best = pick(text, candidates);
  if (best !== null) return best.span;
  const told = judged.filter(({ role }) => role.is === 'treatment').map(({ setting }) => setting.mention);
  const then = askedThen(text, told, local);
  if (then !== null) return then;
  const others = judged.filter(({ role }) => role.is === 'none').map(({ setting }) => setting);
  const byThen = askedByThen(text, others, local);
  if (byThen !== null) return byThen;
  const counted = judged.find(({ role }) => role.is === 'sinceTreatment');
  if (counted !== undefined) return treatedAt === null ? null : countFrom(treatedAt, counted.setting.mention, local.now);
  return askedBeside(text, treatedAt, local);
}

function comingSpan(mention: Mention, local: LocalDays): TimeSpan | null {
  return resolveComing(mention, local) ?? (mention.direction === 'future' ? null : resolvePast(mention, local));
}

/** A past time; "today at 3" before 3 is still to come; "tomorrow is day 3" counts from tomorrow. */
function pastSpan(text: string, mention: Mention, local: LocalDays): TimeSpan | null {
  const span = resolvePast(mention, local) ?? (mention.direction === 'past' ? null : resolveComing(mention, local));
  if (span === null || mention.kind === 'calendar') return span;
  if (mention.label === undefined) return span;
  const shift = dayTold(text, mention) * DAY;
  return { from: Math.min(span.from + shift, local.now), to: Math.min(span.to + shift, local.now) };
}

/** Which day a label is told of, from today: 1 in "tomorrow is day 3", -1 in "yesterday was day 2". */
function dayTold(text: string, mention: Mention): number {
  const before = text.slice(Math.max(0, mention.start - 28), mention.start);
  if (/yesterday was (?:my |only |like )?$/.test(before)) return -1;
  const isTomorrow =
    /tomorrow (?:(?:is|will be|ill be|makes it|makes|im|=) ?)?(?:at |my |on |only )*$/.test(before) ||
    /^ ?(?:is |will be )?tomorrow(?! (?:i|we|my|can|is|there|should|morning|night)\b)/.test(text.slice(mention.end, mention.end + 18));
  return isTomorrow ? 1 : 0;
}

/** A correction of the hour keeps the day, one of the day keeps the hour: "2pm yesterday, no sorry, 4pm". */
function keepUncorrected(told: readonly Judged[]): readonly Judged[] {
  return told.map((next, at) => {
    const before = told[at - 1]?.setting.mention;
    const { mention } = next.setting;
    if (
      !next.role.corrects ||
      before === undefined ||
      mention.kind !== 'calendar' ||
      before.hours !== undefined ||
      before.label !== undefined
    )
      return next;
    const kept: Partial<Mention> = {
      ...(mention.day === undefined && before.day !== undefined ? { day: before.day } : {}),
      ...(mention.clock === undefined && mention.part === undefined && before.clock !== undefined ? { clock: before.clock } : {}),
      ...(mention.part === undefined && before.part !== undefined && mention.clock?.half == null ? { part: before.part } : {}),
    };
    return { ...next, setting: { ...next.setting, mention: { ...mention, ...kept } } };
  });
}

/** Joins a day and a clock time told apart: "had it tuesday. appointment was at 4". */
function fuseAlike(judged: readonly Judged[], sameClause: boolean): readonly Judged[] {
  const fused: Judged[] = [];
  for (const next of judged) {
    const at = fused.findIndex((other) => isFusable(other, next, sameClause));
    const other = fused[at];
    const mention = other === undefined ? null : fuse(other.setting.mention, next.setting.mention);
    if (other === undefined || mention === null) fused.push(next);
    else fused[at] = { setting: { ...other.setting, mention }, role: other.role.weight >= next.role.weight ? other.role : next.role };
  }
  return fused;
}

/** A named day or hour, or a day so many days ago. */
function isDayOrHour({ kind, day, label }: Mention): boolean {
  return kind === 'calendar' || (kind === 'ago' && day !== undefined && label === undefined);
}

function isFusable(a: Judged, b: Judged, sameClause: boolean): boolean {
  const [first, second] = [a.setting.mention, b.setting.mention];
  if (!isDayOrHour(first) || !isDayOrHour(second) || b.role.corrects) return false;
  if (sameClause && a.setting.index !== b.setting.index) return false;
  if (first.day?.type === 'week' && second.day?.type === 'weekday') return second.day.hint === 'none' && second.day.week === null;
  return (first.day === undefined) !== (second.day === undefined) || (sameClause && first.day === undefined && second.day === undefined);
}

/** A correction wins, then the clearest, then the more exact of two that agree, then the first; "thursday or friday" spans both. */
function pick(text: string, candidates: readonly Candidate[]): Candidate | null {
  const correction = candidates.findLastIndex(({ role }) => role.corrects);
  const left = correction < 0 ? candidates : candidates.slice(correction);
  let best: Candidate | null = null;
  for (const next of left) {
    if (best === null || isDoneBefore(best, next)) best = next;
    else if (isDoneBefore(next, best)) continue;
    else if (next.role.weight > best.role.weight) best = isLaterVisit(next, best) ? best : next;
    else if (next.role.weight === best.role.weight && isAlternative(text, best, next, next.role.is === 'asked'))
      best = { ...next, span: union(best.span, next.span) };
    else if (isLaterVisit(best, next)) best = next;
    else if (tellsMoreExactly(best, next)) best = next;
  }
  return best;
}

/** The same time told more exactly: "no wait, friday. friday at 4pm". */
function tellsMoreExactly(best: Candidate, next: Candidate): boolean {
  if (length(next.span) >= length(best.span)) return false;
  if (next.role.weight === best.role.weight) return overlap(best.span, next.span);
  return next.role.is === best.role.is && next.role.weight >= 3 && contains(best.span, next.span);
}

/** A treatment that is done counts before one to come: "second one is in 2 weeks, first was 2 weeks ago". */
function isDoneBefore(coming: Candidate, done: Candidate): boolean {
  return coming.role.is === 'coming' && done.role.is === 'treatment' && !coming.role.corrects && done.role.weight >= 2;
}

/** Of two treatments told alike, the later one that is done counts: "first one was in august, second one yesterday". */
function isLaterVisit(best: Candidate, next: Candidate): boolean {
  if (
    next.role.is !== 'treatment' ||
    next.role.weight < 4 ||
    Math.min(next.role.weight, LATEST_WEIGHT - 1) !== Math.min(best.role.weight, LATEST_WEIGHT - 1)
  )
    return false;
  return best.role.is === 'coming' || (best.role.is === 'treatment' && next.span.from > best.span.to);
}

/** "friday or saturday"; a stay asked about lasts "from the 15th to the 20th". */
function isAlternative(text: string, first: Candidate, second: Candidate, isAsked: boolean): boolean {
  const between = text.slice(first.mention.end, second.mention.start);
  return (
    /^ ?[,.?]? ?(?:(?:i think|i believe|i guess|idk|not sure)[,.?]? )?(?:or|or maybe|maybe|\/|-|or was it|or on|possibly|could be|(?:but |and |or )?(?:it )?(?:might|could|may)(?:ve| have| of)? (?:been|be)|or it was|or else|if not) ?(?:it was |on |the )?$/.test(
      between,
    ) ||
    (isAsked && /^ ?(?:to|through|thru|until|till|til|and|&) ?(?:on )?(?:the )?$/.test(between))
  );
}

/** The record is better when the text only tells how far along one is, or agrees with it. */
function isKnownBetter({ span, role }: Candidate, local: LocalDays, { treatedAt, awaitsTime }: Known): boolean {
  if (treatedAt === null || awaitsTime || role.corrects) return false;
  if (role.weight < 3) return true;
  if (role.weight < 4 && treatedAt.to - treatedAt.from <= EXACT_ENOUGH) return true;
  if (role.is === 'coming') return treatedAt.to <= local.now;
  const isSharper = role.weight >= 4 && overlap(span, treatedAt) && length(span) < length(treatedAt);
  return !isSharper && gap(span, treatedAt) <= DAY;
}

/** "makeup on day 2", "filler 2 weeks after": counted from the treatment, never before now. */
function countFrom(treatedAt: TimeSpan, mention: Mention, now: number): TimeSpan | null {
  const [low, high] = hoursOf(mention);
  const span = { from: Math.max(now, treatedAt.from + low * HOUR), to: treatedAt.to + high * HOUR };
  return span.to <= now ? null : span;
}

function hoursOf({ label, hours, day }: Mention): readonly [number, number] {
  if (label !== undefined) return [Math.max(0, label.low - 1) * 24, Math.max(1, label.high) * 24];
  if (hours !== undefined) return [hours.low, hours.high];
  return day?.type === 'offset' ? [-day.to * 24, -day.from * 24] : [0, 0];
}

function union(a: TimeSpan, b: TimeSpan): TimeSpan {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

function overlap(a: TimeSpan, b: TimeSpan): boolean {
  return gap(a, b) === 0;
}

function contains(outer: TimeSpan, inner: TimeSpan): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}

function gap(a: TimeSpan, b: TimeSpan): number {
  return Math.max(0, a.from - b.to, b.from - a.to);
}

function length(span: TimeSpan): number {
  return span.to - span.from;
}
