import type { Reply } from '../../model/turn';
import type { WebActivity, WebTurnInput } from '../../model/web-edge';

/** What an open page is shown while nothing can be stored: the patient's message and the bot's words, with ids that the log never gives. */
export function unstoredActivities(input: WebTurnInput, replies: readonly Reply[]): WebActivity[] {
  const said = replies.map(({ text, actions }, index): WebActivity => ({
    type: 'message',
    id: `${input.messageId}/unstored/${index + 1}`,
    timestamp: new Date(input.at).toISOString(),
    channelId: 'directline',
    conversation: { id: input.conversationId },
    from: { id: 'aftercare-bot', role: 'bot' },
    text,
    textFormat: 'plain',
    suggestedActions: {
      actions: actions.map(({ kind, title, value }) => ({ type: kind === 'call' ? 'openUrl' : 'imBack', title, value })),
    },
  }));
  return [...(input.echo ? [input.echo] : []), ...said];
}
