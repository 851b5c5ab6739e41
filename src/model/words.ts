/** Triage levels, lowest first: what has to happen to a message. */
export const DISPOSITIONS = ['none', 'self_care', 'ask_clinic', 'urgent', 'emergency'] as const;
/** One triage level. `urgent` pages the on-call clinician now; `emergency` names 911 (988) first and pages as well. */
export type Disposition = (typeof DISPOSITIONS)[number];

/** Verdicts on a topic at an hour, least cautious first. */
export const VERDICTS = ['none', 'info', 'expected', 'allowed', 'ask_clinic', 'not_yet', 'avoid', 'watch'] as const;
/** What the guide says about a topic at the asked moment. */
export type Verdict = (typeof VERDICTS)[number];

/** How a patient colours a sign: "a bit", "really", "spreading", "going down", "suddenly". */
export const QUALIFIERS = ['mild', 'strong', 'worse', 'fading', 'new'] as const;
/** One such colour. */
export type Qualifier = (typeof QUALIFIERS)[number];

/** How the words hold a sign that they name: told, denied, supposed, over, another person's, or in doubt. */
export type AssertionKind = 'present' | 'uncertain' | 'other_now' | 'absent' | 'hypothetical' | 'past' | 'other_past' | 'other_untreated';
/** Whether a mentioned sign is there: doubt counts as `present`. `other_untreated` is a child's or a pet's illness. */
export type Assertion = Exclude<AssertionKind, 'uncertain' | 'other_now'>;

/** Settles a doubt: what may be there, or is there in another treated person, counts as there. */
export function settleAssertion(kind: AssertionKind): Assertion {
  return kind === 'uncertain' || kind === 'other_now' ? 'present' : kind;
}

/** A button: `say` sends its text as the patient's next message, `call` dials. */
export interface SuggestedAction {
  readonly kind: 'say' | 'call';
  readonly title: string;
  readonly value: string;
}

/** Hours since the end of treatment, as an interval because patients rarely give a minute. */
export interface HoursInterval {
  readonly min: number;
  readonly max: number;
}

/** A stretch of time in epoch milliseconds, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The higher of two triage levels. */
export function higherDisposition(a: Disposition, b: Disposition): Disposition {
  return DISPOSITIONS.indexOf(a) >= DISPOSITIONS.indexOf(b) ? a : b;
}

/** The more cautious of two verdicts. */
export function moreCautious(a: Verdict, b: Verdict): Verdict {
  return VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;
}

/** Ways in which patients reach the bot. */
export type Channel = 'web' | 'sms' | 'teams' | 'cli';
