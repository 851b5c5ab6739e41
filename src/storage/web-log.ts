import type { StoredMessage } from '../model/conversations';
import type { ConversationLog, WebActivity } from '../model/web-edge';
import type { Store } from './store';

/** The web channel's view of the store: what browsers are replayed from. */
export function makeWebLog(store: Store, bot: { name: string }): ConversationLog {
  return {
    open: async ({ conversationId }) => ({ created: !(await store.exists(conversationId)) }),
    exists: (conversationId) => store.exists(conversationId),
    async read(conversationId, afterWatermark) {
      const { messages, lastSeq } = await store.read(conversationId, afterWatermark);
      return { activities: messages.flatMap((message) => toActivity(conversationId, message, bot.name)), watermark: lastSeq };
    },
    onAppend: (listener) => store.onCommit(listener),
  };
}

function toActivity(conversationId: string, message: StoredMessage, botName: string): WebActivity[] {
  if (message.direction === 'in') return message.echo === null ? [] : [message.echo as WebActivity];
  const { reply, outcome, escalation, author } = message;
  const actions = reply.actions.map(
    (action) => ({ type: action.kind === 'call' ? 'openUrl' : 'imBack', title: action.title, value: action.value }) as const,
  );
  return [
    {
      type: 'message',
      id: `${conversationId}|${String(message.seq).padStart(7, '0')}`,
      timestamp: new Date(message.at).toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from: { id: 'aftercare-bot', role: 'bot', name: botName },
      text: reply.text,
      textFormat: 'plain',
      ...(actions.length > 0 ? { suggestedActions: { actions } } : {}),
      channelData: { aftercare: { ...outcome, ...(escalation ? { escalation } : {}), ...(author ? { author } : {}) } },
    },
  ];
}
