import { createHash } from 'node:crypto';
import type { SmsChannel } from './channels/sms';
import { openSms } from './channels/sms';
import type { Config } from './config';
import { fillText } from './guide/word-answer';
import type { ClinicBook } from './model/clinic';
import type { Knowledge } from './model/knowledge';
import { systemDeadline } from './notify/attempt';
import type { TwilioClient } from './notify/twilio-client';
import { makeTwilioClient } from './notify/twilio-client';
import type { Store } from './storage/store';
import type { Clock } from './tools/clock';
import type { Log } from './tools/log';
import { answerFromFloor } from './turn/floor';
import { foreseeTurn } from './turn/foresee-turn';
import { keepMessage } from './turn/keep-message';
import { takeTurn } from './turn/take-turn';
import type { TurnParts } from './turn/turn-parts';
import { makeNoticeWording } from './turn/word-notice';

/** What patients' texts are wired to. */
export interface SmsParts {
  readonly config: Pick<Config, 'twilio' | 'publicUrl'>;
  readonly store: Store;
  readonly clinics: ClinicBook;
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  readonly log: Log;
  readonly partsOf: (clinicId: string) => TurnParts;
  readonly alarm: (clinicId: string) => void;
  /** Runs something later; not given: the machine's timers, which keep no process alive. */
  readonly after?: (ms: number, work: () => void) => void;
}

/** Opens the text channel where there is an account at the phone company and an address that it knows us by. */
export function openSmsChannel(parts: SmsParts): SmsChannel | null {
  const { config, store, clinics, knowledge, clock, log, partsOf } = parts;
  if (!config.twilio || config.publicUrl === null) return null;
  const { phrases, smsPhrases } = knowledge.language;
  const wordingOf = (name: string): string => {
    const text = smsPhrases[name] ?? phrases[name];
    if (text === undefined) throw new Error(`Saying a phrase failed: language/en.yaml has no phrase "${name}".`);
    return text;
  };
  return openSms({
    ...{ store, clinics, clock, log, wordNotice: makeNoticeWording(knowledge) },
    turns: {
      take: async (clinicId, input) => void (await takeTurn(partsOf(clinicId), input)),
      foresee: (clinicId, input) => foreseeTurn(partsOf(clinicId), input),
      floor: async (clinicId, input) => (await answerFromFloor(partsOf(clinicId), input))?.replies ?? null,
      keep: async (clinicId, input, intent) => void (await keepMessage(partsOf(clinicId), input, intent)),
    },
    alarm: parts.alarm,
    line: phoneLine(makeTwilioClient({ ...config.twilio, publicUrl: config.publicUrl }, systemDeadline)),
    phrase: (name, clinic, values) => fillText(wordingOf(name), { clinic, now: clock(), treatedAt: null }, values),
    consentWording: createHash('sha256').update(wordingOf('disclosure')).digest('hex').slice(0, 12),
    after: parts.after ?? ((ms, work) => void setTimeout(work, ms).unref()),
  });
}

function phoneLine(twilio: TwilioClient): Parameters<typeof openSms>[0]['line'] {
  return {
    post({ to, from, service, body, id }, deadlineMs) {
      const callback = `${twilio.publicUrl}/sms/status?${new URLSearchParams({ id, page: id }).toString()}`;
      // With a Messaging Service the number still is the clinic's own, so that the patient sees one number for good.
      const own = service === null ? [] : ([['MessagingServiceSid', service]] as const);
      const fields = [['To', to], ['From', from], ...own, ['Body', body], ['StatusCallback', callback]] as const;
      return twilio.create('Messages', fields, { id }, deadlineMs);
    },
    listTo: (number, since) => twilio.textsTo(number, since),
  };
}
