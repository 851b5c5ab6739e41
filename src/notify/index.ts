import type { PageMethod } from '../model/clinic';
import type { Notifier } from '../model/escalation';
import type { Clock } from '../tools/clock';
import type { WebhookKeys } from '../tools/webhook-keys';
import type { Deadline } from './attempt';
import { systemDeadline } from './attempt';
import type { MailSettings } from './email';
import { makeEmailNotifier } from './email';
import { makeSmsNotifier } from './sms';
import type { PostCard } from './teams';
import { makeTeamsNotifier } from './teams';
import type { TwilioAccount } from './twilio-client';
import { makeTwilioClient } from './twilio-client';
import { makeVoiceNotifier } from './voice';
import { makeWebhookNotifier } from './webhook';

export type { PostCard, StaffCard } from './teams';

/** What the ways to reach staff are made of. */
export interface NotifyParts {
  readonly twilio: Omit<TwilioAccount, 'publicUrl'> | null;
  readonly smtp: MailSettings | null;
  readonly publicUrl: string | null;
  readonly webhookKeys: WebhookKeys;
  readonly postCard?: PostCard;
  readonly clock: Clock;
  readonly deadline?: Deadline;
}

/** The ways to reach staff that are set up; a method that is not among them reaches nobody. */
export function makeNotifiers(parts: NotifyParts): ReadonlyMap<PageMethod, Notifier> {
  const { twilio, smtp, publicUrl, webhookKeys, postCard, clock, deadline = systemDeadline } = parts;
  const client = twilio && publicUrl !== null ? makeTwilioClient({ ...twilio, publicUrl }, deadline) : null;
  const notifiers: readonly (Notifier | null)[] = [
    client && makeSmsNotifier(client),
    client && makeVoiceNotifier(client),
    smtp && makeEmailNotifier(smtp, deadline),
    makeWebhookNotifier({ keysOf: webhookKeys, publicUrl, clock, deadline }),
    postCard ? makeTeamsNotifier(postCard, deadline) : null,
  ];
  return new Map(notifiers.filter((notifier) => notifier !== null).map((notifier) => [notifier.method, notifier]));
}
