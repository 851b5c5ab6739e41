/** A person who texts a clinic, known by their number within that clinic. */
export interface SmsPatient {
  readonly id: string;
  readonly clinicId: string;
  /** The same for as long as the patient keeps it, so that a talk goes on over weeks. */
  readonly conversationId: string;
  /** In E.164; empty once the conversation was erased. */
  readonly number: string;
  readonly optedOut: OptOut | null;
  /** The text that undid the last opt-out, and who had held texts back until then. */
  readonly rejoined: Pick<OptOut, 'by' | 'textId'> | null;
  /** IANA name; null: the clinic's. */
  readonly zone: string | null;
}

/** Since when a patient wants no texts, and who holds them back: the carrier too (it answers by itself), or we alone. */
export interface OptOut {
  readonly at: number;
  readonly by: 'carrier' | 'words';
  /** The patient's text that said so; null when the carrier did. */
  readonly textId: string | null;
}

/** That a patient agreed to be texted: when, to which wording, by which way. */
export interface Consent {
  readonly at: number;
  readonly wording: string;
  readonly channel: 'sms' | 'console';
  /** The member of staff who recorded it; null where the patient's own text did. */
  readonly by: string | null;
}

/** Who texts. Numbers are found by a blind index and kept sealed. Throws STORAGE_UNAVAILABLE. */
export interface SmsPatients {
  /** The patient of a number at a clinic, made known where they are not. */
  meet(clinicId: string, number: string, at: number): Promise<SmsPatient>;
  /** Null when the conversation is no texting patient's. */
  ofConversation(conversationId: string): Promise<SmsPatient | null>;
  setOptOut(patientId: string, optOut: OptOut): Promise<void>;
  /** Undoes an opt-out; `textId` is the text that asked for it. */
  setOptIn(patientId: string, textId: string): Promise<void>;
  /** Kept from then on; the first one wins unless `again`. */
  setConsent(patientId: string, consent: Consent, again: boolean): Promise<void>;
  consentOf(patientId: string): Promise<Consent | null>;
}

/** A text as it waits for its turn. */
export interface WaitingText {
  readonly messageId: string;
  readonly text: string;
  readonly media: number;
  readonly optOut: 'STOP' | 'START' | 'HELP' | null;
  /** Epoch milliseconds at which it reached us; of a text whose webhook never came, at which the phone company got it. */
  readonly at: number;
  /** The turn it was given to; null while it is free. */
  readonly turnId: string | null;
}

/** Texts that were acknowledged and not answered yet. Every id is kept for good, so that a text counts once. */
export interface SmsInbox {
  /** False, and nothing changes, when the id was kept before. */
  keep(text: Omit<WaitingText, 'turnId'> & { readonly conversationId: string }): Promise<boolean>;
  /** Those of the ids that were kept before. */
  known(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** In the order of `at`. */
  waiting(conversationId: string): Promise<WaitingText[]>;
  /** Gives free texts to one turn; false, and nothing changes, when one of them is not free any more. */
  group(messageIds: readonly string[], turnId: string): Promise<boolean>;
  /** Their turn is stored: their words are forgotten here. */
  done(turnId: string): Promise<void>;
  conversationsWaiting(): Promise<string[]>;
}

/** One SMS of ours: part of a stored message. */
export interface TextKey {
  readonly conversationId: string;
  readonly seq: number;
  readonly part: number;
}

/** What became of a text: `again` was not taken and may be tried anew; `withheld` was never handed over. */
export type TextState = 'sending' | 'again' | 'withheld' | 'sent' | 'failed' | 'delivered';

/** The texts that were handed to the phone company. */
export interface SmsTexts {
  /** `mine`: send it now. `settled`: it was sent, or given up, before. `busy`: another process is sending it. */
  begin(key: TextKey, now: number, leaseMs: number): Promise<'mine' | 'settled' | 'busy'>;
  settle(
    key: TextKey,
    to: { readonly state: TextState; readonly providerId: string | null; readonly code: string | null; readonly at: number },
  ): Promise<void>;
  /** Takes a report, never backwards: null when it is about none of our texts or says nothing new. */
  report(
    about: { readonly providerId: string; readonly key: TextKey | null },
    to: { readonly state: 'sent' | 'failed' | 'delivered'; readonly code: string | null; readonly at: number },
  ): Promise<TextKey | null>;
  stateOf(key: TextKey): Promise<{ readonly state: TextState; readonly code: string | null } | null>;
}

/** Everything kept for texting patients. */
export interface SmsStore {
  readonly patients: SmsPatients;
  readonly inbox: SmsInbox;
  readonly texts: SmsTexts;
  /** The id that a stored message was added under; null when there is none. */
  messageIdOf(conversationId: string, seq: number): Promise<string | null>;
}

/** A text of ours on its way to the phone company. */
export interface OutgoingText {
  readonly to: string;
  readonly from: string;
  /** Twilio's Messaging Service of the clinic, where it has one. */
  readonly service: string | null;
  readonly body: string;
  /** Ours; comes back with each report. */
  readonly id: string;
}

/** A text that the phone company has in its list. */
export interface ListedText {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media: number;
  /** Epoch milliseconds at which the phone company got it. */
  readonly sentAt: number;
}
