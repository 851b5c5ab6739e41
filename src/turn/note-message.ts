import { DateTime } from 'luxon';
import type { ConversationState } from '../model/turn';
import type { Assessment } from '../model/assessment';
import type { Understanding } from '../model/understanding';
import type { TimeSpan } from '../model/words';
import type { Scene } from './scene';

const HOUR = 3_600_000;
const MINOR = 'C14';
const ADULT_YEARS = 18;

/** The moment of a message and the clinic's zone. */
interface LocalNow {
  readonly now: number;
  readonly zone: string;
}

/** Keeps a treatment time that the message gives; a time still to come is not kept, and then nobody asks when it was. */
export function noteTreatmentTime(
  state: ConversationState,
  understanding: Pick<Understanding, 'times'>,
  { now, zone }: LocalNow,
): Scene['timeNews'] {
  const news = readTimeNews(state, understanding, { now, zone });
  if (news === 'future') state.treatmentTimeAsked = 'hour';
  state.timeJustTold = news === 'said' || news === 'changed';
  return news;
}

function readTimeNews(state: ConversationState, understanding: Pick<Understanding, 'times'>, { now, zone }: LocalNow): Scene['timeNews'] {
  const said = understanding.times.treatment;
  if (!said) return null;
  if (said.from > now) return 'future';
  const before = state.treatedAt;
  if (before === null && state.treatmentTimeAsked === 'hour') state.treatmentTimeAsked = 'day'; // it was still to come; its hour was never asked
  const isHourOfDay = before !== null && state.awaiting === 'treatment_time' && before.to - before.from > HOUR;
  const told = isHourOfDay ? onSameDay(said, before, zone) : said;
  state.treatedAt = told;
  const isSharper = before !== null && told.from >= before.from && told.to <= before.to;
  return before && !isSharper ? 'changed' : 'said';
}

/** "around noon", asked about yesterday's treatment, is yesterday's noon: moved by days of the clinic's calendar into the day that is known. */
function onSameDay(said: TimeSpan, day: TimeSpan, zone: string): TimeSpan {
  const back = (instant: number, days: number): number => DateTime.fromMillis(instant, { zone }).minus({ days }).toMillis();
  for (let days = 0; days <= 7; days++) {
    const moved = { from: back(said.from, days), to: back(said.to, days) };
    if (moved.from <= day.to && moved.to >= day.from) return moved;
  }
  return said;
}

/**
 * Keeps what the message tells about the patient as a whole: under 18, or treated with something else. Both stay until the patient says
 * otherwise. "had a peel yesterday" counts only while no microneedling is known of: after it, it is something the patient did.
 */
export function notePatient(state: ConversationState, understanding: Understanding, assessment: Assessment): void {
  if (assessment.flags.some((raised) => raised.flag === MINOR)) state.minor = true;
  else if (understanding.ageYears !== null && understanding.ageYears >= ADULT_YEARS) state.minor = false;
  const saysInstead = understanding.cued.includes('other_treatment/instead');
  const saysHad = understanding.cued.includes('other_treatment/had') || understanding.act?.id === 'other_treatment';
  if (saysInstead) state.otherTreatment = true;
  else if (understanding.namesTreatment) state.otherTreatment = false;
  else if (saysHad && state.treatedAt === null) state.otherTreatment = true;
}
