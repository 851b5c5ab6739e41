import { DateTime } from 'luxon';
import type { Clinic } from '../../model/clinic';
import type { Acted, StaffDesk } from '../../model/escalation';

/** The page behind a call. */
export type PageCall = NonNullable<Awaited<ReturnType<StaffDesk['findPage']>>>;

const LEVELS = { emergency: 'An emergency message', urgent: 'An urgent message', ask_clinic: 'A message' } as const;

/** "This is Glow Clinic. An urgent message is waiting, reference 1 2. ..." and what the keys do; never a patient's words. */
export function wordMenu(call: PageCall, offersMore: boolean): string {
  const { escalation, clinicName } = call;
  const waiting = escalation.isDrill ? 'This is a test call. No message is waiting' : `${LEVELS[escalation.tier]} is waiting`;
  const more = offersMore ? ' Press 3 to hear more.' : '';
  return `This is ${clinicName}. ${waiting}, ${spell(escalation.ref)}. Press 1 to acknowledge. Press 2 to pass it on.${more}`;
}

/** What a person hears after the PIN: level, when it was raised, and how to open it. */
export function wordDetails({ escalation }: PageCall, clinic: Clinic): string {
  const level = { emergency: 'emergency', urgent: 'urgent', ask_clinic: 'a question for the clinic' }[escalation.tier];
  return `The level is ${level}. It was raised ${timeOf(escalation.raisedAt, clinic.zone)}. Open it in the console, with the link in your messages or by signing in.`;
}

/** Why there is nothing to press; null while it waits for a human. */
export function wordOver({ escalation, page }: PageCall, clinic: Clinic): string | null {
  const it = spell(escalation.ref);
  if (escalation.resolved) return `This is ${clinic.name}. The message, ${it}, is closed. Nothing is left to do. Goodbye.`;
  if (escalation.status !== 'acknowledged' || !escalation.acknowledged) return null;
  const isTheirs = escalation.acknowledged.by === page.personId;
  const who = isTheirs ? 'You have' : `${nameOf(escalation.acknowledged.by, clinic)} has`;
  return `This is ${clinic.name}. ${who} the message, ${it}. Nothing is left to do on this call. Goodbye.`;
}

/** What came of a key. */
export function wordActed(acted: Acted, did: 'acknowledge' | 'pass_on', clinic: Clinic): string {
  switch (acted.kind) {
    case 'done':
      return did === 'acknowledge'
        ? `Thank you. The message, ${spell(acted.escalation.ref)}, is yours. Open it in the console. Goodbye.`
        : `Thank you. The message, ${spell(acted.escalation.ref)}, is passed on. Goodbye.`;
    case 'taken_already':
      return `${nameOf(acted.by, clinic)} took it ${timeOf(acted.at, clinic.zone)}. Nothing is left to do. Goodbye.`;
    case 'resolved_already':
      return `The message, ${spell(acted.escalation.ref)}, is closed. Nothing is left to do. Goodbye.`;
    case 'not_found':
      return NOT_KNOWN;
    case 'refused':
      return `That does not go. ${acted.why} Goodbye.`;
  }
}

/** For a call whose page is gone. */
export const NOT_KNOWN = 'This call is about a message that is no longer known. Goodbye.';

/** Digit by digit: "reference 1 2". */
function spell(ref: number): string {
  return `reference ${[...String(ref)].join(' ')}`;
}

function nameOf(personId: string, clinic: Clinic): string {
  return clinic.staff.find(({ id }) => id === personId)?.name ?? personId;
}

function timeOf(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat("'on' cccc 'at' h:mm a");
}
