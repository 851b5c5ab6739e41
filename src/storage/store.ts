import type { ChartStore } from '../model/charts';
import type { ClinicStore, ConversationStore } from '../model/conversations';
import type { EscalationStore } from '../model/escalation';
import type { TeamsStore } from '../model/teams-edge';
import type { SmsStore } from '../model/sms-edge';
import type { StoredReview, TurnStore } from '../model/turn';
import type { EraseOutcome } from '../model/web-edge';
import type { Database } from './database';
import type { Listeners } from './listeners';
import type { NotUnderstoodRow } from './not-understood';
import type { Vault } from './vault';

/** Everything that is kept, with what the channels and the console read from it. */
export interface Store extends TurnStore, ConversationStore, EscalationStore, ClinicStore {
  readonly teams: TeamsStore;
  readonly sms: SmsStore;
  readonly charts: ChartStore;
  exists(conversationId: string): Promise<boolean>;
  /** Messages on which the danger detectors differ, newest first; of all clinics when null. */
  listReviews(clinicId: string | null, limit: number): Promise<StoredReview[]>;
  /** Messages that were not understood, newest first; without words; of all clinics when null. */
  listNotUnderstood(clinicId: string | null, limit: number): Promise<NotUnderstoodRow[]>;
  /** Destroys what a conversation holds, unless staff still need it. */
  erase(conversationId: string): Promise<EraseOutcome>;
  /** Calls back after each commit that added to a conversation, in this or in another process; returns the way to stop that. */
  onCommit(listener: (conversationId: string) => void): () => void;
  /** Calls back when something may be due that was not before; a hint, so that whoever waits also looks now and then. */
  onWake(listener: () => void): () => void;
  /** Whether storage answers; throws STORAGE_UNAVAILABLE when it does not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What every part of the store works with. */
export interface StoreParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly listeners: Listeners;
}
