export { openSms } from './open-sms';
export type { SmsChannel } from './open-sms';
export type { PhoneLine, SmsDeps, SmsTurns } from './sms-deps';
