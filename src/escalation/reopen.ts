import type { Person } from '../model/clinic';
import { Draft, contactsInTurn } from './change';

/** Begins a page to each person; an emergency uses all their contacts at once. */
export function pageAll(draft: Draft, people: readonly Person[], at: { readonly step: number; readonly round: number }): boolean {
  let paged = false;
  for (const person of people)
    for (const { contact, afterMs } of contactsInTurn(person))
      if (afterMs <= 0 || draft.after.tier === 'emergency') paged = draft.page(person, contact, at) || paged;
  return paged;
}

/** Begins paging anew: whoever had it is paged again, and the next person beside them. */
export function reopen(draft: Draft, why: string, actor = 'clock'): void {
  const { acknowledged, course } = draft.after;
  const holder = draft.clinic.staff.find((person) => person.id === acknowledged?.by);
  draft.note('reopened', actor, why);
  draft.set({ status: 'notified', acknowledged: null });
  draft.setCourse({
    ...{ startedAt: draft.now, step: 1, round: course.round + 1, stepAt: draft.now, passedOnBy: holder ? [holder.id] : [] },
    ...{ toldNobodyAt: null, reachedAskedAt: null, reached: null, outcomeAskedAt: null, snoozedUntil: null },
  });
  if (holder) pageAll(draft, [holder], { step: 0, round: course.round + 1 });
}
