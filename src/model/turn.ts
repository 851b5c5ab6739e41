import type { Escalation, EscalationChange, NewSending } from './escalation';
import type { SafetyQuestion } from './knowledge';
import type { BuiltInSign, Question, SignSeen } from './understanding';
import type { Channel, Disposition, HoursInterval, SuggestedAction, TimeSpan, Verdict } from './words';

export type { Channel, SuggestedAction } from './words';

/** Where a statement of a reply comes from. */
export interface Citation {
  readonly topic: string;
  readonly section: string;
}

/** What a turn amounts to, beside its words: sent as channelData.aftercare and printed by the command line. */
export interface Outcome {
  readonly topics: readonly string[];
  readonly verdict: Verdict;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly disposition: Disposition;
  readonly intent: string;
  readonly confidence: number;
  readonly hoursSinceTreatment: HoursInterval | null;
  readonly citations: readonly Citation[];
  readonly knowledgeVersion: string;
}

/** One message of the bot. */
export interface Reply {
  readonly text: string;
  readonly actions: readonly SuggestedAction[];
}

/** A message on which the two danger detectors differ, for a human to review: ids and levels, never words. */
export interface DetectorReview {
  readonly rules: Disposition;
  readonly statistics: Disposition;
  /** The level that was answered: the more serious one, or above. */
  readonly answered: Disposition;
  /** Ids in knowledge/red-flags that were raised. */
  readonly flags: readonly string[];
}

/** A review as stored, with the message that it is about. */
export interface StoredReview extends DetectorReview {
  readonly conversationId: string;
  readonly clinicId: string;
  /** Place of the patient's message in the conversation. */
  readonly seq: number;
  readonly at: number;
}

/** What triage found in an earlier message. */
export interface RecentSigns {
  readonly at: number;
  /** What the patient wrote; conversation state is stored sealed. */
  readonly text: string;
  /** It names no topic and is no small talk: perhaps a piece of a longer message. */
  readonly isFragment: boolean;
  readonly disposition: Disposition;
  readonly signs: readonly SignSeen[];
  readonly builtIn: readonly BuiltInSign[];
  /** Where it was told, once it is kept for several conversations: erasing that one forgets it. */
  readonly conversationId?: string;
}

/** The last safety question, where it stood on an urgent or emergency suspicion and the patient has written nothing since (M13). */
export interface UnansweredQuestion {
  readonly conversationId: string;
  /** The patient's message that it answered. */
  readonly messageId: string;
  /** What no reply counts as: an id in knowledge/red-flags. */
  readonly flag: string;
}

/** What a conversation remembers from turn to turn. Plain data, stored as one document. */
export interface ConversationState {
  welcomed: boolean;
  treatedAt: TimeSpan | null;
  /** What was asked about the treatment time so far; each once. */
  treatmentTimeAsked: 'nothing' | 'day' | 'hour';
  /** `symptom`: whether the wish for a person is about a symptom. */
  awaiting: 'treatment_time' | 'clarify' | 'ask_clinic' | 'symptom' | null;
  lastQuestions: Question[];
  lastAsked: TimeSpan | null;
  /** When each flag was raised last, and each sign told that was stronger or longer than the guide describes (`watch/redness`), for repeat contacts (M09, U17). */
  flagTimes: Record<string, number>;
  /** The closed question about danger that the last reply ended with. */
  safetyQuestion: SafetyQuestion | null;
  unanswered: UnansweredQuestion | null;
  /** Questions in a row that the bot had to ask back; the second one goes to a person. */
  misunderstood: number;
  /** What the last clarifying question offered: topics in the order of their buttons (none: looks or use), and the kind of question. */
  clarifying: { topics: string[]; intent: string } | null;
  /** The patient had something else than microneedling, so that the guide says nothing to them. */
  otherTreatment: boolean;
  /** The patient, or the one they write for, is under 18. */
  minor: boolean;
  /** The last message told when the treatment was. */
  timeJustTold: boolean;
  /** Signs of the patient's last messages, so that a danger told in pieces is read as one. */
  recent: RecentSigns[];
  /** The Bot Framework dialog stack. */
  dialog: Record<string, unknown>;
}

/** One patient message on its way into a turn. */
export interface TurnInput {
  readonly channel: Channel;
  readonly conversationId: string;
  readonly patientId: string;
  /** Unique within the conversation; the same message delivered twice has the same id. */
  readonly messageId: string;
  readonly text: string;
  readonly attachments: number;
  /** True for the one turn that no patient wrote: the conversation was opened. */
  readonly isStart: boolean;
  readonly at: number;
  /** What the channel must be able to show again for the patient's side; null when it shows nothing. */
  readonly echo: unknown;
}

/** A message that was not understood, for the clinic to review: what was done about it and what the reader took it for. No words. */
export interface NotUnderstood {
  /** asked_back: a clarifying question; handed_over: the second in a row, passed to a person; out_of_scope: turned away as not ours. */
  readonly kind: 'asked_back' | 'handed_over' | 'out_of_scope';
  readonly confidence: number;
  /** Best first. */
  readonly guesses: readonly { readonly topic: string; readonly probability: number }[];
}

/** Everything one turn changes, stored in one commit. */
export interface TurnRecord {
  readonly input: TurnInput;
  readonly clinicId: string;
  readonly state: ConversationState;
  /** False where no patient wrote and the bot speaks of itself: then nothing is stored on the patient's side. */
  readonly isHeard: boolean;
  /** None while a person has taken over. */
  readonly replies: readonly Reply[];
  readonly outcome: Outcome;
  /** Escalations that the turn raised or changed, each once; a new one with `ref` 0 is given its number by the store. */
  readonly changes: readonly EscalationChange[];
  /** What is due later because of the turn: the end of the wait for a reply. */
  readonly later: readonly NewSending[];
  /** Null when the two detectors agree. */
  readonly review: DetectorReview | null;
  /** Null when the message was understood. */
  readonly notUnderstood: NotUnderstood | null;
  /** Something went wrong in the turn and it was answered as urgent. */
  readonly failed: boolean;
  /** The chart whose memory the turn began with and changes. */
  readonly chart: ChartMark | null;
}

/** The chart of a patient whom the clinic enrolled, with the version that a commit must still find. */
export interface ChartMark {
  readonly id: string;
  readonly version: number;
}

/** A conversation as stored, with the version that a commit must still find; 0: it is new, but its patient is known. */
export interface StoredConversation {
  /** With what the patient told in other conversations of the same chart. */
  readonly state: ConversationState;
  readonly version: number;
  /** Escalations of this patient that no human has closed yet, oldest first. */
  readonly open: readonly Escalation[];
  /** The member of staff who writes in the bot's place. */
  readonly takenOver: TakeOver | null;
  readonly chart: ChartMark | null;
}

/** Who writes: the id that the channel gives them, at a clinic. */
export interface Writer {
  readonly clinicId: string;
  readonly patientId: string;
}

/** A person of staff has taken over a conversation: the bot is silent until it is handed back. */
export interface TakeOver {
  readonly by: string;
  readonly at: number;
}

/** Where turns are kept. */
export interface TurnStore {
  /** The stored conversation, or null when it is new; `writer` finds the chart of somebody who writes here for the first time. */
  load(conversationId: string, writer?: Writer): Promise<StoredConversation | null>;
  /** Whether this message was answered already. */
  hasMessage(conversationId: string, messageId: string): Promise<boolean>;
  /**
   * Stores a turn in one transaction, with its escalations, pages and what has to leave the house. Returns false when the message was
   * stored before (then nothing changes); throws TURN_CONFLICT when the conversation changed since `version` was read (0 = new), or one
   * of its escalations or its chart did.
   */
  commit(record: TurnRecord, version: number): Promise<boolean>;
}

/** Where messages are kept that could not be stored, until they can; nothing in it can be read without the installation's secret. */
export interface Spool {
  /** Resolves when the message is on the disk. */
  keep(message: SpooledMessage): Promise<void>;
  list(): Promise<SpooledMessage[]>;
  remove(message: SpooledMessage): Promise<void>;
}

/** A message as it came in, and whose patient wrote it. */
export interface SpooledMessage {
  readonly clinicId: string;
  readonly input: TurnInput;
}

/** A conversation that has just begun. */
export function newConversationState(): ConversationState {
  return {
    welcomed: false,
    treatedAt: null,
    treatmentTimeAsked: 'nothing',
    awaiting: null,
    lastQuestions: [],
    lastAsked: null,
    flagTimes: {},
    safetyQuestion: null,
    unanswered: null,
    misunderstood: 0,
    clarifying: null,
    otherTreatment: false,
    minor: false,
    timeJustTold: false,
    recent: [],
    dialog: {},
  };
}
