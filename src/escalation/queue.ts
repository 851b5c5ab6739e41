import { DateTime } from 'luxon';
import { addWorkingTime, endOfNextWorkingDay, isOpen, nextOpening } from '../tools/clinic-hours';
import type { Clinic } from '../model/clinic';
import type { Draft } from './change';
import { whoIsOnCall, fallbackOf } from './on-call';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a question to the clinic is due: the end of the next working day, or some working hours for a marked one. A clinic that never opens has a day. */
export function dueTimeOf(clinic: Clinic, now: number, isMarked: boolean): number {
  const due = isMarked ? addWorkingTime(clinic, now, clinic.clocks.markedDue) : endOfNextWorkingDay(clinic, now);
  return due ?? now + DAY;
}

/** When staff first hear of a question in a digest: while the clinic is open at the next full hour, otherwise at the coming opening. */
export function digestTimeOf(clinic: Clinic, now: number): number {
  const nextHour = Math.floor(now / HOUR) * HOUR + HOUR;
  return nextOpening(clinic, isOpen(clinic, now) ? nextHour : now) ?? now + DAY;
}

/** The first opening of a later day; the digest comes once a day from the second time on. */
function openingOfNextDay(clinic: Clinic, now: number): number {
  const tomorrow = DateTime.fromMillis(now, { zone: clinic.zone }).startOf('day').plus({ days: 1 }).toMillis();
  return nextOpening(clinic, tomorrow) ?? now + DAY;
}

/**
 * The non-urgent queue: a question waits for the clinic, is shown in one digest at each opening until it is resolved, and is named
 * overdue once when its time has passed. It never ends by itself.
 */
export function keepQueue(draft: Draft): void {
  const { clinic, now } = draft;
  const { course } = draft.after;
  if (course.digestAt !== null && course.digestAt <= now) {
    for (const personId of digestReaders(clinic, now)) draft.notify(personId, 'digest', { key: `${clinic.id}-${course.digestAt}` });
    draft.note('digest', 'clock', '');
    draft.setCourse({ digestAt: openingOfNextDay(clinic, now) });
  }
  if (course.dueAt !== null && course.overdueSaidAt === null && course.dueAt <= now) {
    draft.setCourse({ overdueSaidAt: now });
    draft.note('overdue', 'clock', '');
    for (const personId of digestReaders(clinic, now)) draft.notify(personId, 'overdue', { key: `${clinic.id}-${course.dueAt}` });
  }
  const { digestAt, dueAt, overdueSaidAt } = draft.after.course;
  draft.set({ nextAt: Math.min(digestAt ?? now + DAY, overdueSaidAt === null && dueAt !== null ? dueAt : Infinity) });
}

function digestReaders(clinic: Clinic, now: number): string[] {
  if (clinic.onCall.digest) return clinic.onCall.digest;
  const first = whoIsOnCall(clinic, now).find(({ people }) => people.length > 0)?.people[0] ?? fallbackOf(clinic);
  return first ? [first.id] : [];
}
