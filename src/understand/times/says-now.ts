import type { Setting } from './clauses';
import { ASKING, COMING, DONE, TREATMENT_NOUN } from './cues';
import type { Mention } from './mention';
import type { RoleContext } from './role';

/** "its (wed)", "today is (friday)", "we are now at (3pm)". */
const ITS =
  /(?:^|[^\w])(?:its|it is|today is|now is|now its|right now its|todays|now|today|here its|time is|clock says)(?: (?:only|still|now|like|almost|about|currently|already|past|just|the|nearly|gone))* $/;
/** "its monday again (1pm)", "now its the 5th, (8am)". */
const ITS_DAY = /(?:^|[^\w])(?:its|it is|now|today is) (?:only |now |already )?(?:\w+day|the \d{1,2}(?:st|nd|rd|th))(?: again)?,? $/;
/** "(wed 8am) now", "(monday) again". */
const NOW_AFTER = /^ ?(?:right |already |here )?(?:now|again)(?!\w)(?! (?:is|was|that|at|for|on|they|to)\b)/;
const NOT_ITS_AFTER = /^ ?(?:treatment|appointment|session|party|wedding|class|(?:works|is|was|would|looks|suits|sounds)(?!\w))/;
/** "needled last thursday, (today weds)": the day it is, set apart. */
const TODAY_IS = /^today(?: is| its)? (?:mon|tues|wednes|thurs|fri|satur|sun)day$/;
/** "its (at 4)": an appointment's hour, not the time it is. */
const HAS_LINK = /^(?:its )?(?:on|at|by|after|before|until|til|till|from|since|between) /;

/** Whether a time tells what time it is: "its wed", "its 10am", "wed 8am now", "today 22nd", "now its monday again". */
export function saysNow(setting: Setting, { awaitsTime, nearNow }: RoleContext): boolean {
  const { lead, before, mention, trail, words } = setting;
  if (mention.kind !== 'calendar' || mention.direction === 'future') return false;
  if (mention.day?.type === 'weekday' && mention.day.hint === 'this') return false;
  const near = nearNow(mention);
  if (near === 'other_day') return false;
  if (near === 'now' && isPlainTalk(setting)) return true;
  if (mention.day === undefined && ITS_DAY.test(lead)) return true;
  if (mention.day?.type === 'weekday' && /^ ?[(=] ?(?:today|now|right now)\)?(?! (?:is|its|i|at)\b)/.test(trail)) return true;
  if (TODAY_IS.test(words) && /(?:^|[,.;!?] ?)$/.test(lead)) return true;
  if (HAS_LINK.test(words)) return false;
  if (ITS.test(lead) && !isOnlyToday(lead, mention)) return !NOT_ITS_AFTER.test(trail);
  if (words.startsWith('its ') && mention.day === undefined) return !awaitsTime || lead.trim() !== '';
  if (tellsToday(mention, lead, trail) && !DONE.test(before)) return true;
  if (!NOW_AFTER.test(trail) || mention.direction === 'past') return false;
  return (
    !ASKING.test(before) &&
    !DONE.test(before) &&
    !TREATMENT_NOUN.test(before) &&
    !/(?<!\w)(?:its|is|was|moved|changed|booked|to|for) $/.test(before.replace(/its $/, ''))
  );
}

/** This very hour of today, told beside no visit and in no question: "texting you (thursday at 1)". */
function isPlainTalk({ around, clause }: Setting): boolean {
  return !clause.isQuestion && !ASKING.test(around) && !DONE.test(around) && !TREATMENT_NOUN.test(around) && !COMING.test(around);
}

/** "today (at 3)", "now (in the afternoon)": only a date or a weekday after "today" or "now" says which day that is. */
function isOnlyToday(lead: string, { day, clock }: Mention): boolean {
  if (/(?<!\w)(?:its|it is) now $/.test(lead) || !/(?<!\w)(?:now|today) $/.test(lead)) return false;
  return (day?.type !== 'date' && day?.type !== 'weekday') || (clock !== undefined && lead.endsWith('today '));
}

/** "5/8 treatment, (5/12) (today)": the date it is. */
function tellsToday({ day, part, clock }: Mention, lead: string, trail: string): boolean {
  if (part !== undefined || clock !== undefined) return false;
  if (day?.type === 'date' && /^ ?(?:is |= ?)?today(?!\w)/.test(trail)) return true;
  return day?.type === 'offset' && day.from === 0 && /(?:^|[,.;] ?)\d{1,2}\/\d{1,2} (?:is |= ?)?$/.test(lead);
}
