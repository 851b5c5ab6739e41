import type { Clause, Setting } from './clauses';
import { ASKING, DONE, SYMPTOM, TREATMENT_BEFORE, TREATMENT_NOUN, isFillerOnly } from './cues';
import { NONE, type Role, type RoleContext, role } from './role';

/** "2 sessions done, last on 5/6", "second is may 20, first was april 20" */
const LAST_ONE =
  /(?<!\w)(?:last|latest|most recent|(?:first|1st|second|2nd|third|3rd)(?= (?:one |session |treatment )?was))(?: one| session| treatment| time| visit| appointment)?(?: was)?(?: on| in)? ?$/;
/** "2.0 mm, 4 passes, (friday)": how the treatment was done. */
const DETAIL =
  /^ ?(?:\d|two|three|four|five|six|needle|needles|depth)(?:[\w. ]*) ?(?:passes|mm|needles?|depth|pins)(?: depth| each| all over| deep)* ?$/;
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
export function decideBare(setting: Setting, context: RoleContext): Role {
  const { index, mention, clause, around, before } = setting;
  const isComing = mention.direction === 'future';
  const previous = context.clauses[index - 1]?.text ?? '';
  if (context.awaitsTime && context.previous?.is === 'treatment' && goesOn(setting, context.previous, previous))
    return role('treatment', 3);
  if (context.awaitsTime) return role(isComing ? 'coming' : 'treatment', 2);
  if (/(?<!\w)(?:it|that|this|mine|one|appointment|treatment) (?:was|ended)(?!\w)/.test(around) && !clause.isQuestion)
    return role('treatment', 4);
  if (LAST_ONE.test(before) && !clause.isQuestion) return role('treatment', 4);
  if (context.previous?.is === 'coming' && mention.day !== undefined && mention.direction !== 'past') return role('asked', 3);
  if (/^ ?out(?!\w)/.test(setting.after) && mention.part === 'night')
    return isComing || mention.direction === 'either' ? role('asked', 3) : NONE;
  if (context.clauses[index - 1]?.isQuestion === true && mention.day === undefined && isHourTold(context)) return role('asked', 3);
  if (mention.day === undefined && mention.direction !== 'past' && isHourTold(context) && isAskedNext(setting, context))
    return role('asked', 3);
  const next = nextClause(setting, context);
  if (context.previous?.is === 'treatment' && mention.day !== undefined && mention.direction !== 'past' && isAskedNext(setting, context))
    return role('asked', 3);
  if (DONE.test(previous) || DETAIL.test(previous) || (TREATMENT_NOUN.test(previous) && !ASKING.test(previous) && !SYMPTOM.test(previous)))
    return role('treatment', 3);
  if (context.previous?.is === 'treatment' && !clause.isQuestion && goesOn(setting, context.previous, previous))
    return role('treatment', 3);
  if (!context.knowsTreatment && !isComing && mention.day !== undefined && (isRecalled(setting, context) || RECALLED.test(previous)))
    return role('treatment', 3);
  if (ASKING.test(previous)) return role('asked', 3);
  if (next !== undefined && DONE.test(next.text) && OWN_DAY.test(next.text) && mention.day !== undefined && !isComing)
    return mention.direction === 'past' ? NONE : role('asked', 3);
  if (next !== undefined && !isComing && /^ ?(?:it|that|this|which) was (?:my|the|when|our)(?!\w)/.test(next.text))
    return role('treatment', 3);
  if (next !== undefined && (DONE.test(next.text) || TREATMENT_BEFORE.test(next.text.slice(0, 40)))) return role('treatment', 3);
  if (
    !context.knowsTreatment &&
    !isComing &&
    !clause.isQuestion &&
    (opensQuestion(setting, context) || isDateFirst(setting, next, context))
  )
    return role('treatment', 3);
  if (clause.isQuestion || (next !== undefined && mention.direction !== 'past' && ASKING.test(next.text)))
    return mention.direction === 'past' ? NONE : role('asked', 3);
  if (context.previous?.is === 'treatment' && mention.direction !== 'past' && mention.day === undefined) return role('treatment', 3);
  const isWhole = context.clauses.every((one) => !one.isQuestion && isFillerOnly(isTold(one, mention) ? around : one.text));
  return isWhole && !isComing && mention.day !== undefined && !context.knowsTreatment ? role('treatment', 2) : NONE;
}

/** "had it monday. and (saturday)?", "had it monday, (saturday) can i run": once the treatment's day is told. */
function isAskedNext({ index, clause, before, trail }: Setting, { clauses }: RoleContext): boolean {
  if (/^ (?:can|could|should|may|will|am|is it|do|would) i?(?!\w)/.test(trail)) return true;
  return (
    clause.isQuestion &&
    clauses[index - 1]?.isQuestion !== true &&
    /^ ?(?:(?:and|but|so|ok|what about|how about|or|for|on|by|until|before|after) ?)*$/.test(before)
  );
}

const RECALL =
  '(?:forget|forgot|(?:cant|dont) (?:remember|recall)|lost track|(?:bad|terrible|horrible|awful) (?:with|at) (?:dates|days|time|remembering))(?!\\w)';
const RECALLED = new RegExp(`(?<!\\w)(?:sometime(?!\\w)|${RECALL})`);
const RECALLED_NEXT = new RegExp(`^[ ,.;-]*(?:(?:sorry|but|and|honestly|ugh|i|im|am|really|so|just|very|have)[ ,]+)*${RECALL}`);

/** "sometime monday, forget exactly when": only what is past is forgotten. */
function isRecalled(setting: Setting, context: RoleContext): boolean {
  const next = nextClause(setting, context)?.text ?? '';
  return RECALLED.test(setting.clause.text) || (isFillerOnly(next) && RECALLED.test(next)) || RECALLED_NEXT.test(setting.trail);
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
  if (mention.clock !== undefined && /^ ?(?:so |and |ok )?(?:when|how (?:long|soon|many)|what time)(?!\w)/.test(next.text)) return true;
  const isDated = mention.day.type === 'date' || mention.day.type === 'holiday' || mention.day.type === 'beside';
  return (
    (mention.direction === 'past' || (isDated && liesBehind(mention))) &&
    (next.isQuestion || ASKING.test(next.text)) &&
    !SYMPTOM.test(next.text)
  );
}

/** "4/19. peeling. normal?": a date set before a message, as on a form. */
function isDateFirst({ mention, index, trail }: Setting, next: Clause | undefined, { liesBehind }: RoleContext): boolean {
  const { day } = mention;
  const isDated = day?.type === 'date' || ((day?.type === 'holiday' || day?.type === 'beside') && liesBehind(mention));
  return index === 0 && isDated && /^ ?[.,:;-]/.test(trail) && next !== undefined && !ASKING.test(next.text);
}
