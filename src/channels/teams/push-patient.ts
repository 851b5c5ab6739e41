import type { StoredMessage } from '../../model/conversations';
import type { SendResult } from '../../model/escalation';
import { sendToTeams } from './send-result';
import type { TeamsChannel } from './teams-channel';
import { toTeamsMessage } from './to-activity';

/** Pushes a stored message to the patient's chat in Teams; resolves within its deadline. */
export type TeamsPush = (
  conversationId: string,
  message: Extract<StoredMessage, { direction: 'out' }>,
  deadlineMs: number,
) => Promise<SendResult>;

/** Makes it. Messages of one chat leave one after the other, so that an answer does not overtake the introduction. */
export function makeTeamsPush({ places, connection, clock, pause }: TeamsChannel): TeamsPush {
  const tails = new Map<string, Promise<SendResult>>();
  return async (conversationId, message, deadlineMs) => {
    const endsAt = clock() + deadlineMs;
    const before = tails.get(conversationId);
    const send = async (): Promise<SendResult> => {
      const place = await places.ofConversation(conversationId);
      if (!place) return { kind: 'failed', permanent: true, code: 'no_place' };
      const { activityId } = await connection.post(place, toTeamsMessage(message));
      return { kind: 'sent', providerId: activityId, delivered: true };
    };
    const mine = (before ?? Promise.resolve())
      .catch(() => undefined) // whoever pushed it hears of it; the next message must not
      .then(() => sendToTeams(send, { deadlineMs: endsAt - clock(), clock, pause }));
    tails.set(conversationId, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(conversationId) === mine) tails.delete(conversationId);
    }
  };
}
