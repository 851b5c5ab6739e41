import type { InvokeResponse, TurnContext } from 'botbuilder';
import type { StaffDesk } from '../../model/escalation';
import type { PatientTurns } from '../../model/web-edge';
import { takeClick, takeInvoke } from './take-click';
import { readClick, staffOf } from './act-on-card';
import type { TeamsActivity } from './inbound-activity';
import { kindOf, teamsDataOf, tenantOf } from './inbound-activity';
import { takeMessage, takeStart } from './take-message';
import type { TeamsChannel } from './teams-channel';
import { plainText } from './to-activity';

/** What stands behind the door of Teams. */
export interface TeamsDoors {
  readonly desk: StaffDesk;
  readonly turns: PatientTurns;
  /** Something stands in the outbox. */
  readonly wake: () => void;
  /** What a patient is told whose message could not be stored; of the first clinic without an id. */
  readonly failureText: (clinicId: string | undefined) => string;
}

/** One signed activity and what it needs to be dealt with. */
export interface Arrival {
  readonly teams: TeamsChannel;
  readonly doors: TeamsDoors;
  readonly activity: TeamsActivity;
  readonly context: TurnContext;
}

/** Deals with an activity; what Teams has to be told about an invoke is left in the context. */
export async function takeActivity(arrival: Arrival): Promise<void> {
  const { activity, context } = arrival;
  switch (activity.type) {
    case 'message':
      return takeText(arrival);
    case 'messageUpdate':
      return teamsDataOf(activity).eventType === 'editMessage' ? takeText(arrival) : undefined;
    case 'installationUpdate':
    case 'conversationUpdate':
      return takeUpdate(arrival);
    case 'invoke': {
      const value: InvokeResponse = await takeInvoke(arrival);
      await context.sendActivity({ type: 'invokeResponse', value });
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A card's answer comes as a message without words from clients that know no Action.Execute. */
async function takeText(arrival: Arrival): Promise<void> {
  const { activity, context } = arrival;
  const click = (activity.text ?? '').trim() === '' ? readClick(activity.value) : null;
  if (click) return takeClick(arrival, click);
  if (kindOf(activity) !== 'personal' && isStaff(arrival)) {
    await context.sendActivity(plainText('I post messages that wait for staff here. Use the buttons of their cards, or the console.'));
    return;
  }
  await takeMessage(arrival);
}

/** The bot was put into a chat or channel, or taken out; where it can post is remembered. */
async function takeUpdate(arrival: Arrival): Promise<void> {
  const { teams, activity, context } = arrival;
  const isBot = ({ id }: { readonly id: string }): boolean => id === activity.recipient.id;
  const isInstall = activity.type === 'installationUpdate';
  const conversationId = teams.ids.conversationOf(activity);
  const isPersonal = kindOf(activity) === 'personal';
  if (isInstall ? activity.action === 'remove' : activity.membersRemoved?.some(isBot)) return teams.places.forget(activity, conversationId);
  const staff = isStaff(arrival);
  await teams.places.remember(activity, { isStaff: staff, ...(isPersonal ? { conversationId } : {}) });
  const isAdded = isInstall ? activity.action === 'add' : activity.membersAdded?.some(isBot);
  if (!isAdded || !isPersonal) return;
  if (!staff) return takeStart(arrival);
  if (isInstall) await context.sendActivity(plainText('Messages of patients that wait for you will be posted here as cards.'));
}

/** Whether the sender is staff of a clinic of the tenant. */
export function isStaff({ teams, activity }: Pick<Arrival, 'teams' | 'activity'>): boolean {
  const tenantId = tenantOf(activity)?.toLowerCase();
  return teams.clinics
    .all()
    .some((clinic) => (!clinic.teams || clinic.teams.tenantId.toLowerCase() === tenantId) && staffOf(clinic, activity.from.aadObjectId));
}
