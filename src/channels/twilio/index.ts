export { mountTwilio } from './mount-twilio';
export type { PatientText, TwilioDeps } from './twilio-deps';
