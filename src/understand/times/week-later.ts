import type { Judged } from './choose-times';

/** "its monday again", "monday again today", "back to monday". */
const AGAIN =
  /^ ?(?:\d\w* ?|at \d\w* |now |today |already |once )*(?:again|a week (?:later|on)|one week (?:later|on)|the week after|round again)(?!\w)/;

/** A weekday told of a treatment and then as the day it is "again" lies a week back: "monday 9 am i had it. its monday again 1pm". */
export function putWeekBack(judged: readonly Judged[]): readonly Judged[] {
  const again = judged.find(({ role, setting }) => role.is === 'now' && AGAIN.test(setting.trail))?.setting.mention.day;
  if (again?.type !== 'weekday') return judged;
  return judged.map((one) => {
    const { mention } = one.setting;
    const { day } = mention;
    if (one.role.is !== 'treatment' || day?.type !== 'weekday' || day.weekday !== again.weekday || day.week !== null) return one;
    return { ...one, setting: { ...one.setting, mention: { ...mention, day: { ...day, hint: 'past' } } } };
  });
}
