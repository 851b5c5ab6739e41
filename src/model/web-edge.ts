/**
 * The seam between the web channel and the rest of the product: the channel knows these ports and nothing else.
 * A patient's message goes in through `PatientTurns`; everything a browser is shown comes out of `ConversationLog`.
 */

/** A button under a reply; the channel shows `imBack`, and `openUrl` with a `tel:` or `https:` address. */
export interface WebCardAction {
  readonly type: 'imBack' | 'openUrl';
  readonly title: string;
  readonly value: string;
}

/** One activity as Direct Line clients see it; stored in the log and sent unchanged. */
export interface WebActivity {
  readonly type: 'message' | 'typing' | 'event';
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly from: { readonly id: string; readonly role: 'user' | 'bot'; readonly name?: string };
  readonly channelId?: 'directline';
  readonly conversation?: { readonly id: string };
  readonly text?: string;
  readonly textFormat?: 'plain';
  readonly locale?: string;
  readonly replyToId?: string;
  readonly inputHint?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly channelData?: Readonly<Record<string, unknown>>;
  readonly suggestedActions?: { readonly to?: readonly string[]; readonly actions: readonly WebCardAction[] };
  readonly attachments?: readonly { readonly contentType: string; readonly name?: string; readonly content?: unknown }[];
}

/** The value of the one turn that no patient wrote: the conversation was opened and the bot should greet. */
export interface ConversationStartValue {
  readonly event: 'conversationStart';
}

/** One patient message on its way into a turn, e.g. "can i put on makeup tmrw". */
export interface WebTurnInput {
  readonly channel: 'web';
  readonly conversationId: string;
  /** Made by the server (`dl_...`), never taken from a browser. */
  readonly patientId: string;
  /** Whose patient it is, from the token; absent on tokens of before there were several: the first clinic. */
  readonly clinicId?: string;
  /** Our id of the inbound activity; the same client message sent twice has the same id twice. */
  readonly messageId: string;
  /** Cleaned of NUL and broken surrogates, at most 2,000 characters; '' for a photo alone, a card's value or the start. */
  readonly text: string;
  /** How many files came with the message; their bytes are already gone. */
  readonly attachments: number;
  /** A card's answer, or `ConversationStartValue`; a browser cannot send the latter. */
  readonly value?: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
  /** BCP 47, e.g. `en-US`. */
  readonly locale?: string;
  /** What the log keeps for the inbound side, exactly as it must be replayed to the browser; null for the start. */
  readonly echo: WebActivity | null;
}

/** Takes patient messages; implemented by the turn. */
export interface PatientTurns {
  /**
   * Resolves once the turn is committed: inbound, replies and escalation in one transaction.
   * `accepted` is false when this `messageId` had been taken before; then nothing was added.
   */
  take(input: WebTurnInput): Promise<{ accepted: boolean }>;
}

/** A conversation as the channel opens it. */
export interface WebConversation {
  readonly conversationId: string;
  readonly patientId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly locale?: string;
}

/** Everything said in a conversation, both sides, in order; the only thing a browser is ever replayed from. */
export interface ConversationLog {
  /** Makes the conversation known; `created` is false when it already was. */
  open(conversation: WebConversation): Promise<{ created: boolean }>;
  /** False for a conversation that was never opened or has been purged. */
  exists(conversationId: string): Promise<boolean>;
  /** The activities with a sequence number above `afterWatermark`, and the number of the conversation's last activity (0 if none). */
  read(conversationId: string, afterWatermark: number): Promise<{ activities: readonly WebActivity[]; watermark: number }>;
  /** Calls back after each commit that added to a conversation; returns the way to stop that. */
  onAppend(listener: (conversationId: string) => void): () => void;
}
