import { raise, repeat, writesIn } from '../escalation/life';
import type { Clinic } from '../model/clinic';
import type { Escalation, EscalationChange, Tier } from '../model/escalation';
import type { TurnInput } from '../model/turn';
import { newId } from '../tools/ids';

/** What a turn raises or changes, and what is open in the conversation so far, newest last. */
export interface Raised {
  readonly open: Escalation[];
  readonly changes: EscalationChange[];
}

/** What one raise needs. */
export interface Raise {
  readonly input: Pick<TurnInput, 'conversationId' | 'channel' | 'at'>;
  readonly clinic: Clinic;
  readonly tier: Tier;
  readonly flags: readonly string[];
  readonly reason: string;
  /** A question to the clinic that is due the same working day. */
  readonly isMarked: boolean;
}

const LEVEL: Record<Tier, number> = { ask_clinic: 0, urgent: 1, emergency: 2 };

/**
 * Adds an escalation, with its first page, to what the turn will store. While one of the same tier or above is open in the conversation,
 * it is marked repeated instead, so that a worried patient who writes five messages wakes one nurse once.
 */
export function raiseEscalation(into: Raised, raised: Raise): void {
  const { input, clinic, tier, flags } = raised;
  const open = into.open.find((entry) => LEVEL[entry.tier] >= LEVEL[tier] && covers(entry, raised));
  if (open) return addChange(into, repeat(open, flags, clinic, input.at));
  const { conversationId, channel, at } = input;
  const facts = { id: newId('esc', at), clinicId: clinic.id, conversationId, channel, flags: [...flags], tier, isDrill: false };
  addChange(into, raise({ ...facts, reason: raised.reason, isMarked: raised.isMarked }, clinic, at));
}

/** What is open follows the patient: notices and answers of staff go where they write now, too. Opening a chat is no writing. */
export function followPatient(into: Raised, { conversationId, channel, isStart, at }: TurnInput, clinic: Clinic): void {
  if (isStart) return;
  for (const open of [...into.open]) {
    const change = writesIn(open, { conversationId, channel }, clinic, at);
    if (change) addChange(into, change);
  }
}

/** One change for each escalation of a turn: a second step in its life joins the first. */
export function addChange({ open, changes }: Raised, change: EscalationChange): void {
  const { id } = change.after;
  const at = changes.findIndex(({ after }) => after.id === id);
  const before = changes[at];
  if (before) changes[at] = joined(before, change);
  else changes.push(change);
  const place = open.findIndex((entry) => entry.id === id);
  if (place < 0) open.push(change.after);
  else open[place] = change.after;
}

function joined(before: EscalationChange, next: EscalationChange): EscalationChange {
  return {
    after: next.after,
    events: [...before.events, ...next.events],
    send: [...before.send, ...next.send],
    tell: [...before.tell, ...next.tell],
  };
}

/** An open escalation says all that this one would: the same signs or, for a question to the clinic, the same question. */
function covers(entry: Escalation, { tier, flags, reason }: Raise): boolean {
  if (tier === 'ask_clinic' && flags.length === 0) return entry.reason === reason;
  return flags.every((flag) => entry.flags.includes(flag));
}
