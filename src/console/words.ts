import type { TreatmentKind } from '../model/charts';
import type { PageMethod } from '../model/clinic';
import type { ActedVia, EscalationEvent, EscalationStatus, PageStatus, ReasonCode, Tier } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import type { Channel } from '../model/turn';

/** Levels as staff read them. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = { emergency: 'Emergency', urgent: 'Urgent', ask_clinic: 'Question' };

/** States of an escalation: sent is not answered. */
export const STATUS_WORDS: Readonly<Record<EscalationStatus, string>> = {
  open: 'Nobody told yet',
  notified: 'Sent, nobody has answered yet',
  acknowledged: 'Taken',
  resolved: 'Closed',
};

/** Reasons to close, one button each. */
export const REASON_WORDS: Readonly<Record<ReasonCode, string>> = {
  handled: 'Handled',
  spoke_with_patient: 'Spoke with the patient',
  sent_to_emergency_care: 'Sent to emergency care',
  seen_at_clinic: 'Seen at the clinic',
  advice_by_message: 'Advice by message',
  false_alarm: 'False alarm',
};

/** States of one page: sent is not delivered, delivered is not answered. */
export const PAGE_WORDS: Readonly<Record<PageStatus, string>> = {
  queued: 'Waiting to leave',
  sent: 'Sent, not known to have arrived',
  delivered: 'Arrived, not answered',
  failed_temporarily: 'Failed, will be tried again',
  failed_permanently: 'Ended without an answer',
  acknowledged: 'Answered',
};

/** Ways to reach staff. */
export const METHOD_WORDS: Readonly<Record<PageMethod, string>> = {
  sms: 'text message',
  voice: 'call',
  email: 'e-mail',
  teams: 'Teams',
  webhook: 'webhook',
};

/** Ways in which somebody acted. */
export const VIA_WORDS: Readonly<Record<ActedVia, string>> = {
  ...METHOD_WORDS,
  link: 'link',
  console: 'console',
  patient: 'patient',
  clock: 'clock',
};

/** What patients were told, by the name of the phrase. */
export const PHRASE_WORDS: Readonly<Record<string, string>> = {
  seenByTeam: 'that the team has seen it',
  seenByTeamEmergency: 'that the team has seen it',
  nobodyAnswered: 'that nobody has answered, and where to go',
  nobodyAnsweredEmergency: 'that nobody has answered, and to call 911',
  askReached: 'asked whether they reached someone',
  flagClosed: 'that it is closed',
};

/** Treatments, as staff choose one. */
export const TREATMENT_WORDS: Readonly<Record<TreatmentKind, string>> = {
  microneedling: 'Microneedling',
  other: 'Another treatment, not in the guide',
};

/** Ways in which patients write. */
export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = { web: 'Web chat', sms: 'Text message', teams: 'Teams', cli: 'Terminal' };

/** What happened, in plain words; who did it and the details stand beside it. */
export const EVENT_WORDS: Readonly<Record<EscalationEvent['kind'], string>> = {
  raised: 'Raised',
  repeated: 'The patient wrote about it again',
  wrote_elsewhere: 'The patient went on by another way',
  page_queued: 'Page made',
  page_sent: 'Page sent',
  page_delivered: 'Page arrived',
  page_failed: 'Page failed',
  step_empty: 'Nobody to page on this step, went on at once',
  fallback: 'Nobody on any step, paged the fallback',
  acknowledged: 'Taken',
  taken_already: 'Tried to take it, but it was taken',
  passed_on: 'Passed on',
  reassigned: 'Given to another person',
  reopened: 'Paging began anew',
  snoozed: 'Reminder put off',
  note: 'Note added',
  outcome_asked: 'Asked for the outcome',
  patient_told: 'Patient told',
  cannot_text: 'The patient cannot be texted, please call',
  reached: 'Answer to "Did you reach someone?"',
  digest: 'Listed in the morning digest',
  overdue: 'Overdue',
  answered: 'Answered by message',
  resolved: 'Closed',
  alarm: 'Alarm: something did not happen in time',
};

const RAISED_FOR: Readonly<Record<string, string>> = {
  watch: 'A sign beyond its window',
  question: 'Question for the clinic',
  failure: 'The bot failed; read this one',
  statistics: 'Heard danger without a known sign',
  not_understood: 'Not understood twice',
  sign: 'A sign that is new or worse',
  by_hand: 'Raised by hand',
  [NO_REPLY]: 'No reply to the safety question',
};

/**
 * Why an escalation was raised, where no red flag says it: "watch:redness" is "A sign beyond its window: redness". `nameOf` names
 * whoever raised it by hand.
 */
export function reasonText(reason: string, nameOf: (personId: string) => string): string {
  const [kind = '', detail = ''] = reason.split(':');
  const words = kind === 'by_hand' ? nameOf(detail) : inWords(detail);
  return `${RAISED_FOR[kind] ?? inWords(kind)}${detail ? `: ${words}` : ''}`;
}

/** An id as words: "not_understood" is "not understood". */
export function inWords(id: string): string {
  return id.replaceAll('_', ' ');
}
