import type { DetectorReview, TurnRecord } from '../../src/model/turn';
import { newConversationState } from '../../src/model/turn';

/** A turn as the store gets it: one message, one reply, and an escalation when asked for. */
export function turnRecord(given: {
  readonly conversation?: string;
  readonly message: string;
  readonly text: string;
  readonly reply?: string;
  readonly escalation?: string;
  readonly at?: number;
  readonly review?: DetectorReview;
}): TurnRecord {
  const { conversation = 'c1', message, text, reply = `about ${text}`, escalation, at = 1_000, review } = given;
  const input = {
    channel: 'web',
    conversationId: conversation,
    patientId: 'dl_patient',
    messageId: message,
    text,
    attachments: 0,
    isStart: false,
    at,
    echo: { text },
  } as const;
  const open = escalation === undefined ? [] : [{ id: escalation, flags: ['U02'], tier: 'urgent' as const, reason: 'red_flag', at }];
  return {
    input,
    state: { ...newConversationState(), open },
    replies: [{ text: reply, actions: [] }],
    outcome: {
      topics: [],
      verdict: 'none',
      verdicts: {},
      disposition: escalation === undefined ? 'self_care' : 'urgent',
      intent: 'report',
      confidence: 1,
      hoursSinceTreatment: null,
      citations: [],
      knowledgeVersion: 'k1',
    },
    escalations: open.map(({ id, flags, tier, reason }) => ({
      id,
      conversationId: conversation,
      clinicId: 'demo',
      flags,
      tier,
      status: 'open',
      reason,
      raisedAt: at,
    })),
    events: open.map(({ id }) => ({ escalationId: id, kind: 'raised', actor: 'bot', at, detail: 'U02' })),
    review: review ?? null,
    notUnderstood: null,
    failed: false,
  };
}
