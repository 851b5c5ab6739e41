import type { PageMethod } from './clinic';
import type { Channel, SuggestedAction } from './words';

/** How soon a human has to look: 911 (988) first, the on-call clinician now, or the clinic's queue. */
export type Tier = 'ask_clinic' | 'urgent' | 'emergency';

/** An escalation without a human never ends: it stays open or notified and keeps paging. */
export type EscalationStatus = 'open' | 'notified' | 'acknowledged' | 'resolved';

/** Sent is not delivered, delivered is not acknowledged. `failed_permanently` also ends a page that was withdrawn or gave up trying. */
export type PageStatus = 'queued' | 'sent' | 'delivered' | 'failed_temporarily' | 'failed_permanently' | 'acknowledged';

/** How a human came to act. */
export type ActedVia = PageMethod | 'link' | 'console' | 'patient' | 'clock';

/** Why an escalation was closed; one tap. `handled` where the person named no reason. */
export const REASON_CODES = [
  'handled',
  'spoke_with_patient',
  'sent_to_emergency_care',
  'seen_at_clinic',
  'advice_by_message',
  'false_alarm',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One attempt to reach one person by one method. */
export interface Page {
  readonly id: string;
  readonly personId: string;
  readonly method: PageMethod;
  /** The address as it was when the page was made. */
  readonly to: string;
  /** Step of the ladder, from 1; 0 is the fallback or a person picked by hand. */
  readonly step: number;
  /** How often the ladder had begun before, from 1. */
  readonly round: number;
  /** The escalation's first page: it jumps every queue, is never bundled and never throttled. */
  readonly isFirst: boolean;
  readonly status: PageStatus;
  /** Epoch milliseconds. */
  readonly queuedAt: number;
  /** When it may leave; later than queuedAt for a person's second contact. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  readonly deliveredAt: number | null;
  readonly attempts: number;
  /** A provider's code or our own word such as "withdrawn"; never text of a patient. */
  readonly failure: string | null;
  readonly providerId: string | null;
}

/** Where the ladder and its clocks stand. All times are epoch milliseconds. */
export interface Course {
  /** When paging began, anew after each "no, I did not reach anyone". */
  readonly startedAt: number;
  /** The step to page next, from 1, and the round it belongs to. */
  readonly step: number;
  readonly round: number;
  /** When that step is due; null once somebody has acknowledged, and for questions that wait for the clinic. */
  readonly stepAt: number | null;
  /** When a step was paged last. */
  readonly visitedAt: number | null;
  /** How many steps were taken early in a row because every page of the one before had failed. */
  readonly hurried: number;
  /** Persons left out of the next step because they passed it on, or are paged anyway. */
  readonly passedOnBy: readonly string[];
  readonly toldNobodyAt: number | null;
  /** "Did you reach someone?" and what came of it. */
  readonly reachedAskedAt: number | null;
  readonly reached: 'yes' | 'no' | 'silent' | null;
  readonly outcomeAskedAt: number | null;
  /** When a question to the clinic is due, and when it is shown next in a digest. */
  readonly dueAt: number | null;
  readonly digestAt: number | null;
  readonly overdueSaidAt: number | null;
  readonly snoozedUntil: number | null;
  /** When those who came on duty were told that somebody off duty holds it. */
  readonly handOffSaidAt?: number | null;
  /** Conversations of an enrolled patient who wrote by several ways while it was open, the last written in last; absent: where it was raised. */
  readonly wroteIn?: readonly string[];
}

/** A danger sign, or a wish for the clinic, that a human has to look at. Never ends without one. */
export interface Escalation {
  readonly id: string;
  /** Number within the clinic, as staff say it: "Ref 12". */
  readonly ref: number;
  readonly clinicId: string;
  readonly conversationId: string;
  readonly channel: Channel;
  /** Ids in knowledge/red-flags; empty when a failure or the statistical detector raised it. */
  readonly flags: readonly string[];
  readonly tier: Tier;
  readonly reason: string;
  readonly raisedAt: number;
  readonly status: EscalationStatus;
  readonly course: Course;
  readonly pages: readonly Page[];
  readonly acknowledged: { readonly by: string; readonly at: number; readonly via: ActedVia } | null;
  readonly resolved: { readonly by: string; readonly at: number; readonly reason: ReasonCode } | null;
  /** A drill pages "test" and counts in no figure about patients. */
  readonly isDrill: boolean;
  /** When next-step has to look again; null only when resolved. */
  readonly nextAt: number | null;
  /** Counts changes; a change names the version it was made from. 0 was never stored. */
  readonly version: number;
}

/** One line of an escalation's append-only history: who, when, why. */
export interface EscalationEvent {
  readonly escalationId: string;
  readonly kind:
    | 'raised'
    | 'repeated'
    /** The patient went on by another way, which the detail names. */
    | 'wrote_elsewhere'
    | 'page_queued'
    | 'page_sent'
    | 'page_delivered'
    | 'page_failed'
    | 'step_empty'
    | 'fallback'
    | 'acknowledged'
    | 'taken_already'
    | 'passed_on'
    | 'reassigned'
    | 'reopened'
    | 'snoozed'
    | 'note'
    | 'outcome_asked'
    | 'patient_told'
    /** What the bot has to say does not reach them: they want no texts, or their telephone takes none. */
    | 'cannot_text'
    | 'reached'
    | 'digest'
    | 'overdue'
    | 'answered'
    | 'resolved'
    | 'alarm';
  /** "bot", "patient", "clock", or the id of a person. */
  readonly actor: string;
  readonly at: number;
  /** Ids, codes and numbers; never text of a patient. */
  readonly detail: string;
}

/** What a staff message says, beside clinic, reference and link: never health words. */
export type NoticeKind =
  | 'acknowledged'
  | 'taken_already'
  | 'taken_by_other'
  | 'passed_on'
  | 'closed'
  | 'which_one'
  | 'nothing_open'
  | 'not_understood'
  | 'outcome'
  | 'duty_changed'
  | 'wrote_again'
  | 'patient_silent'
  | 'overdue'
  | 'digest'
  | 'sign_in'
  | 'alarm';

/** A message to leave the house, as the outbox keeps it: no patient words and no message text. */
export type Sending =
  | { readonly kind: 'page'; readonly escalationId: string; readonly pageId: string }
  | {
      readonly kind: 'notice';
      readonly notice: NoticeKind;
      readonly escalationId: string | null;
      readonly personId: string;
      readonly method: PageMethod;
      readonly to: string;
      /** References, names of staff, counts. */
      readonly details: Readonly<Record<string, string>>;
    }
  /** A stored message of a conversation that has to be pushed through its channel. */
  | { readonly kind: 'patient'; readonly conversationId: string; readonly seq: number }
  /** Nothing to send: by then the patient should have replied to a safety question (M13). `messageId`: the message that it answered. */
  | WaitForReply;

/** The wait for a reply to a safety question. */
export interface WaitForReply {
  readonly kind: 'wait_for_reply';
  readonly conversationId: string;
  readonly messageId: string;
  readonly channel: Channel;
}

/** The reason of an escalation that was raised because a safety question got no reply. */
export const NO_REPLY = 'no_reply';

/** A sending on its way into the outbox. A `dedupeKey` that is there already leaves it as it is. */
export interface NewSending {
  readonly dedupeKey: string;
  readonly clinicId: string;
  /** 0: first pages, before all else; 1: other pages; 2: notices and messages to patients. */
  readonly priority: 0 | 1 | 2;
  readonly dueAt: number;
  readonly sending: Sending;
}

/** A sending that this process may send until its lease ends. */
export interface ClaimedSending extends NewSending {
  readonly id: string;
  /** Counts claims; who claimed it later holds the fence. */
  readonly epoch: number;
  /** Attempts that were made before. */
  readonly attempts: number;
}

/** A message of the bot that no patient asked for; `phrase` names one in language/en.yaml. */
export interface PatientNotice {
  /** Unique in the conversation: the same notice twice is one message. */
  readonly id: string;
  readonly phrase: string;
  /** Times are epoch milliseconds. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything one step in an escalation's life changes; stored in one commit. */
export interface EscalationChange {
  readonly after: Escalation;
  readonly events: readonly EscalationEvent[];
  readonly send: readonly NewSending[];
  readonly tell: readonly PatientNotice[];
}

/** A message of the bot that the store adds to a conversation. */
export interface AddedMessage {
  readonly conversationId: string;
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly actions: readonly SuggestedAction[];
  /** Set when a member of staff wrote it. */
  readonly author: { readonly kind: 'staff'; readonly name: string } | null;
  readonly escalation: { readonly id: string; readonly status: EscalationStatus } | null;
}

/** Where escalations and what has to leave the house are kept. Every write is one transaction; throws STORAGE_UNAVAILABLE. */
export interface EscalationStore {
  find(id: string): Promise<Escalation | null>;
  findByRef(clinicId: string, ref: number): Promise<Escalation | null>;
  findByPage(pageId: string): Promise<Escalation | null>;
  findByProviderId(providerId: string): Promise<{ escalation: Escalation; page: Page } | null>;
  /** Not resolved, oldest first; of all clinics when null. */
  listUnresolved(clinicId: string | null, limit: number): Promise<Escalation[]>;
  /** All, newest first. */
  listEscalations(clinicId: string | null, limit: number): Promise<Escalation[]>;
  events(id: string): Promise<EscalationEvent[]>;
  /** Hands out what next-step has to look at, most overdue first; no other process gets them before `now + leaseMs`. */
  claimDue(now: number, options: { readonly limit: number; readonly leaseMs: number }): Promise<Escalation[]>;
  /**
   * Stores a change with the messages it adds to the conversation. False, and nothing changes, when the escalation has moved on since
   * it was read (`after.version` is the version it was read with; the store counts it up). Ends the lease of `claimDue`.
   */
  save(change: EscalationChange, messages: readonly AddedMessage[]): Promise<boolean>;
  /**
   * Hands out sendings that are due: first pages first, and in turn between clinics, so that a storm at one does not delay another.
   * Clinics in `fullClinics` get none.
   */
  claimSendings(
    now: number,
    options: { readonly limit: number; readonly leaseMs: number; readonly fullClinics: readonly string[] },
  ): Promise<ClaimedSending[]>;
  /** Lengthens the lease just before sending; false when another process holds the sending by now. Counts the attempt. */
  beginAttempt(sending: ClaimedSending, now: number, leaseMs: number): Promise<boolean>;
  /** Ends a sending, or sets when it is tried again; stores the change in the same transaction. False when fence or version moved. */
  settle(
    sending: ClaimedSending,
    outcome: { readonly state: 'done' | 'dead' | 'again'; readonly at: number; readonly failure: string | null },
    change: EscalationChange | null,
    messages: readonly AddedMessage[],
  ): Promise<boolean>;
  /** The earliest moment at which a look or a sending is due; null when nothing waits. */
  nextDueAt(): Promise<number | null>;
  /** Adds a notice alone, such as a confirmation. */
  addSending(sending: NewSending): Promise<void>;
  /** The next reference number of a clinic. */
  nextRef(clinicId: string): Promise<number>;
}

/** What came of handing one message to a provider. */
export type SendResult =
  | {
      readonly kind: 'sent';
      readonly providerId: string | null;
      /** The provider has confirmed delivery already. */ readonly delivered?: boolean;
    }
  | { readonly kind: 'failed'; readonly permanent: boolean; /** Such as "30003" or "timeout". */ readonly code: string };

/** A message to a member of staff, ready to be worded by the method that carries it. */
export interface StaffMessage {
  /** Ours; handed to providers as their idempotency key where they have one. */
  readonly id: string;
  readonly clinic: { readonly id: string; readonly name: string; readonly zone: string; readonly smsNumber: string | null };
  readonly person: { readonly id: string; readonly name: string };
  readonly to: string;
  readonly what:
    | { readonly kind: 'page'; readonly pageId: string; readonly tier: Tier; readonly isDrill: boolean }
    | { readonly kind: 'notice'; readonly notice: NoticeKind };
  readonly ref: number | null;
  /** The one-use acknowledge link of a page, the console's address otherwise; null when the installation has no public address. */
  readonly link: string | null;
  /**
   * Read where the wording has a place for them: `who` (a name), `at` (epoch milliseconds), `refs` ("12, 14"), `ref`, `others` (more
   * references on the same page), `count`, `overdue` (counts), `why` (our words), `already`, `reason` (a ReasonCode), `code` (to sign in).
   */
  readonly details: Readonly<Record<string, string>>;
}

/** One way to reach staff. Resolves within its deadline and never throws for a provider's fault. */
export interface Notifier {
  readonly method: PageMethod;
  send(message: StaffMessage, deadlineMs: number): Promise<SendResult>;
  /** Asks the provider what became of a message whose callback never came; null when it cannot be asked. */
  poll?(providerId: string): Promise<'sent' | 'delivered' | 'failed' | null>;
}

/** What came of something a member of staff did. */
export type Acted =
  | { readonly kind: 'done'; readonly escalation: Escalation }
  /** Somebody else was first; nothing changed. */
  | { readonly kind: 'taken_already'; readonly escalation: Escalation; readonly by: string; readonly at: number }
  | { readonly kind: 'resolved_already'; readonly escalation: Escalation }
  | { readonly kind: 'not_found' }
  /** It does not go; `why` says what was expected, for staff to read. */
  | { readonly kind: 'refused'; readonly why: string };

/** Who does something, and how. `by` is a person's id; `console` for whoever holds the start-up link. */
export interface Actor {
  readonly by: string;
  readonly via: ActedVia;
}

/** What a provider reports about a message, late, twice or out of order. */
export interface DeliveryReport {
  readonly providerId: string;
  /** Our page, as the provider hands it back; finds the page whose send was never answered. Null where it is about no page. */
  readonly pageId?: string | null;
  readonly status: 'sent' | 'delivered' | 'failed';
  readonly permanent: boolean;
  readonly code: string | null;
  readonly at: number;
}

/**
 * Everything staff can do, whichever way it reaches us (text, keypad, link, card, webhook, console). Each is stored before it resolves,
 * safe to repeat, and wakes the loop. Throws STORAGE_UNAVAILABLE only.
 */
export interface StaffDesk {
  acknowledge(escalationId: string, actor: Actor): Promise<Acted>;
  /** "Not me": the next step is paged at once. */
  passOn(escalationId: string, actor: Actor): Promise<Acted>;
  resolve(escalationId: string, actor: Actor, reason: ReasonCode): Promise<Acted>;
  /** Gives it to another person, who is paged at once; it stays unacknowledged until that person acts. */
  reassign(escalationId: string, actor: Actor, personId: string): Promise<Acted>;
  /** Puts off the next reminder of an acknowledged one; never past the next clock. */
  snooze(escalationId: string, actor: Actor, untilMs: number): Promise<Acted>;
  /** A note for colleagues; stored sealed with the conversation. */
  note(escalationId: string, actor: Actor, text: string): Promise<Acted>;
  /** Raises one by hand for a conversation. */
  escalate(conversationId: string, actor: Actor, tier: Tier): Promise<Acted>;
  /** The bot falls silent in a conversation; danger signs still page. */
  takeOver(conversationId: string, actor: Actor): Promise<Acted | { readonly kind: 'done_without_escalation' }>;
  handBack(conversationId: string, actor: Actor): Promise<{ readonly kind: 'done' | 'not_taken_over' }>;
  /** A message of staff to the patient, in the patient's channel; also answers a question of the clinic's queue. */
  reply(
    conversationId: string,
    actor: Actor,
    text: string,
    messageId: string,
  ): Promise<{ readonly kind: 'done' | 'not_found' } | { readonly kind: 'refused'; readonly why: string }>;
  /**
   * A text of a member of staff ("12a", "ack 12"). `handled` is false when the number is nobody's; the answer leaves as a notice.
   * The same messageId twice is one text.
   */
  takeText(message: {
    readonly from: string;
    readonly to: string;
    readonly text: string;
    readonly messageId: string;
    readonly at: number;
  }): Promise<{ readonly handled: boolean }>;
  /** A provider's report about a page. Reports about other messages are left alone. */
  takeReport(report: DeliveryReport): Promise<void>;
  /** The page behind a keypad call, a link, a card or a webhook; null when there is none. */
  findPage(
    pageId: string,
  ): Promise<{ readonly escalation: Escalation; readonly page: Page; readonly clinicName: string; readonly personName: string } | null>;
}
