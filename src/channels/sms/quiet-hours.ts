import { DateTime } from 'luxon';

/** Texts that nobody asked for leave between these hours of the patient's day only (the law's hours for such calls and texts in the US). */
const FIRST_HOUR = 8;
const LAST_HOUR = 21;

/** What there is to know of a message, to tell whether the patient waits for it. */
export interface Occasion {
  /** The id it was added under. */
  readonly messageId: string;
  readonly byStaff: boolean;
  readonly aboutEscalation: boolean;
}

/** Ids of what answers somebody: replies of a turn, what staff do in a talk, and the channel's own answers. */
const ANSWERS = /#\d+$|^(?:staff-|takeover-|handback-|sms\/)/;

/** Whether a message answers nobody: no reply, no flag or its follow-up, nothing of staff. */
export function isProactive({ messageId, byStaff, aboutEscalation }: Occasion): boolean {
  return !byStaff && !aboutEscalation && !ANSWERS.test(messageId);
}

/** When a message may leave at the earliest, in epoch milliseconds: now, or, for a proactive one in the night, the morning after. */
export function mayLeaveAt(occasion: Occasion, zone: string, now: number): number {
  if (!isProactive(occasion)) return now;
  const local = DateTime.fromMillis(now, { zone });
  if (local.hour >= FIRST_HOUR && local.hour < LAST_HOUR) return now;
  const morning = local.startOf('day').set({ hour: FIRST_HOUR });
  return (local.hour < FIRST_HOUR ? morning : morning.plus({ days: 1 })).toMillis();
}
