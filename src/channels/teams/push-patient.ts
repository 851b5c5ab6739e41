import type { StoredMessage } from '../../model/conversations';
import type { SendResult } from '../../model/escalation';
import type { TeamsPlace } from '../../model/teams-edge';
import { sendToTeams } from './send-result';
import type { TeamsChannel } from './teams-channel';
import { toTeamsMessage } from './to-activity';

type Said = Extract<StoredMessage, { direction: 'out' }>;

/** Pushes a stored message to the patient's chat in Teams; resolves within its deadline. */
export type TeamsPush = (conversationId: string, message: Said, deadlineMs: number) => Promise<SendResult>;

/** So many messages before one are looked at for some that have not left yet, when they are so young. */
const LOOK_BACK = 10;
const SAME_TALK_MS = 60_000;
/** A push that its process did not end may be taken by another one so long after its deadline. */
const LEASE_MORE_MS = 5000;

/** Makes it. Messages of one chat leave in their order, each once, whichever of them the outbox hands out first. */
export function makeTeamsPush(teams: TeamsChannel): TeamsPush {
  const tails = new Map<string, Promise<unknown>>();
  return async (conversationId, message, deadlineMs) => {
    const mine = (tails.get(conversationId) ?? Promise.resolve()).then(() => pushInOrder(teams, { conversationId, message, deadlineMs }));
    const tail = mine.catch(() => undefined); // its caller sees the failure; the next message must not
    tails.set(conversationId, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(conversationId) === tail) tails.delete(conversationId);
    }
  };
}

interface Push {
  readonly conversationId: string;
  readonly message: Said;
  readonly deadlineMs: number;
}

async function pushInOrder(teams: TeamsChannel, push: Push): Promise<SendResult> {
  const place = await teams.places.ofConversation(push.conversationId);
  if (!place) return { kind: 'failed', permanent: true, code: 'no_place' };
  for (const message of await youngBefore(teams, push)) {
    const result = await pushOne(teams, place, { ...push, message });
    if (result.kind === 'failed' && !result.permanent) return result;
  }
  return pushOne(teams, place, push);
}

/** The bot's young messages right before one, since the patient wrote last. */
async function youngBefore({ store }: TeamsChannel, { conversationId, message }: Push): Promise<Said[]> {
  const { messages } = await store.read(conversationId, Math.max(0, message.seq - 1 - LOOK_BACK));
  const earlier = messages.filter(({ seq }) => seq < message.seq);
  return earlier
    .slice(earlier.findLastIndex(({ direction }) => direction === 'in') + 1)
    .filter((said): said is Said => said.direction === 'out' && said.at >= message.at - SAME_TALK_MS);
}

async function pushOne(teams: TeamsChannel, place: TeamsPlace, { conversationId, message, deadlineMs }: Push): Promise<SendResult> {
  const { store, connection, clock, pause } = teams;
  const key = { conversationId, seq: message.seq };
  const begun = await store.teams.beginPush(key, clock(), deadlineMs + LEASE_MORE_MS);
  if (begun === 'sent') return { kind: 'sent', providerId: null, delivered: true };
  if (begun === 'busy') return { kind: 'failed', permanent: false, code: 'sent_elsewhere' };
  const send = async (): Promise<SendResult> => {
    const { activityId } = await connection.post(place, toTeamsMessage(message));
    return { kind: 'sent', providerId: activityId, delivered: true };
  };
  const result = await sendToTeams(send, { deadlineMs, clock, pause });
  await store.teams.endPush(key, result.kind === 'sent' || result.permanent);
  return result;
}
