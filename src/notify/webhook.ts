import type { Notifier, SendResult, StaffMessage } from '../model/escalation';
import type { Clock } from '../tools/clock';
import { isPermanentStatus } from '../tools/twilio-codes';
import type { WebhookKeys } from '../tools/webhook-keys';
import { signWebhook } from '../tools/webhook-signature';
import type { Deadline } from './attempt';
import { attempt, failure } from './attempt';
import { lastingId } from './lasting-id';
import { wordMessage } from './word-notice';

/** What signed webhooks need. */
export interface WebhookParts {
  readonly keysOf: WebhookKeys;
  /** Where a receiver acknowledges; null: it cannot. */
  readonly publicUrl: string | null;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** Posts a signed JSON body to the clinic's own system. It names reference and level, and holds no health words. */
export function makeWebhookNotifier(parts: WebhookParts): Notifier {
  return {
    method: 'webhook',
    async send(message, deadlineMs) {
      if (!isPrivateAddress(message.to)) return failure('bad_address', true);
      const at = parts.clock();
      const body = JSON.stringify(bodyOf(message, at, parts.publicUrl));
      const signal = parts.deadline(deadlineMs);
      return attempt(signal, async () => {
        const response = await fetch(message.to, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...signWebhook(parts.keysOf(message.clinic.id, message.person.id), { id: lastingId(message), body, at }),
          },
          body,
          redirect: 'manual',
          signal,
        });
        await response.body?.cancel();
        return readStatus(response.status);
      });
    },
  };
}

function readStatus(status: number): SendResult {
  if (status >= 200 && status < 300) return { kind: 'sent', providerId: null, delivered: true };
  return failure(String(status), isPermanentStatus(status));
}

function bodyOf(message: StaffMessage, at: number, publicUrl: string | null): unknown {
  const { what } = message;
  const about = what.kind === 'page' ? { tier: what.tier, drill: what.isDrill, pageId: what.pageId } : { notice: what.notice };
  return {
    type: `aftercare.${what.kind}`,
    timestamp: new Date(at).toISOString(),
    data: {
      clinic: { id: message.clinic.id, name: message.clinic.name },
      person: message.person,
      ref: message.ref,
      ...about,
      text: wordMessage(message).text,
      link: message.link,
      answerTo: what.kind === 'page' && publicUrl !== null ? `${publicUrl}/hooks/${encodeURIComponent(what.pageId)}` : null,
    },
  };
}

/** Webhooks go where nobody can listen in: https, or this machine. */
function isPrivateAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
