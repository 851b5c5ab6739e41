const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const HOUR_WORD = HOURS.join('|');
const HOUR = `(${HOUR_WORD}|1[0-2]|[1-9])`;
/** What may stand after a clock time that no mark shows to be one. */
const ENDS =
  '(?= ?(?:$|[,.?!;)]|(?:am|pm|oclock|ish|today|yesterday|tomorrow|tonight|this|in the|on|last|sharp|and (?!a half)|so|can|is|after|before|with|i|im|my|for|but|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b))';
const DAY = 'today|yesterday|tomorrow|tonight|morning|afternoon|evening|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday';

const HALF_PAST = new RegExp(`(?<!\\w)half (past )?${HOUR}${ENDS}`, 'g');
const QUARTER = new RegExp(`(?<!\\w)(?:a )?quarter (past|after|to|til|till|of) ${HOUR}${ENDS}`, 'g');
const MINUTES: Readonly<Record<string, number>> = { five: 5, ten: 10, twenty: 20, '5': 5, '10': 10, '20': 20, '25': 25 };
const PAST = new RegExp(`(?<!\\w)(five|ten|twenty|5|10|20|25)(?: minutes)? past ${HOUR}${ENDS}`, 'g');
const TO = new RegExp(`(?<=\\b(?:at|around|about) )(five|ten|twenty|25) to ${HOUR}${ENDS}`, 'g');
const MARKED = new RegExp(`(?<!\\w)(${HOUR_WORD})(?: (thirty|fifteen|45|30|15))?(?= ?(?:am|pm|oclock)\\b)`, 'g');
/** "nine thirty this morning", "two fifteen yesterday" */
const BEFORE_DAY = new RegExp(
  `(?<!\\w)(${HOUR_WORD}) (thirty|fifteen|45|30|15)(?= (?:this (?:am|morning|afternoon|evening)|yesterday|today|tonight|tomorrow|last night|on \\w+day|in the (?:morning|afternoon|evening)|\\w{3,6}day)\\b)`,
  'g',
);
const AFTER_AT = new RegExp(`(?<=\\b(?:at|by|@|${DAY}) )(${HOUR_WORD})(?: (thirty|fifteen|45|30|15))?${ENDS}`, 'g');
const AFTER_ABOUT = new RegExp(
  `(?<=\\b(?:around|about|like) )(${HOUR_WORD})(?= ?(?:$|[,.?!;)]|(?:am|pm|oclock|ish|${DAY}|this|last)\\b))`,
  'g',
);
const FOUR_DIGITS =
  /(?<=(?:^|\s)(?:at|@|around|about|by|my|yesterday|today|tomorrow|morning|afternoon|evening|night|\w{3}day),? ?)([01]?\d|2[0-3])([0-5]\d)(?= ?(?:$|[,.?!;)]|(?:today|yesterday|tomorrow|tonight|this|in the|on|last|sharp|and|so|can|is|i|im|my|for|but|am|pm|appointment|treatment|session|slot|\w+day)\b))/g;
/** "1230 yesterday": at the start of a sentence, before a day. */
const OPENS_DAY =
  /(?<=^ ?|[.;!?] ?)(1[0-2]|0?[1-9])([0-5]\d)(?= (?:am |pm )?(?:yesterday|today|this (?:morning|afternoon)|on \w+day|\w{3,6}day)\b)/g;
/** "2/17 1400", "monday 0930"; 2026 is a year. */
const AFTER_DATE = /(?<=(?:\d\/\d{1,2}|\w{3}day) )(?!20[2-4]\d)([01]\d|2[0-3])([0-5]\d)(?= ?(?:$|[,.?!;)]))/g;
/** "from 2 to 315": the end of a stay. */
const FOUR_DIGITS_TO =
  /(?<=\b(?:from |between )?\d{1,2}(?::?[0-5]\d)? ?(?:am|pm)? ?(?:to|-|til|till|until|and) ?)([1-9]|1[0-2])([0-5][05])(?= ?(?:$|[,.?!;)]|(?:am|pm|yesterday|today|on|so|and|can|is)\b))/g;
const FOUR_DIGITS_MARKED =
  /(?<![\w.:/-])(?:([01]?\d|2[0-3])([0-5]\d) ?(?=am\b|pm\b)|([01]\d|2[0-3])([0-5]\d) ?(?:h|hrs|hours)\b(?! (?:ago|post|since|in|after|out)))/g;
const DOTTED =
  /(?<![\w.:/-])(\d|1\d|2[0-3])\.([0-5]\d)(?= ?(?:am|pm)\b)|(?<=\b(?:at|around|about|by) )(\d|1\d|2[0-3])\.([0-5]\d)(?= ?(?:$|[,?!;)]|(?:today|yesterday|tomorrow|this|in the|on)\b))/g;

/** "out of there 3.30 yesterday", "monday 3.30": a day or a part of it stands beside the dotted hour. */
const DOTTED_BESIDE = new RegExp(
  `(?<![\\w.:/-])([1-9]|1\\d|2[0-3])\\.([0-5][05])(?= ?(?:on |this |last |in the |the )?(?:${DAY})\\b)|(?<=\\b(?:${DAY}|there|chair|door|finished|ended|left|out|ran|till|until|til|\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)(?: at| around| about)?,? )([1-9]|1\\d|2[0-3])\\.([0-5][05])(?= ?(?:$|[,?!;)]|\\.(?!\\d)|(?:and|so|can|is|i|im|its|my|for|but|now|then)\\b))`,
  'g',
);

const SPACED =
  /(?<=\b(?:at|around|about|by|like|@) )(\d|1[0-2]) ([0-5][05])(?= ?(?:am|pm|in the|today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|$|[,.?!]))/g;

/** Writes times of day as digits: "half six" as "6:30", "quarter to five" as "4:45", "two thirty pm" as "2:30 pm", "at 0930" as "at 09:30". */
export function writeClocks(text: string): string {
  return text
    .replace(HALF_PAST, (all, past: string | undefined, hour: string, at: number) =>
      past === undefined && !isTimeAround(text, at, all.length) ? all : clock(hour, 30),
    )
    .replace(QUARTER, (_all, side: string, hour: string) => (/past|after/.test(side) ? clock(hour, 15) : clock(hour, -15)))
    .replace(PAST, (_all, minutes: string, hour: string) => clock(hour, MINUTES[minutes] ?? 0))
    .replace(TO, (_all, minutes: string, hour: string) => clock(hour, -(MINUTES[minutes] ?? 0)))
    .replace(MARKED, writeSpelled)
    .replace(BEFORE_DAY, writeSpelled)
    .replace(AFTER_AT, writeSpelled)
    .replace(AFTER_ABOUT, (hour) => String(numberOf(hour)))
    .replace(FOUR_DIGITS_TO, '$1:$2')
    .replace(FOUR_DIGITS_MARKED, (_all, hour1, minute1, hour2, minute2) => `${String(hour1 ?? hour2)}:${String(minute1 ?? minute2)} `)
    .replace(FOUR_DIGITS, '$1:$2')
    .replace(OPENS_DAY, '$1:$2')
    .replace(AFTER_DATE, '$1:$2')
    .replace(SPACED, '$1:$2')
    .replace(DOTTED_BESIDE, (_all, hour1, minute1, hour2, minute2) => `${String(hour1 ?? hour2)}:${String(minute1 ?? minute2)}`)
    .replace(DOTTED, (_all, hour1, minute1, hour2, minute2) => `${String(hour1 ?? hour2)}:${String(minute1 ?? minute2)}`)
    .replace(/(?<!\w)12 (?:noon|in the noon)(?!\w)/g, '12 pm')
    .replace(/(?<=\b\d{1,2}(?::\d\d)?) ?-?ish,? (?:or )?(?:maybe|or) (?=\d{1,2}(?!\d|\/|:\d\d\d))/g, ' or ')
    .replace(/(?<!\w)12 midnight(?!\w)/g, 'midnight');
}

/** "half 3" alone can be half of anything; a day or "at" beside it makes it a time. */
function isTimeAround(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + length, at + length + 24);
  return (
    new RegExp(
      `\\b(?:at|around|about|by|till|until|from|${DAY})(?:,? (?:at|around|about|like|say))?,? $|\\b(?:was|were|ended|done|finished|left),? (?:at |around |about |like )?$`,
    ).test(before) || new RegExp(`^ ?(?:am|pm|${DAY}|this|in the|last|on)\\b`).test(after)
  );
}

function writeSpelled(_all: string, hour: string, minutes: string | undefined): string {
  if (minutes === undefined) return String(numberOf(hour));
  return clock(hour, minutes === 'thirty' || minutes === '30' ? 30 : minutes === 'fifteen' || minutes === '15' ? 15 : 45);
}

function numberOf(hour: string): number {
  const spelled = HOURS.indexOf(hour);
  return spelled < 0 ? Number(hour) : spelled + 1;
}

/** A time on the twelve-hour clock, minutes counted from the full hour. */
function clock(hour: string, minutes: number): string {
  const total = (numberOf(hour) * 60 + minutes + 720) % 720;
  const hours = Math.floor(total / 60);
  return `${hours === 0 ? 12 : hours}:${String(total % 60).padStart(2, '0')}`;
}
