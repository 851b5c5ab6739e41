import type { Token } from './tokens';

/** Numbers that mean something for triage. */
export interface Measures {
  /** Degrees Celsius, the most alarming temperature of the message; null when none is given. */
  readonly temperatureC: number | null;
  /** Pain on the 0-10 scale; null when none is given. */
  readonly pain: number | null;
  /** Age in years when the patient gives one. */
  readonly ageYears: number | null;
}

const TEMPERATURE_WORDS = new Set(
  'temp temps temperature fever feverish thermometer degrees degree deg f c fahrenheit celsius reading running forehead'.split(' '),
);
/** "101 degrees out here" is the weather. */
const WEATHER = new Set(['out', 'outside', 'outdoors', 'weather', 'sunny']);
/** After "102" alone these show that nothing is counted. */
const BARE_FOLLOWERS = new Set(
  '. , ! ? ; - ) and all since goes went right this now but again today tonight on for with is when i my'.split(' '),
);
/** "101 or so" is a temperature only in a message that speaks of one. */
const VAGUE_FOLLOWERS = new Set(['or', 'ish', 'something', 'since', 'at', 'about']);
const SURE_WORDS = new Set(['temp', 'temps', 'temperature', 'fever', 'thermometer']);
const NO_TEMPERATURE_BEFORE = new Set(
  '$ £ € hour hours hr day week paid pay cost costs charged spent spf level room highway hwy route unit number exit suite apartment channel chapter page bus flight weigh weighed pounds'.split(
    ' ',
  ),
);
const PAIN_WORDS = new Set('pain painful hurts hurt hurting sore ache aching'.split(' '));
/** "8/10 was my date" is a day, unless pain is near. */
const NO_SCORE = new Set('spf rating stars date dates appt appointment session treatment treated booked visit'.split(' '));
const NEAR = 5;

/** Reads temperature, pain score and age, leaving out numbers that are denied, supposed or past (`isSaid`). "$101", "SPF 50", "2 %" and "911" are none of them. */
export function readMeasures(tokens: readonly Token[], isSaid: (at: number) => boolean): Measures {
  let temperatureC: number | null = null;
  let pain: number | null = null;
  let ageYears: number | null = null;
  tokens.forEach((token, at) => {
    if (token.kind !== 'number' || !isSaid(at)) return;
    const temperature = readTemperature(tokens, at);
    if (temperature !== null && (temperatureC === null || Math.abs(temperature - 37) > Math.abs(temperatureC - 37)))
      temperatureC = temperature;
    const score = readPain(tokens, at);
    if (score !== null) pain = Math.max(pain ?? 0, score);
    ageYears ??= readAge(tokens, at);
  });
  return { temperatureC, pain, ageYears };
}

function readTemperature(tokens: readonly Token[], at: number): number | null {
  const spokenTenths = tokens[at + 1]?.text === 'point' && /^\d$/.test(tokens[at + 2]?.text ?? '') ? Number(tokens[at + 2]!.text) / 10 : 0;
  const value = Number(tokens[at]!.text.replace(':', '.')) + spokenTenths;
  if (!Number.isFinite(value) || tokens[at - 1]?.text === '$' || tokens[at + 1]?.text === '%') return null;
  if (tokens.slice(at + 1, at + 4).some((token) => WEATHER.has(token.text))) return null;
  const next = tokens[at + 1]?.text;
  const unit = next === 'degrees' || next === 'degree' || next === 'deg' ? tokens[at + 2]?.text : next;
  const spoken = near(tokens, at).some((word) => TEMPERATURE_WORDS.has(word));
  const decimal = tokens[at]!.text.includes('.');
  const bare =
    value >= 101 &&
    value <= 106 &&
    !NO_TEMPERATURE_BEFORE.has(tokens[at - 1]?.text ?? '') &&
    (next === undefined || BARE_FOLLOWERS.has(next) || (VAGUE_FOLLOWERS.has(next) && tokens.some(({ text }) => SURE_WORDS.has(text))));
  const fahrenheit = value >= 94 && value <= 110 && (spoken || bare || unit === 'f' || unit === 'fahrenheit' || (decimal && value > 97));
  if (fahrenheit) return ((value - 32) * 5) / 9;
  const celsius =
    value >= 34 &&
    value <= 43 &&
    (unit === 'c' || unit === 'celsius' || (spoken && unit !== 'hours' && unit !== 'h') || (decimal && value >= 37 && unit !== 'hours'));
  return celsius && !['hours', 'hour', 'h', 'days', 'weeks', 'years'].includes(unit ?? '') ? value : null;
}

/** "nine out of 10"; lower scores page nobody. */
const SPOKEN_SCORES = new Map([
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
]);
/** "9 out of 10", "9 just out of like 10", "9 out of... 10". */
const OF_TEN = /^((like|just|um|uh|,|\.) )*(out )?((like|just|um|uh|,|\.) )*of ((like|just|um|uh|,|\.) )*10\b/;
const SCALE_REACH = 9;

function readPain(tokens: readonly Token[], at: number): number | null {
  if (tokens[at - 1]?.text === 'of' && tokens[at - 2]?.text === 'out') return SPOKEN_SCORES.get(tokens[at - 3]?.text ?? '') ?? null;
  if (tokens[at - 1]?.text === 'of' && tokens[at - 2]?.kind === 'number') return null;
  const text = tokens[at]!.text;
  const ofTen = /^(\d+(?:\.\d+)?)\/10$/.exec(text)?.[1];
  const words = near(tokens, at);
  if (ofTen !== undefined)
    return words.some((word) => NO_SCORE.has(word)) && !words.some((word) => PAIN_WORDS.has(word)) ? null : Number(ofTen);
  const value = Number(text);
  if (!Number.isFinite(value) || value > 10) return null;
  if (
    OF_TEN.test(
      tokens
        .slice(at + 1, at + SCALE_REACH)
        .map((token) => token.text)
        .join(' '),
    )
  )
    return value;
  const before = tokens.slice(Math.max(0, at - 4), at).map((token) => token.text);
  const unit = tokens[at + 1]?.text ?? '';
  const isScale =
    before.some((word) => PAIN_WORDS.has(word)) &&
    before.some((word) => ['a', 'an', 'level', 'scale', 'about', 'at', 'is', 'like', 'score', 'of'].includes(word));
  return isScale && !/^(hour|day|week|month|min|time|spot|am|pm|h|o)/.test(unit) ? value : null;
}

function readAge(tokens: readonly Token[], at: number): number | null {
  const value = Number(tokens[at]!.text);
  if (!Number.isInteger(value) || value < 5 || value > 110) return null;
  const before = tokens[at - 1]?.text ?? '';
  const after = tokens.slice(at + 1, at + 4).map((token) => token.text);
  if (after[0] === 'years' && after[1] === 'old') return value;
  if (after[0] === 'year' && after[1] === '-') return value;
  if ((after[0] === 'yo' || after[0] === 'y') && after[0] === 'yo') return value;
  const unit = after[0] ?? '';
  const counted = /^(hour|day|week|month|min|%|am|pm|spf|h|d|session|treat|time|year|deg|:)/.test(unit);
  if ((before === 'im' || before === 'am' || before === 'turning' || before === 'aged' || before === 'age') && !counted) return value;
  return null;
}

function near(tokens: readonly Token[], at: number): string[] {
  return tokens.slice(Math.max(0, at - NEAR), at + NEAR).map((token) => token.text);
}
