import type { SendResult } from './model/escalation';
import type { TeamsPush } from './channels/teams';
import type { Store } from './storage/store';

type Push = (conversationId: string, seq: number, deadlineMs: number) => Promise<SendResult>;

/** Pushes a stored message to the patient through the channel of its conversation. */
export function makePatientPush(store: Store, channels: { readonly sms: Push | null; readonly teams: TeamsPush | null }): Push {
  const failed = (code: string): SendResult => ({ kind: 'failed', permanent: true, code });
  return async (conversationId, seq, deadlineMs) => {
    const summary = await store.summaryOf(conversationId);
    if (summary?.channel === 'sms') return (await channels.sms?.(conversationId, seq, deadlineMs)) ?? failed('no_provider');
    if (summary?.channel !== 'teams' || channels.teams === null) return failed('no_provider');
    const { messages } = await store.read(conversationId, seq - 1);
    const message = messages.find((entry) => entry.seq === seq);
    return message?.direction === 'out' ? channels.teams(conversationId, message, deadlineMs) : failed('no_message');
  };
}
