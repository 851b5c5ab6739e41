import type { Setting } from './clauses';
import { ACTIVITY, ASKING, COMING, DONE, GET_ONE, NEXT_VISIT, PERMISSION, SYMPTOM, TREATMENT_NOUN, isFillerOnly } from './cues';
import { decideBare } from './decide-bare';
import { decideComing } from './decide-coming';
import { decideCorrection } from './decide-correction';
import { isPatient } from './patient-of';
import { NONE, type Role, type RoleContext, isAsked, isNearTreatment, isPreviousVisit, role } from './role';
import { decideVisitHour } from './visit-hours';

/** A day or time on the clock. */
export function decideCalendar(setting: Setting, context: RoleContext): Role {
  const { mention, lead, around } = setting;
  const visit = decideVisitHour(setting, context.previous);
  if (visit !== null) return visit;
  const corrected = decideCorrection(setting, context);
  if (corrected !== null) return corrected;
  if (
    context.previous?.is === 'asked' &&
    /(?:day|sat|weekend|\d(?:st|nd|rd|th)) (?:and|&) (?:on )?$/.test(lead) &&
    isFillerOnly(setting.after)
  )
    return context.previous;
  if (
    context.previous !== null &&
    !COMING.test(setting.before) &&
    /\b(?:or|maybe|to|(?:might|could|may)(?:ve| have| of)? (?:been|be)|or else|if not) (?:maybe |was it |it was |on |the )?$/.test(lead) &&
    isFillerOnly(setting.after)
  )
    return context.previous;
  if (isDoneAgain(setting, context)) return context.previous ?? NONE;
  if (mention.direction !== 'past') {
    const coming = decideComing(setting, context);
    if (coming !== null) return coming;
  }
  const told = decideTold(setting) ?? decideToldNext(setting, context);
  if (told !== null && !(mention.direction === 'future' && mention.part !== 'night')) return told;
  if (!context.awaitsTime && setting.words.startsWith('since ')) return NONE;
  if (/(?<!\w)since (?:about |around |like )?(?:the |this )?$/.test(lead) || (mention.clock?.bound === 'after' && /since/.test(lead)))
    return NONE;
  if (isToldOfToday(setting)) return NONE;
  if (mention.direction === 'future' && !(context.awaitsTime && isFillerOnly(around) && !setting.clause.isQuestion))
    return role('asked', isAsked(setting) ? 4 : 3);
  if (isFillerOnly(around)) return decideBare(setting, context);
  return mention.direction === 'past' ? decidePast(setting, context) : decideEither(setting, context);
}

const STATE =
  /(?<!\w)(?:still|woke up|am|im|its|is|are|feels?|looks?|so|very|super|really|kinda|a bit|a little) (?:\w+ )?(?:hot|warm|red|redder|pink|swollen|puffy|tight|sore|dry|itchy|raw|numb|tender|bumpy|flaky|peeling|burning|stinging|bruised|crusty|tingly|fine|better|worse)(?!\w)/;

/** "needling on 4/13 and (4/20)": another treatment that is done. */
function isDoneAgain({ mention, lead, after }: Setting, { previous, liesBehind }: RoleContext): boolean {
  if (previous?.is !== 'treatment' || previous.weight < 4 || !isDated(mention) || !liesBehind(mention)) return false;
  return /\d(?:st|nd|rd|th)?(?:,? and|,) (?:then |again )?(?:on )?$/.test(lead) && isFillerOnly(after);
}

/** "a rash (tonight)": what is there, and nothing asked. */
function isToldOfToday(setting: Setting): boolean {
  const { day, part } = setting.mention;
  const isToday = day?.type === 'offset' && day.from === 0 && part !== undefined && setting.mention.clock === undefined;
  return (
    isToday &&
    (SYMPTOM.test(setting.around) || STATE.test(setting.around) || /^ ?i (?:notice|feel|see|found)(?!\w)/.test(setting.after)) &&
    !isAsked(setting) &&
    !/^ ?[?]/.test(setting.trail)
  );
}

/** "after microneedling i got my nails done (yesterday)": something that followed. */
const AFTER_IT = new RegExp(`^ ?(?:and |so |but )?(?:after|since|following|post) (?:my |the |a )?(?:${TREATMENT_NOUN.source}) \\w+ \\w+`);

/** "yesterday i finish the needles" */
const TOLD_IN_PRESENT =
  /(?<!\w)(?:doctor|dr|nurse|they|she|he|you) (?:make|makes|do|does|made|give|gave) (?:me|us) (?:the|my|a|with)(?!\w)|(?<!\w)(?:i|we) (?:finish|do|make|have|take|receive|get|end|complete) (?:the|my|a|with)(?!\w)/;

/** "it was (friday at 3) after prayers": whatever is told behind it. */
const IT_WAS = /^ ?(?:(?:hi|hey|hello|so|ok|well|and|um) )*(?:it|mine) was (?:on |at |like |about |around )*$/;

/** A treatment in the past: "had it done (tuesday)". */
function decideTold(setting: Setting): Role | null {
  const { before, after, around, clause } = setting;
  if (isPatient(setting)) return role('treatment', 4);
  if (IT_WAS.test(before) && !clause.isQuestion && !SYMPTOM.test(after) && setting.mention.direction !== 'future')
    return role('treatment', 4);
  const near = isNearTreatment(setting);
  if (near && !(GET_ONE.test(before) && isAsked(setting)) && !NEXT_VISIT.test(before))
    return role('treatment', isPreviousVisit(before) ? 2 : 4);
  const isNamed =
    TREATMENT_NOUN.test(clause.text) &&
    (/(?<!\w)(?:was|had|got|did|ended|finished|started|ran|lasted)(?!\w)/.test(around) ||
      (setting.mention.direction === 'past' && TOLD_IN_PRESENT.test(around))) &&
    !AFTER_IT.test(before) &&
    !SYMPTOM.test(around);
  if (!isNamed && !DONE.test(around)) return null;
  if (SYMPTOM.test(before) && !DONE.test(before)) return null;
  if (PERMISSION.test(before) && !DONE.test(after)) return null;
  return role('treatment', isPreviousVisit(before) ? 2 : 4);
}

const THAT_IS_WHEN =
  /^(?: itself)?[ ,.]*(?:and |so )?(?:that|which)(?:s| is| was|d be)? (?:(?:when|the day|the one) (?:i|we|they) (?:had|got|did|was|went|finished)(?!\w)|when *(?:$|[.,!?;]))/;

/** "bank holiday monday i had mine": no mark stands between the time and the treatment told next; "the 8th and thats when i had it". */
function decideToldNext({ index, after, trail }: Setting, { clauses }: RoleContext): Role | null {
  if (THAT_IS_WHEN.test(trail)) return role('treatment', 4);
  const next = clauses[index + 1];
  if (
    next === undefined ||
    !/^ ?(?:(?:was|is) )?(?:when |the day |that )?$/.test(after) ||
    !/^ (?:(?:was|is) )?(?:when |the day |that )?i /.test(trail)
  )
    return null;
  return /^ ?(?:when )?i /.test(next.text) && DONE.test(next.text.slice(0, 40)) ? role('treatment', 4) : null;
}

/** "(yesterday) with nurse kim" */
const WITH_PROVIDER = /^ ?(?:with|by) (?:(?:nurse|dr|doctor|your|ur|the|my) \w+|[a-z]+ ?$)/;

/** "yesterday", "last night" without a word on the treatment in the clause. */
function decidePast({ around, clause, before, after }: Setting, context: RoleContext): Role {
  if (SYMPTOM.test(around) || ACTIVITY.test(around) || ASKING.test(before) || clause.isQuestion) return NONE;
  if (!context.knowsTreatment && before.trim() === '' && WITH_PROVIDER.test(after)) return role('treatment', 3);
  return context.awaitsTime ? role('treatment', 2) : NONE;
}

function isDated({ day }: Setting['mention']): boolean {
  return day?.type === 'date' || day?.type === 'holiday' || day?.type === 'beside';
}

/** "i emailed (tuesday)", "swam on (tuesday)": done on that day. */
const DID =
  /^ ?(?:(?:and|but|so|also|then|plus|hi|hey|well|because|cuz|bc|that|when|after) )*(?:(?:i|we) )?(?:(?:also|just|even|only|accidentally|stupidly|finally|already) )*(?:(?!need|book|schedul|plann|supposed|invited|feed|speed|breed|bleed|proceed|succeed|exceed)[a-z]{2,}ed|swam|flew|drove|ran|ate|drank|slept|sat|wore|took|put my|rode|got (?:back|up|out of bed)|came home|came back|began|broke|bought|sent|spoke|met|saw|cut|forgot|lost|fell|threw|did)(?!\w)/;

/** "(friday) red": a diary. */
const TOLD_STATE =
  /^ ?(?:(?:a bit|a little|less|more|very|super|still|all|even|so|really) )*(?:red|redder|dry|drier|fine|nothing|okay|peeling|swollen|puffy|flaky|flaking|tight|itchy|better|worse|bumpy)(?: again| too)?(?= *(?:$|[,.!?;]))/;

/** "do you open (at 9)": the clinic's hours. */
const OPEN_HOURS = /(?<!\w)(?:do|does|when|what time) .{0,24}(?:open|close)(?: up)?(?: at)? $/;

/** A weekday, date, clock time or part of the day that leans neither way. */
function decideEither(setting: Setting, context: RoleContext): Role {
  const { mention, around } = setting;
  const asked = isAsked(setting);
  if (
    /^ ?(?:and |so |but )?(?:i |we )?(?:(?:was|were)(?! (?:planning|hoping|thinking|gonna|going to|supposed|about to|wanting|meaning|looking|wondering)\b)|went|came|got home|ran|had)(?!\w)/.test(
      setting.before,
    ) &&
    !setting.clause.isQuestion
  )
    return NONE;
  if (context.awaitsTime && !asked && !SYMPTOM.test(around) && !ACTIVITY.test(around)) return role('treatment', 2);
  if (
    /(?<!\w)(?:(?:was|were)(?! (?:planning|hoping|thinking|gonna|going to|supposed|about to|wanting|meaning|looking|wondering)\b)|had|started|woke|noticed|got worse|felt|broke|took|went|drank|ate)(?!\w)/.test(
      around,
    ) &&
    !asked
  )
    return NONE;
  if (/^ ?(?:is|was|will be|would be|=) (?:my |like )?day \d/.test(setting.after)) return NONE;
  if (!asked && TOLD_STATE.test(setting.after) && !/(?<!\w)(?:is|are|would|will|do|does|am|be) /.test(setting.before)) return NONE;
  if (/(?<!\w)(?:starts|begins|resumes|kicks off|opens) (?:back |up |again )?$/.test(setting.before)) return role('asked', 3);
  if (OPEN_HOURS.test(setting.before)) return NONE;
  const isDayless = mention.day === undefined;
  if (!asked && isDated(mention) && context.liesBehind(mention)) return NONE;
  if (isDayless && ACTIVITY.test(setting.before) && !asked) return NONE;
  if (DID.test(setting.before) && !setting.clause.text.includes('will ') && !ASKING.test(setting.before)) return NONE;
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
  const isBed = asked && /(?<!\w)bed(?:time)?$/.test(setting.words);
  if (isDayless && mention.part === 'night' && mention.clock === undefined && !isBed) return NONE;
  if (SYMPTOM.test(around) && !asked) return NONE;
  return role('asked', asked ? 4 : 2);
}
