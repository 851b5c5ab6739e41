import type { NewSending, WaitForReply } from '../model/escalation';

/** The end of the wait for a reply to a safety question, for the outbox: before all else when it is due. */
export function endOfWait(wait: Omit<WaitForReply, 'kind'>, at: { readonly clinicId: string; readonly dueAt: number }): NewSending {
  const { conversationId, messageId } = wait;
  return {
    dedupeKey: `wait_for_reply/${conversationId}/${messageId}`,
    ...{ clinicId: at.clinicId, priority: 0, dueAt: at.dueAt },
    sending: { kind: 'wait_for_reply', ...wait },
  };
}
