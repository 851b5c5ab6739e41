import type { AddedMessage, EscalationStatus } from './escalation';
import type { Channel, Outcome, Reply, TakeOver } from './turn';

/** One side of one exchange, as kept. */
export type StoredMessage = { readonly seq: number; readonly at: number } & (
  | { readonly direction: 'in'; readonly echo: unknown; readonly text: string }
  | {
      readonly direction: 'out';
      readonly reply: Reply;
      readonly outcome: Outcome;
      readonly escalation: { readonly id: string; readonly status: EscalationStatus } | null;
      /** Set when a member of staff wrote it; null for the bot. */
      readonly author: AddedMessage['author'];
    }
);

/** A conversation in a list: no words of it. */
export interface ConversationSummary {
  readonly id: string;
  readonly clinicId: string;
  readonly channel: Channel;
  readonly patientId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Number of its last message. */
  readonly lastSeq: number;
  readonly takenOver: TakeOver | null;
}

/** A note of staff for colleagues; patients never see it. */
export interface StaffNote {
  /** Unique: the same note twice is one. */
  readonly id: string;
  readonly conversationId: string;
  readonly escalationId: string | null;
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

/** Conversations as staff see and change them, outside a turn. Throws STORAGE_UNAVAILABLE. */
export interface ConversationStore {
  /** Null when there is no such conversation. */
  summaryOf(conversationId: string): Promise<ConversationSummary | null>;
  /** The newest first; of all clinics when null. */
  conversationsOf(clinicId: string | null, limit: number): Promise<ConversationSummary[]>;
  read(conversationId: string, afterSeq: number): Promise<{ messages: StoredMessage[]; lastSeq: number }>;
  /**
   * Adds messages of the bot or of staff. An id that the conversation has already leaves it as it is; so does an unknown conversation.
   * In channels that have to be pushed each gets a row in the outbox.
   */
  addMessages(messages: readonly AddedMessage[]): Promise<void>;
  /**
   * Lets a person write in the bot's place, or hands back (null), with a message for the patient. A turn that is being computed meanwhile
   * starts anew. False, and nothing changes, when there is no such conversation or nothing to hand back.
   */
  setTakeOver(conversationId: string, takeOver: TakeOver | null, message: AddedMessage | null): Promise<boolean>;
  /** Stored sealed; false when there is no such conversation. */
  addNote(note: StaffNote): Promise<boolean>;
  /** Oldest first. */
  readNotes(conversationId: string): Promise<StaffNote[]>;
}

/** A clinic file as imported. */
export interface StoredClinic {
  readonly id: string;
  readonly yaml: string;
  /** Counts imports. */
  readonly version: number;
  readonly importedAt: number;
}

/** The clinic files of an installation. */
export interface ClinicStore {
  /** Stores a new version of a clinic; returns its number. The same text again keeps the version. */
  saveClinic(id: string, yaml: string, at: number): Promise<number>;
  listClinics(): Promise<StoredClinic[]>;
}
