import type { PatientTurns } from '../model/web-edge';
import type { TurnParts } from './turn-parts';
import { takeTurn } from './take-turn';

/** Takes the messages of the web channel; one at a time for each conversation, conversations side by side. */
export function makePatientTurns(parts: TurnParts): PatientTurns {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async take(input) {
      const before = tails.get(input.conversationId) ?? Promise.resolve();
      const isStart = (input.value as { event?: unknown } | undefined)?.event === 'conversationStart';
      const mine = before.then(() => takeTurn(parts, { ...input, isStart, echo: input.echo }));
      const tail = mine.catch(() => undefined); // the caller sees the failure; the next message must not
      tails.set(input.conversationId, tail);
      try {
        return { accepted: (await mine).accepted };
      } finally {
        if (tails.get(input.conversationId) === tail) tails.delete(input.conversationId);
      }
    },
  };
}
