import type { Judged } from './choose-times';

const OR = /^,? (?:or|or maybe|or possibly|maybe) (?:on |the |it was )*$/;

/** "saturday or sunday, im so bad with dates": what the second of two is for, the first is for as well. */
export function shareAlternatives(text: string, judged: readonly Judged[]): readonly Judged[] {
  return judged.map((one, at) => {
    const next = judged[at + 1];
    if (one.role.is !== 'none' || next?.role.is !== 'treatment' || next.role.corrects) return one;
    const { mention } = one.setting;
    const isPair = mention.kind === next.setting.mention.kind && mention.direction !== 'future';
    return isPair && OR.test(text.slice(mention.end, next.setting.mention.start)) ? { ...one, role: next.role } : one;
  });
}
