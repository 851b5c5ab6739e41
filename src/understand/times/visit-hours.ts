import type { Setting } from './clauses';
import { type Role, role } from './role';

/** Hour 0 is the end of the treatment: "started at 3 and ended (at 4)". */
const ENDED =
  /(?<!\w)(?:ended|finished|finishing|done|over|(?<!(?:work|worked|working|went|ate|hung|broke|passed|came|slept|going|go|eat|eating|hang|step|ride|get|be|head) )out|wrapped up)(?: up)?(?: at| by| around| about)* $/;

/** "in at 10 out (by 11:30)" */
const IN_AND_OUT =
  /(?<!\w)(?:in|there|arrived|started|came)(?: in)?(?: at| around| about)? (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|noon|lunch),? (?:and |then )?(?:was |got )?(?:out|done|finished|left|home) (?:at |by |around |about )?$/;

/** "my session ran (till 12:45)" */
const RAN_TILL = /(?<!\w)(?:ran|went|lasted|took|was there|in there|there|going) (?:over |late |long )?$/;

/** A visit called by its hour: "my (11am on sunday) ran late". */
const RAN =
  /^ ?(?:ran|started|went|took|got (?:pushed|moved)|ended|finished|was(?! (?:moved|cancel\w*|pushed|changed|re-?scheduled|supposed|switched|bumped|booked)\b))(?! (?:for|to)\b)(?!\w)/;

/** "had my (9:30 this morning)" */
const HAD_MY = /(?<!\w)(?:after|since|had|did|finished|left|done with|back from|home from|out of) (?:my|the|our) $/;
const HOUR_ENDS = /^ ?(?:$|[,.;!?]|(?:and|so|with|appointment|slot|booking|session|treatment|visit|today|yesterday)(?!\w))/;

/** The hour at which a visit ended, or by which it is called; null when the time is neither. */
export function decideVisitHour({ mention, lead, words, before, after }: Setting, previous: Role | null): Role | null {
  if (mention.clock === undefined) return null;
  if ((previous?.is === 'treatment' && ENDED.test(lead)) || IN_AND_OUT.test(lead)) return role('treatment', 4, true);
  if (/^(?:un)?til/.test(words) && RAN_TILL.test(before)) return role('treatment', 4);
  if (HAD_MY.test(before) && HOUR_ENDS.test(after)) return role('treatment', 4);
  return /(?<!\w)my $/.test(before) && RAN.test(after) ? role('treatment', 4) : null;
}
