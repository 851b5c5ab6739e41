import type { Setting } from './clauses';
import { ASKING, COMING, DONE, GET_ONE, NEXT_VISIT, PERMISSION, TREATMENT_AFTER, TREATMENT_NOUN, isFillerOnly } from './cues';
import { type Role, type RoleContext, isNearTreatment, role } from './role';
import { tellsVisitAhead } from './visit-ahead';

/** "before my wedding on (may 2)": the day of something else. */
const BESIDE_EVENT =
  /(?<!\w)(?:before|after|for|until) (?:my|the|our|a|his|her) (?!micro|needl|derma|(?:\w+ )?(?:treatment|procedure|appointment|session|visit|micro|needl|derma|skin ?pen|prp|tx|round))\w+(?: \w+)?(?: on| is| in)? $/;

/** "needling is on (tuesday)" */
const IS_AHEAD = new RegExp(
  `(?:${TREATMENT_NOUN.source}|(?<!\\w)mine)(?: (?:with|at) (?:you|yall|u|dr \\w+|your \\w+|the \\w+|\\w+))? is(?: on| at| this| coming| set for| the)* $`,
);

/** "appointment on saturday, should i come without makeup?" */
const PREPARES =
  /(?<!\w)(?:should i|do i|can i|shall i|may i|what (?:time )?(?:should|do) i) (?:have to |need to )?(?:come|arrive|show up|bring|prep|prepare|get there|be there|(?:stop|avoid|skip|do|quit)(?: \w+)? (?:before|beforehand|first|ahead))(?!\w)|(?<!\w)(?:what (?:not )?to (?:do|avoid|skip|stop|wear|bring|use|eat)(?: \w+)? (?:before|beforehand|prior|ahead)|how (?:do|should|can) i (?:prep|prepare|get ready)|(?:to prep|any prep|to prepare|pre ?-?care|prep (?:tips|list|instructions)))(?!\w)/;
/** "on my way to my (3pm) appointment", "before my (friday) session" */
const ON_THE_WAY =
  /(?<!\w)(?:on my way|omw|otw|heading|headed|driving|walking|running late|late|getting ready|ready|prepping|prep|preparing|prepare|ahead|prior|before|until|till|til|leading up|nervous|excited)(?: in| over)?(?: to| for| of| about)? (?:my|the|our) (?:next |first |second |upcoming )?$/;
/** "upcoming microneedling (saturday)" */
const UPCOMING = new RegExp(`(?<!\\w)(?:upcoming|pre|pre-?treatment|prep) (?:\\w+ ){0,4}(?:${TREATMENT_NOUN.source})`);
/** "can we do (thursday) for my microneedling" */
const RATHER =
  /(?<!\w)(?:can|could) (?:we|i|you|u) (?:do|come|make it|move (?:me|it|my \w+)|switch(?: me| it)?|push(?: me| it)?|reschedule(?: me| it)?)(?: in)?(?: to| for| on)* $/;
/** "rescheduled to (next tuesday)" */
const MOVED =
  /^ ?(?:(?:and|so|hi|hey|hello|i|im|ive|i was|was|got|have|had to|been|just|they|you|we) )*(?:re-?scheduled|rebooked)(?: it| mine| me)?(?: to| for| on| until| till)* $/;
const WAS = /(?<!\w)(?:was|were|had|got|did|done|since|after)(?!\w)/;

function textOf({ clauses }: RoleContext): string {
  return clauses
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 400);
}

/** A treatment ahead: "my appointment is (tomorrow)". */
export function decideComing(setting: Setting, context: RoleContext): Role | null {
  const { before, around, after, clause, mention } = setting;
  const isUpcoming = !context.knowsTreatment && context.previous === null && UPCOMING.test(before);
  if (
    (!isUpcoming && (NEXT_VISIT.test(before) || NEXT_VISIT.test(after.slice(0, 30)))) ||
    (GET_ONE.test(before) && ASKING.test(before) && !COMING.test(before))
  )
    return null;
  if (mention.direction !== 'future' && /(?<!\w)(?:was|were)(?: on| at)? $/.test(before)) return null;
  if (BESIDE_EVENT.test(before) || /(?<!\w)last (?:time|one)(?!\w)/.test(before)) return null;
  const isStillToCome =
    /(?<!\w)(?:its|it is)(?: (?:gonna be|going to be|not until|until|actually|only))* $/.test(setting.lead) &&
    (mention.direction === 'future' || setting.words.startsWith('on ') || mention.day?.type === 'date' || mention.day?.type === 'weekday');
  if (isStillToCome && (context.awaitsTime || /(?:havent|not|didnt) (?:\w+ ){0,3}yet/.test(textOf(context)))) return role('coming', 4);
  if (mention.kind === 'ahead' && context.awaitsTime && isFillerOnly(around)) return role('coming', 2);
  if (
    !context.knowsTreatment &&
    /^ ?(?:and |so |hi |hey )?(?:im |i am |ive been |i was |i |we |i have |ive |i got |were |got )?(?:already |all |just )?(?:booked|scheduled|slotted|down|set|on the (?:books|schedule|calendar))(?: in)?(?: with (?:\w+ ){0,1}\w+)?(?: for| on| at)?(?: the)? $/.test(
      before,
    )
  )
    return role('coming', 4);
  if (!context.knowsTreatment && MOVED.test(before) && mention.direction !== 'past') return role('coming', 4);
  if (ON_THE_WAY.test(before) && TREATMENT_AFTER.test(after) && mention.direction !== 'past') return role('coming', 4);
  if (
    RATHER.test(before) &&
    mention.direction !== 'past' &&
    (TREATMENT_AFTER.test(after) || /^ ?instead/.test(after)) &&
    !context.knowsTreatment
  )
    return role('coming', 4);
  const nouns = TREATMENT_NOUN.test(clause.text);
  if (
    COMING.test(around) &&
    (nouns ||
      /\bits?\b|a (?:booking|slot|reservation)|mine|\bme\b|treated|needled|seeing (?:you|yall|u)|see you|my (?:first|second|third|fourth|next|1st|2nd|3rd|4th) one|(?:im|i am) coming in|my (?:face|skin|neck|scars)/.test(
        around,
      )) &&
    (/(?<!\w)coming up(?: on| this| at| in)* $/.test(before) ||
      !DONE.test(before.replace(/(?:get(?:ting)?|hav(?:e|ing)) (?:it|mine|my (?:face|skin|neck)|this) done/, '')))
  )
    return role('coming', 4);
  if (
    /(?<!\w)(?:move|reschedule|cancel|change|push|confirm|postpone|keep|make)(?: back)? (?:(?:my|the|our) )?$/.test(before) &&
    TREATMENT_AFTER.test(after)
  )
    return role('coming', 4);
  if (isUpcoming) return role('coming', 4);
  const isToday = mention.day?.type === 'offset' && mention.day.from === 0;
  if (nouns && mention.direction !== 'past' && !WAS.test(clause.text) && PREPARES.test(textOf(context))) return role('coming', 4);
  if (tellsVisitAhead(setting, context)) return role('coming', 4);
  if (IS_AHEAD.test(before) && mention.kind === 'calendar' && !isToday) return role('coming', 4);
  const isThisOneAhead = mention.day?.type === 'weekday' && mention.day.hint === 'this' && !context.liesBehind(mention);
  if (
    (mention.direction === 'future' || isThisOneAhead) &&
    isNearTreatment(setting) &&
    !/(?<!\w)(?:had|got(?! (?:my|an?|the|our))|did|was|after)(?!\w)/.test(before) &&
    !PERMISSION.test(before)
  )
    return role('coming', 4);
  return null;
}
