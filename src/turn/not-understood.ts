import type { NotUnderstood } from '../model/turn';
import type { Step } from './plan-turn';
import type { Scene } from './scene';

/** The record for the clinic's review where the bot asked back, passed the message on for it, or turned it away; null when it understood. */
export function notUnderstoodOf({ understanding, state }: Scene, plan: readonly Step[]): NotUnderstood | null {
  const kind = kindOf(understanding.act?.id, state.misunderstood, plan);
  if (kind === null) return null;
  const { act, guesses, intent } = understanding;
  return { kind, confidence: act?.confidence ?? guesses[0]?.probability ?? intent.confidence, guesses };
}

function kindOf(act: string | undefined, misunderstood: number, plan: readonly Step[]): NotUnderstood['kind'] | null {
  // the clarifying dialog counts itself, and begins anew once it passed the message on
  if (plan.some((step) => step.dialog === 'clarify')) return misunderstood > 0 ? 'asked_back' : 'handed_over';
  return act === 'out_of_scope' && plan.some((step) => step.dialog === 'small_talk') ? 'out_of_scope' : null;
}
