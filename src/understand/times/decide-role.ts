import type { Setting } from './clauses';
import {
  ACTIVITY,
  ASKING,
  CORE_NOUN,
  CORRECTING,
  DONE,
  OTHER_PROCEDURE,
  OWN_STATE,
  PERMISSION,
  SYMPTOM,
  TREATMENT_AFTER,
  TREATMENT_NOUN,
  isFillerOnly,
} from './cues';
import { decideCalendar } from './decide-calendar';
import { decideComing } from './decide-coming';
import type { Mention } from './mention';
import { isOtherVisit, isTakenBack } from './not-meant';
import { giveWay } from './other-person';
import { saysNow } from './says-now';
import { NONE, type Role, type RoleContext, isAsked, isNearTreatment, isPreviousVisit, role } from './role';

/** A bare "14 weeks" is some other count. */
const MOST_BARE_DAYS = 14;
/** "had chemo ten years ago": so far back only a named treatment counts. */
const LONG_AGO_DAYS = 200;

const FOLLOWED_BY_OTHER = new RegExp(`^ ?(?:after |since |from |of |on |post |my |the |a )*(?:${OTHER_PROCEDURE.source})`);

/** Decides what a time in a message is for; another person's treatment gives way to the writer's own. */
export function decideRole(setting: Setting, context: RoleContext): Role {
  return giveWay(decideOwn(setting, context), setting, context);
}

function decideOwn(setting: Setting, context: RoleContext): Role {
  const { lead, mention } = setting;
  if (saysNow(setting, context)) return role('now', 0);
  if (
    mention.kind === 'calendar' &&
    (TREATMENT_NOUN.test(setting.clause.text) ||
      (/^ ?(?:its|it is|mine is) /.test(setting.before) && TREATMENT_NOUN.test(setting.trail))) &&
    /(?:not|isnt|wont be|arent) (?:until|till|til) (?:the )?$/.test(lead)
  )
    return role('coming', 4);
  if (/(?:^| )(?:not|isnt|wasnt)(?: (?:on|the|until|til|in))? $/.test(lead) && /calendar|ago|label/.test(mention.kind)) return NONE;
  if (isTakenBack(setting) || isOfOther(setting)) return NONE;
  if (isOtherProcedure(setting)) return isOtherAhead(setting) ? role('asked', 2) : NONE;
  if (isOtherVisit(setting, context)) return NONE;
  if (mention.kind === 'fresh') return role('treatment', 1);
  if (
    mention.kind === 'ahead' &&
    (IF_UNTIL.test(setting.before) ||
      (COME_BACK.test(setting.before) && !ASKING.test(setting.before)) ||
      (CAME_ABOUT.test(setting.before) && !ASKING.test(setting.before)) ||
      RESULTS_COME.test(setting.before))
  )
    return NONE;
  if (mention.kind === 'ahead') return decideComing(setting, context) ?? role('asked', 3);
  if (mention.kind === 'calendar') return decideCalendar(setting, context);
  return decideElapsed(setting, context);
}

/** "(friday) was my kids recital" */
const WAS_OTHER = /^ ?was (?:my|our|his|her|the|a|an) (?!day|turn|slot|time|date|one|first|second|third|last|1st|2nd|3rd|\w+ one(?!\w))\w/;

function isOfOther({ mention, after }: Setting): boolean {
  return mention.kind === 'calendar' && WAS_OTHER.test(after) && !TREATMENT_NOUN.test(after.slice(0, 40));
}

/** "botox (next mon), enough time?": named, and asked about in the words that follow. */
const OTHER_AT = new RegExp(
  `(?:${OTHER_PROCEDURE.source})(?: (?!was|were|had)\\w+)?(?: (?:appointment|session|visit|booked|scheduled|on|at|is|set|for)){0,3} $`,
);
/** "(tomorrow) laser on legs" */
const OTHER_FIRST = new RegExp(`^ ?(?:i have |im having |im getting )?(?:a |an |my )?(?:${OTHER_PROCEDURE.source})`);
const ASKED_NEXT =
  /^ ?(?:should i|can i|is it|is that|do i|will it)|^ ?[,.;-]+ ?(?:so |and |but )?(?:ok|okay|fine|(?:long )?enough|(?:good|bad|dumb|smart) idea|yes or no|too (?:soon|early|close)|safe|alright|is (?:it|that)|can i|should i|do i|am i|will (?:it|that|i)|i (?:want|need|wanna)|still|good|thats (?:ok|fine|too|enough))(?!\w)/;

/** "is a peel (thursday) ok" */
const ALLOWED_AFTER =
  /^ ?(?:a |still |really )?(?:ok|okay|fine|safe|alright|allowed|possible|doable|(?:too |a )?(?:soon|early)|good idea|bad idea)(?!\w)/;

/** "my birthday is saturday", "dentist friday ok?": ahead, so it is asked about. */
function isOtherAhead(setting: Setting): boolean {
  const { before, around, mention } = setting;
  if (mention.direction === 'past') return false;
  if (isAsked(setting) || IS_ALLOWED.test(before)) return true;
  if (mention.direction === 'future' && OTHER_FIRST.test(setting.after)) return true;
  if (OTHER_AT.test(before) && (ASKED_NEXT.test(setting.trail) || ALLOWED_AFTER.test(setting.after))) return true;
  return (
    /(?<!\w)(?:(?:is|are|starts)(?: on| at)?|(?:theres|there is|booked|scheduled|got|have|getting|having|doing)(?: (?:a|an|my|another))? \w+(?: \w+)?) $/.test(
      before,
    ) && !/(?<!\w)(?:was|had|(?<!ive |i have )got|did)(?!\w)/.test(around)
  );
}

function isOtherProcedure({ clause, around, after, mention }: Setting): boolean {
  if (!OTHER_PROCEDURE.test(around) || CORE_NOUN.test(clause.text)) return false;
  if (mention.kind === 'after' && TREATMENT_AFTER.test(after)) return false;
  if (mention.kind === 'label' || mention.kind === 'progress')
    return FOLLOWED_BY_OTHER.test(around.slice(around.indexOf('|') + 2)) || !ASKING.test(around);
  return true;
}

/** "and (day 8)?", "how about after (5 days)", "when (its been 2 full days)?": a short question about then, once the treatment time is known. */
const OF_LATER =
  /^ ?(?:(?:and|but|so|ok|okay|then|how about|what about|what if) )*(?:(?:after|once|when|at|past|from)(?: (?:its|it is|it has|ive|been|had|about|like|hour))*)? ?$/;

function asksOfLater({ before, after, clause, mention }: Setting, { knowsTreatment }: RoleContext): boolean {
  if (!knowsTreatment || mention.kind === 'ago' || mention.kind === 'since' || before.trim() === '') return false;
  return OF_LATER.test(before) && isFillerOnly(after) && (clause.isQuestion || /(?:how|what) about /.test(before));
}

/** How far along: "3 days ago", "day 3", "its been 3 days", "3 days after". */
function decideElapsed(setting: Setting, context: RoleContext): Role {
  const { mention, before, after, around, clause } = setting;
  if (asksOfLater(setting, context)) return role('sinceTreatment', 3);
  const near = isNearTreatment(setting);
  const isToldDone = DONE.test(before) || DONE.test(around);
  if (mention.kind !== 'bare' && CORRECTING.test(before) && !ASKING.test(clause.text) && !SYMPTOM.test(around) && !ACTIVITY.test(around))
    return role('treatment', 4, true);
  if (mention.kind === 'bare' && tellsAgain(setting, context)) return role('treatment', 3);
  if (mention.kind === 'bare') return context.awaitsTime && !SYMPTOM.test(around) ? role('treatment', 2) : NONE;
  if (mention.kind === 'since')
    return (near || isToldDone || TREATMENT_NOUN.test(clause.text) || tellsDoneNext(setting, context)) &&
      !/^ ?(?:i have|i feel|i got|my|the) (?:the |my )?(?:skin|face|cheeks?|forehead|chin|eyes?|lips?)(?!\w)/.test(after) &&
      !SYMPTOM.test(around) &&
      !ACTIVITY.test(around)
      ? role('treatment', 4)
      : NONE;
  if (mention.kind === 'ago') {
    if (near || isToldDone) return role('treatment', isPreviousVisit(before) ? 2 : 4);
    if (mention.day?.type === 'offset' && mention.day.from < -LONG_AGO_DAYS && !CORE_NOUN.test(clause.text + setting.trail)) return NONE;
    if (SYMPTOM.test(before) || ACTIVITY.test(around) || /^ ?(?:i|my|it)\b.{0,24}\b(?:started|began|noticed)/.test(after)) return NONE;
    return role('treatment', context.awaitsTime || TREATMENT_NOUN.test(clause.text) ? 4 : 3);
  }
  if (
    /\b(?:started|began|happened|appeared|showed up|came (?:up|on)|took|washed|drank|used|popped|noticed|applied|wore|shaved|tanned|swam|exercised|worked out|went (?:swimming|running|to|out|hiking))\b.{0,20}$/.test(
      before,
    )
  )
    return NONE;
  if (/^ ?(?:i |my |the )?(?:last )?(?:washed|ate|slept|drank|took|used|pooped|showered|put|applied|dose|meal|drink|smoked)/.test(after))
    return NONE;
  if (mention.kind === 'after') return decideAfter(setting, near || isToldDone);
  if (mention.kind === 'label') return decideLabel(setting, context);
  if (/\bbeen \w+(?:ing|y|en|d|t|e)?\b.{0,12}$/.test(before) && SYMPTOM.test(before) && mention.kind === 'progress' && /^ ?now/.test(after))
    return NONE;
  return context.knowsTreatment && AT_THEN.test(before) ? role('sinceTreatment', 3) : role('treatment', 3);
}

/** "what can i do at (72 hours)", once the treatment time is known. */
const AT_THEN = /(?<!\w)(?:can|could|should|may) i(?!\w)[^.?!,]*(?<!\b(?:im|i am|now|still|its|already) )at (?:the |about )?$/;

/** "if it isnt better (in 3 days)": a limit set, no moment asked about. */
const IF_UNTIL =
  /(?<!\w)(?:if|unless) (?:it|this|that|they|its|the \w+|my \w+|things?)(?: \w+)? (?:not|isnt|doesnt|dont|hasnt|arent|still|gets?|goes|clears?|improves?|better|worse|wont)(?!\w)/;

/** "she said come back (in 6 weeks)": the next visit. */
const COME_BACK = /(?<!\w)(?:come|go|be) back|(?<!\w)(?:return|rebook|follow ?up|repeat|again|check in|see (?:me|us|you|her|him)) $/;

/** "the redness went down (in 2 days)" */
const CAME_ABOUT = /(?<!\w)(?:went|dropped|faded|cleared|healed|peeled|improved|was gone|was fine|came down)(?!\w)/;

/** "results show (in 4-6 weeks) right?": what is said of everybody. */
const RESULTS_COME =
  /(?<!\w)(?:results?|collagen|improvements?|changes) (?:usually |should |will |really |only |start to |can |do ){0,2}(?:show|shows|appear|appears|come|comes|start|starts|kick in|peak|peaks|take|takes|happen)(?: up| in)?(?: about| around| like)* $/;

/** "(since 3 days) i did my microneedling": no mark stands between. */
function tellsDoneNext({ index, after, trail }: Setting, { clauses }: RoleContext): boolean {
  return after.trim() === '' && trail.startsWith(' i ') && DONE.test(clauses[index + 1]?.text.slice(0, 60) ?? '');
}

/** "less than a day, (like 20 hours)": the time before told more exactly. */
function tellsAgain({ before, words, around, clause }: Setting, { previous }: RoleContext): boolean {
  if (previous?.is !== 'treatment' || previous.weight > 3 || clause.isQuestion || !isFillerOnly(around)) return false;
  return (
    /^(?:like|about|around|maybe|more like|exactly|so) /.test(words) ||
    /(?<!\w)(?:like|so|about|more like|exactly|thats|its) $/.test(before)
  );
}

/** "3 days after" tells where one is, unless it asks how long to wait. */
function decideAfter({ before, after, around, clause }: Setting, isTold: boolean): Role {
  if (/(?<!\w)(?:wait(?:ed|ing)?|for|the first|within|until)(?: like| about| only| the)* $/.test(before)) return NONE;
  if (/(?<!\w)(?:when|once|if) (?:i|we|it)(?: \w+)? (?:hit|reach|get to|am at|is at)(?: the)? $/.test(before))
    return role('sinceTreatment', 2);
  if (!isTold && /(?<!\w)(?:usually|normally|typically|generally|on average)(?!\w)/.test(around)) return role('sinceTreatment', 2);
  if (/^ ?(?:and |so |but |ok )?(?:is|would|will|are) (?:like |only |just |about )?$/.test(before)) return role('sinceTreatment', 2);
  const asks =
    /(?<!\w)if (?:i|we) (?!had|got|did|was|am)\w/.test(before) ||
    PERMISSION.test(before) ||
    (PERMISSION.test(around) && !OWN_STATE.test(before));
  if (asks || (clause.isQuestion && !OWN_STATE.test(around))) return role('sinceTreatment', 2);
  if (/\b(?:for|the first) $/.test(before)) return NONE;
  return role('treatment', isTold || OWN_STATE.test(around) || /^ ?(?:$|[,.:|]|and|still|my|the)/.test(after) ? 3 : 2);
}

const STATES_LABEL =
  /(?:^|[,.;:!(] ?|\b(?:im|i am|im on|i am on|its|it is|now|on|currently|at|today is|today|this is|still|only|here on|just|and|am) (?:my |the |like |about |only |now |on |at )*)$/;
/** "peeled on (day 3)": an earlier day than the one it is, if another is told. */
const BEGAN_THEN =
  /(?<!\w)(?:peeled|started|began|flaked|bruised|swelled|broke out|stopped|went away|(?:was|got|had) \w+)(?: \w+){0,3} (?:on|around|by|at|about|until) $/;
/** "is (day 3) the worst?" */
const ASKED_OF_DAY = /(?<!\w)(?:is|are|will|does|do|would|when|should) (?:\w+ ){0,2}$/;
/** "is makeup ok on (day 3)" */
const IS_ALLOWED = /(?<!\w)(?:is|are) (?:\w+ ){1,3}(?:ok|okay|fine|safe|allowed|alright|good|cool) /;
/** "a friend said (day 3) is the worst" */
const HEARSAY =
  /(?<!\w)(?:says?|said|heard|read|told me|google|reddit|tiktok|instagram|everyone|people say|they say) (?:that )?(?:on |by |your |the )?$/;
const GENERAL_LABEL =
  /(?<!\w)(?:what (?:happens|should|do|to)|when|until|til|by|around|expect|usually|does|start|will|would|after|before|from|through)(?!\w)/;

/** "day 5 and going hiking" tells where one is; "can i run on day 5" asks about it once the treatment time is known. */
function decideLabel(setting: Setting, context: RoleContext): Role {
  const { before, around, clause, lead } = setting;
  if (HEARSAY.test(before) && !context.knowsTreatment) return NONE;
  if (/(?<!\w)(?:since|ever since) (?:about |around |like |the )?$/.test(before)) return NONE;
  if (!context.knowsTreatment)
    return /(?<!\w)(?:until|til|till|by|before|from|through|after|happens on|expect(?: on| by| around| after)?|what happens|(?:what|how) (?:does|is|do|will|should|would)|when (?:does|do|will|should|is)(?: the)?) (?:about |around |like )?$/.test(
      before,
    )
      ? NONE
      : role('treatment', BEGAN_THEN.test(before) || (clause.isQuestion && ASKED_OF_DAY.test(before)) ? 2 : 3);
  if (/^(?:and |but |so |ok )?on $/.test(before)) return role('sinceTreatment', 3);
  const states =
    STATES_LABEL.test(before === '' ? '' : lead) && !(/\bon (?:the |my )?$/.test(lead) && (isAsked(setting) || IS_ALLOWED.test(before)));
  if (states && !GENERAL_LABEL.test(before)) return role('treatment', 3);
  return GENERAL_LABEL.test(around) || IS_ALLOWED.test(before) || isAsked(setting) || clause.isQuestion
    ? role('sinceTreatment', 3)
    : role('treatment', 3);
}

/** Whether nothing beside a time without a purpose speaks against the treatment's: no symptom, no activity, no question, no other procedure. */
export function couldBeTreatment(setting: Setting): boolean {
  const { mention, around, before, clause } = setting;
  if (isTakenBack(setting) || mention.direction === 'future' || clause.isQuestion || !isAdoptable(mention)) return false;
  if (/(?<!\w)(?:since|until|til|till|before|after|by|not|isnt|wasnt|every|each|for|than|within|next|twice|once)(?: \w+)? $/.test(before))
    return false;
  if (!isFillerOnly(around) && (mention.kind === 'bare' || (!TREATMENT_NOUN.test(clause.text) && !DONE.test(around)))) return false;
  return ![SYMPTOM, ACTIVITY, OTHER_PROCEDURE, ASKING, PERMISSION].some((cue) => cue.test(around));
}

function isAdoptable({ kind, day, hours }: Mention): boolean {
  if (kind === 'calendar') return day !== undefined;
  return kind === 'since' || (kind === 'bare' && (hours !== undefined || (day?.type === 'offset' && day.from >= -MOST_BARE_DAYS)));
}
