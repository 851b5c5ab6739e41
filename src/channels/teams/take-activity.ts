import type { InvokeResponse } from 'botbuilder';
import { takeClick, takeInvoke } from './take-click';
import { readClick } from './act-on-card';
import type { Arrival } from './arrival';
import { isStaff } from './arrival';
import { kindOf, teamsDataOf } from './inbound-activity';
import { takeMessage, takeStart } from './take-message';
import { plainText } from './to-activity';

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
