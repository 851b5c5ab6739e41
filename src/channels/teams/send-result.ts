import { z } from 'zod';
import type { SendResult } from '../../model/escalation';

/** What Teams asks to be tried again at once; other faults of the moment are left to the outbox. */
const TRY_AGAIN = new Set([412, 429, 502, 504]);
const MOST_TRIES = 4;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3000;

/** Waits; tests give one that does not. */
export type Pause = (ms: number) => Promise<void>;

/** The machine's own. */
export const systemPause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** How long a sending may take, and how it waits between its tries. */
export interface SendLimits {
  readonly deadlineMs: number;
  readonly clock: () => number;
  readonly pause: Pause;
}

const faultFacts = z.object({
  name: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  errorCode: z.string().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
});

/** Posts until it goes, with pauses that grow and differ, within the deadline; what the connector refuses becomes a result. */
export async function sendToTeams(post: () => Promise<SendResult>, { deadlineMs, clock, pause }: SendLimits): Promise<SendResult> {
  const endsAt = clock() + deadlineMs;
  for (let tries = 1; ; tries++) {
    const result = await Promise.race([orFailure(post), timeout(endsAt - clock())]);
    if (result.kind === 'sent' || result.permanent || !TRY_AGAIN.has(Number(result.code)) || tries === MOST_TRIES) return result;
    const waitMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + Math.random());
    if (clock() + waitMs >= endsAt) return result;
    await pause(waitMs);
  }
}

async function orFailure(post: () => Promise<SendResult>): Promise<SendResult> {
  try {
    return await post();
  } catch (error) {
    const failed = readFault(error);
    if (failed === null) throw error;
    return failed;
  }
}

/** What an error of the connector or of the way to it means; null for one of our own. */
export function readFault(error: unknown): Extract<SendResult, { kind: 'failed' }> | null {
  const read = faultFacts.safeParse(error);
  const { statusCode, code, errorCode } = read.success ? read.data : {};
  if (statusCode !== undefined) return { kind: 'failed', permanent: isPermanent(statusCode), code: String(statusCode) };
  const word = errorCode ?? code;
  // our own errors carry codes in capitals of ours; those of Node and of the login have theirs
  if (word === undefined || (error as { name?: unknown }).name === 'AftercareError') return null;
  return { kind: 'failed', permanent: false, code: word };
}

/** Refusals that no later try changes: no such chat, app removed, blocked, too large. */
function isPermanent(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 412 && status !== 429;
}

function timeout(ms: number): Promise<SendResult> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: 'failed', permanent: false, code: 'timeout' }), Math.max(0, ms)).unref();
  });
}
