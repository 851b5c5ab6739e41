import { PROGRESS_WORDINGS, type Wording } from './progress-wordings';

const DAY = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow)';
const COUNT = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|couple|few)';
const UNIT = '(?:hours|days?|weeks|months|nights?)';
const MONTH = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
/** What a corrected time begins with. */
const TIME_AHEAD = `(?=(?:it was |it is |its |was |on |the |last |this |like |around |at |more like ){0,2}(?:${DAY}|\\d|${COUNT} ${UNIT}|day before|(?:${MONTH})\\w* \\d|noon|this morning|last (?:night|week)))`;

/** What a visit is written down in, and who remembers it better. */
const PAPER =
  '(?:calendar|receipt|email|phone|texts?|messages?|app|card|confirmation|reminder|paperwork|forms?|notes?|planner|invoice|portal|bill|statement)';
const PERSON = '(?:husband|wife|partner|bf|gf|boyfriend|girlfriend|sister|mom|mum|friend|daughter|son)';
const SAYS = '(?:says?|said|shows?|showed|reads?|thinks|swears|insists|reminded me|tells me|told me)';
/** The day of the visit, not of something allowed: "the form says monday i can wash". */
const DATE_AHEAD = `(?=(?:it was |its |i came |i was in )?(?:no wait )?(?:on |last |this |the )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester)day|\\d{1,2}\\/\\d|\\d{1,2}(?:st|nd|rd|th)|(?:${MONTH})\\w* \\d)(?!(?:\\w|\\/| at \\d{1,2})* (?:is|i can|i could|i may|for|to|will|or)\\b))`;

/** Ways to take a time back: "make that tuesday", "err tuesday", "edit: tuesday", "*tuesday". */
const TAKEN_BACK: readonly Wording[] = [
  [
    new RegExp(
      `[ ,.;(-]*(?<!\\b(?:i|we|you|they|she|he|doctor|nurse) )\\b(?:make (?:that|it)|err+|erm+|typo|edit(?:ed)?|update|fixed|(?:lemme|let me|ill|gotta) (?:correct|fix|rephrase|redo|restate) (?:that|this|it|myself)|hmm+ no|um+ no|uh+ no|strike that|i take (?:that|it) back|i misspoke|should(?:ve)? (?:be|say|read|have been)|meant to (?:say|write|type|put)|i mistyped|i typed (?:that )?wrong|i lied|jk|or (?:rather|no)|well no|ah no|oh no)[ ,.:;-]+${TIME_AHEAD}`,
      'g',
    ),
    ', no wait ',
  ],
  [
    new RegExp(
      `[ ,.;-]*(?:\\b(?:but|and|because|since|cuz|bc) )?(?:\\b(?:looks like|it seems) )?\\b(?:my|the|your|our) (?:(?:\\w+ )?${PAPER}(?: actually| clearly| now)? ${SAYS}(?: that)?[ ,:]+|${PERSON} ${SAYS}(?: that)? (?=it was ))${DATE_AHEAD}`,
      'g',
    ),
    ', no wait ',
  ],
  [
    new RegExp(
      `[ ,.]*\\b(?:but|although|turns out|however)(?<=\\b(?:told|said|thought|wrote|typed|put)\\b[^.?!]{1,50})\\b[^.?!\\d]{0,40}?\\bit (?:was|is)(?: actually| really| in fact)? ${TIME_AHEAD}`,
      'g',
    ),
    ', no wait ',
  ],
  [
    new RegExp(`\\b(${DAY}(?: at \\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?)?),? (?:according to|per|going by|based on) (?:my|the|your) \\w+`, 'g'),
    '$1',
  ],
  [new RegExp(`(?<=[ .,;]|\\w(?=\\* ))\\* ?${TIME_AHEAD}`, 'g'), ', no wait '],
  [new RegExp(`(?<=[ .,;])(${DAY}|${COUNT} ${UNIT} ago)\\*`, 'g'), 'no wait $1'],
  [
    new RegExp(`\\b(${DAY} at \\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?),? (?:and )?not ${DAY} at \\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?(?![\\w:])`, 'g'),
    '$1',
  ],
  [
    new RegExp(
      `\\b(?:wasnt|was not|isnt) (?:on )?(${DAY})(?: at \\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?)?[ ,.-]+(?:but |rather )?(?=it was |its )`,
      'g',
    ),
    'was, no wait ',
  ],
];

/** Days and parts of the day told in other words. */
const DAYS: readonly Wording[] = [
  [/\b(?:date of (?:service|visit|tx)|service date|dos)\b/g, 'treatment date'],
  [
    new RegExp(
      `\\b(?:last )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)[ ,(]+not (?:yesterday|today|this past one|this one|this week|${DAY}),? (?:but )?the (?:weeks?|one) before(?: (?:that|last))?\\)?`,
      'g',
    ),
    '$1 before last',
  ],
  [
    /(?<!\b(?:hi|hey|hello|thanks|thank you|im|is|with|and|saw|dr|by|uncle|mr) )(?<=\w )\btom(?= ?(?:$|[?.!]|(?:morning|night|am|pm|afternoon|evening|at \d|ok|or)\b))/g,
    'tomorrow',
  ],
  [/(?<![\w./-])(\d{1,2})[-.](\d{1,2})[-.]((?:20)?[23]\d)(?![\w./-]|\.\d)/g, '$1/$2/$3'],
  [/\bthe day (\d{1,2})(?= (?:i (?:did|had|got|made|have)|of (?:the|this) month|was (?:my|the|when))\b)/g, 'the $1th'],
  [/(?<=\b(?:was|it|done|treatment|session|procedure|microneedling) )(?:in|at|on) the (\d{1,2})(?= ?(?:$|[.,;?!]))/g, 'on the $1th'],
  [
    /(?<![\w./-])(1[3-9]|2\d|3[01])\.(0?[1-9]|1[0-2])(?= (?:i |my |was |the )|[,;?!]|$)(?<=(?:^ ?|\b(?:on|was|at|date|done|treatment|session|needling|microneedling|since|it) )[\d.]{3,5})/g,
    '$2/$1',
  ],
  [new RegExp(`\\bday (?:1|one|0|zero) (?:was|is|=|being) (?=(?:on |last |this )*(?:${DAY}|the \\d))`, 'g'), 'treatment was '],
  [/\b(?:the |this )?end of (?:the|this) weeks?(?= ?(?:$|[,.?!;)]|(?:ok|is|to|or|can|for)\b))/g, 'friday'],
  [
    /\b(?:was |got |been )?(?:moved|rescheduled|pushed|changed|bumped|switched) from (?:the \d{1,2}\w*|\d{1,2}\/\d{1,2}|\w+day|\w+ \d{1,2}\w*|tomorrow|today) (?=to )/g,
    'moved ',
  ],
  [/(?<=^ ?|[.,;:] ?)date:? (?=\d{1,2}\/\d{1,2}\/)/g, 'treatment date '],
  [/\b(?:some(?:where|time) )?between (the \d{1,2}(?:st|nd|rd|th)) and (?:the )?(\d{1,2}(?:st|nd|rd|th))\b/g, '$1 or the $2'],
  [new RegExp(`\\bsome(?:where|time) between (${DAY}) and (${DAY})\\b`, 'g'), '$1 or $2'],
  [/\bthe (\d{1,2}(?:st|nd|rd|th)) of the months?\b/g, 'the $1'],
  [/\b(last|this|next) months,? (?:on )?the (\d{1,2}(?:st|nd|rd|th))\b/g, 'the $2 of $1 months'],
  [
    /(?<=\b(?:on|was|done|treatment|session|needling|microneedling|since|it|guys|you|yall|clinic|office) )(0?[1-9]|1[0-2])\.(1[3-9]|2\d|3[01])(?= (?:at|i|my|around|in the|and|so)\b|[,;?!]|$)/g,
    '$1/$2',
  ],
  [/\blunch ?(?:break|hour|hr)s?\b/g, 'lunch'],
  [
    new RegExp(
      `\\b(?:first thing|bright and early|right (?:when|as) (?:you|u|yall) (?:opened|open)|first appointment|early)(?: on)? (${DAY})(?: morning)?(?! (?:after|even|night|at|around)\\w*)\\b`,
      'g',
    ),
    '$1 morning',
  ],
  [new RegExp(`\\b(${DAY})(?: morning)?,? (?:first thing(?: in the morning)?|bright and early)\\b`, 'g'), '$1 morning'],
  [new RegExp(`\\b(${DAY}) (?:right |just |shortly |a bit |a little )?(?:before|b4) (?:noon|lunch)\\b`, 'g'), '$1 morning'],
  [new RegExp(`\\b(${DAY}) (?:right |just |shortly |a bit |a little )?after (?:noon|midday)\\b`, 'g'), '$1 afternoon'],
  [new RegExp(`(?<![\\w.:/-])(\\d{1,2}) (${DAY} (?:morning|afternoon|evening|night))\\b`, 'g'), 'at $1 $2'],
];

/** Stretches of time in other words, many by speakers of other languages. */
const STRETCHES: readonly Wording[] = [
  [new RegExp(`\\b(be (?:like |about |exactly )?${COUNT} (?:weeks|days?)) this (morning|afternoon|evening)\\b`, 'g'), '$1 today in the $2'],
  [
    /\b(?:its |it is |it is going to |its going to )?(?:gonna|going to) be (?=(?:\d{1,2}|a|one|two|three|four|five|six|seven) (?:weeks|days?|hours) (?:since|post|tomorrow|on |today)\b)/g,
    'itll be ',
  ],
  [
    new RegExp(`\\b(${COUNT} (?:hours|days?|weeks) ago),? (?:and )?not ${COUNT}(?: (?:hours|days?|weeks))?(?: ago)?(?!\\w)`, 'g'),
    'no wait $1',
  ],
  [
    new RegExp(
      `(?<=^ ?|[.,;!?] ?|\\b(?:so|just|like|only|in|after|about) )(?:in |after )?(${COUNT}) more (hours|days?|weeks)(?= (?:and|til|till|until|before) i can\\b)`,
      'g',
    ),
    'in $1 $2',
  ],
  ...['a|one|1', 'two|2', 'three|3', 'four|4', 'five|5'].map((count, at): Wording => [
    new RegExp(`(?<!\\w)(?:my |the )?(?:${count}) (?:full )?days? (?=(?:is|are|was|were|will be) (?:up|over|full|done)\\b)`, 'g'),
    `${24 * (at + 1)} hours `,
  ]),
  [
    new RegExp(
      `(?<=^ ?|[.,;!?] ?)(${COUNT} (?:hours|days?|weeks)) (?:before|back|earlier),? (?=i (?:did|do|had|have|got|made|make|took|received|receive|went|came|was)\\b)`,
      'g',
    ),
    '$1 ago ',
  ],
  [/\b(?:at )?(?:the )?hours (?=\d{1,2}:\d\d)/g, 'at '],
  [new RegExp(`\\b(${COUNT} (?:weeks|days?)) (?:before|prior to) (?=yesterday|last \\w+day|this past)`, 'g'), '$1 ago '],
  [
    /\b(?:(?:its |ive |has |have )*been |its |im at |was )?(24|48|72|96|120) hours (?:in |post |out |now |already )?as of (?=\d|noon)/g,
    'hits $1 hours at ',
  ],
  [
    /\b(?:(?:its |ive |has |have )*been |its |im at |im |was )?(24|48|72|96|120) hours (?:in |post |out |now |already )?as of (?=yesterday|this|last)/g,
    'hits $1 hours ',
  ],
  [new RegExp(`\\b(${COUNT} (?:hours|days?|weeks)) earlier(?! (?:than|in|this|on|i|we)\\b)`, 'g'), '$1 ago'],
  [
    new RegExp(
      `(?<=^|[.!?,;] ?|\\b(?:it|mine|done|made|did|had|\\w*needling|\\w*needled|needles|derma\\w*|skin ?pen|prp|facial|treatment|procedure|session|face|appointment|was) )(?:the )?before (?:of )?(?:like |about )?(${COUNT} (?:hours|days?|weeks))(?! (?:of|are|is|were|pass\\w*|go(?:es)?|end\\w*)\\b)`,
      'g',
    ),
    '$1 ago',
  ],
  [
    new RegExp(
      `(?<=\\b(?:had|got|did|made|received|doing|having|getting|(?:have|ive|was) (?:made|make|done|do|had))(?: \\w+){0,5} )(${COUNT} (?:hours|days?|weeks)) (?:before|b4|prior|previously|previous)(?= ?(?:$|[,.;!?]|(?:now|tomorrow|and|but|so|can|i|ive|is)\\b))`,
      'g',
    ),
    '$1 ago',
  ],
];

/** Visits told by their number: "did round 2", "had number 3". */
const VISITS: readonly Wording[] = [
  [/(?<=\b(?:did|had|got|done) )\d of \d (?=(?:on|yesterday|today|last|this|\w{3,6}day)\b)/g, 'session '],
  [/(?<=\b(?:session|treatment|round|visit|appointment) )\d\/\d (?=(?:on|yesterday|last|today|this|\w{3,6}day)\b)/g, ''],
  [
    /\b(?:first|second|third|fourth|fifth|last|next|1st|2nd|3rd|4th|5th)(?: one)? (?:of|outta|out of) (?:my |the )?(?:\d|two|three|four|five|six)(?: (?:sessions?|treatments?|rounds?|appointments?|visits?))?\b(?! ?(?:am|pm|days|weeks|hours)\b)/g,
    'session',
  ],
  [
    /(?<=\b(?:did|had|got|my|for|of|treatment|needling|microneedling|prp|rf|needles|derma ?pen|skin ?pen|facial|finished|completed|after|since|with|done|just) )(?:round|number|no|num|nr|#) ?(?:\d|one|two|three|four|five|six)(?: of (?:\d|three|four|five|six))?(?= (?!am\b|pm\b)|[,.;!?]|$)/g,
    'session',
  ],
  [/(?<=^|[.,;!?] ?)round (?:\d|one|two|three|four)(?= (?:was|is|on|happened|done)\b)/g, 'session'],
];

/** Hedges before a time: "im gonna say tuesday", "that would be 3 days". */
const HEDGES: readonly Wording[] = [
  [/\b(?:i (?:wanna|want to|would|will|am going to|am gonna|have to)|id|ill|im (?:gonna|going to)|gonna|lets just) say\b/g, 'i think'],
  [
    /^((?:(?:um+|uh+|hmm+|well|so|yeah|yes|ok),? )*)(?:(?:that|it|this) )?(?:would|should|must)(?:ve| have)? (?:be|been)(?= [^,.?!]{1,30}[.! ]*$)/g,
    '$1it was',
  ],
];

/** Words of a score that "8/10" gives, and not of a date. */
const SCORED = /pain|hurt|scale|level|sore|rate|burn|itch|sting|bad|discomfort/;

/** "two weeks on friday" as the answer to when the treatment was. */
const WEEKS_ON = /^ ?((?:\d|a|one|two|three|four) weeks) (?:on |this |come )(\w{3,6}day)[. !]*$/;

/** "8/10" alone is a score; as the answer to when the treatment was it is a date. */
export function dateAnswered(text: string): string {
  if (WEEKS_ON.test(text)) return text.replace(WEEKS_ON, 'itll be $1 on $2');
  return SCORED.test(text) ? text : text.replace(/(?<![\w./-]|on )(\d{1,2}\/10)(?![\w/%]|\.\d)/, 'on $1');
}

const WORDINGS: readonly Wording[] = [...HEDGES, ...TAKEN_BACK, ...DAYS, ...STRETCHES, ...PROGRESS_WORDINGS, ...VISITS];

/** Puts rarer ways to tell a time into the usual one: "bright and early tuesday" as "tuesday morning", "err, friday" as "no wait friday". */
export function wordUsually(text: string): string {
  return WORDINGS.reduce((worded, [pattern, usual]) => worded.replace(pattern, usual), text);
}
