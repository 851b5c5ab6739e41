import type { Setting } from './clauses';
import { ACTIVITY, ASKING, CORRECTING, DONE, SYMPTOM, TREATMENT_NOUN, isFillerOnly } from './cues';
import { type Role, type RoleContext, role } from './role';

const CORRECTIONS = new RegExp(CORRECTING.source, 'g');

/** "no wait it was tuesday": takes the place of the time before it. */
export function decideCorrection(setting: Setting, { previous, awaitsTime, knowsTreatment, correctsAsked }: RoleContext): Role | null {
  const { lead, clause, mention } = setting;
  if (mention.direction === 'future' && previous === null) return null;
  const corrects = CORRECTING.test(clause.text.slice(0, 60)) || CORRECTING.test(lead.slice(lead.search(/[^.!?;]*$/)));
  if (!corrects || isCorrectedNext(setting) || ASKING.test(clause.text)) return null;
  if (mention.direction === 'future' && previous?.is === 'treatment' && !CORRECTING.test(clause.text)) return null;
  const words = sinceCorrection(setting);
  if (previous === null && isOtherCorrected(lead)) return null;
  if (SYMPTOM.test(words) || ACTIVITY.test(words)) return null;
  if (previous !== null && (previous.is === 'treatment' || previous.is === 'asked' || previous.is === 'coming'))
    return { ...previous, weight: Math.max(previous.weight, 4), corrects: true };
  const speaksOfThePast = mention.direction === 'past' || /(?<!\w)(?:was|were|wasnt|had|got|did|done)(?!\w)/.test(clause.text);
  if (correctsAsked && !awaitsTime && !speaksOfThePast && !TREATMENT_NOUN.test(clause.text)) return role('asked', 4, true);
  return isFillerOnly(setting.around.replace(/\b(?:actually|wrong|mistake|\w+day|bad)\b/g, ' ')) ||
    knowsTreatment ||
    awaitsTime ||
    TREATMENT_NOUN.test(clause.text)
    ? role('treatment', 4, true)
    : null;
}

/** "it was (thursday) - actually it was wednesday": the other time is the right one. */
function isCorrectedNext({ before, after }: Setting): boolean {
  const word = CORRECTING.exec(after);
  return word !== null && !CORRECTING.test(before) && /\w+day|\d/.test(after.slice(word.index + word[0].length));
}

/** "no i mean the tanning bed, (1st of july)": a thing is corrected, not the time. */
function isOtherCorrected(lead: string): boolean {
  const last = [...lead.matchAll(CORRECTIONS)].at(-1);
  if (last === undefined) return false;
  const between = lead.slice(last.index + last[0].length).replace(/^ (?:day|date|time|hour|info)(?!\w)/, '');
  return between.includes(',') && !isFillerOnly(between) && !TREATMENT_NOUN.test(between) && !DONE.test(`${between} |`);
}

/** The clause from the last word of correction on. */
function sinceCorrection({ before, after }: Setting): string {
  const from = [...before.matchAll(CORRECTIONS)].at(-1)?.index ?? 0;
  return `${before.slice(from).trimEnd()} | ${after.trimStart()}`;
}
