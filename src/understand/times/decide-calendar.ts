import type { Setting } from './clauses';
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
import { NONE, type Role, type RoleContext, isAsked, isNearTreatment, isPreviousVisit, role } from './role';

/** A day or time on the clock. */
export function decideCalendar(setting: Setting, context: RoleContext): Role {
  const { mention, lead, around } = setting;
  const corrected = decideCorrection(setting, context);
  if (corrected !== null) return corrected;
  if (context.previous !== null && /\b(?:or|maybe|to) (?:maybe |was it |on |the )?$/.test(lead) && isFillerOnly(setting.after))
    return context.previous;
  if (mention.direction !== 'past') {
    const coming = decideComing(setting, context);
    if (coming !== null) return coming;
  }
  const told = decideTold(setting);
  if (told !== null && !(mention.direction === 'future' && mention.part !== 'night')) return told;
  if (/(?<!\w)since (?:about |around |like )?(?:the |this )?$/.test(lead) || (mention.clock?.bound === 'after' && /since/.test(lead)))
    return NONE;
  if (mention.direction === 'future' && !(context.awaitsTime && isFillerOnly(around) && !setting.clause.isQuestion))
    return role('asked', isAsked(setting) ? 4 : 3);
  if (isFillerOnly(around)) return decideBare(setting, context);
  return mention.direction === 'past' ? decidePast(setting, context) : decideEither(setting, context);
}

/** "no wait it was tuesday": takes the place of the time before it. */
function decideCorrection(setting: Setting, { previous, awaitsTime, knowsTreatment, correctsAsked }: RoleContext): Role | null {
  const { lead, clause, mention } = setting;
  if (mention.direction === 'future' && previous === null) return null;
  const corrects = CORRECTING.test(clause.text.slice(0, 60)) || CORRECTING.test(lead);
  if (!corrects || ASKING.test(clause.text) || SYMPTOM.test(setting.around) || ACTIVITY.test(setting.around)) return null;
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

/** A treatment in the past: "had it done (tuesday)". */
function decideTold(setting: Setting): Role | null {
  const { before, after, around, clause } = setting;
  const near = isNearTreatment(setting);
  if (near && !(GET_ONE.test(before) && isAsked(setting)) && !NEXT_VISIT.test(before))
    return role('treatment', isPreviousVisit(before) ? 2 : 4);
  const isNamed =
    TREATMENT_NOUN.test(clause.text) && /(?<!\w)(?:was|had|got|did|ended|finished|started)(?!\w)/.test(around) && !SYMPTOM.test(around);
  if (!isNamed && !DONE.test(around)) return null;
  if (SYMPTOM.test(before) && !DONE.test(before)) return null;
  if (PERMISSION.test(before) && !DONE.test(after)) return null;
  return role('treatment', isPreviousVisit(before) ? 2 : 4);
}

/** A time that stands alone belongs to the clause before it, or after it. */
function decideBare({ index, mention, clause, around }: Setting, context: RoleContext): Role {
  const isComing = mention.direction === 'future';
  if (context.awaitsTime) return role(isComing ? 'coming' : 'treatment', 2);
  if (/(?<!\w)(?:it|that|this|mine|appointment|treatment) (?:was|ended)(?!\w)/.test(around) && !clause.isQuestion)
    return role('treatment', 4);
  const previous = context.clauses[index - 1]?.text ?? '';
  const next = context.clauses[index + 1];
  if (DONE.test(previous) || (TREATMENT_NOUN.test(previous) && !ASKING.test(previous) && !SYMPTOM.test(previous)))
    return role('treatment', 3);
  if (ASKING.test(previous)) return role('asked', 3);
  if (next !== undefined && (DONE.test(next.text) || TREATMENT_BEFORE.test(next.text.slice(0, 40)))) return role('treatment', 3);
  if (clause.isQuestion || (next !== undefined && mention.direction !== 'past' && ASKING.test(next.text)))
    return mention.direction === 'past' ? NONE : role('asked', 3);
  if (context.previous?.is === 'treatment' && mention.direction !== 'past' && mention.day === undefined) return role('treatment', 3);
  const isWhole = context.clauses.length === 1;
  return isWhole && mention.direction === 'past' && !context.knowsTreatment ? role('treatment', 2) : NONE;
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
  const isDayless = mention.day === undefined;
  if (
    isDayless &&
    mention.part !== undefined &&
    mention.clock === undefined &&
    mention.part !== 'morning' &&
    mention.part !== 'noon' &&
    !asked
  )
    return NONE;
  if (isDayless && mention.part === 'night' && mention.clock === undefined) return NONE;
  if (SYMPTOM.test(around) && !asked) return NONE;
  return role('asked', asked ? 4 : 2);
}
