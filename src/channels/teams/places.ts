import type { TeamsPlace, TeamsStore } from '../../model/teams-edge';
import type { Clock } from '../../tools/clock';
import type { TeamsConnection } from './connect-teams';
import type { TeamsActivity } from './inbound-activity';
import { kindOf, tenantOf } from './inbound-activity';
import { chatOf } from './teams-ids';

/** Where chats, channels and people can be reached without their asking. */
export interface TeamsPlaces {
  /** Remembers the place of an activity under our conversation id, as the chat it is, and for its tenant. */
  remember(activity: TeamsActivity, as: { readonly conversationId?: string; readonly isStaff: boolean }): Promise<void>;
  /** The bot was taken out of the place. */
  forget(activity: TeamsActivity, conversationId: string): Promise<void>;
  ofConversation(conversationId: string): Promise<TeamsPlace | null>;
  /** Where a contact of staff is reached: an Entra object id, or the id of a chat or channel. Null for anything else. */
  ofContact(to: string, tenantId: string | null): Promise<TeamsPlace | null>;
}

/** Where Microsoft takes messages for Teams before a tenant has told us its own address. */
const GLOBAL_SERVICE = 'https://smba.trafficmanager.net/teams/';
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Makes them. */
export function makePlaces({
  store,
  clock,
  connection,
}: {
  readonly store: TeamsStore;
  readonly clock: Clock;
  readonly connection: TeamsConnection;
}): TeamsPlaces {
  const save = async (key: string, place: TeamsPlace): Promise<void> => {
    const before = await store.findPlace(key);
    if (JSON.stringify(before) !== JSON.stringify(place)) await store.savePlace(key, place, clock());
  };
  /** What we know of a tenant's address. */
  const near = async (tenantId: string): Promise<Omit<TeamsPlace, 'conversationId' | 'kind'>> => {
    const known = await store.findPlace(`tenant/${tenantId}`);
    return { serviceUrl: known?.serviceUrl ?? GLOBAL_SERVICE, tenantId, botId: known?.botId ?? `28:${connection.appId}` };
  };
  return {
    async remember(activity, { conversationId, isStaff }) {
      const place = placeOf(activity);
      if (conversationId !== undefined) await save(`conversation/${conversationId}`, place);
      if (place.kind !== 'personal') await save(chatKey(place.conversationId), { ...place, conversationId: chatOf(place.conversationId) });
      if (isStaff && place.kind === 'personal' && activity.from.aadObjectId) await save(personKey(activity.from.aadObjectId), place);
      if (place.tenantId !== null) await save(`tenant/${place.tenantId}`, { ...place, conversationId: '' });
    },
    async forget(activity, conversationId) {
      await store.removePlace(`conversation/${conversationId}`);
      await store.removePlace(chatKey(activity.conversation.id));
      if (kindOf(activity) === 'personal' && activity.from.aadObjectId) await store.removePlace(personKey(activity.from.aadObjectId));
    },
    ofConversation: (conversationId) => store.findPlace(`conversation/${conversationId}`),
    async ofContact(to, tenantId) {
      if (to.startsWith('19:')) {
        const known = await store.findPlace(chatKey(to));
        return known ?? { ...(await near(tenantId ?? connection.tenantId)), conversationId: to, kind: kindOfChat(to) };
      }
      if (!OBJECT_ID.test(to)) return null;
      const known = await store.findPlace(personKey(to));
      if (known) return known;
      const opened = await connection.openChat(await near(tenantId ?? connection.tenantId), to.toLowerCase());
      await save(personKey(to), opened);
      return opened;
    },
  };
}

/** Channels end in tacv2 (or skype, the old ones), chats in v2. */
function kindOfChat(id: string): 'channel' | 'groupChat' {
  return /@thread\.(tacv2|skype)$/.test(id) ? 'channel' : 'groupChat';
}

function placeOf(activity: TeamsActivity): TeamsPlace {
  return {
    ...{ serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id, kind: kindOf(activity) },
    ...{ tenantId: tenantOf(activity), botId: activity.recipient.id },
  };
}

function chatKey(conversationId: string): string {
  return `chat/${chatOf(conversationId)}`;
}

function personKey(objectId: string): string {
  return `person/${objectId.toLowerCase()}`;
}
