import type { Reply, Spool, TurnInput } from '../model/turn';
import { newConversationState } from '../model/turn';
import type { Disposition } from '../model/words';
import { AftercareError } from '../tools/errors';
import { takeTurn } from './take-turn';
import type { TurnParts } from './turn-parts';
import { wordPhrase } from './word-notice';

/** What a patient is told while nothing can be stored. */
export interface FloorAnswer {
  readonly tier: 'urgent' | 'emergency';
  readonly replies: readonly Reply[];
}

/**
 * The floor under everything: storage is gone, and the message holds danger. The words are the ones that the patient would have got,
 * with the truth that staff may hear of it late. Null for a message without danger: that one is refused, so that it is sent again.
 */
export async function answerFromFloor(parts: TurnParts, input: TurnInput): Promise<FloorAnswer | null> {
  const { replies, outcome } = await takeTurn({ ...parts, store: NOTHING_STORED }, input);
  const tier: Disposition = outcome?.disposition ?? 'urgent';
  if (tier !== 'urgent' && tier !== 'emergency') return null;
  const late = wordPhrase(parts.knowledge, 'mayReachTeamLate', { clinic: parts.clinic, now: input.at });
  return {
    tier,
    replies: replies.map((reply, index) => (index === replies.length - 1 ? { ...reply, text: `${reply.text}\n${late}` } : reply)),
  };
}

/** A conversation that has been greeted, of which nothing else is known. */
const NOTHING_STORED: TurnParts['store'] = {
  load: () => Promise.resolve({ state: { ...newConversationState(), welcomed: true }, version: 1, open: [], takenOver: null, chart: null }),
  hasMessage: () => Promise.resolve(false),
  commit: () => Promise.resolve(true),
};

/** Takes what was spooled as if it came now; each leaves the spool once it is stored. Returns how many were taken. */
export async function replaySpool(spool: Spool, partsOf: (clinicId: string) => TurnParts): Promise<number> {
  let taken = 0;
  for (const message of await spool.list()) {
    await takeTurn(partsOf(message.clinicId), message.input);
    await spool.remove(message);
    taken += 1;
  }
  return taken;
}

/** Whether a failure means that nothing can be stored now. */
export function isStorageGone(error: unknown): boolean {
  return error instanceof AftercareError && error.code === 'STORAGE_UNAVAILABLE';
}
