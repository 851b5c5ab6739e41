import type { Clinic } from '../../model/clinic';
import { filesOf, kindOf, teamsDataOf, tenantOf, textsOf } from './inbound-activity';
import { readFault } from './send-result';
import type { Arrival } from './take-activity';
import { isStaff } from './take-activity';
import { chatOf } from './teams-ids';
import { plainText } from './to-activity';

/** A message of a patient: stored with its answer in one commit; the answer leaves from the outbox. */
export async function takeMessage(arrival: Arrival): Promise<void> {
  showTyping(arrival);
  const { teams, activity } = arrival;
  const files = filesOf(activity);
  await takeTurns(
    arrival,
    textsOf(activity).map((text, index) => ({
      ...{ text, attachments: index === 0 ? files : 0 },
      messageId: teams.ids.messageOf(activity, `${index}|${text}`),
    })),
  );
}

/** The patient has opened the chat: the bot says once who it is. */
export function takeStart(arrival: Arrival): Promise<void> {
  return takeTurns(arrival, [{ messageId: 'start', text: '', attachments: 0, value: { event: 'conversationStart' } }]);
}

interface TurnToTake {
  readonly messageId: string;
  readonly text: string;
  readonly attachments: number;
  readonly value?: { readonly event: 'conversationStart' };
}

/** Whoever writes must hear of it when nothing could be stored. */
async function takeTurns(arrival: Arrival, inputs: readonly TurnToTake[]): Promise<void> {
  const { teams, doors, activity, context } = arrival;
  const clinicId = clinicOf(arrival)?.id;
  const conversationId = teams.ids.conversationOf(activity);
  try {
    await teams.places.remember(activity, { conversationId, isStaff: isStaff(arrival) });
    for (const input of inputs)
      await doors.turns.take({
        ...({ channel: 'teams', conversationId, patientId: teams.ids.patientOf(activity), at: teams.clock(), echo: null } as const),
        ...(clinicId === undefined ? {} : { clinicId }),
        ...input,
      });
  } catch (error) {
    teams.log.error({ err: error, conversation: conversationId }, 'a message from Teams could not be stored');
    try {
      await context.sendActivity(plainText(doors.failureText(clinicId)));
    } catch (unsaid) {
      teams.log.error({ err: unsaid, conversation: conversationId }, 'its sender could not be told either');
    }
    throw error;
  } finally {
    doors.wake();
  }
}

/** Nobody waits for it, and an answer goes out without it. */
function showTyping({ teams, activity }: Arrival): void {
  const place = {
    ...{ serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id, kind: kindOf(activity) },
    ...{ tenantId: tenantOf(activity), botId: activity.recipient.id },
  };
  if (place.kind !== 'personal') return;
  teams.connection.post(place, { type: 'typing' }).catch((error: unknown) => {
    teams.log.warn({ err: error, code: readFault(error)?.code }, 'that the bot is typing could not be shown in Teams');
  });
}

/** The clinic whose channel it is, or whose tenant; undefined for the installation's first one. */
function clinicOf({ teams, activity }: Arrival): Clinic | undefined {
  const tenantId = tenantOf(activity)?.toLowerCase();
  const channelId = teamsDataOf(activity).channel?.id ?? chatOf(activity.conversation.id);
  const clinics = teams.clinics.all().filter((clinic) => clinic.teams?.tenantId.toLowerCase() === tenantId);
  return clinics.find((clinic) => clinic.teams?.channelId === channelId) ?? clinics[0];
}
