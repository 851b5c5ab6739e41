import type { DetectorReview, TurnRecord } from '../../src/model/turn';
import { newConversationState } from '../../src/model/turn';
import { newEscalation } from '../../src/escalation/life';
import { clinicSchema } from '../../src/model/clinic';

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
  const raised =
    escalation === undefined
      ? []
      : [
          newEscalation(
            {
              ...{ id: escalation, clinicId: 'demo', conversationId: conversation, channel: 'web', tier: 'urgent', flags: ['U02'] },
              ...{ reason: 'red_flag', isDrill: false, isMarked: false },
            },
            clinicSchema.parse({ id: 'demo', name: 'Demo', phone: '1', zone: 'UTC', hours: {} }),
            at,
          ),
        ];
  return {
    input,
    clinicId: 'demo',
    state: newConversationState(),
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
    changes: raised.map((after) => ({
      after,
      events: [{ escalationId: after.id, kind: 'raised', actor: 'bot', at, detail: 'U02' }],
      send: [],
      tell: [],
    })),
    review: review ?? null,
    notUnderstood: null,
    isHeard: true,
    later: [],
    chart: null,
    failed: false,
  };
}
