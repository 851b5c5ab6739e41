import type { Chart } from '../model/charts';
import type { Clinic, ClinicBook, Person } from '../model/clinic';
import type { EnrolmentDesk } from '../model/enrolment';
import type { Escalation, EscalationEvent, StaffDesk } from '../model/escalation';
import type { Channel, NotUnderstood, StoredReview } from '../model/turn';
import type { Clock } from '../tools/clock';

/** One message as staff read it. */
export interface TalkMessage {
  readonly seq: number;
  readonly at: number;
  readonly from: 'patient' | 'bot' | 'staff';
  /** Who wrote it, where a member of staff did. */
  readonly name: string | null;
  readonly text: string;
}

/** A conversation as the list shows it: no words of anybody. */
export interface TalkRow {
  readonly id: string;
  readonly clinicId: string;
  readonly channel: Channel;
  readonly startedAt: number;
  readonly lastAt: number;
  /** The person for whom the bot is silent; null while the bot answers. */
  readonly takenOverBy: string | null;
}

/** A conversation with everything said in it, oldest first. */
export interface Talk extends TalkRow {
  readonly messages: readonly TalkMessage[];
}

/** A note of staff for colleagues, kept with the conversation. */
export interface StaffNote {
  readonly at: number;
  readonly by: string;
  readonly text: string;
}

/** A message that was not understood, and where it stands; `clinicId` says who may see it. */
export interface NotUnderstoodRow extends NotUnderstood {
  readonly conversationId: string;
  readonly clinicId: string;
  readonly seq: number;
  readonly at: number;
}

/** Who a step of the ladder reaches. */
export interface OnCallRow {
  /** From 1. */
  readonly step: number;
  readonly people: readonly Person[];
}

/** A stretch of time in which nobody can be paged; epoch milliseconds. */
export interface Hole {
  readonly from: number;
  readonly until: number;
  /** What is missing, in plain words. */
  readonly why: string;
}

/** What the console reads, and the desk it acts through. A `clinicId` of null means all clinics. Reads throw STORAGE_UNAVAILABLE. */
export interface ConsoleDeps {
  /** Not resolved, oldest first. */
  listUnresolved(clinicId: string | null): Promise<readonly Escalation[]>;
  /** All, newest first. */
  listEscalations(clinicId: string | null, limit: number): Promise<readonly Escalation[]>;
  find(id: string): Promise<Escalation | null>;
  events(id: string): Promise<readonly EscalationEvent[]>;
  transcript(conversationId: string): Promise<Talk | null>;
  /** What the clinic keeps of the patient of a conversation; null while they are not enrolled. */
  chart(conversationId: string): Promise<Chart | null>;
  notes(conversationId: string): Promise<readonly StaffNote[]>;
  /** The last spoken in first. */
  conversations(clinicId: string | null, limit: number): Promise<readonly TalkRow[]>;
  /** Newest first. */
  reviews(clinicId: string | null, limit: number): Promise<readonly StoredReview[]>;
  notUnderstood(clinicId: string | null, limit: number): Promise<readonly NotUnderstoodRow[]>;
  /** Stretches of the next 52 weeks in which a page would reach nobody, earliest first. */
  holes(clinic: Clinic): readonly Hole[];
  /** Who is on call at a moment, one entry for each step of the ladder. */
  onCall(clinic: Clinic, at: number): readonly OnCallRow[];
  /** When other people are on call than at a moment; null when that is not in sight. */
  nextChangeAfter(clinic: Clinic, at: number): number | null;
  /** Sends a one-time sign-in link to a member of staff. */
  sendSignIn(person: Person, clinic: Clinic, link: string): Promise<void>;
  /** The title of a red flag, as its file gives it. */
  flagTitle(flag: string): string;
  /** What went wrong behind a page that could still be shown; never patient words. */
  onFault(code: string, cause: unknown): void;
  readonly desk: StaffDesk;
  readonly enrolment: EnrolmentDesk;
  readonly clinics: ClinicBook;
  readonly secret: Buffer;
  readonly clock: Clock;
  /** Without a trailing slash; null in a demo. */
  readonly publicUrl: string | null;
  /** Entries of knowledge/ that no medical director has signed. */
  readonly unsignedEntries: number;
}
