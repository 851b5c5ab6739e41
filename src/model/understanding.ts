import type { Assertion, Qualifier, TimeSpan } from './words';

/** A danger sign that the words name, and whether it is there. */
export interface SignSeen {
  readonly flag: string;
  readonly sign: string;
  readonly assertion: Assertion;
  /** The patient only takes it for that: "prob just a bruise", "maybe its dry skin". */
  readonly isGuess?: boolean;
  readonly clause: number;
  /** The question kind of the clause that names it, such as report or risk. */
  readonly intent: string;
}

/** Signs read from numbers or from the whole message: @fever, @high_fever, @low_temperature, @pain_7, @worse, @high_risk. */
export type BuiltInSign = '@fever' | '@high_fever' | '@low_temperature' | '@pain_7' | '@worse' | '@high_risk';

/** One thing the patient asks or tells, tied to a topic. */
export interface Question {
  /** What is asked about is only supposed, "what if it swells": the answer does not hang on the hour. */
  readonly isSupposed?: true;
  readonly topic: string;
  readonly variant: string | null;
  /** A question kind of knowledge/intents, such as may_i or is_normal. */
  readonly intent: string;
  readonly qualifiers: readonly Qualifier[];
  readonly clause: number;
  /** named: the words name it; learned: the classifier found it; carried: it comes from the conversation. */
  readonly source: 'named' | 'learned' | 'carried';
  readonly confidence: number;
}

/** Question kinds that tell nothing about the patient's skin by themselves: what is named in them is a subject, not a report. */
export const ASKING_KINDS: ReadonlySet<string> = new Set([
  'may_i',
  'when',
  'how',
  'what',
  'why',
  'how_long',
  'how_many',
  'where',
  'effect',
  'risk',
]);

/** What the times in a message say, in epoch milliseconds. */
export interface TimesSaid {
  /** When the treatment ended. */
  readonly treatment: TimeSpan | null;
  /** Several treatments were told; `treatment` is the latest. */
  readonly ofSeveral?: boolean;
  /** The moment the question is about ("tomorrow", "on Saturday"); null means now. */
  readonly asked: TimeSpan | null;
}

/** How probable the statistical detector finds it that words tell of danger, 0 to 1. */
export interface DangerGuess {
  /** The whole message, one sentence of several, or a stretch of a long message, which begins and ends anywhere. */
  readonly part: 'whole' | 'sentence' | 'stretch';
  readonly emergency: number;
  readonly urgent: number;
}

/** What the statistical detector hears in the parts of a message that tell something, and in those that only ask about a topic ("can i ..."). */
export interface DangerHeard {
  readonly told: readonly DangerGuess[];
  readonly asked: readonly DangerGuess[];
  /** A danger message of knowledge/ that the message holds nearly word for word (`share`, 0 to 1); `isWhole` when it says little else. */
  readonly remembered: { readonly tier: 'urgent' | 'emergency'; readonly share: number; readonly isWhole: boolean } | null;
}

/** The statistical detector heard nothing. */
export const NO_DANGER_HEARD: DangerHeard = {
  told: [],
  asked: [],
  remembered: null,
};

/** A message as the product understands it. Pure data; the same message in the same context gives the same understanding. */
export interface Understanding {
  readonly isEmpty: boolean;
  readonly wordCount: number;
  /** How the message begins when it answers a closed question. */
  readonly answer: 'yes' | 'no' | null;
  readonly signs: readonly SignSeen[];
  readonly builtIn: readonly BuiltInSign[];
  /** Signs that a measurement denies: a temperature of 98.4 F denies a fever. */
  readonly measuredNormal: boolean;
  /** The patient rates the pain at 4 of 10 or less. */
  readonly isPainLow: boolean;
  readonly danger: DangerHeard;
  readonly questions: readonly Question[];
  /** A small-talk or steering intent (greeting, person, correction ...) that the message as a whole carries, or null. */
  readonly act: { readonly id: string; readonly confidence: number } | null;
  readonly intent: { readonly id: string; readonly confidence: number };
  /** Cue lists of knowledge/intents that the message holds, whatever else it names, such as other_treatment/instead. */
  readonly cued: readonly string[];
  /** The message names the treatment that the guide is about. */
  readonly namesTreatment: boolean;
  readonly inScope: number;
  /** Candidate topics for a clarifying question, best first. */
  readonly guesses: readonly { readonly topic: string; readonly probability: number }[];
  readonly times: TimesSaid;
  readonly foreign: { readonly language: string; readonly danger: 'none' | 'urgent' | 'emergency' } | null;
  readonly ageYears: number | null;
  /** Modifiers of knowledge/red-flags/modifiers.yaml whose words the message says (M03 place, M08 extent ...). */
  readonly modifiers: readonly string[];
}

/** What earlier turns of the conversation bring to the next one. */
export interface ConversationContext {
  readonly now: number;
  readonly zone: string;
  readonly treatedAt: TimeSpan | null;
  readonly lastQuestions: readonly Question[];
  /** What the bot asked last and still waits for. */
  readonly awaiting: 'treatment_time' | 'clarify' | 'ask_clinic' | 'symptom' | null;
  /** The last message did not tell the treatment time: "no i meant wednesday" then corrects the moment it asked about. */
  readonly correctsAsked?: boolean;
}
