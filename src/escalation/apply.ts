import type { Clinic, ClinicBook } from '../model/clinic';
import type { AddedMessage, Escalation, EscalationChange, EscalationStore, PatientNotice } from '../model/escalation';
import type { Clock } from '../tools/clock';
import { AftercareError } from '../tools/errors';
import { placesOf } from './places';

/** Words a notice to the patient in the clinic's name. */
export type WordNotice = (
  notice: PatientNotice,
  escalation: Escalation,
  at: { readonly clinic: Clinic; readonly now: number },
) => AddedMessage;

/** What every change of an escalation goes through. */
export interface ApplyDeps {
  readonly store: EscalationStore;
  readonly clinics: ClinicBook;
  readonly wordNotice: WordNotice;
  readonly clock: Clock;
}

/** Writers that meet try again; more tries than writers that can plausibly meet. */
const MAX_TRIES = 12;

/** The messages of a change, in words, for each place where the patient may look for them. */
export function messagesOf(change: EscalationChange, clinic: Clinic, now: number, wordNotice: WordNotice): AddedMessage[] {
  const worded = change.tell.map((notice) => wordNotice(notice, change.after, { clinic, now }));
  return placesOf(change.after).flatMap((conversationId) => worded.map((message) => ({ ...message, conversationId })));
}

/**
 * Reads an escalation, makes a change of it and stores that; anew when somebody else stored one meanwhile. What `decide` returns beside
 * a change is handed back. Null when there is no such escalation.
 */
export async function applyChange<T>(
  deps: ApplyDeps,
  escalationId: string,
  decide: (escalation: Escalation, clinic: Clinic, now: number) => { readonly change: EscalationChange } | { readonly other: T },
): Promise<{ readonly escalation: Escalation } | { readonly other: T } | null> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const escalation = await deps.store.find(escalationId);
    if (!escalation) return null;
    const clinic = deps.clinics.get(escalation.clinicId);
    const now = deps.clock();
    const decided = decide(escalation, clinic, now);
    if ('other' in decided) return decided;
    const { change } = decided;
    if (isNothing(escalation, change)) return { escalation };
    if (await deps.store.save(change, messagesOf(change, clinic, now, deps.wordNotice))) return { escalation: change.after };
  }
  throw new AftercareError('TURN_CONFLICT', `Changing an escalation failed: it kept changing meanwhile, ${MAX_TRIES} times.`);
}

/** A look that found nothing to do and nothing to wait for anew. */
function isNothing(before: Escalation, { after, events, send, tell }: EscalationChange): boolean {
  return events.length === 0 && send.length === 0 && tell.length === 0 && JSON.stringify(before) === JSON.stringify(after);
}
