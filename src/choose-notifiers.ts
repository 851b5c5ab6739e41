import type { Config } from './config';
import type { PageMethod } from './model/clinic';
import type { Notifier } from './model/escalation';
import type { PostCard } from './notify';
import { makeNotifiers } from './notify';
import { makeDemoNotifiers } from './notify/demo';
import type { Clock } from './tools/clock';
import type { WebhookKeys } from './tools/webhook-keys';

/** The providers of the settings; a demo without any prints what would leave. */
export function chooseNotifiers(
  { twilio, smtp, publicUrl, mode }: Config,
  {
    webhookKeys,
    clock,
    print,
    postCard,
  }: {
    readonly webhookKeys: WebhookKeys;
    readonly clock: Clock;
    readonly print: (line: string) => void;
    readonly postCard: PostCard | null;
  },
): ReadonlyMap<PageMethod, Notifier> {
  if (mode === 'demo' && !twilio && !smtp && !postCard) return makeDemoNotifiers(print);
  return makeNotifiers({ twilio, smtp, publicUrl, webhookKeys, clock, ...(postCard ? { postCard } : {}) });
}
