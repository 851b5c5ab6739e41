import {
  ACTIVITY, ASKING, COMING, CORE_NOUN, CORRECTING, DONE, GET_ONE, NEXT_VISIT, OTHER_PROCEDURE, OWN_STATE, PERMISSION, SYMPTOM,
  TREATMENT_AFTER, TREATMENT_BEFORE, TREATMENT_NOUN, isFillerOnly,
} from './cues'; // prettier-ignore
import type { Clause, Setting } from './clauses';

/**
 * What a time is for: `treatment` done, `coming` a treatment ahead, `asked` the moment a question is about, `sinceTreatment` a moment counted
 * from the treatment, `now` the time it is, `none` anything else. `weight` tells how clearly: 4 named, 3 how far along, 2 bare, 1 just now.
 */
export interface Role {
  readonly is: 'treatment' | 'coming' | 'asked' | 'sinceTreatment' | 'now' | 'none';
  readonly weight: number;
  readonly corrects: boolean;
}

/** What is known beyond the clause. */
export interface RoleContext {
  readonly clauses: readonly Clause[];
  readonly awaitsTime: boolean;
  readonly knowsTreatment: boolean;
  /** The role of the time before this one, that a correction or an "or" takes over. */
  readonly previous: Role | null;
}

const role = (is: Role['is'], weight: number, corrects = false): Role => ({ is, weight, corrects });
const NONE = role('none', 0);

/** Decides what a time in a message is for. */
export function decideRole(setting: Setting, context: RoleContext): Role {
  const { lead, mention } = setting;
  if (saysNow(setting)) return role('now', 0);
  if (/(?:^| )(?:not|isnt|wasnt)(?: (?:on|the|until|til|in))? $/.test(lead) && mention.kind === 'calendar') return NONE;
  if (isOtherProcedure(setting)) return /future|either/.test(mention.direction) && isAsked(setting) ? role('asked', 2) : NONE;
  if (mention.kind === 'fresh') return role('treatment', 1);
  if (mention.kind === 'ahead') return decideComing(setting, context) ?? role('asked', 3);
  if (mention.kind === 'calendar') return decideCalendar(setting, context);
  return decideElapsed(setting, context);
}

/** "its wed", "its friday 11am", "today is friday", "today (fri)". */
function saysNow({ lead, before, mention, trail }: Setting): boolean {
  if (mention.kind !== 'calendar') return false;
  if (/(?:^|[^\w])(?:its|it is|today is|now its|right now its)(?: (?:only|now|like|almost|about|currently|already|past))* $/.test(lead)) return !/^ ?(?:treatment|appointment|session)/.test(trail);
  return mention.clock !== undefined && mention.day === undefined && /\b(?:its)\b/.test(lead.slice(-5) + before.slice(-5)) && /^ ?(?:now|here|am|pm)\b/.test(trail);
}

function isOtherProcedure({ clause, around, mention }: Setting): boolean {
  if (!OTHER_PROCEDURE.test(around) || CORE_NOUN.test(clause.text)) return false;
  if (mention.kind === 'label' || mention.kind === 'progress') return new RegExp(`^ ?(?:after |since |from |of |on |post |my |the |a )*(?:${OTHER_PROCEDURE.source})`).test(around.slice(around.indexOf('|') + 2)) || !ASKING.test(around);
  return true;
}

function isAsked({ clause, around }: Setting): boolean {
  return clause.isQuestion || ASKING.test(around);
}

/** How far along: "3 days ago", "day 3", "its been 3 days", "3 days after". */
function decideElapsed(setting: Setting, context: RoleContext): Role {
  const { mention, before, after, around, clause } = setting;
  const near = isNearTreatment(setting);
  const isToldDone = DONE.test(before) || DONE.test(around);
  if (mention.kind === 'bare') return context.awaitsTime && !SYMPTOM.test(around) ? role('treatment', 2) : NONE;
  if (mention.kind === 'ago') {
    if (near || isToldDone) return role('treatment', isPreviousVisit(before) ? 2 : 4);
    if (SYMPTOM.test(before) || ACTIVITY.test(around) || /^ ?(?:i|my|it)\b.{0,24}\b(?:started|began|noticed)/.test(after)) return NONE;
    return role('treatment', context.awaitsTime || TREATMENT_NOUN.test(clause.text) ? 4 : 3);
  }
  if (/\b(?:started|began|happened|appeared|showed up|came (?:up|on)|took|washed|drank|used|popped|noticed)\b.{0,20}$/.test(before)) return NONE;
  if (/^ ?(?:i |my |the )?(?:last )?(?:washed|ate|slept|drank|took|used|pooped|showered|put|applied|dose|meal|drink|smoked)/.test(after)) return NONE;
  if (mention.kind === 'after') return decideAfter(setting, near || isToldDone);
  if (mention.kind === 'label') return decideLabel(setting, context);
  if (/\bbeen \w+(?:ing|y|en|d|t|e)?\b.{0,12}$/.test(before) && SYMPTOM.test(before) && mention.kind === 'progress' && /^ ?now/.test(after)) return NONE;
  return role('treatment', 3);
}

/** "3 days after" tells where one is, unless it asks how long to wait. */
function decideAfter({ before, after, around, clause }: Setting, isTold: boolean): Role {
  const asks = PERMISSION.test(before) || (PERMISSION.test(around) && !OWN_STATE.test(before));
  if (asks || (clause.isQuestion && !OWN_STATE.test(around))) return role('sinceTreatment', 2);
  if (/\b(?:for|the first) $/.test(before)) return NONE;
  return role('treatment', isTold || OWN_STATE.test(around) || /^ ?(?:$|[,.:|]|and|still|my|the)/.test(after) ? 3 : 2);
}

const STATES_LABEL = /(?:^|[,.;:!(] ?|\b(?:im|i am|im on|i am on|its|it is|now|on|currently|at|today is|today|this is|still|only|here on|just|and|am) (?:my |the |like |about |only |now |on |at )*)$/;
const GENERAL_LABEL = /(?<!\w)(?:what (?:happens|should|do|to)|when|until|til|by|around|expect|usually|does|start|will|would|after|before|from|through)(?!\w)/;

/** "day 5 and going hiking" tells where one is; "can i run on day 5" asks about it once the treatment time is known. */
function decideLabel(setting: Setting, context: RoleContext): Role {
  const { before, around, clause, lead } = setting;
  if (!context.knowsTreatment) return role('treatment', 3);
  const states = STATES_LABEL.test(before === '' ? '' : lead) && !(/\bon $/.test(lead) && isAsked(setting));
  if (states && !GENERAL_LABEL.test(before)) return role('treatment', 3);
  return GENERAL_LABEL.test(around) || isAsked(setting) || clause.isQuestion ? role('sinceTreatment', 3) : role('treatment', 3);
}

function isNearTreatment({ before, after, lead, mention, trail, clause }: Setting): boolean {
  const startsClause = mention.start <= clause.start + 1;
  return TREATMENT_BEFORE.test(before) || TREATMENT_AFTER.test(after) || (startsClause && /,\s*$/.test(lead) && TREATMENT_BEFORE.test(lead.replace(/,\s*$/, ' '))) || (after.trim() === '' && /^ ?, ?(?:my )?micro/.test(trail));
}

function isPreviousVisit(before: string): boolean {
  return /\b(?:first one|1st one|previous|first session|last time|first treatment)\b/.test(before);
}

/** A day or time on the clock. */
function decideCalendar(setting: Setting, context: RoleContext): Role {
  const { mention, lead, around } = setting;
  const corrected = decideCorrection(setting, context);
  if (corrected !== null) return corrected;
  if (context.previous !== null && /\b(?:or|maybe|to) (?:maybe |was it |on |the )?$/.test(lead) && isFillerOnly(setting.after)) return context.previous;
  if (mention.direction !== 'past') {
    const coming = decideComing(setting, context);
    if (coming !== null) return coming;
  }
  const told = decideTold(setting);
  if (told !== null && !(mention.direction === 'future' && mention.part !== 'night')) return told;
  if (/(?<!\w)since (?:about |around |like )?(?:the |this )?$/.test(lead) || mention.clock?.bound === 'after' && /since/.test(lead)) return NONE;
  if (mention.direction === 'future' && !(context.awaitsTime && isFillerOnly(around) && !setting.clause.isQuestion)) return role('asked', isAsked(setting) ? 4 : 3);
  if (isFillerOnly(around)) return decideBare(setting, context);
  return mention.direction === 'past' ? decidePast(setting, context) : decideEither(setting, context);
}

/** "no wait it was tuesday": takes the place of the time before it. */
function decideCorrection(setting: Setting, { previous, awaitsTime, knowsTreatment }: RoleContext): Role | null {
  const { lead, clause, mention } = setting;
  if (mention.direction === 'future' && previous === null) return null;
  const corrects = CORRECTING.test(clause.text.slice(0, 60)) || CORRECTING.test(lead);
  if (!corrects || ASKING.test(clause.text) || SYMPTOM.test(setting.around) || ACTIVITY.test(setting.around)) return null;
  if (previous !== null && (previous.is === 'treatment' || previous.is === 'asked' || previous.is === 'coming')) return { ...previous, weight: Math.max(previous.weight, 4), corrects: true };
  return isFillerOnly(setting.around.replace(/\b(?:actually|wrong|mistake|\w+day|bad)\b/g, ' ')) || knowsTreatment || awaitsTime || TREATMENT_NOUN.test(clause.text) ? role('treatment', 4, true) : null;
}

/** A treatment in the past: "had it done (tuesday)". */
function decideTold(setting: Setting): Role | null {
  const { before, after, around, clause } = setting;
  const near = isNearTreatment(setting);
  if (near && !(GET_ONE.test(before) && isAsked(setting)) && !NEXT_VISIT.test(before)) return role('treatment', isPreviousVisit(before) ? 2 : 4);
  const isDone = DONE.test(around);
  if (!isDone && !(TREATMENT_NOUN.test(clause.text) && /(?<!\w)(?:was|had|got|did|ended|finished|started)(?!\w)/.test(around) && !SYMPTOM.test(around))) return isDone ? null : null;
  if (SYMPTOM.test(before) && !DONE.test(before)) return null;
  if (PERMISSION.test(before) && !DONE.test(after)) return null;
  return role('treatment', isPreviousVisit(before) ? 2 : 4);
}

/** A treatment ahead: "my appointment is (tomorrow)". */
function decideComing(setting: Setting, context: RoleContext): Role | null {
  const { before, around, after, clause, mention } = setting;
  if (NEXT_VISIT.test(before) || NEXT_VISIT.test(after.slice(0, 30)) || (GET_ONE.test(before) && ASKING.test(before) && !COMING.test(before))) return null;
  if (mention.kind === 'ahead' && context.awaitsTime && isFillerOnly(around)) return role('coming', 2);
  const nouns = TREATMENT_NOUN.test(clause.text);
  if (COMING.test(around) && (nouns || /\bit\b|mine/.test(around)) && !DONE.test(before.replace(/get(?:ting)? (?:it|mine|my face) done/, ''))) return role('coming', 4);
  if (mention.direction === 'future' && isNearTreatment(setting) && !/(?<!\w)(?:had|got|did|was|after)(?!\w)/.test(before) && !PERMISSION.test(before)) return role('coming', 4);
  return null;
}

/** A time that stands alone belongs to the clause before it, or after it. */
function decideBare({ index, mention, clause, around }: Setting, context: RoleContext): Role {
  const isComing = mention.direction === 'future';
  if (context.awaitsTime) return role(isComing ? 'coming' : 'treatment', 2);
  if (/(?<!\w)(?:it|that|this|mine|appointment|treatment) (?:was|ended)(?!\w)/.test(around) && !clause.isQuestion) return role('treatment', 4);
  const previous = context.clauses[index - 1]?.text ?? '';
  const next = context.clauses[index + 1];
  if (DONE.test(previous) || (TREATMENT_NOUN.test(previous) && !ASKING.test(previous) && !SYMPTOM.test(previous))) return role('treatment', 3);
  if (ASKING.test(previous)) return role('asked', 3);
  if (next !== undefined && (DONE.test(next.text) || TREATMENT_BEFORE.test(next.text.slice(0, 40)))) return role('treatment', 3);
  if (clause.isQuestion || (next !== undefined && mention.direction !== 'past' && ASKING.test(next.text))) return mention.direction === 'past' ? NONE : role('asked', 3);
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
  if (isDayless && mention.part !== undefined && mention.clock === undefined && mention.part !== 'morning' && mention.part !== 'noon' && !asked) return NONE;
  if (isDayless && mention.part === 'night' && mention.clock === undefined) return NONE;
  if (SYMPTOM.test(around) && !asked) return NONE;
  return role('asked', asked ? 4 : 2);
}
