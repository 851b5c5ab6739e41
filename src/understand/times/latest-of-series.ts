import { ASKING, COMING, DONE, SYMPTOM, TREATMENT_NOUN } from './cues';
import type { Mention } from './mention';

const NTH = '(?:second|2nd|third|3rd|fourth|4th|last|latest|newest|most recent|this)';
const VISIT = '(?:session|treatment|round|appointment|visit|one|time)';
/** What stands before the latest of several treatments: "another (yesterday)", "second one was (monday)", "and once on (tuesday)". */
const LATEST = new RegExp(
  `(?<!\\w)(?:another(?: one| ${VISIT})?|again|(?:my |the )?${NTH}(?: ${VISIT})?|${VISIT} (?:2|3|4|two|three|four)|and (?:once|one))` +
    '(?: (?:was|were|on|at|done|from|in|just|only|about|like|around|the))*[ ,]*$',
);
/** An earlier one told by a time too vague to read ("in january", "last month"). */
const EARLIER = /(?<!\w)(?:first|1st|twice|once|last (?:month|year)|one)(?!\w)/;
const FIRST_HAD = /(?<!\w)(?:had|got|did) (?:my |the )?(?:first|1st|last) (?:one|time)(?!\w)/;

const NTH_TOLD = /(?<!\w)(?:my|the) (?:second|2nd|third|3rd|fourth|4th|fifth|5th) (?:round|one|time|go)(?!\w)/;

/** "did my neck 2 weeks ago and face (yesterday)" */
const OTHER_AREA =
  /(?<!\w)and (?:then )?(?:my |the )?(?:face|neck|chest|cheeks|forehead|hands|scalp|body|stomach|d[eé]collet[eé])(?: was| on| done| just| only| about| like)*[ ,]*$/;

/** Whether a time is that of the latest of several treatments told: "had one 3 weeks ago and another yesterday". */
export function isLatestOfSeries(text: string, mentions: readonly Mention[], mention: Mention): boolean {
  const earlier = mentions.filter((other) => other.end <= mention.start);
  if (mention.direction === 'future') return false;
  const before = text.slice(earlier.at(-1)?.end ?? 0, mention.start);
  const isArea = mention.direction === 'past' && earlier.length > 0 && !SYMPTOM.test(text.slice(mention.end, mention.end + 24));
  const told = LATEST.exec(before) ?? (isArea ? OTHER_AREA.exec(before) : null);
  if (told === null || (earlier.length === 0 && !EARLIER.test(before.slice(0, told.index)))) return false;
  const soFar = text.slice(0, mention.start);
  const isTreatment =
    (DONE.test(soFar) || TREATMENT_NOUN.test(soFar) || FIRST_HAD.test(soFar) || NTH_TOLD.test(soFar)) && !SYMPTOM.test(soFar);
  return isTreatment && !ASKING.test(before) && !COMING.test(before);
}
