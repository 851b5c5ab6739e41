import type { ApplyDeps } from '../../escalation/apply';
import type { Clinic } from '../../model/clinic';
import type { ConversationStore } from '../../model/conversations';
import type { EscalationStore, SendResult } from '../../model/escalation';
import type { ListedText, OutgoingText, SmsStore } from '../../model/sms-edge';
import type { Reply, TurnInput } from '../../model/turn';
import type { Log } from '../../tools/log';

/** What the channel asks of turns; `clinicId` says whose patient it is. */
export interface SmsTurns {
  /** Takes a message; the same id twice is one turn. */
  take(clinicId: string, input: TurnInput): Promise<void>;
  /** Whether it would get a human at once; stores nothing. */
  foresee(clinicId: string, input: TurnInput): Promise<'emergency' | 'urgent' | 'calm'>;
  /** Stores a message that gets no answer. */
  keep(clinicId: string, input: TurnInput, intent: string): Promise<void>;
  /** What a patient in danger is told while storage is gone; null where there is none. */
  floor(clinicId: string, input: TurnInput): Promise<readonly Reply[] | null>;
}

/** The phone company, as this channel uses it. */
export interface PhoneLine {
  post(text: OutgoingText, deadlineMs: number): Promise<SendResult>;
  /** Texts that people sent to a number of ours since then, oldest first; null when it cannot be asked. */
  listTo(number: string, since: number): Promise<readonly ListedText[] | null>;
}

/** Everything the channel needs from outside. */
export interface SmsDeps extends Pick<ApplyDeps, 'clinics' | 'clock' | 'wordNotice'> {
  readonly store: Pick<ConversationStore, 'read' | 'summaryOf' | 'addMessages'> & EscalationStore & { readonly sms: SmsStore };
  readonly turns: SmsTurns;
  readonly line: PhoneLine;
  /** Storage is gone and somebody is in danger: tells the clinic's people past it. */
  readonly alarm: (clinicId: string) => void;
  /** One of the bot's phrases, in its form for texts. */
  readonly phrase: (name: string, clinic: Clinic, values?: Readonly<Record<string, string>>) => string;
  /** Which wording a patient agrees to by texting us. */
  readonly consentWording: string;
  readonly log: Log;
  /** Runs something later; tests give one that follows their clock. */
  readonly after: (ms: number, work: () => void) => void;
}
