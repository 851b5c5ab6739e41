import type { Setting } from './clauses';
import { NONE, type Role, type RoleContext } from './role';

/** "my friend had hers (monday)" */
const OTHER_PERSON =
  /(?<!\w)(?:husband|wife|friend|bestie|bff|sister|mom|mum|mother|daughter|son|brother|cousin|aunt|coworker|colleague|girlfriend|boyfriend|roommate|partner|bf|gf|neighbor)s? (?:also |just |has |have )*(?:had|got|did|gets|was|went)(?!\w)/;

/** "i had it sat, my mom (sunday)" */
const OTHER_LEFT_OUT =
  /(?<!\w)(?:my|the|our) (?:husband|wife|friend|bestie|sister|mom|mum|mother|daughter|son|brother|cousin|aunt|coworker|girlfriend|boyfriend|roommate|partner|bf|gf)s?(?: on| was| at)* $/;

/** "my friend got hers (yesterday), mine is monday" */
const OTHERS_OWN = /(?<!\w)(?:had|got|did|getting|hers|his|theirs) (?:hers|his|theirs|was|were)(?: done)?(?: on| at)* $/;
const OWN = /(?<!\w)(?:mine|i (?:had|got|did)|my (?:treatment|session|appointment|turn))(?!\w)/;

function tellsOwn({ clauses }: RoleContext): boolean {
  return clauses.some(({ text }) => OWN.test(text));
}

/** Another person's treatment gives way to the writer's own. */
export function giveWay(decided: Role, { before }: Setting, context: RoleContext): Role {
  if (decided.is !== 'treatment') return decided;
  if (OTHERS_OWN.test(before) && tellsOwn(context)) return NONE;
  const isOfOther = decided.weight > 3 && (OTHER_PERSON.test(before) || OTHER_LEFT_OUT.test(before));
  return isOfOther ? { ...decided, weight: 3 } : decided;
}
