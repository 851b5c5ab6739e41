import type { Judged } from './choose-times';
import { ACTIVITY, OTHER_PROCEDURE, PERMISSION, SYMPTOM } from './cues';
import type { Mention } from './mention';
import { role } from './role';

const SINCE = /(?<!\w)(?:ever )?since (?:about |around |like |the |this |early |late |only )*$/;
const SINCE_IN = /^(?:from )?since /;

/** What lasts since a treatment, and not since anything else: "its been", "i am waiting", "no change". */
const HEALING =
  'wait(?:ing|ed)|heal(?:ing|ed)|recover(?:ing|ed)|counting|careful|patient|good|behaving|avoiding|avoided|following|resting|hiding|staying|stayed|babying|off|home|inside|indoors';
const STATE = `(?:(?:i|ive|im|we) (?:am |have |was |been |had |only |just |still |always )*(?:${HEALING})|(?:its|it is|it has|its only|has|have) (?:been|a week|a while|a minute)|(?:no|not much|not any|zero|see no|notice no|any|little|some) (?:change|changes|difference|improvement|results?|progress))`;
const TOLD_BEFORE = new RegExp(`(?<!\\w)${STATE}(?: (?:it|now|a|bit|while|like|my|skin|in|since|there|of|me|for|changes?|that)){0,2} *$`);
const TOLD_AFTER = new RegExp(`^ ?,? ?(?:and |so |now |till now |until now )*${STATE}(?!\\w)`);
/** "been since last thursday": nothing else stands in the clause. */
const BARE_BEEN =
  /^ ?(?:(?:hi|hey|hello|ok|so|well|and|but|now|um|like|only|just) )*(?:been|its been|it has been|its only been|that was)? ?(?:exactly |only |like |about )*$/;

/** "its been (since last thursday)", "(since 1st november) i am waiting": the treatment's time when no other is told. */
export function adoptSince(judged: readonly Judged[]): readonly Judged[] {
  if (judged.some(({ role: { is } }) => is === 'treatment' || is === 'coming')) return judged;
  const since = judged.filter(isSinceTreatment);
  const [only] = since;
  if (only === undefined || since.length > 1) return judged;
  return judged.map((one) =>
    one === only ? { setting: { ...one.setting, mention: atThatHour(one.setting.mention) }, role: role('treatment', 3) } : one,
  );
}

/** "since 2pm": the treatment ended then, not after it. */
function atThatHour(mention: Mention): Mention {
  return mention.clock === undefined ? mention : { ...mention, clock: { ...mention.clock, bound: 'at' } };
}

function isSinceTreatment({ role: { is }, setting }: Judged): boolean {
  const { mention, before, words, around } = setting;
  if (
    is !== 'none' ||
    mention.kind !== 'calendar' ||
    (mention.day === undefined && mention.clock === undefined) ||
    mention.direction === 'future'
  )
    return false;
  const isSince = SINCE.test(before) || SINCE_IN.test(words);
  if (!isSince || setting.clause.isQuestion) return false;
  if (OTHER_PROCEDURE.test(around) || PERMISSION.test(around)) return false;
  const told = before.replace(SINCE, '');
  if ((TOLD_BEFORE.test(told) && !SYMPTOM.test(around)) || TOLD_AFTER.test(setting.trail)) return true;
  return BARE_BEEN.test(told) && told.includes('been') && !SYMPTOM.test(around) && !ACTIVITY.test(around);
}
