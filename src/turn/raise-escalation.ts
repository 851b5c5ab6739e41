import type { Course, Escalation, EscalationChange, EscalationEvent, Tier } from '../model/escalation';
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
  readonly clinicId: string;
  readonly tier: Tier;
  readonly flags: readonly string[];
  readonly reason: string;
}

const LEVEL: Record<Tier, number> = { ask_clinic: 0, urgent: 1, emergency: 2 };

/**
 * Adds an escalation to what the turn will store. While one of the same tier or above is open in the conversation, it is marked
 * repeated instead, so that a worried patient who writes five messages wakes one nurse once.
 */
export function raiseEscalation(into: Raised, raise: Raise): void {
  const { input, tier } = raise;
  const detail = raise.flags.join(' ');
  const open = into.open.find((entry) => LEVEL[entry.tier] >= LEVEL[tier] && covers(entry, raise));
  if (open) return note(into, open, { escalationId: open.id, kind: 'repeated', actor: 'patient', at: input.at, detail });
  const raised = newEscalation(raise);
  into.open.push(raised);
  note(into, raised, { escalationId: raised.id, kind: 'raised', actor: 'bot', at: input.at, detail });
}

/** An escalation that nobody has been paged for yet. */
export function newEscalation({ input, clinicId, tier, flags, reason }: Raise): Escalation {
  return {
    id: newId('esc', input.at),
    ref: 0,
    clinicId,
    conversationId: input.conversationId,
    channel: input.channel,
    flags: [...flags],
    tier,
    reason,
    raisedAt: input.at,
    status: 'open',
    course: firstCourse(tier, input.at),
    pages: [],
    acknowledged: null,
    resolved: null,
    isDrill: false,
    nextAt: input.at,
    version: 0,
  };
}

/** One change for each escalation of the turn: an event joins the change that is there already. */
function note({ changes }: Raised, after: Escalation, event: EscalationEvent): void {
  const at = changes.findIndex((change) => change.after.id === after.id);
  const change = changes[at];
  if (change) changes[at] = { ...change, events: [...change.events, event] };
  else changes.push({ after, events: [event], send: [], tell: [] });
}

function firstCourse(tier: Tier, at: number): Course {
  return {
    startedAt: at,
    step: 1,
    round: 1,
    stepAt: tier === 'ask_clinic' ? null : at,
    passedOnBy: [],
    toldNobodyAt: null,
    reachedAskedAt: null,
    reached: null,
    outcomeAskedAt: null,
    dueAt: null,
    digestAt: null,
    overdueSaidAt: null,
    snoozedUntil: null,
  };
}

/** An open escalation says all that this one would: the same signs or, for a question to the clinic, the same question. */
function covers(entry: Escalation, { tier, flags, reason }: Raise): boolean {
  if (tier === 'ask_clinic' && flags.length === 0) return entry.reason === reason;
  return flags.every((flag) => entry.flags.includes(flag));
}
