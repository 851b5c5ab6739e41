import type { Setting } from './clauses';

const NTH = '(?:first|1st|last|second|2nd|third|3rd|very first|very last|final|early|late|new|other)';
const PERSON = '(?:patient|client|customer|girl|guy|lady|gal|man|woman|dude|person|one|face|gal|appointment|slot|booking)s?';
/** "im a (yesterday 1pm) patient", "i was the (2 oclock yesterday)", "your (9am from monday)". */
const BEFORE = new RegExp(
  `(?:^|[,.;!] ?|(?<!\\w)(?:im|i am|i was|i were|this is|its|it is|its me,?|hi|hello|hey|here is|heres|being|was) )(?:one of )?(?:a|an|the|your|ur|yalls|her|his|their) (?:${NTH} )?(?:(?:${PERSON}|one) )?(?:(?:in|of|on|from|at|for) )*$`,
);
/** "its sarah from (saturday at 3)" */
const NAME_FROM =
  /(?:^|[,.!] ?|(?<!\w)(?:hi|hey|hello) )(?:its|this is|im|i am|its me,?) (?:(?!\d|away|far|days|weeks|hours|off|back|still|not|so)\w+ ){1,3}from (?:the |your |last )*$/;
const IS_SAID = /(?<!\w)(?:im|i am|i was|this is|its me,?) (?:one of )?(?:a|an|the|your|ur|yalls|her|his|their)(?!\w)/;
const PERSON_BEFORE = new RegExp(`(?<!\\w)(?:${PERSON}) (?:in |of |on |from |at |for )*$`);
const AFTER = new RegExp(`^(?:s)? ?(?:${NTH} )?(?:micro ?needl\\w* |needl\\w* |prp )?${PERSON}(?!\\w)`);
const NOTHING_AFTER = /^ ?(?:$|[,.;:!?)-]|\||(?:here|again|and|with|for|just|asking|wondering|checking|so|can|is|from|on|my|who)(?!\w))/;

/** Whether a time names its patient: "im a yesterday 1pm patient", "i was the 2 oclock yesterday", "your 9am from monday here". */
export function isPatient(setting: Setting): boolean {
  const { before: lead, after, mention, clause, words } = setting;
  const before = words.startsWith('the ') ? `${lead}the ` : lead;
  if (mention.kind !== 'calendar') return false;
  if (AFTER.test(after) && (BEFORE.test(before) || before.trim() === '')) return true;
  if (mention.clock !== undefined && mention.day !== undefined && before.trim() === '' && /^ here(?!\w)/.test(after)) return true;
  if (mention.clock !== undefined && /(?<!\w)from (?:your|ur|yalls) $/.test(before) && NOTHING_AFTER.test(after)) return true;
  if (
    /^ ?(?:patient|client|customer) (?:in|of|on|from|at|for) (?:the |your )*$/.test(before) &&
    /^ ?(?:$|[,.;:!?)-]|slot|appointment|session)/.test(after)
  )
    return true;
  if (
    mention.clock !== undefined &&
    mention.direction === 'past' &&
    /(?<!\w)(?:remember me|its me|me again)[,?!.]* (?:from |the )*$/.test(setting.lead)
  )
    return true;
  if (NAME_FROM.test(words.startsWith('from ') ? `${lead}from ` : before) && NOTHING_AFTER.test(after)) return true;
  if (!BEFORE.test(before)) return false;
  if (!NOTHING_AFTER.test(after)) return false;
  return (
    IS_SAID.test(before) || PERSON_BEFORE.test(before) || (mention.clock !== undefined && mention.day !== undefined && clause.start <= 1)
  );
}
