const UNITS = 'one two three four five six seven eight nine'.split(' ');
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const ORDINAL = `(?:(?:twenty|thirty)[ -])?(?:${ORDINALS.slice(0, 9).join('|')})|${ORDINALS.slice(9).join('|')}|thirtieth`;

const COMPOUND = new RegExp(`\\b(${Object.keys(TENS).join('|')})[ -](${UNITS.join('|')})\\b`, 'g');
/** An ordinal beside a month, or alone after "on the": elsewhere "the second" names no day. */
const DAY_OF_MONTH = new RegExp(
  `(?<=\\b${MONTH} (?:the )?)(?:${ORDINAL})\\b|\\b(?:${ORDINAL})(?= (?:day )?of (?:${MONTH}|(?:the|this|last|next) months?)\\b)|(?<=^ ?(?:(?:uh|um|like|maybe|i think|it was) )*the )(?:${ORDINAL})(?=[ .!?]*$)|(?<=\\b(?:on|was|for|since|till|until|by|done|it) the )(?:${ORDINAL})(?= *(?:$|[,.?!;)]|and\\b|at\\b|in\\b|around\\b|so\\b|can\\b|is\\b|i\\b))`,
  'g',
);

/** "the last day of september", by the days of the month. */
const EDGE_OF_MONTH = /\b(?:the )?(last|first) day of (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([a-z]*)\b/g;
const SHORT_MONTHS: Readonly<Record<string, number>> = { feb: 28, apr: 30, jun: 30, sep: 30, nov: 30 };

/** Writes numbers as digits where they tell a time: "thirty six hours" as "36 hours", "june fifth" as "june 5th". */
export function writeNumbers(text: string): string {
  return text
    .replace(EDGE_OF_MONTH, (_all, edge: string, month: string, rest: string) =>
      edge === 'first' ? `${month}${rest} 1` : `${month}${rest} ${SHORT_MONTHS[month] ?? 31}`,
    )
    .replace(COMPOUND, (_all, tens: string, unit: string) => String((TENS[tens] ?? 0) + UNITS.indexOf(unit) + 1))
    .replace(DAY_OF_MONTH, (words) => `${valueOf(words)}th`);
}

function valueOf(words: string): number {
  if (words === 'thirtieth') return 30;
  const [first = '', second] = words.split(/[ -]/);
  return second === undefined ? ORDINALS.indexOf(first) + 1 : (TENS[first] ?? 0) + ORDINALS.indexOf(second) + 1;
}
