import type { Escalation } from '../model/escalation';

/** The conversations in which the patient wrote while an escalation was open; the last is where they wrote last. */
export function placesOf({ conversationId, course: { wroteIn } }: Pick<Escalation, 'conversationId' | 'course'>): readonly string[] {
  return wroteIn ?? [conversationId];
}
