import type { Setting } from './clauses';
import { DONE, TREATMENT_AFTER, TREATMENT_NOUN } from './cues';
import { isPatient } from './patient-of';
import { type RoleContext, isAsked } from './role';

/** "i have a (2 oclock today)" */
const HAVE_HOUR = /(?<!\w)(?:i have|ive got|i got|have) (?:an?|my|your|the) $/;
const HOUR_ENDS = /^ ?(?:$|[,.;!?]|(?:and|so|with|appointment|slot|booking|session|treatment)(?!\w))/;
const PAST = /(?<!\w)(?:was|were|had|got|did|done|since|after|from|last|ago|treated|needled|microneedled|finished|ended|left)(?!\w)/;
/** "ill be in on (the 18th)" */
const BE_IN = /(?<!\w)(?:ill|i will|gonna|going to|im) be(?:ing)? (?:in|there|with you)(?: on| at)? $/;
const GOING = /(?<!\w)(?:going|going in|heading in|coming in) $/;
const FOR_IT = /^ ?(?:for|to get|to have) (?:it|mine|my)(?!\w)/;

/** Whether a visit still to come is told without a word such as "booked": "ill be in on the 18th", "microneedling june 5". */
export function tellsVisitAhead(setting: Setting, context: RoleContext): boolean {
  const { before, after, mention } = setting;
  if (mention.kind === 'calendar' && !isToday(setting) && /^ ?is (?:my|our|the|when)(?!\w)/.test(after) && TREATMENT_AFTER.test(after))
    return true;
  if (!context.knowsTreatment && mention.direction !== 'past' && BE_IN.test(before)) return true;
  if (GOING.test(before) && FOR_IT.test(after)) return true;
  if (isDatedAhead(setting, context)) return true;
  if (mention.direction === 'future' && isPatient(setting)) return true;
  if (mention.clock === undefined) return false;
  const isItsHour = context.previous?.is === 'coming' && mention.day === undefined && /(?<!\w)for (?:it|mine) $/.test(before);
  return isItsHour || (HAVE_HOUR.test(before) && HOUR_ENDS.test(after) && !isAsked(setting));
}

function isToday({ mention: { day } }: Setting): boolean {
  return day?.type === 'offset' && day.from === 0;
}

/** "microneedling on june 5, should i stop my retinol": a date that lies ahead, and no word of the past. */
function isDatedAhead({ mention, clause, around }: Setting, { liesBehind }: RoleContext): boolean {
  const { day } = mention;
  const isDated = (day?.type === 'date' && day.month !== null && day.year === null) || day?.type === 'holiday' || day?.type === 'beside';
  return isDated && TREATMENT_NOUN.test(clause.text) && !DONE.test(around) && !PAST.test(clause.text) && !liesBehind(mention);
}
