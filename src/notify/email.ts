import { createTransport } from 'nodemailer';
import type { Notifier } from '../model/escalation';
import type { Deadline, Failed } from './attempt';
import { attempt, factsOf, failure, readNetworkFault } from './attempt';
import { lastingId } from './lasting-id';
import { wordMail } from './word-staff-message';

/** The mail server and the address that mail to staff comes from. */
export interface MailSettings {
  readonly url: string;
  readonly from: string;
}

/** Mails staff. A mail that is tried again keeps its Message-ID, so that it is one mail to whoever reads it. */
export function makeEmailNotifier(settings: MailSettings, deadline: Deadline): Notifier {
  const domain = settings.from.slice(settings.from.lastIndexOf('@') + 1);
  return {
    method: 'email',
    send(message, deadlineMs) {
      const transport = createTransport({
        url: settings.url,
        connectionTimeout: deadlineMs,
        greetingTimeout: deadlineMs,
        socketTimeout: deadlineMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const isPage = message.what.kind === 'page';
      const work = async (): Promise<{ kind: 'sent'; providerId: string }> => {
        const { messageId } = await transport.sendMail({
          ...wordMail(message),
          from: { name: message.clinic.name, address: settings.from },
          to: { name: message.person.name, address: message.to },
          messageId: `<${lastingId(message)}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          ...(isPage ? { priority: 'high' as const } : {}),
        });
        return { kind: 'sent', providerId: messageId };
      };
      return attempt(deadline(deadlineMs), work, readMailFault);
    },
  };
}

/** A server's 5xx is for good, its 4xx passes (greylisting); an address that no server was asked about is for good. */
function readMailFault(error: unknown): Failed | null {
  const { responseCode, code } = factsOf(error);
  if (responseCode !== undefined) return failure(String(responseCode), responseCode >= 500);
  if (code === 'EENVELOPE') return failure(code, true);
  return readNetworkFault(error);
}
