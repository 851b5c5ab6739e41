/** A wording that must never go out, with what it would do to a patient. */
export interface BannedWording {
  readonly pattern: RegExp;
  readonly why: string;
  /** Texts it is looked for in; everywhere when left out. */
  readonly only?: 'flag';
}

/** What no outgoing text may say: diagnosis, reassurance, promises, a licence, feelings, doses. */
export const BANNED: readonly BannedWording[] = [
  { pattern: /\byou (?:may|might|could|probably|likely) have\b/i, why: 'names odds of a diagnosis' },
  {
    pattern:
      /(?<!\bif )\byou(?: have|'ve got| are having) (?:an? |the )?(?:\w+ )?(?:infection|allergy|allergic reaction|herpes|cellulitis|impetigo|sepsis|dermatitis|abscess|rash|burn)\b/i,
    why: 'diagnoses',
  },
  {
    pattern: /\b(?:it|that|this) (?:sounds|seems) like\b|\blooks like\b|\bthis is likely\b|\bI diagnose\b/i,
    why: 'names odds of a diagnosis',
  },
  { pattern: /\bnothing to worry\b|\b(?:don'?t|do not|no need to) (?:worry|panic)\b|\bcalm down\b/i, why: 'reassures' },
  {
    pattern: /\byou(?:'re|'ll be| are| will be) (?:fine|okay|ok|all right|alright)\b|\bit(?:'s| is) (?:fine|nothing|harmless)\b/i,
    why: 'reassures',
  },
  {
    pattern: /\b(?:it|this|that)(?: will|'ll) (?:pass|go away|clear up)\b|\b(?:this|that|it)(?: is|'s) (?:very |quite )?common\b/i,
    why: 'reassures',
  },
  { pattern: /\bprobably\b|\bjust\b/i, why: 'plays down' },
  { pattern: /\bnormal(?:ly)?\b/i, why: 'reassures while a sign is open', only: 'flag' },
  { pattern: /\bsafe(?:ly|r|st)?\b/i, why: 'guarantees' },
  {
    pattern:
      /\bguarantee|(?<!\bno )\bpromise|\byou will (?:see|look|feel|heal|love|get (?:better|results))\b|\bwill (?:heal|look better|disappear)\b|\balways works\b/i,
    why: 'promises a result',
  },
  {
    pattern: /\bdoctors?\b|\b(?<!on-call )nurses?\b|\bphysicians?\b|\bmedical assistants?\b|\bclinician-guided\b|\bDr\.|\b(?:RN|NP|PA)\b/,
    why: 'implies a licence',
  },
  {
    pattern:
      /\bI (?:understand|know) how you feel\b|\bI feel (?:for|with) you\b|\bI am a real person\b|\b(?:that|this) sounds (?:hard|awful|tough|scary)\b/i,
    why: 'claims feelings',
  },
  {
    pattern:
      /\b\d+ ?(?:mg|mcg|ml|g|iu|tablets?|pills?|capsules?|puffs)\b|\b(?:once|twice|two times|three times) (?:a|per) day\b|\bevery \d+ hours\b/i,
    why: 'gives a dose',
  },
  {
    pattern:
      /\b(?:take|start|use|try|stop taking|stop) (?:an? |some |your |the )?(?:ibuprofen|advil|aleve|tylenol|acetaminophen|aspirin|benadryl|antihistamines?|antibiotics?|hydrocortisone|steroids?|valtrex|painkillers?|medicines?)\b/i,
    why: 'advises on a medicine',
  },
  { pattern: /\bwait and see\b|\byour (?:own )?fault\b|\byou should(?:n't| not) have\b/i, why: 'delays a call or blames' },
];

/** Words of more than three syllables that may stand in a text, because the plain word is missing or is the guide's own. */
export const ALLOWED_LONG_WORDS: Readonly<Record<string, string>> = {
  antioxidants: 'a kind of product the guide names',
  automated: 'what the helper says it is; the rule on disclosure wants this word',
  dermatology: 'the kind of office the guide names',
  emergency: 'known from "emergency room"; no plainer word means the same',
  hyaluronic: 'on the label of the product',
  irritation: "the guide's own reason for its rules",
  isotretinoin: 'on the label of the medicine',
  microneedling: 'the name of the treatment',
  moisturizer: 'on the label of the product',
  salicylic: 'on the label of the product',
  temperature: 'what a thermometer shows',
  thermometer: 'no plainer word means the same',
};

/** Texts that may reach grade 6.1 (5.1 for those of an emergency or an urgent flag), with the reason; keys are `file: field`. */
export const ALLOWED_GRADES: Readonly<Record<string, string>> = {};

/** Texts that are no sentences, so that a grade would measure nothing; keys are `file: field`. */
export const UNGRADED: Readonly<Record<string, string>> = {
  'language/en.yaml: phrases.source': "names a section in the guide's own words",
  'language/en.yaml: smsPhrases.source': "names a section in the guide's own words",
};

/** The longest a text may be, in characters once its placeholders are filled: an answer leaves room for source and offer, the told text fills two SMS. */
export const LONGEST = { answer: 200, told: 320, question: 160, phrase: 320 } as const;

/** Words whose presence marks a sentence as Spanish; the grade formula knows English only. */
export const SPANISH = /\b(?:es|una|la|el|al|con|le|para|llame)\b/i;
