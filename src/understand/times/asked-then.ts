import type { TimeSpan } from '../../model/words';
import type { LocalDays } from './local-days';
import type { Mention } from './mention';
import { resolveAsked } from './resolve-span';

const THEN = /(?<!\w)(?:then|that day) *(?:\?|$)/;

/** "on saturday it will be two weeks since my treatment, retinol then?": the day on which the time is full, by the times told of the treatment. */
export function askedThen(text: string, told: readonly Mention[], local: LocalDays): TimeSpan | null {
  if (!THEN.test(text)) return null;
  for (const mention of told) {
    const { day } = mention;
    if (day?.type === 'shifted' && day.baseTense === 'future')
      return resolveAsked({ ...mention, kind: 'calendar', day: day.base, direction: 'future' }, local);
  }
  return null;
}
