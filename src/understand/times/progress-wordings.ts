/** Words put in the place of rarer ones. */
export type Wording = readonly [pattern: RegExp, usual: string];

const COUNT = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|couple(?: of)?|(?:a )?few)';
const AMOUNT = `${COUNT}(?: ?(?:-|to|or) ?${COUNT})? (?:full |whole )?(?:hours|days?|weeks|months)`;
const NOUN = '(?:micro ?needling|needling|treatment|procedure|session|appointment|tx|mn|prp)';
/** Where a message or a sentence begins, or the patient says how far along they are. */
const HERE = '(?<=^ ?|[.,;:!?(-] ?|\\b(?:hi|hey|hello|so|ok|im|i am|been|its|at|now|only|just|still|already|about|like|here) )';
const ENDS = '(?= ?(?:$|[,.;:!?)]|(?:and|but|so|still|here|now|with|can|is|my|post|already|lol|today)\\b))';

/** How far along one is, as the amount and "in", "post" or "since": "3 days removed from", "post treatment 3 days", "i have 3 days with the microneedling". */
export const PROGRESS_WORDINGS: readonly Wording[] = [
  [
    new RegExp(
      `\\b(?:there (?:is|are|were|was)|it (?:does|makes)|(?:today )?(?:it )?is (?:making|completing)|(?:it is|its) since|(?<=^ ?)is) (?:already |now )?(${AMOUNT}) (?:that |since |ago )?(?=i |we )`,
      'g',
    ),
    '$1 ago ',
  ],
  [/\b(\d{1,2}) ?dp(?:p|o|t|m|n|mn|rf)\b/g, '$1 days post'],
  [/\b(?:s\/p|status post)\b/g, 'post'],
  [/\bday (?:no|number|nr|num)\.? ?(?=\d)/g, 'day '],
  [/\b(?:morning|afternoon|evening|night|end|start|beginning|middle) of (?=day \d)/g, ''],
  [
    new RegExp(
      `\\b(${AMOUNT}) (?:removed from|removed|deep|strong|clear of|recovered|healed)(?! (?:breath|clean|condition|tissue))\\b`,
      'g',
    ),
    '$1 in',
  ],
  [new RegExp(`${HERE}(${AMOUNT}) (?:on|down|under my belt)${ENDS}`, 'g'), '$1 in'],
  [
    new RegExp(
      `\\b(${AMOUNT}) into (?:it|this|the (?:process|healing|recovery)|my (?:recovery|healing)|healing|recovery|recovering)\\b`,
      'g',
    ),
    '$1 in',
  ],
  [new RegExp(`${HERE}(${AMOUNT}) (?:of|with) (?:healing|recovery|recovering|downtime|this face|peeling)(?: so far)?\\b`, 'g'), '$1 in'],
  [
    new RegExp(
      `\\b(?:i have(?: already)?|i am(?: already)? with|im with|its my|i carry) (${AMOUNT}) (?:with|of|from|after|since|in) (?=(?:the |my )?${NOUN}\\b)`,
      'g',
    ),
    'its been $1 since ',
  ],
  [
    new RegExp(
      `\\b(${AMOUNT}) (?:have |has |had )?(?:already |now )?(?:passed|past|gone by|went by|elapsed|went) (?:since|from|after) `,
      'g',
    ),
    '$1 since ',
  ],
  [new RegExp(`\\b(${AMOUNT}) (?:have|has) (?:already |now )?(?:passed|gone by|elapsed)\\b`, 'g'), 'its been $1'],
  [new RegExp(`\\b(?:im|i am|were) on (${AMOUNT})${ENDS}`, 'g'), 'its been $1'],
  [new RegExp(`${HERE}post(?:[- ]?op|[- ]${NOUN})?:? (${AMOUNT})${ENDS}`, 'g'), '$1 post'],
  [new RegExp(`${HERE}(${COUNT} (?:weeks|days|months)) (?=today ?(?:$|[,.;!?]|(?:and|since|so|but|can|is|my|post)\\b))`, 'g'), '$1 ago '],
  [
    new RegExp(
      `${HERE}(?:somewhere |right |well |smack )?(?:in|within|inside|between|at) (?:the |that |my |a )?(?:middle of (?:the |that )?)?(\\d{1,3} ?(?:-|to|and) ?\\d{1,3}) (hours|days?)(?: (?:window|range|mark|stretch|zone|phase|period|point|part|timeframe|time frame))?`,
      'g',
    ),
    '$1 $2 in',
  ],
  [new RegExp(`(?<=^ ?|[.!?,;] ?)from (${AMOUNT}) (?=i |we )`, 'g'), '$1 ago '],
];
