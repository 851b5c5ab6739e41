/** Codes of Twilio that will be the same at the next try: the number cannot, or will not, be reached this way. */
const PERMANENT = new Set([
  '13224', // the number to call is not valid
  '13225', // the number to call is on a list of blocked ones
  '20003', // the account's token is refused
  '20404', // no such account or number
  '21210', // the caller's number is not ours
  '21211', // not a telephone number
  '21214', // cannot be reached by telephone
  '21215', // calls to that country are not allowed
  '21217', // not a telephone number
  '21408', // texts to that country are not allowed
  '21601', // our number cannot send texts
  '21606', // our number cannot text that one
  '21608', // a trial account may text verified numbers only
  '21610', // the person opted out
  '21612', // no way from our number to that one
  '21614', // not a mobile number
  '30002', // the account is suspended
  '30004', // blocked
  '30005', // the number is unknown or no longer in use
  '30006', // a landline, or a carrier that takes no texts
  '30007', // filtered by the carrier
  '30034', // our number is not registered with the carriers
]);
/** Codes that pass, though the status they come with would say otherwise. */
const TEMPORARY = new Set([
  '20429', // too many requests
  '21611', // our number has too many texts waiting
  '30001', // too many texts waiting
  '30003', // the telephone is off or out of reach
  '30008', // the carrier does not say why
]);

/** Whether a failure that Twilio reports for a message or call (null: without a code) will be the same at the next try. */
export function isPermanentTwilioCode(code: string | null): boolean {
  return code !== null && PERMANENT.has(code);
}

/** Whether a refusal of Twilio's REST interface, by HTTP status and code, will be the same at the next try. */
export function isPermanentTwilioRefusal(status: number, code: string | null): boolean {
  if (code !== null && TEMPORARY.has(code)) return false;
  return isPermanentTwilioCode(code) || isPermanentStatus(status);
}

/** Whether an HTTP status will be the same at the next try: everything but 408, 429 and faults of the server. */
export function isPermanentStatus(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

/** What a provider says of a message or call, in our words. */
export type ReportedStatus = 'sent' | 'delivered' | 'failed';

const STATUSES: Readonly<Record<ReportedStatus, readonly string[]>> = {
  sent: ['accepted', 'scheduled', 'queued', 'sending', 'sent', 'partially_delivered', 'initiated', 'ringing'],
  // a call that was answered has reached somebody
  delivered: ['delivered', 'read', 'answered', 'in-progress', 'completed'],
  failed: ['undelivered', 'failed', 'canceled', 'busy', 'no-answer'],
};

/** Reads the status of a text or call as Twilio words it; null for a word that it does not know today. */
export function readTwilioStatus(word: string): ReportedStatus | null {
  const known: readonly ReportedStatus[] = ['sent', 'delivered', 'failed'];
  return known.find((status) => STATUSES[status].includes(word)) ?? null;
}
