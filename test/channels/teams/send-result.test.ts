import type { SendResult } from '../../../src/model/escalation';
import { readFault, sendToTeams } from '../../../src/channels/teams/send-result';

const refused = (statusCode: number): Error => Object.assign(new Error('no'), { statusCode });
const sent: SendResult = { kind: 'sent', providerId: '1', delivered: true };

/** Posts that end so one after the other; with a clock that the pauses move. */
function run(
  outcomes: readonly (Error | SendResult)[],
  deadlineMs = 10_000,
): { result: Promise<SendResult>; pauses: number[]; tries: () => number } {
  let now = 0;
  let tries = 0;
  const pauses: number[] = [];
  const result = sendToTeams(
    () => {
      const outcome = outcomes[tries++] ?? sent;
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
    {
      deadlineMs,
      clock: () => now,
      pause(ms) {
        pauses.push(ms);
        now += ms;
        return Promise.resolve();
      },
    },
  );
  return { result, pauses, tries: () => tries };
}

describe('sending to Teams', () => {
  it.each([429, 412, 502, 504])('tries %d again after a pause and gets through', async (status) => {
    const { result, pauses, tries } = run([refused(status), refused(status)]);
    expect(await result).toEqual(sent);
    expect(tries()).toBe(3);
    expect(pauses[0]).toBeGreaterThanOrEqual(150);
    expect(pauses[0]).toBeLessThanOrEqual(450);
    expect(pauses[1]).toBeGreaterThanOrEqual(300);
  });

  it('waits differently each time, so that a crowd does not come back at once', async () => {
    const first = new Set<number>();
    for (let round = 0; round < 8; round++) {
      const { result, pauses } = run([refused(429)]);
      await result;
      first.add(pauses[0]!);
    }
    expect(first.size).toBeGreaterThan(1);
  });

  it('gives up for the moment after four tries, and never goes past its deadline', async () => {
    const busy = [429, 429, 429, 429, 429].map(refused);
    const patient = run(busy);
    expect(await patient.result).toEqual({ kind: 'failed', permanent: false, code: '429' });
    expect(patient.tries()).toBe(4);
    const hurried = run(busy, 100);
    expect(await hurried.result).toEqual({ kind: 'failed', permanent: false, code: '429' });
    expect(hurried.tries()).toBe(1);
  });

  it.each([
    [400, true],
    [401, true],
    [403, true],
    [404, true],
    [413, true],
    [408, false],
    [500, false],
    [503, false],
  ])('leaves %d to the outbox (for good: %s) after one try', async (status, permanent) => {
    const { result, tries } = run([refused(status)]);
    expect(await result).toEqual({ kind: 'failed', permanent, code: String(status) });
    expect(tries()).toBe(1);
  });

  it('takes faults of the way and of the login for passing ones, and none of our own', () => {
    expect(readFault(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toEqual({
      kind: 'failed',
      permanent: false,
      code: 'ECONNREFUSED',
    });
    expect(readFault(Object.assign(new Error('x'), { errorCode: 'invalid_client' }))).toEqual({
      kind: 'failed',
      permanent: false,
      code: 'invalid_client',
    });
    expect(readFault(Object.assign(new Error('x'), { name: 'AftercareError', code: 'STORAGE_UNAVAILABLE' }))).toBeNull();
    expect(readFault(new TypeError('x is undefined'))).toBeNull();
  });

  it('throws what is wrong on our side', async () => {
    await expect(run([new TypeError('x is undefined')]).result).rejects.toThrow('x is undefined');
  });

  it('ends with its deadline when no answer comes', async () => {
    const never = sendToTeams(() => new Promise(() => undefined), { deadlineMs: 30, clock: Date.now, pause: () => Promise.resolve() });
    expect(await never).toEqual({ kind: 'failed', permanent: false, code: 'timeout' });
  });
});
