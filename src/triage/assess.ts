import type { Assessment, FlagRaised, TriageHistory } from '../model/assessment';
import type { Flag, FlagRule, Knowledge } from '../model/knowledge';
import type { DangerGuess, SignSeen, Understanding } from '../model/understanding';
import { ASKING_KINDS } from '../model/understanding';
import type { Disposition, HoursInterval } from '../model/words';
import { DISPOSITIONS, higherDisposition } from '../model/words';

/**
 * From which probability the statistical detector alone counts as hearing danger: `whole` in a message as it stands, `sentence` in one
 * sentence of several, `stretch` in words cut out of a long message, `asked` in what is only asked about a topic, `short` in messages of
 * a few words, `expected` when all that a message tells are signs which the guide expects at this hour, or a normal temperature was
 * measured, `emergency` for calling it one, `graver` for calling it one when the rules already page somebody. The parts of a long message are many chances for a false alarm, so that each has to be surer
 * (`npm run bench:detectors -- --cross-validate`).
 */
export const STATISTICAL_THRESHOLD = {
  whole: 0.8,
  sentence: 0.88,
  stretch: 0.93,
  asked: 0.93,
  short: 0.85,
  expected: 0.93,
  emergency: 0.4,
  graver: 0.75,
} as const;

const SHORT_WORDS = 5;

/** What one assessment rests on. */
export interface TriageInput {
  readonly understanding: Understanding;
  readonly knowledge: Pick<Knowledge, 'flags' | 'modifiers'>;
  /** Hours since the treatment at this moment; null when unknown, which counts as the worse reading. */
  readonly hours: HoursInterval | null;
  readonly history: TriageHistory;
  /** All that the message tells are signs which the guide expects at this hour. */
  readonly onlyExpectedSigns: boolean;
}

/** Assesses one message: every red flag against every rule, then the modifiers. Pure; never lowers a level for soft words (M10). */
export function assess(input: TriageInput): Assessment {
  const found = findFlags(input);
  const byRules = combine(found, input);
  const heard = hearStatistically(input, highest(byRules));
  const isHigher = heard !== null && !byRules.some((flag) => atLeast(flag.tier, heard.tier));
  const flags = isHigher ? [heard, ...byRules] : byRules;
  const sorted = [...flags].sort((a, b) => DISPOSITIONS.indexOf(b.tier) - DISPOSITIONS.indexOf(a.tier));
  return {
    disposition: highest(sorted),
    flags: sorted.filter((flag) => flag.tier !== 'none'),
    detectors: { rules: highest(byRules), statistics: heard?.tier ?? 'none' },
  };
}

/** The signs that a message shows for one flag, by their names. */
type SignsByName = ReadonlyMap<string, readonly SignSeen[]>;

const NO_SIGNS: SignsByName = new Map();

/** Every flag that a rule of it raises, in the order of knowledge/. */
function findFlags(input: TriageInput): FlagRaised[] {
  const { signs, builtIn } = input.understanding;
  if (signs.length === 0 && builtIn.length === 0) return [];
  const byFlag = new Map<string, Map<string, SignSeen[]>>();
  for (const sign of signs) {
    let ofFlag = byFlag.get(sign.flag);
    if (!ofFlag) byFlag.set(sign.flag, (ofFlag = new Map()));
    const alike = ofFlag.get(sign.sign);
    if (alike) alike.push(sign);
    else ofFlag.set(sign.sign, [sign]);
  }
  const found: FlagRaised[] = [];
  for (const flag of input.knowledge.flags.values()) {
    const ofFlag = byFlag.get(flag.id) ?? NO_SIGNS;
    if (ofFlag.size === 0 && builtIn.length === 0) continue;
    const tier = tierOf(flag, ofFlag, input);
    if (tier) found.push(stepUp({ flag: flag.id, tier, by: 'rules', raisedBy: [] }, flag, input));
  }
  return found;
}

function highest(flags: readonly FlagRaised[]): Disposition {
  return flags.reduce<Disposition>((found, flag) => higherDisposition(found, flag.tier), 'none');
}

/** The highest tier that a rule of the flag reaches, or null when none holds. */
function tierOf(flag: Flag, signs: SignsByName, input: TriageInput): Disposition | null {
  let tier: Disposition | null = null;
  for (const rule of flag.rules)
    if (names(rule, signs, input) && holds(rule, { flag, signs }, input)) tier = higherDisposition(tier ?? 'none', rule.tier ?? flag.tier);
  return tier;
}

/** Whether the message names all that a rule asks for, however it holds it: most rules end here. */
function names({ all }: FlagRule, signs: SignsByName, { understanding }: TriageInput): boolean {
  for (const sign of all) if (!signs.has(sign) && !understanding.builtIn.some((builtIn) => builtIn === sign)) return false;
  return true;
}

function holds(rule: FlagRule, { flag, signs }: { flag: Flag; signs: SignsByName }, input: TriageInput): boolean {
  const { hours } = input;
  if (hours && rule.hours?.from !== undefined && hours.max < rule.hours.from) return false;
  if (hours && rule.hours?.until !== undefined && hours.min >= rule.hours.until) return false;
  const counts = (entry: SignSeen): boolean => isTold(rule, entry) || isThere(entry, { flag, tier: rule.tier ?? flag.tier }, input);
  const isBuiltIn = (sign: string): boolean => input.understanding.builtIn.some((builtIn) => builtIn === sign);
  const isSaid = (sign: string): boolean => (sign.startsWith('@') ? isBuiltIn(sign) : (signs.get(sign)?.some(counts) ?? false));
  if (!rule.all.every(isSaid)) return false;
  const clauses = rule.all
    .filter((sign) => !sign.startsWith('@'))
    .map((sign) => new Set((signs.get(sign) ?? []).filter(counts).map(({ clause }) => clause)));
  // a harmless reading takes a danger away only when it is told as a fact: "prob just a bruise" soothes nobody (M10)
  const isEmergency = (rule.tier ?? flag.tier) === 'emergency';
  const explains = ({ intent, clause }: SignSeen): boolean =>
    !isEmergency || !EXPLAINS_NOTHING.has(intent) || clauses.some((told) => told.has(clause));
  const isFact = (entry: SignSeen): boolean => counts(entry) && entry.isGuess !== true && explains(entry);
  const isKnown = (sign: string): boolean => (sign.startsWith('@') ? isBuiltIn(sign) : (signs.get(sign)?.some(isFact) ?? false));
  if ((rule.unless ?? []).some(isKnown)) return false;
  return rule.within !== 'clause' || [...(clauses[0] ?? [])].some((clause) => clauses.every((told) => told.has(clause)));
}

/** What another question names beside a sign is no harmless reading of it: "fainted. when do i go back to normal care". */
const EXPLAINS_NOTHING = new Set(['may_i', 'when', 'where', 'how_many']);

/** Whether the rule takes the mention as it stands, whatever is said around it. */
function isTold(rule: FlagRule, entry: SignSeen): boolean {
  switch (rule.asserted) {
    case 'any':
      return true;
    case 'told':
      return entry.assertion !== 'hypothetical';
    case 'anyone':
      return entry.assertion.startsWith('other');
    default:
      return false;
  }
}

/**
 * A measured normal temperature denies every sign whose name speaks of fever; a child's illness counts as an emergency only; a cause that
 * is asked about ("can i go to the beach", "why must i keep out of the sun") has not happened.
 */
function isThere(entry: SignSeen, { flag, tier }: { flag: Flag; tier: Disposition }, input: TriageInput): boolean {
  if (entry.assertion === 'other_untreated') return flag.tier === 'emergency';
  if (flag.causes.includes(entry.sign) && ASKING_KINDS.has(entry.intent)) return false;
  if (input.understanding.measuredNormal && /fever|temp|hot_cold/.test(entry.sign)) return false;
  if (tier === 'ask_clinic' && flag.verdict === 'watch' && ASKING.has(entry.intent)) return false;
  return entry.assertion === 'present';
}

/** Question kinds in which a sign for the clinic's queue is only the subject ("does it help dark spots", "can i tan"). */
const ASKING = new Set(['effect', 'risk', 'what', 'how_many', 'where', 'may_i', 'when']);

/**
 * Lifts a sign for the clinic to a page; nothing lifts a disclosure and nothing lowers anything (M10). M02 (trend), M05 (person) and
 * M09 (repeat contact) lift every such sign, other modifiers the flags that they name (`params.lifts`).
 */
function stepUp(raised: FlagRaised, flag: Flag, input: TriageInput): FlagRaised {
  if (flag.verdict !== 'watch' || raised.tier !== 'ask_clinic') return raised;
  const { understanding, knowledge, history } = input;
  const reasons: string[] = [];
  if (understanding.builtIn.includes('@worse')) reasons.push('M02');
  if (understanding.builtIn.includes('@high_risk')) reasons.push('M05');
  if (understanding.modifiers.includes('M09') || history.recentFlags.includes(flag.id)) reasons.push('M09');
  for (const id of understanding.modifiers) {
    const lifts = knowledge.modifiers.get(id)?.params?.['lifts'];
    if (Array.isArray(lifts) && lifts.includes(flag.id)) reasons.push(id);
  }
  return reasons.length > 0 ? { ...raised, tier: 'urgent', raisedBy: reasons } : raised;
}

/** M12: feeling very ill beside an urgent sign is an emergency; a danger word of another language counts like a sign. */
function combine(flags: readonly FlagRaised[], { understanding }: TriageInput): FlagRaised[] {
  const isVeryIll = understanding.modifiers.includes('M12');
  const lifted = flags.map((flag): FlagRaised =>
    isVeryIll && flag.tier === 'urgent' ? { ...flag, tier: 'emergency', raisedBy: [...flag.raisedBy, 'M12'] } : flag,
  );
  const { foreign } = understanding;
  if (!foreign || foreign.danger === 'none') return lifted;
  return [...lifted, { flag: 'C17', tier: foreign.danger, by: 'rules', raisedBy: [] }];
}

/** The second detector, on other principles than the rules; where the two differ the more serious one counts. */
function hearStatistically(input: TriageInput, byRules: Disposition): FlagRaised | null {
  const { remembered } = input.understanding.danger;
  const least = leastProbability(input);
  const counts = remembered !== null && remembered.share >= (least === STATISTICAL_THRESHOLD.expected ? least : 0);
  const guessed = guessedTier(input, { least, isPaged: atLeast(byRules, 'urgent') });
  if (!counts) return guessed && { flag: null, tier: guessed, by: 'statistics', raisedBy: [] };
  // a message that is one of knowledge/'s own has the level it was written for
  const tier = remembered.isWhole ? remembered.tier : higherDisposition(guessed ?? 'none', remembered.tier);
  return { flag: null, tier, by: 'statistics', raisedBy: [] };
}

/** From which probability on any part of this message counts as dangerous. */
function leastProbability({ understanding, onlyExpectedSigns }: TriageInput): number {
  if (onlyExpectedSigns || understanding.measuredNormal || understanding.isPainLow) return STATISTICAL_THRESHOLD.expected;
  return understanding.wordCount <= SHORT_WORDS ? STATISTICAL_THRESHOLD.short : STATISTICAL_THRESHOLD.whole;
}

function guessedTier(
  { understanding }: TriageInput,
  { least, isPaged }: { least: number; isPaged: boolean },
): 'urgent' | 'emergency' | null {
  const { told, asked } = understanding.danger;
  const isHeard = (guess: DangerGuess, from: number): boolean =>
    guess.emergency + guess.urgent >= Math.max(least, from, STATISTICAL_THRESHOLD[guess.part]);
  const heard = [...told.filter((guess) => isHeard(guess, 0)), ...asked.filter((guess) => isHeard(guess, STATISTICAL_THRESHOLD.asked))];
  if (heard.length === 0) return null;
  const leastGrave = isPaged ? STATISTICAL_THRESHOLD.graver : STATISTICAL_THRESHOLD.emergency;
  const isEmergency = heard.some((guess) => guess.emergency >= leastGrave && guess.emergency > guess.urgent);
  return isEmergency ? 'emergency' : 'urgent';
}

function atLeast(tier: Disposition, level: Disposition): boolean {
  return DISPOSITIONS.indexOf(tier) >= DISPOSITIONS.indexOf(level);
}
