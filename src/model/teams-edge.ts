import type { SendResult, StaffMessage } from './escalation';

/** The seam between the Teams channel, what is stored for it and what pages staff through it. */

/** A card for staff, before the Teams channel gives it its form. */
export interface StaffCard {
  readonly message: StaffMessage;
  readonly title: string;
  readonly text: string;
}

/**
 * Posts a card to the person with this Entra object id, or into the chat or channel with this id (`19:...`), as the channel that holds
 * the connection to Teams does it.
 */
export type PostCard = (card: StaffCard, deadlineMs: number) => Promise<SendResult>;

/** A place in Teams where the bot may post without being asked; no names of people. */
export interface TeamsPlace {
  readonly serviceUrl: string;
  /** Teams' own id of the chat or channel. */
  readonly conversationId: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly tenantId: string | null;
  /** The bot as that place knows it (`28:...`). */
  readonly botId: string;
}

/** A card about an escalation that stands in Teams and has to tell the truth when it changes. */
export interface TeamsCard {
  readonly escalationId: string;
  readonly place: TeamsPlace;
  /** Teams' id of the message that holds the card. */
  readonly activityId: string;
  /** Status and people that the card shows, to see whether it is out of date. */
  readonly shows: string;
}

/** A message on its way into a patient's chat. */
export interface TeamsPush {
  readonly conversationId: string;
  readonly seq: number;
}

/** What is stored for Teams. Throws STORAGE_UNAVAILABLE. */
export interface TeamsStore {
  /** `key` is ours, such as `person/<object id>`; what it led to before is replaced. */
  savePlace(key: string, place: TeamsPlace, at: number): Promise<void>;
  findPlace(key: string): Promise<TeamsPlace | null>;
  removePlace(key: string): Promise<void>;
  /** The same message again takes the place of what was stored of it. */
  saveCard(card: TeamsCard, at: number): Promise<void>;
  /** Cards of escalations that are not closed yet, or whose closing the card does not show yet; oldest first. */
  listCards(limit: number): Promise<TeamsCard[]>;
  /**
   * Takes the pushing of a message for `leaseMs`: `mine`, or `sent` when it was pushed before, or `busy` while another process pushes it.
   */
  beginPush(push: TeamsPush, now: number, leaseMs: number): Promise<'mine' | 'sent' | 'busy'>;
  /** What came of it: sent for good, or to be tried again. */
  endPush(push: TeamsPush, isDone: boolean): Promise<void>;
  /** The card needs no more care. */
  removeCard(card: TeamsCard): Promise<void>;
}
