import { z } from 'zod';
import type { SendResult, StaffMessage } from '../model/escalation';
import type { ListedText } from '../model/sms-edge';
import type { ReportedStatus } from '../tools/twilio-codes';
import { isPermanentTwilioRefusal, readTwilioStatus } from '../tools/twilio-codes';
import type { Deadline } from './attempt';
import { attempt, failure, readNetworkFault } from './attempt';
import { listTexts } from './list-texts';

/** An account at Twilio and where its callbacks reach us. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiBaseUrl: string;
  readonly publicUrl: string;
}

/** The requests that we make of Twilio's REST interface. */
export interface TwilioClient {
  readonly publicUrl: string;
  /** Creates a message or a call. */
  create(
    resource: 'Messages' | 'Calls',
    fields: readonly (readonly [string, string])[],
    message: Pick<StaffMessage, 'id'>,
    deadlineMs: number,
  ): Promise<SendResult>;
  /** What became of a message or call; null when it cannot be asked. */
  statusOf(resource: 'Messages' | 'Calls', sid: string): Promise<ReportedStatus | null>;
  /** Texts that people sent to a number of ours since then (epoch milliseconds), oldest first; null when they cannot be asked for. */
  textsTo(number: string, since: number): Promise<readonly ListedText[] | null>;
}

const created = z.object({ sid: z.string() });
const refused = z.object({ code: z.union([z.number(), z.string()]).nullish() });
const withStatus = z.object({ status: z.string() });
const POLL_DEADLINE_MS = 10_000;

/** Speaks Twilio's REST interface with fetch: its own library costs 400 ms and 23 MB at start for these few requests. */
export function makeTwilioClient(account: TwilioAccount, deadline: Deadline): TwilioClient {
  const root = `${account.apiBaseUrl}/2010-04-01/Accounts/${account.accountSid}`;
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  return {
    publicUrl: account.publicUrl,
    create(resource, fields, message, deadlineMs) {
      const signal = deadline(deadlineMs);
      return attempt(signal, async () => {
        const response = await fetch(`${root}/${resource}.json`, {
          method: 'POST',
          // Twilio promises nothing for this header on a request of ours; where it is heeded, a retry is not a second text.
          headers: { authorization, 'I-Twilio-Idempotency-Token': message.id.replace(/[^\x21-\x7e]+/g, '-') },
          body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
          redirect: 'manual',
          signal,
        });
        return readAnswer(response.status, await response.text());
      });
    },
    textsTo: (number, since) => listTexts({ account, authorization, deadline }, number, since),
    async statusOf(resource, sid) {
      const signal = deadline(POLL_DEADLINE_MS);
      try {
        const response = await fetch(`${root}/${resource}/${encodeURIComponent(sid)}.json`, {
          headers: { authorization },
          redirect: 'manual',
          signal,
        });
        const read = withStatus.safeParse(parse(await response.text()));
        return response.ok && read.success ? readTwilioStatus(read.data.status) : null;
      } catch (error) {
        if (readNetworkFault(error) === null && !signal.aborted) throw error;
        return null;
      }
    },
  };
}

/** What carries our ids through Twilio and back: the query of the callback's address, which its signature covers. */
export function callbackUrl(base: string, message: StaffMessage): string {
  const ids = new URLSearchParams({ id: message.id, ...(message.what.kind === 'page' ? { page: message.what.pageId } : {}) });
  return `${base}?${ids.toString()}`;
}

function readAnswer(status: number, text: string): SendResult {
  const body = parse(text);
  if (status >= 200 && status < 300) {
    const read = created.safeParse(body);
    return { kind: 'sent', providerId: read.success ? read.data.sid : null };
  }
  const read = refused.safeParse(body);
  const code = read.success && read.data.code != null ? String(read.data.code) : null;
  return failure(code ?? String(status), isPermanentTwilioRefusal(status, code));
}

/** Proxies in between answer with pages that are not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
