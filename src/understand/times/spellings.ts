const WEEKDAY_SPELLINGS: Readonly<Record<string, string>> = {
  monday: 'mon mondy mondays',
  tuesday: 'tue tues tuseday tuesdy tusday teusday tuesdays',
  wednesday: 'wed weds wensday wednsday wedn wendsday wednesdays wedneday wensd wednes',
  thursday: 'thu thur thurs thrusday thursdays thirsday',
  friday: 'fri firday fridays frday fryday',
  saturday: 'saterday saturdays satuday saturdy',
  sunday: 'sundays sundy',
};

const SPELLINGS: Readonly<Record<string, string>> = {
  ...WEEKDAY_SPELLINGS,
  tomorrow: '2moro 2morrow 2mrw 2mro tmrw tmr tmrrw tmw tmmrw tomo tommorow tomorow tommorrow tomorro tomrrow tmoro tomorrows tomoz tomoro tmro',
  today: '2day tday todays 2dy tdy',
  tonight: '2nite 2night tonite tn tnite tonights 2nyt tonyt',
  yesterday: 'ystrdy ystd ystdy ysterdy ystrday yestrdy yest yday ystrday yesturday yesteday ysterday yesterdy yestarday yesterdays yessterday yesty yestie',
  now: 'rn',
  your: 'ur',
  session: 'sesh sess sesion sessh sessn seshion',
  treatment: 'trtmt trtmnt trmt trt tmt treatmt trtment',
  you: 'u',
  before: 'b4 bfore befor',
  about: 'abt bout abot abut',
  around: 'arnd aroun arround',
  been: 'bn beeen',
  from: 'frm fromm',
  had: 'hadd haad hda',
  got: 'gt gto gott',
  did: 'didd',
  done: 'doen dun dne',
  little: 'lil',
  noon: 'midday noonish noontime',
  lunch: 'lunchtime lunchtimes',
  night: 'nite nyt',
  weekend: 'wknd wkend wknds wkends weeknd wkndd',
  afternoon: 'arvo aft afternoons afternon aftrnoon',
  morning: 'mornin mornng mornings mrng morn',
  evening: 'eve evenin evng',
  hours: 'hr hrs hour hous houers hrz',
  day: 'dy',
  days: 'dys dayz dais',
  weeks: 'wk wks wkz week weekz',
  minutes: 'min mins minute',
  months: 'month',
  years: 'yr yrs year',
  ago: 'agoo agao',
  later: 'l8r ltr',
  appointment: 'appt apt appts appointmnt apointment appoinment apptmt appoitment appntment',
}; // prettier-ignore

const NORMAL_OF = new Map(
  Object.entries(SPELLINGS).flatMap(([word, spellings]) => spellings.split(' ').map((spelling) => [spelling, word] as const)),
);

/** Long words of time and treatment that a slip of the finger must not hide, by their first letter. */
const LONG_WORDS = groupByLetter(
  'monday tuesday wednesday thursday friday saturday sunday yesterday tomorrow tonight morning afternoon evening weekend treatment procedure appointment microneedling microneedled'.split(
    ' ',
  ),
);
/** Words of their own that stand one letter from a long word. */
const OWN_WORDS = new Set([
  'sundae',
  'sundry',
  'frilly',
  'mourning',
  'warning',
  'treatments',
  'procedures',
  'appointments',
  'weekends',
  'moaning',
  'mooning',
]);
const SHORTEST_CORRECTED = 6;
/** Short weekdays with one letter left out: "fridy", "moday". */
const SHORTENED = new Map(
  ['monday', 'friday', 'sunday'].flatMap((day) => [...day].map((_letter, at) => [day.slice(0, at) + day.slice(at + 1), day] as const)),
);

function groupByLetter(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words) groups.set(word.charAt(0), [...(groups.get(word.charAt(0)) ?? []), word]);
  return groups;
}

/** The usual spelling of a word of time: "tmrw" as "tomorrow", "wenesday" as "wednesday"; other words stay. */
export function spellUsually(word: string): string {
  const known = NORMAL_OF.get(word);
  if (known !== undefined) return known;
  if (word.length === SHORTEST_CORRECTED - 1) return SHORTENED.get(word) ?? word;
  if (word.length < SHORTEST_CORRECTED || OWN_WORDS.has(word)) return word;
  for (const long of LONG_WORDS.get(word.charAt(0)) ?? []) {
    if (long === word) return word;
    if (isSlipOf(word, long)) return long;
  }
  return word;
}

/** One slip (a letter missing, added, changed, or two swapped), or two in words of nine letters and more. */
function isSlipOf(word: string, long: string): boolean {
  const most = long.length >= 9 ? 2 : 1;
  return Math.abs(word.length - long.length) <= most && distance(word, long) <= most;
}

/** Edit distance in which swapped neighbours count once. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min((last[column - 1] ?? 0) + (isSame ? 0 : 1), (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
