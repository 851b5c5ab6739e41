import type { Channel, ConversationState } from './turn';
import type { TimeSpan } from './words';

/**
 * A chart is one treated patient at one clinic, whichever way they write. It has addresses: the ids that channels give to who writes
 * (`pat_...` for a number, `tp_...` for somebody in Teams, `dl_...` for a browser). What its conversations learn of the patient as a
 * whole is kept once, with the chart; what is said in a conversation stays that conversation's.
 */

/** What the bot knows of a patient as a whole, shared by all conversations of a chart. */
export type PatientMemory = Pick<ConversationState, 'treatedAt' | 'flagTimes' | 'recent' | 'minor' | 'otherTreatment' | 'unanswered'>;

/** What was done; the guide speaks of microneedling alone. */
export const TREATMENT_KINDS = ['microneedling', 'other'] as const;
export type TreatmentKind = (typeof TREATMENT_KINDS)[number];

/** What staff put down about a patient. */
export interface ChartFacts {
  readonly treatedAt: TimeSpan;
  readonly kind: TreatmentKind;
  /** The clinic's own name or number for the patient; may be empty. */
  readonly reference: string;
}

/** A one-time link to the web chat; only a hash of it is stored. */
export interface PersonalLink {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** One enrolment, stored in one commit: the chart, who belongs to it, and a link. */
export interface Enrolment {
  readonly clinicId: string;
  readonly facts: ChartFacts;
  /** Ids of channels that are the patient's. */
  readonly patientIds: readonly string[];
  readonly link: PersonalLink;
  /** Id of the member of staff, or `console` or `command`. */
  readonly by: string;
  readonly at: number;
}

/**
 * What came of an enrolment. `two_charts`: its addresses lead to two patients; `other_reference`: the patient there goes by another
 * reference of the clinic. Then nothing changes.
 */
export type EnrolmentOutcome =
  { readonly kind: 'enrolled'; readonly chartId: string; readonly isNew: boolean } | { readonly kind: 'two_charts' | 'other_reference' };

/** A link that a browser brings. */
export interface BroughtLink {
  readonly token: string;
  readonly clinicId: string;
  /** Made and kept by the browser: the same one may bring its link again, as after an answer that got lost. */
  readonly claim: string;
  /** Who the browser is to be; another one when it was let in before. */
  readonly patientId: string;
  readonly at: number;
}

/** What came of a link: `used` by another browser, `expired`, or `unknown` here or at this clinic. */
export type LinkOutcome = { readonly kind: 'linked'; readonly patientId: string } | { readonly kind: 'used' | 'expired' | 'unknown' };

/** A chart as staff see it. */
export interface Chart {
  readonly id: string;
  readonly clinicId: string;
  /** As staff put it down last. */
  readonly facts: ChartFacts;
  /** What the bot goes by: the same, or what the patient has told since. */
  readonly treatedAt: TimeSpan | null;
  readonly createdAt: number;
  readonly createdBy: string;
  /** The last spoken in first. */
  readonly conversations: readonly { readonly id: string; readonly channel: Channel; readonly updatedAt: number }[];
}

/** Charts, who belongs to them and their links. Throws STORAGE_UNAVAILABLE. */
export interface ChartStore {
  /** Makes a chart, or puts new facts into the one that an address leads to; what its patient wrote before becomes part of it. */
  enrol(enrolment: Enrolment): Promise<EnrolmentOutcome>;
  /** Binds who brings a link to its chart; each link lets one browser in. */
  redeem(link: BroughtLink): Promise<LinkOutcome>;
  /** Whether an address belongs to a chart. */
  isKnown(clinicId: string, patientId: string): Promise<boolean>;
  /** The chart of a conversation; null where it has none. */
  ofConversation(conversationId: string): Promise<Chart | null>;
  /** The conversations of the same patient, this one included. */
  conversationsWith(conversationId: string): Promise<readonly string[]>;
}
