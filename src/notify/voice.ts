import type { Notifier, StaffMessage } from '../model/escalation';
import { escapeXml } from '../tools/escape-xml';
import { failure } from './attempt';
import type { TwilioClient } from './twilio-client';
import { callbackUrl } from './twilio-client';
import { wordSpeech } from './word-staff-message';

/** How long the telephone rings. */
const RING_SECONDS = '30';

/** Calls staff from the number of their clinic. A page asks us what to say when the call is answered; a notice is said twice. */
export function makeVoiceNotifier(twilio: TwilioClient): Notifier {
  return {
    method: 'voice',
    async send(message, deadlineMs) {
      const from = message.clinic.smsNumber;
      if (from === null) return failure('no_number', true);
      const fields = [
        ['To', message.to],
        ['From', from],
        ['Timeout', RING_SECONDS],
        ['StatusCallback', callbackUrl(`${twilio.publicUrl}/voice/status`, message)],
        ...['initiated', 'ringing', 'answered', 'completed'].map((event) => ['StatusCallbackEvent', event] as const),
        whatToSay(message, twilio.publicUrl),
      ] as const;
      return twilio.create('Calls', fields, message, deadlineMs);
    },
    poll: (providerId) => twilio.statusOf('Calls', providerId),
  };
}

function whatToSay(message: StaffMessage, publicUrl: string): readonly [string, string] {
  if (message.what.kind === 'page') return ['Url', `${publicUrl}/voice/page/${encodeURIComponent(message.what.pageId)}`];
  const words = escapeXml(wordSpeech(message));
  return ['Twiml', `<Response><Say>${words}</Say><Pause length="1"/><Say>${words}</Say></Response>`];
}
