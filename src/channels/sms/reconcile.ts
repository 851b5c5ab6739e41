import type { Clinic } from '../../model/clinic';
import type { ListedText } from '../../model/sms-edge';
import type { PatientText } from '../twilio';
import type { SmsDeps } from './sms-deps';

/** How far back Twilio's list is read when the process starts, and later. */
export const FIRST_LOOK_MS = 24 * 3_600_000;
export const LATER_LOOK_MS = 6 * 3_600_000;

/** A text so young may still come by itself: Twilio tries for 15 seconds, and once more. */
export const YOUNG_MS = 30_000;
/** Texts of one person that are no further apart may be parts of one thought, and are found together. */
const TOGETHER_MS = 10_000;

const LEVEL = { emergency: 0, urgent: 1, calm: 2 } as const;

/**
 * Finds texts that Twilio got and we never did, because we were down or the way was cut, and takes them: danger first, then in the order in
 * which they were sent. Each counts once, whenever its webhook still comes. Returns how many there were.
 */
export async function reconcile(
  deps: SmsDeps,
  takeAll: (texts: readonly PatientText[]) => Promise<void>,
  lookBackMs: number,
): Promise<number> {
  const { clinics, line, clock, log } = deps;
  const missed: { readonly text: ListedText; readonly level: number }[] = [];
  for (const clinic of clinics.all()) {
    if (clinic.smsNumber === undefined) continue;
    const listed = await line.listTo(clinic.smsNumber, clock() - lookBackMs);
    if (listed === null) {
      log.warn({ clinic: clinic.id }, 'Twilio did not list the texts of a number; asked again later');
      continue;
    }
    for (const text of await unknownOf(deps, listed)) missed.push({ text, level: await levelOf(deps, clinic, text) });
  }
  if (missed.length === 0) return 0;
  log.warn({ texts: missed.length }, 'texts were found whose webhook never came');
  const inOrder = missed.toSorted((a, b) => a.level - b.level || a.text.sentAt - b.text.sentAt);
  await takeAll(inOrder.map(({ text: { sentAt, ...text } }) => ({ ...text, optOut: null, at: sentAt })));
  return missed.length;
}

/** Texts of patients that we do not have and that will not come by themselves; those of staff are theirs to send again, and paging goes on without them. */
async function unknownOf({ store, clinics, clock }: SmsDeps, listed: readonly ListedText[]): Promise<ListedText[]> {
  const known = await store.sms.inbox.known(listed.map(({ messageId }) => messageId));
  const staff = new Set(clinics.all().flatMap((clinic) => clinic.staff.flatMap(({ contacts }) => contacts.map(({ to }) => to))));
  const unknown = listed.filter(({ messageId, from }) => !known.has(messageId) && !staff.has(from));
  const horizon = clock() - YOUNG_MS;
  return unknown.filter(
    (text) =>
      text.sentAt <= horizon &&
      !unknown.some(({ from, sentAt }) => from === text.from && sentAt > horizon && sentAt - text.sentAt < TOGETHER_MS),
  );
}

/** How soon a text needs a human, read in its conversation where there is one. */
async function levelOf({ store, turns, clock }: SmsDeps, clinic: Clinic, { messageId, from, text, media }: ListedText): Promise<number> {
  const patient = await store.sms.patients.meet(clinic.id, from, clock());
  const input = { channel: 'sms', conversationId: patient.conversationId, patientId: patient.id, messageId, text } as const;
  return LEVEL[await turns.foresee(clinic.id, { ...input, attachments: media, isStart: false, at: clock(), echo: null })];
}
