import { createHmac } from 'node:crypto';
import { deriveKey } from '../../tools/derive-key';
import type { TeamsActivity } from './inbound-activity';
import { kindOf } from './inbound-activity';

/** Our own ids for chats and people of Teams: always the same, and nobody can tell from them who it is. */
export interface TeamsIds {
  /** A one-to-one chat; in a group each person's own thread of it. */
  conversationOf(activity: TeamsActivity): string;
  patientOf(activity: TeamsActivity): string;
  /** The same message delivered again has the same id; an edited one has another, so that its new words are read. */
  messageOf(activity: TeamsActivity, text: string): string;
}

/** Makes them from the secret of the installation. */
export function makeTeamsIds(secret: Buffer): TeamsIds {
  const blind = makeBlind(secret);
  const personOf = (activity: TeamsActivity): string => (activity.from.aadObjectId ?? activity.from.id).toLowerCase();
  return {
    conversationOf: (activity) =>
      kindOf(activity) === 'personal'
        ? blind('teams', activity.conversation.id)
        : blind('teams', chatOf(activity.conversation.id), personOf(activity)),
    patientOf: (activity) => patientId(blind, personOf(activity)),
    messageOf: (activity, text) => blind('tm', activity.conversation.id, activity.id ?? '', text),
  };
}

/** Our id of a patient in Teams by their Entra object id, as `patientOf` gives it. */
export function patientIdInTeams(secret: Buffer, objectId: string): string {
  return patientId(makeBlind(secret), objectId.toLowerCase());
}

type Blind = (prefix: string, ...parts: readonly string[]) => string;

function patientId(blind: Blind, person: string): string {
  return blind('tp', person);
}

function makeBlind(secret: Buffer): Blind {
  const key = deriveKey(secret, 'teams/ids/v1');
  return (prefix, ...parts) =>
    `${prefix}_${createHmac('sha256', key)
      .update(JSON.stringify([prefix, ...parts]))
      .digest('base64url')
      .slice(0, 27)}`;
}

/** The chat or channel of a conversation id, without the thread. */
export function chatOf(conversationId: string): string {
  return conversationId.split(';')[0]!;
}
