import type { ClockRef, Mention } from './mention';

const CLOCK =
  /(?<![\w./:$#-])(?:(between|exactly|at exactly|right at|at|@|around|round|about|like|by|~|after|(?<!day )before|until|til|till|from|since|approx|approximately|roughly|maybe|its|bout|past) ?){0,3}(\d{1,2})(?::(\d\d))?(?: ?(am|pm|oclock))?(?: ?(?:-|to|and|or) ?(\d{1,2})(?::(\d\d))?)?(?: ?(am|pm|oclock))?( ?-?ish)?(?![\w%:]|\.\d|\/\d|,\d)/g;

/** What may stand after a bare hour; anything else makes it a count ("at 4 spots"). */
const ENDS_CLOCK =
  /^ ?(?:$|[,.!?;:)-]|(?:and|or|but|so|that|which|today|yesterday|tomorrow|tonight|on|in the|this|can|is|i|im|you|they|she|he|we|my|for|last|when|then|with|just|its|now|after|before|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yes|thanks|thx|n|wanna|want|because|bc|cuz|while|please|pls|a week|the other|ish|was|will|sharp|ok|okay|alright|fine|too|maybe|probably|sorry|if|lol|haha|thats|thank|to (?:be|get|have|see|do))\b)/;
const NO_CLOCK_BEFORE =
  /\b(?:pain|level|scale|score|rate|rated|spf|stage|grade|age|aged|setting|depth|room|number|temp|temperature|fever|ph|step|size|dose|day|week|hour|mg|mm) (?:is |was |of )?$/;
const NO_CLOCK_AFTER =
  /^ ?(?:out of|\/|mm|mg|ml|passes|sessions?|x\b|degrees|f\b|percent|hours|days|weeks|minutes|months|years|times|of\b|people|a day)/;

const DAY_BEFORE =
  /\b(?:yesterday|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last night|morning|afternoon|evening|(?:dinner|supper|lunch|after work|noon|morning|afternoon|evening|night),?(?: like| around| say| maybe| so)?) $/;

/** "it was 10, no (11) in the morning" */
const HOUR_BEFORE =
  /\b(?:no|wait|was|it|mine|done|or|maybe|like|finished|ended|left|there|out|in|appointment|treatment|session|procedure|needled|treated) $/;

/** "ran (till 12:45)": the end, to the minute. */
const LASTED = /(?<!\w)(?:ran|went|lasted|took|was|been|there|in there|going|over|late|long) $/;

/** Finds times of day: "4pm", "at 4", "2:30", "around 11", "2-3pm", "after 3 pm"; with `bareHour` also "like 4" and "4". */
export function findClocks(text: string, limit: number, bareHour: boolean): readonly Mention[] {
  const found: Mention[] = [];
  CLOCK.lastIndex = 0;
  for (let match = CLOCK.exec(text); match !== null && found.length < limit; match = CLOCK.exec(text)) {
    const clock = readClock(match, text, bareHour);
    if (clock !== null)
      found.push({ kind: 'calendar', start: match.index, end: match.index + match[0].length, clock, direction: 'either' });
  }
  return found;
}

function readClock(match: RegExpExecArray, text: string, bareHour: boolean): ClockRef | null {
  const [all, , hourText, minuteText, half1, hour2, minute2, half2, ish] = match;
  const hour = Number(hourText);
  const minute = Number(minuteText ?? 0);
  if (hour > 23 || minute > 59 || (hour === 0 && minuteText === undefined)) return null;
  if (!isClock(match, text, bareHour)) return null;
  const lead = all.slice(0, all.indexOf(hourText ?? ''));
  const half = halfOf(half1) ?? halfOf(half2);
  const about = /round|about|like|bout|~|approx|rough|maybe|\bby/.test(lead) || ish !== undefined;
  const isEnd = LASTED.test(text.slice(Math.max(0, match.index - 24), match.index));
  const bound = /\b(?:after|since|past)\b/.test(lead) ? 'after' : /\b(?:before|until|til|till)\b/.test(lead) && !isEnd ? 'before' : 'at';
  const hasEnded = isEnd && hour2 !== undefined && Number(hour2) <= 23;
  if (hasEnded)
    return { hour: Number(hour2), minute: Number(minute2 ?? 0), half: halfOf(half2), slackMinutes: 0, bound: 'at', until: null };
  const until = hour2 === undefined || Number(hour2) > 23 ? null : { hour: Number(hour2), minute: Number(minute2 ?? 0) };
  return { hour, minute, half: hour > 12 ? null : half, slackMinutes: about ? 15 : 0, bound, until };
}

function halfOf(word: string | undefined): 'am' | 'pm' | null {
  return word === 'am' || word === 'pm' ? word : null;
}

/** Whether a number is a time of day at all. */
function isClock(match: RegExpExecArray, text: string, bareHour: boolean): boolean {
  const [all, lead, hour = '', minute, half1, hour2, minute2, half2, ish] = match;
  const before = text.slice(Math.max(0, match.index - 24), match.index);
  const after = text.slice(match.index + all.length, match.index + all.length + 16);
  const marked = halfOf(half1) !== null || halfOf(half2) !== null || half1 === 'oclock' || half2 === 'oclock';
  const isMarked = marked || minute !== undefined;
  if (NO_CLOCK_AFTER.test(after) && !(isMarked && /^ ?sessions?(?!\w)/.test(after))) return false;
  if (minute !== undefined || minute2 !== undefined || marked) return Number(hour) <= 12 || minute !== undefined;
  const isNamedDay = lead === 'at' && /\w day $/.test(before);
  const isInRoom = lead === 'at' && before.endsWith(' room ');
  if (
    (!isNamedDay && !isInRoom && NO_CLOCK_BEFORE.test(before)) ||
    (!isInRoom && NO_CLOCK_BEFORE.test(`${before}${all.slice(0, all.indexOf(hour))}`))
  )
    return false;
  const isOfDay = /^(?:at|@)$/.test(lead ?? '') && DAY_BEFORE.test(before) && !/^ ?(?:\/|\d|%|\+)/.test(after);
  if (ish !== undefined && lead === undefined && Number(hour) <= 12 && DAY_BEFORE.test(before)) return true;
  if (Number(hour) > 12 || !(isOfDay || ENDS_CLOCK.test(after))) return false;
  if (ish !== undefined && lead !== 'like') return true;
  if (hour2 !== undefined) return bareHour || /^(?:between|from|around|round|about|at)$/.test(lead ?? '');
  if (lead === undefined)
    return (
      bareHour ||
      DAY_BEFORE.test(before) ||
      (/^ ?(?:in the|this|that|yesterday|last|\w+day) (?:morning|afternoon|evening|night)/.test(after) && HOUR_BEFORE.test(before))
    );
  const named =
    lead === 'like' || lead === 'maybe' ? (/(?:at|around|round|about) (?:like|maybe) ?\d/.exec(all)?.[0].split(' ')[0] ?? lead) : lead;
  if (/like|maybe/.test(named) && /^ ?(?:yesterday|today|last night|this (?:morning|afternoon)|on \w+day)/.test(after)) return true;
  if (named === 'like' && DAY_BEFORE.test(before.replace(/, $/, ' '))) return true;
  return (
    /^(?:exactly|at exactly|right at|at|@|by|until|til|till)$/.test(named) ||
    (bareHour && lead !== 'its') ||
    (/^(?:around|round|about|bout|~|approx|approximately|roughly|after|before)$/.test(named) &&
      !/\b(?:\d|for|only|just|has|have|lasts?|is|was) $/.test(before.replace(/was $/, '')))
  );
}
