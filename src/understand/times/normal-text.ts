/** The longest text read for times, in characters. */
const MAX_CHARACTERS = 2000;

const WEEKDAY_SPELLINGS: Readonly<Record<string, string>> = {
  monday: 'mon mondy mondays',
  tuesday: 'tue tues tuseday tuesdy tusday teusday tuesdays',
  wednesday: 'wed weds wensday wednsday wendsday wednesdays wedneday',
  thursday: 'thu thur thurs thrusday thursdays thirsday',
  friday: 'fri firday fridays frday',
  saturday: 'saterday saturdays satuday saturdy',
  sunday: 'sundays sundy',
};

const SPELLINGS: Readonly<Record<string, string>> = {
  ...WEEKDAY_SPELLINGS,
  tomorrow: '2moro 2morrow 2mrw 2mro tmrw tmr tmrrw tmw tmmrw tomo tommorow tomorow tommorrow tomorro tomrrow tomorow tmoro tomorrows',
  today: '2day tday todays 2dy',
  tonight: '2nite 2night tonite tn tnite tonights',
  yesterday: 'yest yday ystrday yesturday yesteday ysterday yesterdy yestarday yesterdays yessterday',
  now: 'rn',
  before: 'b4 bfore befor',
  noon: 'midday noonish lunchtime',
  night: 'nite',
  afternoon: 'arvo aft afternoons afternon',
  morning: 'mornin mornng mornings',
  evening: 'eve evenin',
  hours: 'hr hrs hour hous houers hrz',
  days: 'dys dayz',
  weeks: 'wk wks week',
  minutes: 'min mins minute',
  months: 'month',
  ago: 'agoo',
  appointment: 'appt apt appts appointmnt apointment',
};

const NORMAL_OF = new Map(
  Object.entries(SPELLINGS).flatMap(([word, spellings]) => spellings.split(' ').map((spelling) => [spelling, word] as const)),
);

const UNIT_AFTER_DIGIT: Readonly<Record<string, string>> = { h: 'hours', d: 'days', w: 'weeks', m: 'minutes', mo: 'months', mos: 'months' };

/** Brings a raw message to the spelling the time patterns read: lower case, no apostrophes, "2moro" as "tomorrow", "36h" as "36 hours". */
export function normalizeForTimes(text: string): string {
  const plain = text
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/['\u2018\u2019\u201B\u0060\u00B4]/g, '')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\b2(day|nite|night|moro|morrow|mrw|mro)\b/g, (word) => NORMAL_OF.get(word) ?? word)
    .replace(/\n+/g, ' . ')
    .replace(/[\s\u00A0]+/g, ' ')
    .replace(/\b([ap])\. ?m\b\.?/g, '$1m')
    .replace(
      /(?<=\d) ?(h|d|w|m|mo|mos)(?= (?:ago|in|out|post|after|since|now|rn)\b|$|[,.;:!?])/g,
      (_all, unit: string) => ` ${UNIT_AFTER_DIGIT[unit] ?? unit}`,
    )
    .replace(/(\d)(?=(?:days?|dys?|hrs?|hours?|h|wks?|weeks?|mins?|minutes?|months?|ish)\b)/g, '$1 ')
    .replace(/\b(day|pod)(?:-| ?#|: )?(?=\d)/g, '$1 ')
    .replace(/\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?= ?\d)/g, '$1')
    .replace(/(\d{1,2})([ap])(?=\b)(?!\.)/g, '$1$2m');
  return plain.replace(/[a-z0-9]+/g, (word) => NORMAL_OF.get(word) ?? word).replace(/(?<=\d )h\b/g, 'hours');
}
