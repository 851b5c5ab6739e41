import type { LocalDays } from './local-days';
import type { Mention } from './mention';
import { resolveComing, resolvePast } from './resolve-span';

/** Whether a date or a feast day, of this year or another, is nearer in the past than ahead. */
export function liesBehind(mention: Mention, local: LocalDays): boolean {
  const past = resolvePast(mention, local);
  if (past === null) return false;
  const coming = resolveComing(mention, local);
  return coming === null || local.now - past.to < coming.from - local.now;
}
