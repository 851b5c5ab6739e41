import type { PatientTurns } from '../model/web-edge';
import type { TurnParts } from './turn-parts';
import { takeTurn } from './take-turn';

/** What patient turns are taken with. */
export interface PatientTurnsParts {
  /** The parts of a turn at a clinic; without an id at the installation's first one. */
  readonly partsOf: (clinicId: string | undefined) => TurnParts;
  /** A turn raised or changed an escalation: its page stands in the outbox. */
  readonly wake: () => void;
}

/** Takes the messages of the web channel; one at a time for each conversation, conversations side by side. */
export function makePatientTurns({ partsOf, wake }: PatientTurnsParts): PatientTurns {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async take(input) {
      const before = tails.get(input.conversationId) ?? Promise.resolve();
      const isStart = (input.value as { event?: unknown } | undefined)?.event === 'conversationStart';
      const mine = before.then(() => takeTurn(partsOf(input.clinicId), { ...input, isStart, echo: input.echo }));
      const tail = mine.catch(() => undefined); // the caller sees the failure; the next message must not
      tails.set(input.conversationId, tail);
      try {
        const { accepted, hasPages } = await mine;
        if (hasPages) wake();
        return { accepted };
      } finally {
        if (tails.get(input.conversationId) === tail) tails.delete(input.conversationId);
      }
    },
  };
}
