import type { PatientTurns, WebTurnInput } from '../model/web-edge';
import { AftercareError } from '../tools/errors';
import type { Spool } from '../model/turn';
import type { FloorAnswer } from './floor';
import { answerFromFloor, isStorageGone } from './floor';
import type { TurnResult } from './take-turn';
import { takeTurn } from './take-turn';
import type { TurnParts } from './turn-parts';

/** What patient turns are taken with. */
export interface PatientTurnsParts {
  /** The parts of a turn at a clinic; without an id at the installation's first one. */
  readonly partsOf: (clinicId: string | undefined) => TurnParts;
  /** A turn raised or changed an escalation: its page stands in the outbox. */
  readonly wake: () => void;
  /** Where a message with danger is kept while nothing can be stored; null: such a message is refused like any other. */
  readonly spool: Spool | null;
  /** A message with danger was spooled: somebody has to hear of it outside the outbox. */
  readonly onSpooled: (clinicId: string) => void;
}

/** Storage that has not answered for so long counts as gone. */
const STORAGE_SILENT_MS = 2000;

/** Takes the messages of the web channel; one at a time for each conversation, conversations side by side. */
export function makePatientTurns(parts: PatientTurnsParts): PatientTurns {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async take(input) {
      const before = tails.get(input.conversationId) ?? Promise.resolve();
      const mine = before.then(() => takeOrFloor(parts, input));
      const tail = mine.catch(() => undefined); // the caller sees the failure; the next message must not
      tails.set(input.conversationId, tail);
      try {
        return await mine;
      } finally {
        if (tails.get(input.conversationId) === tail) tails.delete(input.conversationId);
      }
    },
  };
}

async function takeOrFloor(parts: PatientTurnsParts, input: WebTurnInput): ReturnType<PatientTurns['take']> {
  const turnParts = parts.partsOf(input.clinicId);
  const isStart = (input.value as { event?: unknown } | undefined)?.event === 'conversationStart';
  const turnInput = { ...input, isStart, echo: input.echo };
  const turn = takeTurn(turnParts, turnInput);
  try {
    const done = await orSilence(turn);
    if (done.hasPages) parts.wake();
    return { accepted: done.accepted };
  } catch (error) {
    if (parts.spool === null || !isStorageGone(error)) throw error;
    const floor: FloorAnswer | null = await answerFromFloor(turnParts, turnInput);
    if (floor === null) throw error;
    turnParts.log.error({ err: error, tier: floor.tier }, 'storage is gone: danger is answered from the floor and spooled');
    await parts.spool.keep({ clinicId: turnParts.clinic.id, input: turnInput });
    parts.onSpooled(turnParts.clinic.id);
    return { accepted: true, unstored: floor.replies };
  }
}

/** The turn, or the same failure as of storage that is gone when nothing comes of it. */
async function orSilence(turn: Promise<TurnResult>): Promise<TurnResult> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AftercareError('STORAGE_UNAVAILABLE', 'Storing a turn failed: storage has not answered for 2 seconds.')),
      STORAGE_SILENT_MS,
    );
  });
  try {
    return await Promise.race([turn, silence]);
  } finally {
    clearTimeout(timer);
    turn.catch(() => undefined);
  }
}
