import type { Setting } from './clauses';
import { type RoleContext, isAsked } from './role';

/** "i told you monday", "i thought it was friday": said and taken back. */
const MISTAKEN =
  /(?<!\w)(?:i|we) (?:said|told (?:you|u|yall|them|him|her|dr|everyone|(?:the|my|your) (?:\w+ )?\w+)|thought|wrote|typed|assumed)(?: (?:it|that|mine|i|im|we|my \w+))?(?: was| were)?(?: on| at| like| the)* $/;

/** "was supposed to be (tuesday)", "originally booked for (friday)": it came otherwise. */
const SUPPOSED =
  /(?<!\w)(?:(?:was|were) (?:originally |initially |first )?(?:supposed|meant|due|going) to (?:be|come|go|get it|have it|do it)(?: in| done)*|(?:was|were) (?:originally|initially|first) (?:booked|scheduled|set|down|on)|(?:originally|initially)(?: it was| booked| scheduled| was)*)(?: in| for| on| at)* $/;

/** "i want to bring my mom (next week)" */
const FOR_OTHER =
  /(?<!\w)(?:bring|book|schedule|send|sign up|refer|get)(?: in)? (?:my|a|our) (?:husband|wife|friend|bestie|sister|mom|mum|mother|daughter|son|brother|cousin|aunt|coworker|girlfriend|boyfriend|roommate|partner|bf|gf|neighbor)(?: in| up| over| along| with me)* $/;

/** "my usual (tuesday) class", "if i book before (the 15th)": a habit, or a term. */
const NO_TIME_ASKED =
  /(?<!\w)(?:usual|weekly|regular) $|(?<!\w)(?:book|pay|buy|order|sign up|rebook|reserve|offer|sale|discount|promo)(?: \w+){0,2} (?:before|by|until|till|ends)(?: on| the)* $|(?<!\w)(?:cant|cannot|wont|unable to) (?:come|make it|make|be there)(?: in)?(?: on)? $|(?<!\w)(?:im|i am|were|we are|staying|here) (?:in|at|here|off|away)(?: \w+){0,2} (?:until|till|til|thru|through) $/;

/** "they said wait until (friday)": told, and not asked about. */
const SAID_UNTIL =
  /(?<!\w)(?:said|says|told (?:me|us))(?: (?:to|i should|i have to|not|no|\w+ing))*(?: (?:wait|avoid|hold off|gym|makeup|exercise|sun))*(?: \w+)? (?:until|till|til)(?: the)? $/;

/** Whether a time is vague, said and taken back, a habit or a term. */
export function isTakenBack({ before, lead, trail, clause }: Setting): boolean {
  return (
    NO_TIME_ASKED.test(before) ||
    (!clause.isQuestion && SAID_UNTIL.test(before) && !/^,? ?(?:right|correct|yes|yeah|ok|true)\b/.test(trail)) ||
    MISTAKEN.test(before) ||
    FOR_OTHER.test(before) ||
    SUPPOSED.test(before) ||
    /(?<!\w)the other (?:weeks|day|night)(?: on)? $/.test(lead)
  );
}

/** "next is (6/9)": told beside a treatment that is done, and asked about by nothing. */
const NEXT_ONE =
  /(?<!\w)(?:next|(?:second|third|fourth|2nd|3rd|4th|another)(?= (?:one |session |treatment |appointment |visit |round )?(?:is|will be|booked|scheduled|set)))(?: (?:one|session|treatment|appointment|visit|round))?(?: (?:is|will be|booked|scheduled|set|isnt|not))*(?: (?:on|for|at|until|till))*(?: the)? $/;

/** "my follow-up is (june 29)" */
const FOLLOW_UP = /(?<!\w)(?:follow ?-?up|check ?-?up|consult\w*)(?: (?:appointment|visit|call|is|on|at|for|booked|scheduled))*(?: the)? $/;

/** Whether a time is that of a visit to come, beside a treatment that is done: a next one, a follow-up. */
export function isOtherVisit(setting: Setting, { previous }: RoleContext): boolean {
  const { mention, before } = setting;
  if (mention.direction === 'past' || isAsked(setting)) return false;
  return FOLLOW_UP.test(before) || (NEXT_ONE.test(before) && previous?.is === 'treatment');
}
