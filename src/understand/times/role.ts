import type { Clause, Setting } from './clauses';
import type { Mention } from './mention';
import type { NearNow } from './near-now';
import { ASKING, TREATMENT_AFTER, TREATMENT_BEFORE } from './cues';

/**
 * What a time is for: `treatment` done, `coming` a treatment ahead, `asked` the moment a question is about, `sinceTreatment` a moment counted
 * from the treatment, `now` the time it is, `none` anything else. `weight` tells how clearly: 4 named, 3 how far along, 2 bare, 1 just now.
 */
export interface Role {
  readonly is: 'treatment' | 'coming' | 'asked' | 'sinceTreatment' | 'now' | 'none';
  readonly weight: number;
  readonly corrects: boolean;
}

/** What is known beyond the clause. */
export interface RoleContext {
  readonly clauses: readonly Clause[];
  readonly awaitsTime: boolean;
  readonly knowsTreatment: boolean;
  /** Whether a date is nearer in the past than ahead. */
  readonly liesBehind: (mention: Mention) => boolean;
  /** How a told day and hour stand to the present. */
  readonly nearNow: (mention: Mention) => NearNow;
  /** A correction is about the moment asked, unless its words speak of something done. */
  readonly correctsAsked: boolean;
  /** The role of the time before this one, that a correction or an "or" takes over. */
  readonly previous: Role | null;
}

/** A role in short. */
export const role = (is: Role['is'], weight: number, corrects = false): Role => ({ is, weight, corrects });
/** A time that is for nothing here. */
export const NONE = role('none', 0);

/** Whether the clause asks or plans. */
export function isAsked({ clause, around }: Setting): boolean {
  return clause.isQuestion || ASKING.test(around);
}

/** What may follow a time told after a comma: "microneedling, (tuesday) with kim"; not "microneedling, (today) my skin is dry". */
const AFTER_COMMA = /^ ?(?:$|[,.;!?)-]|(?:at|around|and|so|with|by|in the|for|sometime|here|i think|i believe|actually)(?!\w))/;
const ASKS_NEXT = /^ ?(?:can|could|may|should|will|is it|am i|do i) /;

/** Whether the treatment is named right beside the time. */
export function isNearTreatment({ before, after, lead, trail, mention, clause }: Setting): boolean {
  const startsClause = mention.start <= clause.start + 1;
  return (
    TREATMENT_BEFORE.test(before) ||
    TREATMENT_AFTER.test(mention.end > clause.end ? trail : after) ||
    (startsClause &&
      AFTER_COMMA.test(after) &&
      !ASKS_NEXT.test(trail) &&
      /,\s*$/.test(lead) &&
      TREATMENT_BEFORE.test(lead.replace(/,\s*$/, ' ')))
  );
}

/** Whether the words tell of an earlier visit than the last one. */
export function isPreviousVisit(before: string): boolean {
  return /\b(?:first one|1st one|previous|first session|last time|first treatment)\b/.test(before);
}
