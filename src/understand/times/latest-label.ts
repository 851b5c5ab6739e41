import type { Judged } from './choose-times';
import { NONE } from './role';

/** "is swimming ok on (day 7)" */
const ASKED = /(?:^|\s)(?:is|are|can|could|will|would|should|when|what) (?!still)\w/;

/** "day 1: red. day 2: swollen. day 3 and i look great": a diary of days tells where one is by its last. */
export function keepLatestLabel(judged: readonly Judged[]): readonly Judged[] {
  const latest = Math.max(0, ...judged.filter(isToldLabel).map(({ setting }) => setting.mention.label?.high ?? 0));
  return judged.map((one) => (isToldLabel(one) && (one.setting.mention.label?.high ?? 0) < latest ? { ...one, role: NONE } : one));
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
