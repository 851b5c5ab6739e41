import { readSmsChoice } from '../../guide/sms-turn';
import type { ConversationStore } from '../../model/conversations';
import type { SuggestedAction } from '../../model/turn';

/** So many messages of a conversation are looked at. */
const LOOK_BACK = 12;

/** What a bare number in a patient's text stands for, by what they were offered since they wrote last; null when it is no choice. */
export async function chosenValue(
  store: Pick<ConversationStore, 'read' | 'summaryOf'>,
  conversationId: string,
  text: string,
): Promise<string | null> {
  if (!/^\W*\d{1,2}\W*$/.test(text)) return null;
  return readSmsChoice(text, await offeredChoices(store, conversationId));
}

async function offeredChoices(
  store: Pick<ConversationStore, 'read' | 'summaryOf'>,
  conversationId: string,
): Promise<readonly SuggestedAction[]> {
  const summary = await store.summaryOf(conversationId);
  if (!summary) return [];
  const { messages } = await store.read(conversationId, Math.max(0, summary.lastSeq - LOOK_BACK));
  for (const message of messages.toReversed()) {
    if (message.direction === 'in') return [];
    const choices = message.reply.actions.filter(({ kind }) => kind === 'say');
    if (choices.length > 0) return choices;
  }
  return [];
}
