import type { Notifier } from '../model/escalation';
import { failure } from './attempt';
import type { TwilioClient } from './twilio-client';
import { callbackUrl } from './twilio-client';
import { wordSms } from './word-staff-message';

/** Texts staff from the number of their clinic. */
export function makeSmsNotifier(twilio: TwilioClient): Notifier {
  return {
    method: 'sms',
    async send(message, deadlineMs) {
      const from = message.clinic.smsNumber;
      if (from === null) return failure('no_number', true);
      const fields = [
        ['To', message.to],
        ['From', from],
        ['Body', wordSms(message)],
        ['StatusCallback', callbackUrl(`${twilio.publicUrl}/sms/status`, message)],
      ] as const;
      return twilio.create('Messages', fields, message, deadlineMs);
    },
    poll: (providerId) => twilio.statusOf('Messages', providerId),
  };
}
