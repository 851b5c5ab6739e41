import type { Clause, Setting } from './clauses';
import {
  ACTIVITY,
  ASKING,
  CORRECTING,
  DONE,
  GET_ONE,
  NEXT_VISIT,
  PERMISSION,
  SYMPTOM,
  TREATMENT_BEFORE,
  TREATMENT_NOUN,
  isFillerOnly,
} from './cues';
import { decideComing } from './decide-coming';
import { isPatient } from './patient-of';
import { NONE, type Role, type RoleContext, isAsked, isNearTreatment, isPreviousVisit, role } from './role';

/** Hour 0 is the end of the treatment: "started at 3 and ended (at 4)". */
const ENDED =
  /(?<!\w)(?:ended|finished|finishing|done|over|(?<!(?:work|worked|working|went|ate|hung|broke|passed|came|slept|going) )out|wrapped up)(?: up)?(?: at| by| around| about)* $/;

/** "in at 10 out (by 11:30)" */
const IN_AND_OUT =
  /(?<!\w)(?:in|there|arrived|started|came)(?: in)?(?: at| around| about)? \d{1,2}(?::\d\d)?(?: ?[ap]m)?,? (?:and |then )?(?:was |got )?(?:out|done|finished|left|home) (?:at |by |around |about )?$/;

/** "my session ran (till 12:45)" */
const RAN_TILL = /(?<!\w)(?:ran|went|lasted|took|was there|in there|there|going) (?:over |late |long )?$/;

/** A visit called by its hour: "my (11am on sunday) ran late". */
const RAN = /^ ?(?:ran|started|went|took|got (?:pushed|moved)|ended|finished)(?! (?:for|to)\b)(?!\w)/;

/** A day or time on the clock. */
export function decideCalendar(setting: Setting, context: RoleContext): Role {
  const { mention, lead, around } = setting;
  if (mention.clock !== undefined && context.previous?.is === 'treatment' && ENDED.test(lead)) return role('treatment', 4, true);
  if (mention.clock !== undefined && IN_AND_OUT.test(lead)) return role('treatment', 4, true);
  if (mention.clock !== undefined && /^(?:un)?til/.test(setting.words) && RAN_TILL.test(setting.before)) return role('treatment', 4);
  if (mention.clock !== undefined && /(?<!\w)my $/.test(setting.before) && RAN.test(setting.after)) return role('treatment', 4);
  const corrected = decideCorrection(setting, context);
  if (corrected !== null) return corrected;
  if (context.previous !== null && /\b(?:or|maybe|to) (?:maybe |was it |on |the )?$/.test(lead) && isFillerOnly(setting.after))
    return context.previous;
  if (mention.direction !== 'past') {
    const coming = decideComing(setting, context);
    if (coming !== null) return coming;
  }
  const told = decideTold(setting) ?? decideToldNext(setting, context);
  if (told !== null && !(mention.direction === 'future' && mention.part !== 'night')) return told;
  if (!context.awaitsTime && setting.words.startsWith('since ')) return NONE;
  if (/(?<!\w)since (?:about |around |like )?(?:the |this )?$/.test(lead) || (mention.clock?.bound === 'after' && /since/.test(lead)))
    return NONE;
  if (mention.direction === 'future' && !(context.awaitsTime && isFillerOnly(around) && !setting.clause.isQuestion))
    return role('asked', isAsked(setting) ? 4 : 3);
  if (isFillerOnly(around)) return decideBare(setting, context);
  return mention.direction === 'past' ? decidePast(setting, context) : decideEither(setting, context);
}

const CORRECTIONS = new RegExp(CORRECTING.source, 'g');

/** "no wait it was tuesday": takes the place of the time before it. */
function decideCorrection(setting: Setting, { previous, awaitsTime, knowsTreatment, correctsAsked }: RoleContext): Role | null {
  const { lead, clause, mention } = setting;
  if (mention.direction === 'future' && previous === null) return null;
  const corrects = CORRECTING.test(clause.text.slice(0, 60)) || CORRECTING.test(lead.slice(lead.search(/[^.!?;]*$/)));
  if (!corrects || isCorrectedNext(setting) || ASKING.test(clause.text)) return null;
  const words = sinceCorrection(setting);
  if (previous === null && isOtherCorrected(lead)) return null;
  if (SYMPTOM.test(words) || ACTIVITY.test(words)) return null;
  if (previous !== null && (previous.is === 'treatment' || previous.is === 'asked' || previous.is === 'coming'))
    return { ...previous, weight: Math.max(previous.weight, 4), corrects: true };
  const speaksOfThePast = mention.direction === 'past' || /(?<!\w)(?:was|were|wasnt|had|got|did|done)(?!\w)/.test(clause.text);
  if (correctsAsked && !awaitsTime && !speaksOfThePast && !TREATMENT_NOUN.test(clause.text)) return role('asked', 4, true);
  return isFillerOnly(setting.around.replace(/\b(?:actually|wrong|mistake|\w+day|bad)\b/g, ' ')) ||
    knowsTreatment ||
    awaitsTime ||
    TREATMENT_NOUN.test(clause.text)
    ? role('treatment', 4, true)
    : null;
}

/** "it was (thursday) - actually it was wednesday": the other time is the right one. */
function isCorrectedNext({ before, after }: Setting): boolean {
  const word = CORRECTING.exec(after);
  return word !== null && !CORRECTING.test(before) && /\w+day|\d/.test(after.slice(word.index + word[0].length));
}

/** "no i mean the tanning bed, (1st of july)": a thing is corrected, not the time. */
function isOtherCorrected(lead: string): boolean {
  const last = [...lead.matchAll(CORRECTIONS)].at(-1);
  if (last === undefined) return false;
  const between = lead.slice(last.index + last[0].length);
  return between.includes(',') && !isFillerOnly(between) && !TREATMENT_NOUN.test(between) && !DONE.test(`${between} |`);
}

/** The clause from the last word of correction on. */
function sinceCorrection({ before, after }: Setting): string {
  const from = [...before.matchAll(CORRECTIONS)].at(-1)?.index ?? 0;
  return `${before.slice(from).trimEnd()} | ${after.trimStart()}`;
}

/** A treatment in the past: "had it done (tuesday)". */
function decideTold(setting: Setting): Role | null {
  const { before, after, around, clause } = setting;
  if (isPatient(setting)) return role('treatment', 4);
  const near = isNearTreatment(setting);
  if (near && !(GET_ONE.test(before) && isAsked(setting)) && !NEXT_VISIT.test(before))
    return role('treatment', isPreviousVisit(before) ? 2 : 4);
  const isNamed =
    TREATMENT_NOUN.test(clause.text) &&
    /(?<!\w)(?:was|had|got|did|ended|finished|started|ran|lasted)(?!\w)/.test(around) &&
    !SYMPTOM.test(around);
  if (!isNamed && !DONE.test(around)) return null;
  if (SYMPTOM.test(before) && !DONE.test(before)) return null;
  if (PERMISSION.test(before) && !DONE.test(after)) return null;
  return role('treatment', isPreviousVisit(before) ? 2 : 4);
}

const THAT_IS_WHEN =
  /^(?: itself)?[ ,.]*(?:and |so )?(?:that|which)(?:s| is| was|d be)? (?:when|the day|the one) (?:i|we|they) (?:had|got|did|was|went|finished)(?!\w)/;

/** "bank holiday monday i had mine": no mark stands between the time and the treatment told next; "the 8th and thats when i had it". */
function decideToldNext({ index, after, trail }: Setting, { clauses }: RoleContext): Role | null {
  if (THAT_IS_WHEN.test(trail)) return role('treatment', 4);
  const next = clauses[index + 1];
  if (
    next === undefined ||
    !/^ ?(?:(?:was|is) )?(?:when |the day )?$/.test(after) ||
    !/^ (?:(?:was|is) )?(?:when |the day )?i /.test(trail)
  )
    return null;
  return /^ ?(?:when )?i /.test(next.text) && DONE.test(next.text.slice(0, 40)) ? role('treatment', 4) : null;
}

/** "2 sessions done, last on 5/6", "second is may 20, first was april 20" */
const LAST_ONE =
  /(?<!\w)(?:last|latest|most recent|(?:first|1st|second|2nd|third|3rd)(?= (?:one |session |treatment )?was))(?: one| session| treatment)?(?: was)?(?: on| in)? ?$/;
/** The next clause has a time of its own: "weds 3pm. spin class fri 6pm?". */
const HAS_TIME = /(?<!\w)(?:today|tonight|tomorrow|now|weekend|\w+day|morning|evening|in an? |\d{1,2} ?(?:am|pm)|at \d)/;

/** Whether a treatment is told with its hour, so that another hour is not its. */
function isHourTold({ clauses, previous }: RoleContext): boolean {
  return (
    previous?.is === 'treatment' && clauses.some(({ text }) => DONE.test(text) && /@ ?\d|\d ?[ap]m(?!\w)|\d:\d\d|(?<!\w)at \d/.test(text))
  );
}

/** A day told in a clause of its own: "wednesday 8pm, i was with you (monday) 5pm". */
const OWN_DAY =
  /(?<!\w)(?:yesterday|last night|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this morning|\d{1,2}(?:st|nd|rd|th)|\d{1,2}\/\d{1,2}|ago)(?!\w)/;

/** A time that stands alone belongs to the clause before it, or after it. */
function decideBare(setting: Setting, context: RoleContext): Role {
  const { index, mention, clause, around, before } = setting;
  const isComing = mention.direction === 'future';
  if (context.awaitsTime) return role(isComing ? 'coming' : 'treatment', 2);
  if (/(?<!\w)(?:it|that|this|mine|one|appointment|treatment) (?:was|ended)(?!\w)/.test(around) && !clause.isQuestion)
    return role('treatment', 4);
  if (LAST_ONE.test(before) && !clause.isQuestion) return role('treatment', 4);
  if (context.previous?.is === 'coming' && mention.day !== undefined && mention.direction !== 'past') return role('asked', 3);
  const previous = context.clauses[index - 1]?.text ?? '';
  if (/^ ?out(?!\w)/.test(setting.after) && mention.part === 'night')
    return isComing || mention.direction === 'either' ? role('asked', 3) : NONE;
  if (context.clauses[index - 1]?.isQuestion === true && mention.day === undefined && isHourTold(context)) return role('asked', 3);
  const next = nextClause(setting, context);
  if (DONE.test(previous) || (TREATMENT_NOUN.test(previous) && !ASKING.test(previous) && !SYMPTOM.test(previous)))
    return role('treatment', 3);
  if (context.previous?.is === 'treatment' && !clause.isQuestion && goesOn(setting, context.previous, previous))
    return role('treatment', 3);
  if (ASKING.test(previous)) return role('asked', 3);
  if (next !== undefined && DONE.test(next.text) && OWN_DAY.test(next.text) && mention.day !== undefined && !isComing)
    return mention.direction === 'past' ? NONE : role('asked', 3);
  if (next !== undefined && !isComing && /^ ?(?:it|that|this|which) was (?:my|the|when|our)(?!\w)/.test(next.text))
    return role('treatment', 3);
  if (next !== undefined && (DONE.test(next.text) || TREATMENT_BEFORE.test(next.text.slice(0, 40)))) return role('treatment', 3);
  if (!context.knowsTreatment && !isComing && !clause.isQuestion && (opensQuestion(setting, context) || isDateFirst(setting, next)))
    return role('treatment', 3);
  if (clause.isQuestion || (next !== undefined && mention.direction !== 'past' && ASKING.test(next.text)))
    return mention.direction === 'past' ? NONE : role('asked', 3);
  if (context.previous?.is === 'treatment' && mention.direction !== 'past' && mention.day === undefined) return role('treatment', 3);
  const isWhole = context.clauses.every((one) => !one.isQuestion && isFillerOnly(isTold(one, mention) ? around : one.text));
  return isWhole && !isComing && mention.day !== undefined && !context.knowsTreatment ? role('treatment', 2) : NONE;
}

/** Whether the time stands in the clause, or reaches into it. */
function isTold(clause: Clause, { start, end }: Setting['mention']): boolean {
  return clause.start < end && clause.end > start;
}

/** The clause after the one in which the time ends: a time may reach over a comma. */
function nextClause({ index, mention }: Setting, { clauses }: RoleContext): Clause | undefined {
  return clauses.slice(index + 1).find(({ end }) => end > mention.end);
}

/** "no wait, friday. (friday at 4pm)", "yeah (monday around 2)": the treatment time once more. */
function goesOn({ mention, before, words }: Setting, { corrects }: Role, previous: string): boolean {
  if (mention.direction === 'future') return false;
  if (corrects && (mention.direction === 'past' || mention.clock !== undefined || mention.part !== undefined)) return true;
  const weekday = /(?<!\w)\w+day$/.exec(previous.trimEnd())?.[0];
  return /(?<!\w)(?:yeah|yes|yep|yup|ya|ok so)(?: it was)?(?: on)? $/.test(before) || (weekday !== undefined && words.startsWith(weekday));
}

/** A day told alone before a question that has a time of its own, or a past one before any question, is the treatment's. */
function opensQuestion(setting: Setting, context: RoleContext): boolean {
  const { mention, index } = setting;
  const { clauses, liesBehind } = context;
  const next = clauses.slice(index + 1).find(({ text, end }) => end > mention.end && !isFillerOnly(text));
  if (next === undefined || mention.day === undefined) return false;
  if (HAS_TIME.test(next.text) || HAS_TIME.test(nextClause(setting, context)?.text ?? '')) return true;
  const isDated = mention.day.type === 'date' || mention.day.type === 'holiday' || mention.day.type === 'beside';
  return (
    (mention.direction === 'past' || (isDated && liesBehind(mention))) &&
    (next.isQuestion || ASKING.test(next.text)) &&
    !SYMPTOM.test(next.text)
  );
}

/** "4/19. peeling. normal?": a date set before a message, as on a form. */
function isDateFirst({ mention, index, trail }: Setting, next: Clause | undefined): boolean {
  return index === 0 && mention.day?.type === 'date' && /^ ?[.,:;-]/.test(trail) && next !== undefined && !ASKING.test(next.text);
}

/** "yesterday", "last night" without a word on the treatment in the clause. */
function decidePast({ around, clause, before }: Setting, context: RoleContext): Role {
  if (SYMPTOM.test(around) || ACTIVITY.test(around) || ASKING.test(before) || clause.isQuestion) return NONE;
  return context.awaitsTime ? role('treatment', 2) : NONE;
}

/** A weekday, date, clock time or part of the day that leans neither way. */
function decideEither(setting: Setting, context: RoleContext): Role {
  const { mention, around } = setting;
  const asked = isAsked(setting);
  if (context.awaitsTime && !asked && !SYMPTOM.test(around) && !ACTIVITY.test(around)) return role('treatment', 2);
  if (/(?<!\w)(?:was|were|had|started|woke|noticed|got worse|felt|broke|took|went|drank|ate)(?!\w)/.test(around) && !asked) return NONE;
  if (/(?<!\w)(?:starts|begins|resumes|kicks off|opens) (?:back |up |again )?$/.test(setting.before)) return role('asked', 3);
  const isDayless = mention.day === undefined;
  if (
    isDayless &&
    mention.part !== undefined &&
    mention.clock === undefined &&
    mention.part !== 'morning' &&
    mention.part !== 'noon' &&
    mention.part !== 'lunch' &&
    !asked
  )
    return NONE;
  if (isDayless && mention.part === 'night' && mention.clock === undefined) return NONE;
  if (SYMPTOM.test(around) && !asked) return NONE;
  return role('asked', asked ? 4 : 2);
}
