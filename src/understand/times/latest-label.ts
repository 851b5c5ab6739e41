import type { Judged } from './choose-times';
import { NONE, role } from './role';

/** "is swimming ok on (day 7)" */
const ASKED = /(?:^|\s)(?:is|are|can|could|will|would|should|when|what) (?!still)\w/;

/** "can i run on (day 5)" */
const ASKED_OF = /(?<!\w)(?:can|could|should|may|is it|ok|okay|safe)(?!\w).* on (?:the |my )?$/;

/** "day 1: red. day 2: swollen. day 3 and i look great": a diary of days tells where one is by its last. */
export function keepLatestLabel(judged: readonly Judged[]): readonly Judged[] {
  const latest = Math.max(0, ...judged.filter(isToldLabel).map(({ setting }) => setting.mention.label?.high ?? 0));
  if (judged.some(isToldLabel)) judged = judged.map(asOfLater);
  return judged.map((one) => (isToldLabel(one) && (one.setting.mention.label?.high ?? 0) < latest ? { ...one, role: NONE } : one));
}

/** "can i run on day 5? today im at day 3": the other day is asked about. */
function asOfLater(one: Judged): Judged {
  const isOther = one.setting.mention.label !== undefined && one.role.is === 'treatment' && !one.role.corrects && !isToldLabel(one);
  return isOther && ASKED_OF.test(one.setting.before) ? { ...one, role: role('sinceTreatment', 3) } : one;
}

function isToldLabel({ role, setting }: Judged): boolean {
  return (
    setting.mention.label !== undefined &&
    role.is === 'treatment' &&
    !role.corrects &&
    !setting.clause.isQuestion &&
    !ASKED.test(setting.before)
  );
}
