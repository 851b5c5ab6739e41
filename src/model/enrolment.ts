import type { Clinic } from './clinic';

/** What staff fill in to enrol a patient, as they typed it. */
export interface EnrolmentForm {
  /** A number in any usual form; may be empty. */
  readonly phone: string;
  /** The patient's Entra object id, where they write in Teams; may be empty. */
  readonly teamsId: string;
  /** When the treatment ended, local to the clinic: "2026-03-09T15:00". */
  readonly treatedAt: string;
  readonly kind: string;
  readonly reference: string;
  /** The patient agreed to be texted, to the wording that was shown. */
  readonly agreesToTexts: boolean;
  /** Text them their link. */
  readonly sendsLink: boolean;
}

/** The fields that can be wrong. */
export type EnrolmentField = 'phone' | 'teamsId' | 'treatedAt' | 'kind' | 'reference' | 'agreesToTexts' | 'sendsLink';

/** What came of an enrolment. */
export type Enrolled =
  | {
      readonly kind: 'enrolled';
      readonly chartId: string;
      /** False: the patient had been enrolled before, and what was put down is new. */
      readonly isNew: boolean;
      /** To be handed over; shown once, stored nowhere. */
      readonly link: string;
      readonly expiresAt: number;
      /** The link leaves as a text, in the night in the morning. */
      readonly isTexted: boolean;
    }
  | { readonly kind: 'refused'; readonly faults: readonly { readonly field: EnrolmentField; readonly why: string }[] };

/** Who enrols whom, and where links lead. */
export interface EnrolmentBy {
  readonly clinic: Clinic;
  /** A member of staff, `console` or `command`. */
  readonly by: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
}

/** Enrols patients for staff. Throws STORAGE_UNAVAILABLE. */
export interface EnrolmentDesk {
  enrol(form: EnrolmentForm, by: EnrolmentBy): Promise<Enrolled>;
  /** What a patient agrees to, as staff read it to them. */
  consentText(clinic: Clinic): string;
}
