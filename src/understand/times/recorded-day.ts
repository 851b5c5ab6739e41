import { DateTime } from 'luxon';
import type { TimeSpan } from '../../model/words';
import type { LocalDays } from './local-days';
import type { Mention } from './mention';

interface Recorded {
  readonly treatedAt: TimeSpan | null;
  readonly awaitsTime: boolean;
}

const DAY = 24 * 3_600_000;

/** "it was at 3, not 1" corrects the hour of the day that is recorded. */
export function onRecordedDay(mention: Mention, local: LocalDays, { treatedAt, awaitsTime }: Recorded): Mention {
  if (treatedAt === null || awaitsTime || treatedAt.to - treatedAt.from > DAY) return mention;
  if (mention.kind !== 'calendar' || mention.day !== undefined || (mention.clock ?? mention.part) === undefined) return mention;
  const { year, month, day } = DateTime.fromMillis(treatedAt.to, { zone: local.today.zone });
  return { ...mention, day: { type: 'date', year, month, day } };
}
