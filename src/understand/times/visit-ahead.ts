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

/** A visit that lies ahead by its own words: "you have me down for (tuesday)", "my turn is (friday)", "see you (friday)". */
const PUT_DOWN =
  /(?<!\w)(?:(?:you|u|yall|they|she|he|we) (?:have|has|got|squeezed|fit|put|penciled|pencilled|slotted|booked|scheduled|moved) me (?:down|in|up)?(?: for| on| at| to)*|my turn is(?: on| at| in)*|(?:^ ?|and |so |ill |will )see (?:you|u|ya|yall)(?: guys)?(?: on| at)*|(?<!is )(?<!are )(?:doing|getting|having) (?:it|mine|(?:my|the) (?:first|second|third|1st|2nd|3rd) one)(?: done)?(?: on| at| this)*) ?$/;
/** Words that look ahead to a treatment named in the same clause: "excited for my session (saturday)", "will be there (saturday) for my tx". */
const LOOKS_AHEAD =
  /(?<!\w)(?:looking forward|excited|nervous|anxious|scared|freaking out|thinking (?:of|about)|planning|prep|prepping|preparing|i will|ill|im gonna|going to (?:do|get|have|be)|see (?:you|u|yall)|(?:im|i am) (?:coming|doing|up|getting|having|in)|i (?:go|come)(?: in)?|i see|getting (?:the|my|a)|have my consult\w*|not yet|havent|will (?:be|happen|take place)|happens|takes place|is happening|coming up|(?:you|yall|they) (?:got|have|squeezed|fit) me)(?!\w)/;
const TREATMENT_WILL_BE = new RegExp(
  `(?:${TREATMENT_NOUN.source})(?:s)? (?:will be|will happen|will take place|happens|takes place|is happening)(?: on| at| this| in)* $`,
);
/** "i go in (saturday) for my first one" */
const FOR_ONE = /^ ?for (?:it|mine|(?:my|the) (?:first|second|third|next|1st|2nd|3rd) one|(?:my|the) \w+ (?:treatment|session))(?!\w)/;
const GO_IN = /(?<!\w)i (?:go|come)(?: in)? $/;

/** Whether a visit still to come is told without a word such as "booked": "ill be in on the 18th", "microneedling june 5". */
export function tellsVisitAhead(setting: Setting, context: RoleContext): boolean {
  const { before, after, mention } = setting;
  if (mention.kind === 'calendar' && !isToday(setting) && /^ ?is (?:my|our|the|when)(?!\w)/.test(after) && TREATMENT_AFTER.test(after))
    return true;
  if (!context.knowsTreatment && mention.direction !== 'past' && BE_IN.test(before)) return true;
  if (GOING.test(before) && FOR_IT.test(after)) return true;
  if (mention.direction !== 'past' && !isToday(setting) && looksAhead(setting, context)) return true;
  if (isDatedAhead(setting, context)) return true;
  if (mention.direction === 'future' && isPatient(setting)) return true;
  if (mention.clock === undefined) return false;
  if (mention.direction === 'future' && /(?<!\w)my $/.test(before) && HOUR_ENDS.test(after)) return true;
  const isItsHour = context.previous?.is === 'coming' && mention.day === undefined && /(?<!\w)for (?:it|mine) $/.test(before);
  return isItsHour || (HAVE_HOUR.test(before) && HOUR_ENDS.test(after) && !isAsked(setting));
}

/** "first appointment (saturday), nervous", "not yet treated, appointment (saturday)" */
const FEELS_AHEAD =
  /^ ?[,.!-]+ ?(?:so |and |im |i am |super |kinda |really |very |a bit |a little )*(?:nervous|excited|scared|anxious|freaking out|cant wait)(?!\w)/;
const NOT_YET = /(?<!\w)(?:havent|not|didnt|never)(?: \w+){0,3} (?:yet|before|treated)(?!\w)[^?]*$|not yet/;

/** A permission asked before the time: what is asked about, not the visit. */
const ASKS = /(?<!\w)(?:can (?:i|we)|could i|should i|may i|is it|ok to|safe to|how (?:soon|long)|when can|after|since|post)(?!\w)/;

/** Whether words of looking forward stand before the time, and none of the past. */
function looksAhead(setting: Setting, { knowsTreatment }: RoleContext): boolean {
  const { before, after, clause } = setting;
  if (TREATMENT_WILL_BE.test(before)) return true;
  if (knowsTreatment || clause.isQuestion || DONE.test(before)) return false;
  if (TREATMENT_NOUN.test(clause.text) && !PAST.test(clause.text) && (FEELS_AHEAD.test(setting.trail) || NOT_YET.test(setting.lead)))
    return true;
  if (PUT_DOWN.test(before) || (GO_IN.test(before) && FOR_ONE.test(after))) return true;
  return LOOKS_AHEAD.test(before) && TREATMENT_NOUN.test(clause.text) && !PAST.test(before) && !ASKS.test(before);
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
