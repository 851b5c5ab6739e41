import { AftercareError } from '../../tools/errors';
import type { Clinic } from '../../model/clinic';
import { filesOf, kindOf, teamsDataOf, tenantOf, textsOf } from './inbound-activity';
import { readFault } from './send-result';
import type { Arrival } from './arrival';
import { isStaff } from './arrival';
import { chatOf } from './teams-ids';
import { plainText, toTeamsReply } from './to-activity';

/** Storage that has not answered for so long counts as gone. */
const STORAGE_SILENT_MS = 2000;

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
    const unremembered = await remember(arrival, conversationId);
    for (const input of inputs) {
      const { unstored } = await doors.turns.take({
        ...({ channel: 'teams', conversationId, patientId: teams.ids.patientOf(activity), at: teams.clock(), echo: null } as const),
        ...(clinicId === undefined ? {} : { clinicId }),
        ...input,
      });
      // storage is gone and the message holds danger: what to do now is in no outbox
      for (const reply of unstored ?? []) await context.sendActivity(toTeamsReply(reply));
      if (!unstored && unremembered !== null) throw unremembered;
    }
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

/** Remembers where answers go before there is one; a failure must not keep danger from being heard, so it is handed back. */
async function remember(arrival: Arrival, conversationId: string): Promise<Error | null> {
  const { teams, activity } = arrival;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AftercareError('STORAGE_UNAVAILABLE', 'Storing a place in Teams failed: storage has not answered for 2 seconds.')),
      STORAGE_SILENT_MS,
    );
  });
  try {
    await Promise.race([teams.places.remember(activity, { conversationId, isStaff: isStaff(arrival) }), silence]);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error('Storing a place in Teams failed.', { cause: error });
  } finally {
    clearTimeout(timer);
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
