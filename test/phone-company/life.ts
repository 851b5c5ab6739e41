import type { Mood } from './behaviour';
import type { Courier } from './courier';
import type { Taken } from './rest';

/** What happens to texts and calls after they were taken. */
export interface Life {
  /** Lets a text be sent and delivered, or a call ring; reports each step as it was told to. */
  begin(sent: Taken): void;
  /** Reports a status now. */
  report(sent: Taken, status: string, code?: number | null): void;
  hangUp(call: Taken): void;
}

/** When the steps of a text and of a call happen, in milliseconds after it was taken. */
const STEPS = { sending: 100, sent: 500, end: 2_000, initiated: 100, ringing: 1_000, unanswered: 30_000, late: 600_000 } as const;

/** Makes the lives of what a phone company takes. */
export function makeLife(parts: {
  readonly accountSid: string;
  readonly courier: Courier;
  readonly mood: Mood;
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => void;
}): Life {
  const { accountSid, courier, mood, now, after } = parts;

  /** What is due while it is down comes when it is up again. */
  const afterwards = (ms: number, work: () => void): void =>
    after(ms, () => {
      const wait = mood.downUntil - now();
      if (wait > 0) after(wait, work);
      else work();
    });

  function report(sent: Taken, status: string, code: number | null = null): void {
    if (sent.statusCallback === null) return;
    const error: Record<string, string> = code === null ? {} : { ErrorCode: String(code) };
    const parties = { AccountSid: accountSid, ApiVersion: '2010-04-01', From: sent.from, To: sent.to, ...error };
    const fields =
      sent.kind === 'message'
        ? { ...parties, MessageSid: sent.sid, SmsSid: sent.sid, MessageStatus: status, SmsStatus: status }
        : { ...parties, CallSid: sent.sid, CallStatus: status, Direction: 'outbound-api', CallbackSource: 'call-progress-events' };
    void courier.deliver(sent.statusCallback, fields);
  }

  function live(text: Taken): void {
    const { callbacks = 'usual', fate = { status: 'delivered' } } = mood.of(text.to);
    const steps: readonly (readonly [number, string, number | null])[] = [
      [STEPS.sending, 'sending', null],
      [STEPS.sent, 'sent', null],
      [STEPS.end, fate.status, fate.code ?? null],
    ];
    for (const [at, status, code] of steps) {
      after(at, () => Object.assign(text, { status, errorCode: code }));
      const reportAt = (callbacks === 'reordered' ? STEPS.end - at : at) + (callbacks === 'late' ? STEPS.late : 0);
      const copies = callbacks === 'none' ? 0 : callbacks === 'twice' ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) afterwards(reportAt, () => report(text, status, code));
    }
  }

  function ring(call: Taken): void {
    const { ring: end = 'no-answer', callbacks } = mood.of(call.to);
    const move = (status: string) => (): void => {
      if (call.status === 'in-progress' || call.status === 'completed') return;
      call.status = status;
      if (callbacks !== 'none') report(call, status);
    };
    afterwards(STEPS.initiated, move('initiated'));
    if (end === 'no-answer') afterwards(STEPS.ringing, move('ringing'));
    afterwards(end === 'no-answer' ? STEPS.unanswered : STEPS.ringing, move(end));
  }

  return {
    report,
    begin: (sent) => (sent.kind === 'message' ? live(sent) : ring(sent)),
    hangUp(call) {
      call.status = 'completed';
      report(call, 'completed');
    },
  };
}
