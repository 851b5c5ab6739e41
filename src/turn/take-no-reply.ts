import type { WaitForReply } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import type { Clinic } from '../model/clinic';
import type { Flag, Knowledge } from '../model/knowledge';
import type { Outcome, Reply, StoredConversation, TurnRecord } from '../model/turn';
import { fillText } from '../guide/word-answer';
import { AftercareError } from '../tools/errors';
import { raiseEscalation } from './raise-escalation';
import { toldOf } from './reached';
import { failureText, raisedSoFar, stateOf, telOf } from './take-turn';
import type { TurnParts } from './turn-parts';
import { tierWithoutReply } from './wait-for-reply';
import { wordPhrase } from './word-notice';

const MAX_TRIES = 5;

/**
 * The wait for a reply to a safety question is over (M13). Where the patient has written nothing since, no reply counts as the answer that
 * means danger: the escalation with its first page and the full message of its level are stored in one commit, once, whichever process
 * comes to it and however often. False where there was a reply, or the conversation was erased.
 */
export async function takeNoReply(parts: TurnParts, wait: WaitForReply, now: number): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const stored = await parts.store.load(wait.conversationId);
    const record = stored && composeNoReply(parts, wait, { stored, now });
    if (!stored || !record) return false;
    try {
      return await parts.store.commit(record, stored.version);
    } catch (error) {
      if (!(error instanceof AftercareError) || error.code !== 'TURN_CONFLICT' || attempt === MAX_TRIES) throw error;
    }
  }
}

function composeNoReply(
  parts: TurnParts,
  { conversationId, messageId, channel }: WaitForReply,
  { stored, now }: { readonly stored: StoredConversation; readonly now: number },
): TurnRecord | null {
  const { knowledge, clinic } = parts;
  const state = stateOf(stored);
  const { unanswered } = state;
  if (unanswered?.conversationId !== conversationId || unanswered.messageId !== messageId) return null;
  state.unanswered = null;
  const flag = knowledge.flags.get(unanswered.flag);
  const tier = tierWithoutReply(knowledge, unanswered.flag);
  const input = {
    ...{ channel, conversationId, patientId: '', messageId: `no-reply/${messageId}`, text: '' },
    ...{ attachments: 0, isStart: false, at: now, echo: null },
  };
  const raised = raisedSoFar(stored);
  raiseEscalation(raised, { input, clinic, tier, flags: [unanswered.flag], reason: NO_REPLY, isMarked: false });
  // while a person writes in the bot's place it names an emergency only, as in any turn
  const told = stored.takenOver && tier === 'urgent' ? [] : [sayNoReply(parts, unanswered.flag, now)];
  return {
    ...{ input, clinicId: clinic.id, state, isHeard: false, changes: raised.changes, later: [], chart: stored.chart },
    replies: [...told, ...toldOf(raised, { knowledge, clinic, now })],
    outcome: outcomeOf(knowledge, flag, tier),
    ...{ review: null, notUnderstood: null, failed: false },
  };
}

/** The words; where they cannot be found, those of a failed turn: nothing may keep the page back. */
function sayNoReply({ knowledge, clinic, log }: TurnParts, flagId: string, now: number): Reply {
  try {
    return wordNoReply(knowledge, flagId, { clinic, now });
  } catch (error) {
    log.error({ err: error, flag: flagId }, 'the message for no reply has no words and is that of a failed turn');
    return failureText(knowledge, clinic, now);
  }
}

/** The full message of a flag's level, as if the patient had told of it, and why it comes unasked. */
export function wordNoReply(knowledge: Knowledge, flagId: string, at: { readonly clinic: Clinic; readonly now: number }): Reply {
  const tier = tierWithoutReply(knowledge, flagId);
  const told = knowledge.flags.get(flagId)?.words.told;
  const lines = [
    told === undefined ? wordPhrase(knowledge, 'urgentFallback', at) : fillText(told, { ...at, treatedAt: null }),
    ...(tier === 'urgent' ? [wordPhrase(knowledge, 'sentUrgent', at)] : []),
    wordPhrase(knowledge, 'noReply', at),
  ];
  const [title, value] = tier === 'emergency' ? ['Call 911', 'tel:911'] : [`Call ${at.clinic.name}`, telOf(at.clinic)];
  return { text: lines.join('\n'), actions: [{ kind: 'call', title, value }] };
}

function outcomeOf(knowledge: Knowledge, flag: Flag | undefined, tier: 'urgent' | 'emergency'): Outcome {
  const verdict = flag?.verdict ?? 'watch';
  const topics = flag?.topics ?? [];
  return {
    ...{ topics, verdict, verdicts: Object.fromEntries(topics.map((topic) => [topic, verdict])), disposition: tier, intent: NO_REPLY },
    ...{ confidence: 1, hoursSinceTreatment: null, citations: [], knowledgeVersion: knowledge.version },
  };
}
