import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { DeliveryReport } from '../../model/escalation';
import type { ReportedStatus } from '../../tools/twilio-codes';
import { isPermanentTwilioCode, readTwilioStatus } from '../../tools/twilio-codes';
import { refuse } from '../refuse';
import type { TwilioDeps } from './twilio-deps';

const report = z
  .object({
    MessageSid: z.string().optional(),
    MessageStatus: z.string().optional(),
    CallSid: z.string().optional(),
    CallStatus: z.string().optional(),
    ErrorCode: z.string().optional(),
  })
  .transform((form) => ({
    providerId: form.MessageSid ?? form.CallSid ?? '',
    word: form.MessageStatus ?? form.CallStatus ?? '',
    isCall: form.CallSid !== undefined,
    code: form.ErrorCode ?? null,
  }))
  .refine(({ providerId, word }) => providerId !== '' && word !== '');
type Report = z.infer<typeof report>;

/** Callbacks overtake one another: what ranks lower than what was reported before is old news. Delivered beats all. */
const RANKS: Readonly<Record<ReportedStatus, number>> = { sent: 1, failed: 2, delivered: 3 };
const MOST_SIDS = 20_000;

/** `POST /sms/status` and `POST /voice/status`: hands on what became of a text or call, never backwards. */
export function takeStatus(deps: TwilioDeps): RequestHandler {
  const ranks = new Map<string, number>();
  return async (request, response) => {
    const read = report.safeParse(request.body);
    if (!read.success)
      return refuse(response, 'unreadable', 'Read report: a field is missing; expected an id and a status of a text or call');
    const status = readTwilioStatus(read.data.word);
    if (status === null) deps.log.info({ status: read.data.word }, 'Twilio reported a status that is not known here');
    const before = ranks.get(read.data.providerId) ?? 0;
    if (status !== null && RANKS[status] > before) {
      remember(ranks, read.data.providerId, RANKS[status]);
      try {
        const told = reportOf(read.data, status, { pageId: request.query['page'], at: deps.clock() });
        await deps.desk.takeReport(told);
        await deps.patientReport?.(told);
      } catch (error) {
        ranks.set(read.data.providerId, before);
        throw error;
      }
    }
    response.status(204).end();
  };
}

function reportOf(read: Report, status: ReportedStatus, more: { readonly pageId: unknown; readonly at: number }): DeliveryReport {
  const hasFailed = status === 'failed';
  return {
    providerId: read.providerId,
    pageId: typeof more.pageId === 'string' ? more.pageId : null,
    status,
    // a call that "failed" went to a number that does not exist; busy and unanswered ones are tried again
    permanent: hasFailed && (isPermanentTwilioCode(read.code) || (read.isCall && read.word === 'failed')),
    code: hasFailed ? (read.code ?? read.word) : null,
    at: more.at,
  };
}

function remember(ranks: Map<string, number>, sid: string, rank: number): void {
  ranks.delete(sid);
  ranks.set(sid, rank);
  const oldest = ranks.keys().next().value;
  if (ranks.size > MOST_SIDS && oldest !== undefined) ranks.delete(oldest);
}
