import fc from 'fast-check';
import { openConversation } from '../../src/cli/open-conversation';
import { DISPOSITIONS } from '../../src/model/words';
import type { Minds } from '../../src/assemble-minds';
import { anyMessage } from './any-message';

const MOST_MS = 50;
const NOW = Date.UTC(2026, 2, 9, 15);
const HOURS_SINCE = 30;
/** So many messages are heard before anything is timed: what a process compiles once is no cost of a message. */
const WARM_UP = 100;

/** What a run of arbitrary messages found. */
export interface FuzzFindings {
  /** Fast-check seeds and reasons of failed turns. */
  readonly failed: readonly string[];
  /** CPU milliseconds of the turns that took too long twice. */
  readonly slow: readonly number[];
  readonly slowestMs: number;
}

/** Takes a turn of a new conversation with each of `count` arbitrary messages; one that takes too long is tried once more, alone. */
export async function fuzz(minds: Minds, { seed, count }: { seed: number; count: number }): Promise<FuzzFindings> {
  const failed: string[] = [];
  const slow: number[] = [];
  let slowestMs = 0;
  for (const text of fc.sample(anyMessage(minds.knowledge), { seed: seed + 1, numRuns: WARM_UP }))
    await timeTurn(minds, text, (reason) => void failed.push(`a message of the warm-up of seed ${seed}: ${reason}`));
  for (const [index, text] of fc.sample(anyMessage(minds.knowledge), { seed, numRuns: count }).entries()) {
    const fault = (reason: string): void => void failed.push(`message ${index} of seed ${seed}: ${reason}`);
    const first = await timeTurn(minds, text, fault);
    const best = first > MOST_MS ? Math.min(first, await timeTurn(minds, text, fault)) : first;
    slowestMs = Math.max(slowestMs, best);
    if (best > MOST_MS) slow.push(best);
  }
  return { failed, slow, slowestMs };
}

/** CPU milliseconds of one turn; says what is wrong with its answer. */
async function timeTurn(minds: Minds, text: string, fault: (reason: string) => void): Promise<number> {
  const treated = NOW - HOURS_SINCE * 3_600_000;
  let isLogged = false;
  const log = { ...minds.log, error: () => void (isLogged = true) };
  const talk = openConversation({ ...minds, log }, { now: () => NOW, treatedAt: { from: treated, to: treated }, welcomed: true });
  const started = process.cpuUsage();
  try {
    const { replies, outcome } = await talk.say(text);
    if (isLogged) fault('the turn failed and was answered as urgent');
    if (replies.every((reply) => reply.text.trim() === '')) fault('no words in the reply');
    if (!DISPOSITIONS.includes(outcome.disposition)) fault('no disposition');
  } catch (error) {
    fault(error instanceof Error ? error.message : String(error));
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}
