import { z } from 'zod';
import type { SendResult } from '../model/escalation';

/** Ends after so many milliseconds; tests give one that follows their clock. */
export type Deadline = (ms: number) => AbortSignal;

/** The machine's own deadline. */
export const systemDeadline: Deadline = (ms) => AbortSignal.timeout(ms);

/** A sending that did not go. */
export type Failed = Extract<SendResult, { kind: 'failed' }>;

/** Tells what an error of a provider means; null for one that is no fault of a provider's. */
export type ReadFault = (error: unknown) => Failed | null;

/** Runs one attempt until its deadline. Faults of the provider or the way to it become a result; our own are thrown. */
export async function attempt(
  signal: AbortSignal,
  work: () => Promise<SendResult>,
  readFault: ReadFault = readNetworkFault,
): Promise<SendResult> {
  try {
    return await Promise.race([work(), whenAborted(signal)]);
  } catch (error) {
    const failed = signal.aborted ? failure('timeout') : readFault(error);
    if (failed === null) throw error;
    return failed;
  }
}

/** A failure that may pass, unless told otherwise. */
export function failure(code: string, permanent = false): Failed {
  return { kind: 'failed', permanent, code };
}

/** Faults of connections carry a code such as ECONNREFUSED, in fetch's errors on their cause. All of them may pass. */
export function readNetworkFault(error: unknown): Failed | null {
  const { name, code, cause } = factsOf(error);
  if (name === 'TimeoutError' || name === 'AbortError') return failure('timeout');
  if (name === 'TypeError' && cause !== undefined) return failure(factsOf(cause).code ?? 'unreachable');
  return code === undefined ? null : failure(code);
}

const errorFacts = z.object({
  name: z.string().optional(),
  code: z.string().optional().catch(undefined),
  /** An SMTP server's status. */
  responseCode: z.number().optional(),
  cause: z.unknown().optional(),
});

/** What an error says of itself; not by its class, because errors of fetch and of libraries may be of another realm's. */
export function factsOf(error: unknown): z.infer<typeof errorFacts> {
  const read = errorFacts.safeParse(error);
  return read.success ? read.data : {};
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(new DOMException('Send message: the deadline has passed.', 'TimeoutError'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
