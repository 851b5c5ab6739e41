import type { Topic } from '../model/knowledge';
import type { AnswerRow } from './answer-row';
import { sentencesPart } from './answer-row';
import { guideHourOf, SIGN_HOURS } from './guide-hours';
import { sentencesOf } from './reading-grade';
import { findNonGsm7 } from './sms-text';
import { CARRIER_WORDS } from './sms-turn';
import { bannedFaults, sentenceFaults } from './text-faults';

/** The hardest a text may be to read, in school years. */
const MOST_GRADE = { calm: 6, danger: 5 } as const;
/** The hours and days that the guide speaks of; another number in an answer is made up. */
const GUIDE_NUMBERS = { hours: new Set([24, 48, 72, 96, 120, 168, 336]), days: new Set([1, 2, 3, 4, 5, 7, 14]) } as const;
const NAMES_DAYS = /\bdays? \d|\b\d+ days?\b|\b(?:first|day) (?:one|two|few)\b/i;
/** Signs that the guide does not list; answers about them end like those about the ones it does. */
const SILENT_SIGNS = new Set(['itching', 'bruising', 'pinpoint_bleeding', 'acne_breakout', 'cold_sore']);

/** What is wrong with one thing the bot can say, as the patient reads it; empty when all is well. */
export function findAnswerFaults(row: AnswerRow, topic?: Topic): string[] {
  if (row.failure !== null) return [`the turn failed: ${row.failure}`];
  return [
    ...hourFaults(row, topic),
    ...sourceFaults(row, topic),
    ...wordFaults(row),
    ...formFaults(row),
    ...(topic ? numberFaults(row) : []),
    ...(row.channel === 'sms' ? smsFaults(row) : []),
  ];
}

function isDanger(row: AnswerRow): boolean {
  return row.disposition === 'urgent' || row.disposition === 'emergency';
}

/** Allowed, asked for or expected outside the guide's own hours (guide-hours.ts). */
function hourFaults(row: AnswerRow, topic?: Topic): string[] {
  if (!topic || isDanger(row)) return [];
  const { from, until, verdict } = row;
  const guide = guideHourOf(row.topic, row.variant);
  const allowedFrom = guide?.allowedFrom ?? Infinity;
  const faults: string[] = [];
  // an unknown hour may be the first one
  if (verdict === 'allowed' && (from ?? 0) < allowedFrom)
    faults.push(`allowed from ${from ?? 'an unknown'} h; the guide: ${allowedFrom} h`);
  if (verdict === 'ask_clinic' && from !== null && from < (guide?.askFrom ?? 0))
    faults.push(`the clinic is asked from ${from} h; the guide forbids it before ${guide?.askFrom ?? 0} h`);
  if (guide && verdict !== 'allowed' && /^Yes\b/.test(row.text)) faults.push('says "Yes" while it is not allowed');
  if (guide && verdict === 'allowed' && /^(?:No|Not)\b/.test(row.text)) faults.push('says "No" while it is allowed');
  if (
    guide &&
    verdict === 'allowed' &&
    (from ?? 0) < (guide.approvedUntil ?? 0) &&
    !/\b(?:approved|cleared|clinic's okay)\b/.test(row.text)
  )
    faults.push("allowed without a word on the clinic's approval");
  if (verdict !== 'expected') return faults;
  const sign = SIGN_HOURS[row.topic];
  // a sign counts at the latest hour that it can be, so that it is asked about sooner
  const first = row.isExact ? from : until;
  if (!sign || first === null || first < sign.from || (until ?? Infinity) > sign.until)
    faults.push(
      `expected from ${from ?? 'an unknown'} to ${until ?? 'any'} h; the guide: ${sign ? `${sign.from} to ${sign.until} h` : 'never'}`,
    );
  return faults;
}

/** An answer from the guide names its section; one that the guide does not give says so. */
function sourceFaults(row: AnswerRow, topic?: Topic): string[] {
  if (row.kind === 'flag') return row.sources.length > 0 ? [] : ['expected a source in flag.yaml'];
  if (!topic || isDanger(row)) return [];
  const namesSection = /^\((?:Your aftercare guide|Guide): .+\)$/m.test(row.text);
  if (topic.kind === 'silent') return row.topic === 'photo_sent' || row.choices.length > 0 ? [] : ['expected the offer to ask the clinic'];
  if (row.citations.length === 0 || !namesSection) return ['expected the section of the guide it comes from'];
  return [];
}

/** Reading grade, banned words, sentences that are too long, and the lines that a kind of answer must have. */
function wordFaults(row: AnswerRow): string[] {
  const most = isDanger(row) ? MOST_GRADE.danger : MOST_GRADE.calm;
  const plain = row.messages.map(sentencesPart);
  const faults = row.grade > most ? [`expected grade ${most} or easier, got ${row.grade}`] : [];
  faults.push(...plain.flatMap((text) => [...sentenceFaults(text), ...bannedFaults(text, { isFlag: isDanger(row) })]));
  if (row.text.includes('!')) faults.push('expected no exclamation mark');
  if (row.disposition === 'emergency' && !/\b(?:911|988)\b/.test(row.text)) faults.push('expected 911 or 988');
  if (row.disposition === 'urgent' && !/\bcall\b/i.test(row.text)) faults.push('expected a call to make');
  const isSign = row.topic in SIGN_HOURS || SILENT_SIGNS.has(row.topic);
  if (isSign && !isDanger(row) && !['worse', 'fever', 'pus', 'blisters', 'pain'].every((word) => row.text.toLowerCase().includes(word)))
    faults.push('expected the line that says when to write again');
  return faults;
}

/** Holes, doubled spaces or sentences, sentences that do not end, more than one question. */
function formFaults(row: AnswerRow): string[] {
  const faults: string[] = [];
  if (/[{}]|undefined|\bnull\b|\bNaN\b|\[object/.test(row.text)) faults.push('a hole: something was not filled in');
  if (/ {2}| $|^ /m.test(row.text)) faults.push('a space too many');
  if (/ [.,;:?]|[,;:]\n|\.\.|\(\)|^$/m.test(row.text)) faults.push('punctuation that stands alone');
  const plain = row.messages.map(sentencesPart).join('\n');
  const open = plain.split('\n').filter((line) => !/[.?!]["')]?$/.test(line));
  if (open.length > 0) faults.push(`expected a whole sentence, got "${open[0]}"`);
  const sentences = sentencesOf(plain);
  const twice = sentences.find((sentence, index) => sentences.indexOf(sentence) !== index);
  if (twice !== undefined) faults.push(`says twice: "${twice}"`);
  if (row.messages.some((message) => (sentencesPart(message).match(/\?/g) ?? []).length > 1))
    faults.push('expected one question a message at most');
  return faults;
}

/** D04: whole numbers that stand in the guide, hours beside days, both units of a temperature. */
function numberFaults(row: AnswerRow): string[] {
  const faults: string[] = [];
  const words = sentencesPart(row.text);
  for (const [, number = '', unit = ''] of words.matchAll(/\b(\d+) (hour|day)s?\b/g)) {
    const known: ReadonlySet<number> = unit === 'hour' ? GUIDE_NUMBERS.hours : GUIDE_NUMBERS.days;
    if (!known.has(Number(number))) faults.push(`${number} ${unit}s stand nowhere in the guide`);
  }
  if (NAMES_DAYS.test(words) && !/\bhours?\b|\d [ap]m\b/.test(words)) faults.push('expected hours or a clock time beside days');
  if (/\d\.\d/.test(words.replaceAll('100.4 F (38 C)', ''))) faults.push('expected whole numbers');
  if (/100\.4 F(?! \(38 C\))|38 C(?<!100\.4 F \(38 C)/.test(words)) faults.push('expected both units: 100.4 F (38 C)');
  return faults;
}

/** What carriers want the first text to say: there the words are meant for them. */
const CARRIER_NOTICE = 'Reply HELP for help, STOP to opt out.';

/** A message of at most two parts in plain characters, an answer in one of them, and no choice that the carrier would swallow. */
function smsFaults(row: AnswerRow): string[] {
  const faults: string[] = [];
  const foreign = findNonGsm7(row.text);
  if (foreign !== null) faults.push(`expected characters of a plain SMS, got "${foreign}"`);
  if ((row.smsSegments ?? 0) > 2) faults.push(`expected at most 2 SMS parts, got ${row.smsSegments ?? 0}`);
  if (row.isCut && row.kind !== 'talk') faults.push('expected one SMS of two parts, had to cut it');
  const swallowed = row.choices.find((choice) => CARRIER_WORDS.has(choice.trim().toLowerCase()));
  if (swallowed !== undefined) faults.push(`the carrier acts on "${swallowed}" by itself`);
  if (/\b(?:reply|text|type|write|send) (?:stop|cancel|end|quit|help|info|start)\b/i.test(row.text.replace(CARRIER_NOTICE, '')))
    faults.push('asks for a word on which the carrier acts');
  return faults;
}
