import type { Outcome, TurnInput } from '../model/turn';
import { newConversationState } from '../model/turn';
import { AftercareError } from '../tools/errors';
import type { TurnParts } from './turn-parts';

const MAX_TRIES = 5;

/**
 * Stores a message that is no question and gets no answer of the bot's, such as "STOP", so that staff see it. The conversation stays
 * where it is. False when the message was stored before.
 */
export async function keepMessage(
  { store, knowledge, clinic }: Pick<TurnParts, 'store' | 'knowledge' | 'clinic'>,
  input: TurnInput,
  intent: string,
): Promise<boolean> {
  const outcome: Outcome = {
    ...{ topics: [], verdict: 'none', verdicts: {}, disposition: 'none', intent, confidence: 1, hoursSinceTreatment: null, citations: [] },
    knowledgeVersion: knowledge.version,
  };
  for (let attempt = 1; ; attempt++) {
    const stored = await store.load(input.conversationId, { clinicId: clinic.id, patientId: input.patientId });
    const state = { ...newConversationState(), ...stored?.state };
    const nothingElse = {
      isHeard: true,
      replies: [],
      changes: [],
      later: [],
      review: null,
      notUnderstood: null,
      failed: false,
      chart: stored?.chart ?? null,
    };
    try {
      return await store.commit({ input, clinicId: clinic.id, state, outcome, ...nothingElse }, stored?.version ?? 0);
    } catch (error) {
      if (!(error instanceof AftercareError) || error.code !== 'TURN_CONFLICT' || attempt === MAX_TRIES) throw error;
    }
  }
}
