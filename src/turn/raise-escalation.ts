import type { ConversationState, Escalation, EscalationEvent, TurnInput } from '../model/turn';
import { newId } from '../tools/ids';

/** What one raise needs. */
export interface Raise {
  readonly state: ConversationState;
  readonly input: TurnInput;
  readonly clinicId: string;
  readonly tier: Escalation['tier'];
  readonly flags: readonly string[];
  readonly reason: string;
}

const LEVEL: Record<Escalation['tier'], number> = { ask_clinic: 0, urgent: 1, emergency: 2 };

/**
 * Adds an escalation to what the turn will store. While one of the same tier or above is open in the conversation, it is marked
 * repeated instead, so that a worried patient who writes five messages wakes one nurse once.
 */
export function raiseEscalation(into: { escalations: Escalation[]; events: EscalationEvent[] }, raise: Raise): void {
  const { state, input, tier } = raise;
  const flags = [...raise.flags];
  const open = state.open.find((entry) => LEVEL[entry.tier] >= LEVEL[tier] && covers(entry, raise));
  if (open) {
    into.events.push({ escalationId: open.id, kind: 'repeated', actor: 'patient', at: input.at, detail: flags.join(' ') });
    return;
  }
  const id = newId('esc', input.at);
  into.escalations.push({
    id,
    conversationId: input.conversationId,
    clinicId: raise.clinicId,
    flags,
    tier,
    status: 'open',
    reason: raise.reason,
    raisedAt: input.at,
  });
  into.events.push({ escalationId: id, kind: 'raised', actor: 'bot', at: input.at, detail: flags.join(' ') });
  state.open.push({ id, flags, tier, reason: raise.reason, at: input.at });
}

/** An open escalation says all that this one would: the same signs or, for a question to the clinic, the same question. */
function covers(entry: ConversationState['open'][number], { tier, flags, reason }: Raise): boolean {
  if (tier === 'ask_clinic' && flags.length === 0) return entry.reason === reason;
  return flags.every((flag) => entry.flags.includes(flag));
}
