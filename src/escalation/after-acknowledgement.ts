import type { Escalation } from '../model/escalation';
import { Draft, nameOf } from './change';
import { nextChangeAfter, whoIsOnCall } from './on-call';
import { earliest } from './earliest';
import { reopen } from './reopen';

/** After a human has acknowledged: ask the patient whether they reached someone, ask for the outcome, and page again without one. */
export function minutesAfterAcknowledgement(draft: Draft): void {
  const { clocks } = draft.clinic;
  const { acknowledged, course } = draft.after;
  if (!acknowledged) return;
  const { now } = draft;
  const askReachedAt = acknowledged.at + clocks.askReached;
  if (course.reachedAskedAt === null && askReachedAt <= now) {
    draft.setCourse({ reachedAskedAt: now });
    draft.tellPatient(`reached-${course.round}`, 'askReached');
  }
  const { reachedAskedAt, reached } = draft.after.course;
  const silentAt = reachedAskedAt !== null && reached === null ? reachedAskedAt + clocks.reachedSilence : null;
  if (silentAt !== null && silentAt <= now) {
    draft.setCourse({ reached: 'silent' });
    draft.note('reached', 'clock', 'silent');
    draft.notify(acknowledged.by, 'patient_silent', { key: `${draft.after.id}-${course.round}` });
  }
  const handOffAt = sayHandOff(draft, acknowledged);
  const askOutcomeAt = Math.max(acknowledged.at + clocks.askOutcome, course.snoozedUntil ?? 0);
  if (course.outcomeAskedAt === null && askOutcomeAt <= now) {
    draft.setCourse({ outcomeAskedAt: now });
    draft.note('outcome_asked', 'clock', acknowledged.by);
    draft.notify(acknowledged.by, 'outcome', { key: `${draft.after.id}-${course.round}` });
  }
  const againAt = acknowledged.at + clocks.outcomeAgain;
  if (againAt <= now) {
    reopen(draft, 'no outcome');
    return;
  }
  draft.set({
    nextAt: earliest(
      handOffAt,
      draft.after.course.reachedAskedAt === null ? askReachedAt : null,
      draft.after.course.reached === null && silentAt !== null && silentAt > now ? silentAt : null,
      draft.after.course.reachedAskedAt === now ? now + clocks.reachedSilence : null,
      draft.after.course.outcomeAskedAt === null ? askOutcomeAt : null,
      againAt,
    ),
  });
}

/** When the duty changes and whoever holds an open escalation is off duty, those who come on hear of it. Returns when the duty changes next. */
function sayHandOff(draft: Draft, { by, at }: NonNullable<Escalation['acknowledged']>): number | null {
  const { clinic, now } = draft;
  const { course } = draft.after;
  if (course.handOffSaidAt != null && course.handOffSaidAt >= at) return null;
  const changeAt = nextChangeAfter(clinic, at);
  if (changeAt === null || changeAt > now) return changeAt;
  const onDuty = whoIsOnCall(clinic, now).flatMap(({ people }) => people);
  draft.setCourse({ handOffSaidAt: now });
  if (onDuty.some(({ id }) => id === by)) return null;
  for (const { id } of onDuty.slice(0, 1))
    draft.notify(id, 'duty_changed', { key: `${draft.after.id}-${course.round}`, details: { who: nameOf(clinic, by) } });
  return null;
}
