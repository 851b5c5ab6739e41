import { z } from 'zod';
import { DISPOSITIONS, QUALIFIERS, VERDICTS } from './words';

/**
 * The shape of every file in knowledge/. The schemas stand with the words because both the reader and everybody who uses an entry
 * speak of the same fields.
 */
const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected lower-case letters, digits and underscores');
const factId = z.string().regex(/^G\d{3}$/, 'expected a guide fact such as G044');
const text = z.string().min(1, 'expected a text');
const cues = z.array(text).min(1, 'expected at least one cue');
const reviewed = { reviewedBy: z.string(), reviewedOn: z.string() };

/**
 * A closed question that ends a text, the answer that means danger, and the flag it opens (none: the patient is asked for words).
 * `suspected`: when it stands on a suspicion, so that no reply counts as that answer (M13): a topic's when the patient tells of it
 * (`told`), a flag's when one of these of its signs is said.
 */
const safetySchema = z.strictObject({
  danger: z.enum(['yes', 'no']),
  flag: z.string().optional(),
  suspected: z.union([z.literal('told'), z.array(z.string()).min(1)]).optional(),
});

const windowSchema = z.strictObject({
  from: z.number().min(0),
  until: z.number().positive().optional(),
  if: z.array(z.enum(QUALIFIERS)).optional(),
  verdict: z.enum(VERDICTS),
  disposition: z.enum(DISPOSITIONS).optional(),
  say: text,
  facts: z.array(factId),
});
const standing = z.strictObject({
  verdict: z.enum(VERDICTS),
  disposition: z.enum(DISPOSITIONS).optional(),
  say: text,
  facts: z.array(factId),
});

export const topicSchema = z.strictObject({
  id,
  title: text,
  kind: z.enum(['permission', 'care', 'sign', 'info', 'silent']),
  hoursRule: z.enum(['permission', 'protective', 'sign']),
  statements: z.array(
    z.strictObject({
      fact: factId,
      quote: text,
      reading: z.enum(['wins', 'kept']),
      contradiction: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  windows: z.array(windowSchema).min(1),
  unknownTime: standing,
  byIntent: z.record(z.string(), standing).optional(),
  variants: z.array(z.strictObject({ id: z.string(), windows: z.array(windowSchema).min(1), unknownTime: standing })).optional(),
  related: z.array(id).optional(),
  safety: safetySchema.optional(),
  supplement: z
    .array(
      z.strictObject({
        id: z.string(),
        enabled: z.boolean(),
        range: z.string(),
        disagreement: z.string(),
        default: z.string(),
        grade: z.string(),
        signedBy: z.string(),
      }),
    )
    .optional(),
  ...reviewed,
});

export const topicWordsSchema = z.strictObject({
  name: text,
  mentions: cues,
  variants: z.record(z.string(), cues).optional(),
  asks: z.record(z.string(), z.array(text)),
  answers: z.record(z.string(), text),
  reviewedBy: z.string().optional(),
  reviewedOn: z.string().optional(),
});

const ruleSchema = z.strictObject({
  all: z.array(text).min(1),
  within: z.enum(['clause', 'message']).optional(),
  hours: z.strictObject({ from: z.number().optional(), until: z.number().optional() }).optional(),
  tier: z.enum(DISPOSITIONS).optional(),
  unless: z.array(text).optional(),
  /** `told`: denied, past and other people's mentions count as well, supposed ones do not; `anyone`: other people's count; `any`: all count. */
  asserted: z.enum(['present', 'anyone', 'told', 'any']).optional(),
  note: z.string().optional(),
});

export const flagSchema = z.strictObject({
  id: z.string().regex(/^[EUCS]\d{2}$/, 'expected a flag id such as U02'),
  title: text,
  tier: z.enum(['emergency', 'urgent', 'ask_clinic', 'self_care']),
  topics: z.array(id),
  verdict: z.enum(VERDICTS),
  qualifiers: z.string(),
  /** A question for the clinic that has to be answered the same working day. */
  sameDay: z.boolean().default(false),
  safety: safetySchema.optional(),
  /** Signs that tell what led to the danger, not what is seen or felt: who only asks whether they may do it has not done it. */
  causes: z.array(z.string()).default([]),
  rules: z.array(ruleSchema).min(1),
  sources: z.array(text).min(1, 'expected at least one source'),
  ...reviewed,
});

export const flagWordsSchema = z.strictObject({
  signs: z.record(z.string(), cues),
  says: z.array(text),
  saysNot: z.array(text),
  question: text,
  told: text,
  reviewedBy: z.string().optional(),
  reviewedOn: z.string().optional(),
});

export const intentSchema = z.strictObject({
  id,
  /** What a patient asks, small talk and steering, or what only leans on the answer before. */
  kind: z.enum(['question', 'act', 'follow_up']),
  description: text,
  examples: z.array(text).min(20, 'expected at least 20 examples'),
  /** Named lists of cues that count beside topics too, where examples alone would be outvoted by what else the message names. */
  cues: z.record(z.string(), cues).optional(),
  answers: z.record(z.string(), text).optional(),
});

export const contradictionSchema = z.strictObject({
  id: z.string().regex(/^Q\d{2}$/),
  question: text,
  sides: z.array(z.strictObject({ facts: z.array(factId), statement: text })).min(1),
  winner: text,
  why: text,
});

export const treatmentSchema = z.strictObject({
  id,
  names: cues,
  sections: z.array(text).min(1),
  /** What a section is called where room is short, as in an SMS. */
  shortSections: z.record(text, text),
  facts: z.array(z.strictObject({ id: factId, section: text, fact: text, kind: text })),
  notSaid: z.array(z.strictObject({ fact: factId, reason: text })),
});

export const modifierSchema = z.strictObject({
  id: z.string().regex(/^M\d{2}$/),
  qualifier: text,
  rule: text,
  params: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())])).optional(),
  words: z.array(text).optional(),
});

const contextCues = z.strictObject({ forward: z.array(text), backward: z.array(text) });

/** Denial and doubt in another language; only so much of it that a denied danger word is not taken for a danger. */
const foreignContext = z.strictObject({
  pseudo: z.array(text),
  negation: contextCues.extend({ ended: z.array(text) }),
  hypothetical: z.array(text),
  uncertain: z.array(text),
  other: z.array(text),
  stops: z.array(text),
});

export const languageSchema = z.strictObject({
  classes: z.record(z.string(), z.array(text)),
  shorthand: z.record(z.string(), z.string()),
  emoji: z.record(z.string(), z.string()),
  light: z.array(text),
  vague: z.array(text),
  /** What patients tell of their day beside a question: calm lessons of the statistical detector. */
  asides: z.array(text),
  context: z.strictObject({
    pseudo: z.array(text),
    unsaid: z.array(text),
    negation: contextCues.extend({ beside: z.array(text), ended: z.array(text) }),
    relapse: z.array(text),
    hypothetical: contextCues.extend({ near: z.array(text), worry: z.array(text) }),
    uncertain: contextCues,
    past: contextCues,
    other: contextCues.extend({ hearsay: z.array(text) }),
    belief: z.array(text),
    rebuttal: z.array(text),
    deeds: z.array(text),
    states: z.array(text),
    nonPatients: z.array(text),
    animals: z.array(text),
    idioms: z.array(text),
    things: z.array(text),
    stops: z.array(text),
    presentAgain: z.array(text),
  }),
  foreign: z.record(
    z.string(),
    z.strictObject({ urgent: z.array(text), emergency: z.array(text), common: z.array(text), context: foreignContext.optional() }),
  ),
  phrases: z.record(z.string(), text),
  /** Shorter forms of phrases, for SMS. */
  smsPhrases: z.record(z.string(), text),
});

export type SafetyQuestion = z.infer<typeof safetySchema>;
export type Standing = z.infer<typeof standing>;
export type TopicWindow = z.infer<typeof windowSchema>;
export type TopicWords = z.infer<typeof topicWordsSchema>;
export type FlagRule = z.infer<typeof ruleSchema>;
export type FlagWords = z.infer<typeof flagWordsSchema>;
export type Language = z.infer<typeof languageSchema>;
export type Modifier = z.infer<typeof modifierSchema>;
export type Contradiction = z.infer<typeof contradictionSchema>;
export type Treatment = z.infer<typeof treatmentSchema>;
export type Intent = z.infer<typeof intentSchema>;
/** One thing patients ask about, with the guide's windows and the words for it. */
export type Topic = z.infer<typeof topicSchema> & { readonly words: TopicWords };
/** One danger sign, with the rules that recognise it. */
export type Flag = z.infer<typeof flagSchema> & { readonly words: FlagWords; readonly folder: string };

/** Everything in knowledge/, checked and frozen. */
export interface Knowledge {
  readonly version: string;
  readonly guideText: string;
  readonly treatment: Treatment;
  readonly contradictions: readonly Contradiction[];
  readonly topics: ReadonlyMap<string, Topic>;
  readonly flags: ReadonlyMap<string, Flag>;
  readonly modifiers: ReadonlyMap<string, Modifier>;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly language: Language;
}
