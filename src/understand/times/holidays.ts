import type { DateTime } from 'luxon';
import { readBeside } from './beside-holiday';
import type { Holiday, Mention } from './mention';

const NAMES: readonly (readonly [Holiday, RegExp])[] = [
  ['christmas_eve', /(?<!\w)(?:christmas|xmas)eve(?!\w)/g],
  [
    'christmas',
    /(?<!\w)(?:christmas|xmas)(?: day)?(?! (?:eve|party|break|shopping|gift|card|tree|season|holidays?|markets?|fair|do))(?!\w)/g,
  ],
  ['boxing_day', /(?<!\w)boxing day(?!\w)/g],
  ['new_years_eve', /(?<!\w)(?:new ?years?eve|nye)(?!\w)/g],
  ['new_year', /(?<!\w)new ?years?(?: day|(?= *(?:$|[,.?!])))(?!\w)/g],
  ['valentines', /(?<!\w)(?:valentines?(?: day)?|vday)(?!\w)/g],
  ['st_patricks', /(?<!\w)st (?:patricks|pattys|paddys) day(?!\w)/g],
  ['july_4', /(?<!\w)(?:independence day|(?:the )?(?:fourth|4th) of july)(?!\w)/g],
  ['halloween', /(?<!\w)halloween(?! (?:party|makeup|costume))(?!\w)/g],
  ['thanksgiving', /(?<!\w)thanksgiving(?: day)?(?! break)(?!\w)/g],
  ['memorial_day', /(?<!\w)memorial day(?!\w)/g],
  ['labor_day', /(?<!\w)labou?r day(?!\w)/g],
  ['black_friday', /(?<!\w)black friday(?! (?:sale|deal|shopping|price|special))(?!\w)/g],
  ['good_friday', /(?<!\w)good friday(?!\w)/g],
  ['easter', /(?<!\w)easter(?: sunday)?(?! (?:monday|break|holidays?))(?!\w)/g],
  ['juneteenth', /(?<!\w)juneteenth(?: day)?(?!\w)/g],
  ['cinco_de_mayo', /(?<!\w)cinco de mayo(?!\w)/g],
  ['veterans_day', /(?<!\w)veterans day(?!\w)/g],
  ['mothers_day', /(?<!\w)mothers day(?! (?:gift|present|card|brunch|special|deal))(?!\w)/g],
  ['fathers_day', /(?<!\w)fathers day(?! (?:gift|present|card|brunch|special|deal))(?!\w)/g],
  ['mlk_day', /(?<!\w)(?:mlk|martin luther king)(?: jr)? day(?!\w)/g],
  ['presidents_day', /(?<!\w)presidents day(?!\w)/g],
  ['columbus_day', /(?<!\w)(?:columbus|indigenous peoples) day(?!\w)/g],
  ['easter_monday', /(?<!\w)easter monday(?!\w)/g],
];

const FIXED: Readonly<Partial<Record<Holiday, readonly [month: number, day: number]>>> = {
  christmas_eve: [12, 24],
  christmas: [12, 25],
  boxing_day: [12, 26],
  new_years_eve: [12, 31],
  new_year: [1, 1],
  valentines: [2, 14],
  st_patricks: [3, 17],
  july_4: [7, 4],
  halloween: [10, 31],
  juneteenth: [6, 19],
  cinco_de_mayo: [5, 5],
  veterans_day: [11, 11],
};

/** "right before (christmas)" names no day. */
const VAGUE = /(?<!(?:day|weekend|night|weeks) )(?<!\w)(?:right|just|shortly|sometime|way|well) (?:before|after)(?: the)? $/;

/** Finds feast days by name, and days told from them: "had it on christmas eve", "the friday before labor day". */
export function findHolidays(text: string, limit: number): readonly Mention[] {
  return NAMES.flatMap(([holiday, pattern]) =>
    [...text.matchAll(pattern)].slice(0, limit).flatMap((match): Mention[] => {
      const end = match.index + match[0].length;
      if (VAGUE.test(text.slice(Math.max(0, match.index - 24), match.index))) return [];
      const beside = readBeside(text, match.index, end);
      return [
        {
          kind: 'calendar',
          start: match.index - (beside?.ahead ?? 0),
          end: end + (beside?.behind ?? 0),
          day: beside === null ? { type: 'holiday', holiday } : { ...beside.day, holiday },
          direction: 'either',
          ...(beside?.part === undefined ? {} : { part: beside.part }),
        },
      ];
    }),
  );
}

/** Feast days on a weekday of a month, counted from its first one. */
const NTH: Readonly<Partial<Record<Holiday, readonly [month: number, weekday: number, weeks: number]>>> = {
  thanksgiving: [11, 4, 3],
  labor_day: [9, 1, 0],
  mothers_day: [5, 7, 1],
  fathers_day: [6, 7, 2],
  mlk_day: [1, 1, 2],
  presidents_day: [2, 1, 2],
  columbus_day: [10, 1, 1],
};

const AFTER_EASTER: Readonly<Partial<Record<Holiday, number>>> = { good_friday: -2, easter: 0, easter_monday: 1 };

/** The feast day in the year of `today`. */
export function holidayIn(holiday: Holiday, today: DateTime): DateTime {
  const fixed = FIXED[holiday];
  if (fixed !== undefined) return today.set({ month: fixed[0], day: fixed[1] });
  if (holiday in AFTER_EASTER) return easterIn(today).plus({ days: AFTER_EASTER[holiday] ?? 0 });
  if (holiday === 'black_friday') return holidayIn('thanksgiving', today).plus({ days: 1 });
  if (holiday === 'memorial_day') {
    const last = today.set({ month: 5, day: 31 });
    return last.minus({ days: last.weekday - 1 });
  }
  const [month, weekday, weeks] = NTH[holiday] ?? [9, 1, 0];
  const first = today.set({ month, day: 1 });
  return first.plus({ days: ((weekday - first.weekday + 7) % 7) + weeks * 7 });
}

/** Easter Sunday by the Gregorian computus. */
function easterIn(today: DateTime): DateTime {
  const { year } = today;
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
  const days = moon - weekday;
  const month = 3 + Math.floor((days + 40) / 44);
  return today.set({ month, day: days + 28 - 31 * Math.floor(month / 4) });
}
