import { toSmsTurn } from '../../guide/sms-turn';
import { cleanText } from '../web/inbound-activity';
import type { PatientText } from '../twilio';
import { makeTakeOnce } from '../take-once';
import { clinicOf } from './clinic-of';
import type { SmsDeps } from './sms-deps';

const REMEMBER_MS = 3_600_000;
const DEADLINE_MS = 5_000;

/**
 * For a text that cannot be stored or answered because storage is gone: where it holds danger the patient gets its words past the outbox
 * and staff are told, once. The text itself stays unacknowledged, or waits; it has its full turn when storage is back.
 */
export function makeFloor(deps: SmsDeps): (text: PatientText) => Promise<void> {
  const takeOnce = makeTakeOnce(REMEMBER_MS, deps.clock);
  return async ({ from, to, text, messageId, media, at }) => {
    const clinic = clinicOf(deps.clinics.all(), to);
    if (!clinic) return;
    await takeOnce(messageId, async () => {
      const ids = { channel: 'sms', conversationId: 'unstored', patientId: 'unstored', messageId } as const;
      const replies = await deps.turns.floor(clinic.id, {
        ...ids,
        text: cleanText(text),
        attachments: media,
        isStart: false,
        at,
        echo: null,
      });
      if (replies === null) return;
      deps.alarm(clinic.id);
      for (const [part, body] of toSmsTurn(replies).messages.entries()) {
        const id = `floor.${messageId}.${part}`;
        const result = await deps.line.post({ to: from, from: to, service: clinic.smsService ?? null, body, id }, DEADLINE_MS);
        if (result.kind === 'failed') deps.log.error({ message: messageId, code: result.code }, 'the words for a danger could not be sent');
      }
    });
  };
}
