import { writeAmounts } from './amount-words';
import { writeClocks } from './clock-words';
import { correctDays } from './corrected-days';
import { writeNumbers } from './number-words';
import { spellUsually } from './spellings';
import { wordUsually } from './wordings';

/** The longest text read for times, in characters. */
const MAX_CHARACTERS = 2000;

const UNIT_AFTER_DIGIT: Readonly<Record<string, string>> = { h: 'hours', d: 'days', w: 'weeks', m: 'minutes', mo: 'months', mos: 'months' };

/** "week and a half ago", "month ago i had it": the article is left out. */
const ARTICLE_LEFT_OUT =
  /(?<=(?:^|[,.;!?(]|\b(?:it|done|mine|about|like|just|over|microneedling|treatment)) ?)(?<!\w)(week|wk|month|hour|hr|day|year)(?= (?:and a half )?ago\b)/g;
/** "at 6 not 5 yesterday": the hour that is denied is left out. */
const NOT_THAT_HOUR =
  /(?<=\b(?:at|around|about|was) )(\d{1,2}(?::\d\d)?(?: ?[ap]m)?),? not (?:at )?\d{1,2}(?::\d\d)?(?: ?[ap]m)?(?![\w:/])/g;
/** "it was at 3 not 1": the hour that is on record is corrected. */
const OTHER_HOUR =
  /(?<=^ ?|[.!?,;] ?|\b(?:actually|no|way|btw|fyi|but|and|so) )((?:it|mine|(?:my|the) \w+) was (?:at |around |about )?)(noon|midday|\d{1,2}(?::\d\d)?(?: ?[ap]m)?),? not (?:at )?\d{1,2}(?::\d\d)?(?: ?[ap]m)?(?![\w:/])/g;
/** "at 2 - sorry, 3": the hour that is taken back is left out. */
const CORRECTED_HOUR =
  /(?<=\b(?:at|around|about) )\d{1,2}(?::\d\d)?(?: ?[ap]m)?[ ,.-]{1,4}(?:no wait|no|sorry|i mean|i meant|actually|make that|oops|or rather|rather|correction|scratch that|err|edit|typo)[ ,:-]{1,3}(?:it was )?(\d{1,2}(?::\d\d)?)(?= ?(?:$|[-,.?!;)]|(?:yesterday|today|on|in|so|and|this|i)\b))/g;
/** "monday. sorry, tuesday", "monday, hold on, tuesday" */
const TAKES_BACK =
  /(?<=[.,;!-] ?)(?:wait|no|nope|oops|sorry|hold on|hang on|scratch that|correction|my bad)[,.!]* (?=(?:it was|its been|day \d|the day before|the \d\w*|on|last|yesterday|\w+day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d+|\d\w*|(?:a|an|one|two|three|four|five|six) (?:hours|days?|weeks) ago)\b)/g;
/** Words of correction in a row, in any order: "wait, no", "no, sorry, i mean". */
const CORRECTIONS =
  /\b(?:(?:wait|no|nope|actually|sorry|oops|hold on|hang on|scratch that|correction|i mean|i meant|my bad|my mistake)[ ,.!-]+){2,}(?=\w)/g;

/** "it was yesterday - cheeks feel tight": a dash between two things said, and not inside a time or before a correction. */
const DASH =
  / -{1,2} (?=[a-z])(?!(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|no|nope|wait|sorry|actually|oops|scratch|correction|make|or|i mean|edit|err?m?|to|at|around|about|like|by|morning|noon|afternoon|evening|night|today|tomorrow|tonight|yesterday|yday|tmrw|last|this|next)\b)/g;

/** "morning!", "evening all,": a greeting, and no part of the day. */
const GREETING =
  /^[\s,]*(?:hi|hey|hello)?[\s,!]*(?:good ?)?(?:morning|afternoon|evening|mornin)(?:'?s?)(?=[ ,!.]*\n| ?!|,? (?:all|team|ladies|guys|everyone|everybody|folks|there|girls|doc|dr|nurse|yall|lovelies|hun|to you)\b|[,.-]+ ?(?:i|ive|im|my|had|got|so|quick|just|can|could|is|did|was|hope|question|wondering|sorry|it is|its)\b)/;

/** "monday: treatment. tuesday- red.": days of a diary are past. */
const DIARY =
  /((?:^|[.!?,;]) ?)((?:mon|tues|wednes|thurs|fri|satur|sun)day) ?[:-]+ ?(?=[a-z])(?!(?:can|could|should|is|will|ok|may|do|am|what|how|if|i (?:want|have|need|am|plan)|\w+day|the|at|noon)\b)(?![^.!]{0,60}\?)/g;

/** Brings a raw message to the spelling the time patterns read: lower case, no apostrophes, "2moro" as "tomorrow", "36h" as "36 hours". */
export function normalizeForTimes(text: string): string {
  const plain = text
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/\b(treatment|appointment|appt|session|procedure|visit|tx)['\u2019]s\b/g, '$1 is')
    .replace(
      /\b(night|morning|afternoon|evening|weekend|week|today)['\u2019]s\b(?= (?:session|treatment|appointment|appt|micro\w*|needl\w*|visit|procedure|facial|tx))/g,
      '$1',
    )
    .replace(/\b(mine)['\u2019]s\b(?= (?:on|at|is|in|this|next|tomorrow|scheduled|booked|not|the|\w+day))/g, '$1 is')
    .replace(/ \+ (?=\d{1,2}\/|\w+day)/g, ' and ')
    .replace(/>\s?(?=\d)/g, 'over ')
    .replace(/<\s?(?=\d)/g, 'less than ')
    .replace(/['\u2018\u2019\u201B\u0060\u00B4]/g, '')
    .replace(/([a-z])\1{2,}\b/g, '$1')
    .replace(/([a-z])\1{2,}/g, '$1$1')
    .replace(
      /\bgood (?:morning|afternoon|evening)(?: ?(?:or|\/) ?(?:good )?(?:morning|afternoon|evening|night))?\b(?! (?:at|was|on|is|around)\b)/g,
      'hi',
    )
    .replace(GREETING, 'hi')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\b2(day|nite|night|nyt|moro|morrow|mrw|mro)\b/g, spellUsually)
    .replace(/\b2m(?:[ao]r+[oa]w?|oz|or)\b/g, 'tomorrow')
    .replace(/\b(christmas|xmas|new ?years?) eve\b/g, (words) => words.replace(/ /g, ''))
    .replace(/(\d) ?h(?:(?:ou)?rs?)? ?(\d{1,2}) ?m(?:ins?)?\b/g, '$1 hours $2 minutes')
    .replace(/(?<=(?:noon|midday|\d|[ap]m) )(?:on|in|during|over) my lunch(?: break| hour)?\b/g, 'then')
    .replace(/\bd ?\+ ?(?=\d)/g, 'day ')
    .replace(ARTICLE_LEFT_OUT, '1 $1')
    .replace(/\b(dr|mr|mrs|ms)\.(?= ?[a-z\d])/g, '$1')
    .replace(/\bo clock\b/g, 'oclock')
    .replace(/\bmid day\b/g, 'midday')
    .replace(/(?<!\b(?:im|am|now|already|only) )\bat (1[3-9]|2[0-3])h\b/g, 'at $1:00')
    .replace(
      /(?<=day,? |(?:yesterday|today|\w{3}day) [^.?!,\d]{1,30} )at (\d{1,2}) ?h(?:rs)?\b(?! ?\d)|\bat (\d{1,2}) ?h ?([0-5]\d)\b/g,
      (_all, hour, hour2, minute) => `at ${String(hour ?? hour2)}:${String(minute ?? '00')}`,
    )
    .replace(/\b(tea|lunch|dinner|supper|bed) time\b/g, '$1time')
    .replace(/(?<![\w./])1\/2 past\b/g, 'half past')
    .replace(/\b(ok|okay|safe|good|able|allowed|want|need|have|going|fine|cool|alright) 2 (?=[a-z])/g, '$1 to ')
    .replace(/\b(last|this|yesterday|today|tomorrow)(?=(?:night|morning|evening|afternoon|week|weekend)\b)/g, '$1 ')
    .replace(/\b(noon|lunch|midday|morning|afternoon|evening)-? ?ish\b/g, '$1')
    .replace(DASH, ', ')
    .replace(/\n+| \/ (?=[a-z])|(?<=[a-z]) \/ /g, ' . ')
    .replace(/[\s\u00A0]+/g, ' ')
    .replace(/\b([ap])\. ?m\b\.?/g, '$1m')
    .replace(
      /(?<=\d) ?(h|d|w|m|mo|mos)(?= (?:ago|in|out|post|after|since|now|rn|mark|point|later|already|total|or so)\b|$|[,.;:!?])/g,
      (_all, unit: string) => ` ${UNIT_AFTER_DIGIT[unit] ?? unit}`,
    )
    .replace(/(\d)(?=(?:days?|dayz|dys?|hrs?|hrz|wkz|hours?|h|wks?|weeks?|mins?|minutes?|months?|ish)\b)/g, '$1 ')
    .replace(/\b(day|pod)(?:-| ?#|: )?(?=\d)/g, '$1 ')
    .replace(/\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?= ?\d)/g, '$1')
    .replace(/(\d{1,2})([ap])(?=\b)(?!\. ?m\b)/g, '$1$2m');
  const spelled = plain
    .replace(/[a-z0-9]+/g, spellUsually)
    .replace(/(?<=\d )h\b/g, 'hours')
    .replace(/(?<= )(?:n|&)(?= )/g, 'and')
    .replace(/(?<= )w\/? ?(?=[a-z])(?<=w[ /]+)/g, 'with ')
    .replace(/\b(sat|sun)(?= (?:before last|just gone)\b)/g, (day) => (day === 'sat' ? 'saturday' : 'sunday'))
    .replace(DIARY, '$1last $2 ')
    .replace(/(?<=\b(?:mon|tues|wednes|thurs|fri|satur|sun)day)-(?=\d)|(?<=\d[ap]m)-(?=[a-z])/g, ' ')
    .replace(/(?<=[a-z]) ?:(?= )/g, '')
    .replace(/(?<=\d) ?:(?= )/g, ',')
    .replace(/\b(no|nope|nah),? (?:lol|haha|lmao),? (?=\w)/g, '$1 ')
    .replace(/(?<=\? ?)(?:no|nope|nah),? (?=\d{1,2}(?::\d\d)? ?[ap]m\b)/g, 'no wait ')
    .replace(CORRECTIONS, 'no wait ')
    .replace(OTHER_HOUR, 'no wait $1$2')
    .replace(NOT_THAT_HOUR, '$1')
    .replace(CORRECTED_HOUR, '$1');
  return writeAmounts(writeClocks(writeNumbers(wordUsually(takeBack(correctDays(spelled)).replace(/  +/g, ' ')))));
}

/** "monday. sorry, tuesday", "at 3 of the afternoon". */
function takeBack(text: string): string {
  return text
    .replace(TAKES_BACK, 'no wait ')
    .replace(/(?<=\d(?:am|pm)? ?|oclock )(?:of|at|in|during) (?:the )?(?=(?:morning|afternoon|evening|night)\b)/g, ' in the ');
}
