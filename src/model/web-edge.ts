import type { BroughtLink, LinkOutcome } from './charts';
import type { Reply } from './turn';

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
  readonly channel: 'web' | 'teams';
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
   * `accepted` is false when this `messageId` had been taken before; then nothing was added. `unstored` is what to show at once when
   * storage is gone and the message holds danger: it is in no log, and the message itself is kept and answered again later.
   */
  take(input: WebTurnInput): Promise<{ accepted: boolean; unstored?: readonly Reply[] }>;
}

/** A clinic as patients of its website meet it. */
export interface WebClinic {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  /** Sites that may show the chat, e.g. `https://www.clinic.example`. */
  readonly origins: readonly string[];
  /** The clinic's colour, `#rrggbb`; the launcher's own attribute wins. */
  readonly colour?: string;
}

/** A stretch of one line of the timeline; hours count from the end of the treatment, `until` null means for good. */
export interface TimelineSpan {
  readonly from: number;
  readonly until: number | null;
  readonly kind: 'wait' | 'ask' | 'open';
}

/** One thing patients wait for, e.g. makeup. */
export interface TimelineRow {
  readonly topic: string;
  readonly name: string;
  readonly spans: readonly TimelineSpan[];
  /** In a few words: "From Thu at 3:10 pm, as your guide says." */
  readonly when: string;
  /** What the bot would answer about it at this hour. */
  readonly text: string;
  /** When it stops being "not yet", if that is still to come, and what a calendar should say then. */
  readonly opens: { readonly at: number; readonly text: string } | null;
}

/** A patient's own timeline, worked out from knowledge/ and the time of the treatment. */
export interface CareTimeline {
  /** The treatment's time in words; null when there is nothing to draw, and `note` says why. */
  readonly treated: string | null;
  /** Where the hours come from. */
  readonly note: string;
  /** Hours since the treatment, for the mark "now". */
  readonly nowHours: number;
  readonly nowMark: string;
  readonly rows: readonly TimelineRow[];
}

/** How the wish to erase a conversation ended; `urgent_open`: staff still need its words. */
export type EraseOutcome = 'erased' | 'urgent_open' | 'unknown';

/** What the chat page says that is medical, worded in knowledge/ and filled in for a clinic. */
export interface WidgetWords {
  /** Under the chat at all times. */
  readonly footer: string;
  /** On the card that the page shows by itself when a message with danger words cannot be sent. */
  readonly unsentDanger: string;
  /** Behind the photo button. */
  readonly photo: string;
}

/** Danger words for the page itself, for when the server cannot be reached; compiled from the red flags of knowledge/. */
export interface DangerWords {
  readonly version: string;
  /** Parts that patterns share, by name: `<face>` in a pattern stands for one. */
  readonly parts: Readonly<Record<string, string>>;
  /** Each an emergency: all of its regular expressions match the tidied text. */
  readonly patterns: readonly (readonly string[])[];
}

/** What the chat page reads beside the conversation. */
export interface PatientPages {
  words(clinic: WebClinic): WidgetWords;
  dangerWords(): DangerWords;
  /** The patient's timeline at `now` (epoch milliseconds); null for an unknown conversation. */
  timeline(conversationId: string, now: number): Promise<CareTimeline | null>;
  /** Destroys what a conversation holds, or says why not. */
  erase(conversationId: string): Promise<EraseOutcome>;
}

/** Patients whom the clinic has given a personal link to the chat. */
export interface PatientLinks {
  redeem(link: BroughtLink): Promise<LinkOutcome>;
  /** Whether a browser's patient id belongs to an enrolled patient. */
  isKnown(clinicId: string, patientId: string): Promise<boolean>;
}

/** A conversation as the channel opens it. */
export interface WebConversation {
  readonly conversationId: string;
  readonly patientId: string;
  readonly clinicId?: string;
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
