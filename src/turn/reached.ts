import { answerReached } from '../escalation/life';
import type { Clinic } from '../model/clinic';
import type { Knowledge } from '../model/knowledge';
import type { Reply } from '../model/turn';
import type { Understanding } from '../model/understanding';
import { addChange } from './raise-escalation';
import type { Raised } from './raise-escalation';
import { makeNoticeWording } from './word-notice';

/** "no" to "did you reach someone?" pages again in the same commit; null when nothing was asked or the message is no answer. */
export function takeReached(
  raised: Raised,
  { answer }: Pick<Understanding, 'answer'>,
  at: { readonly clinic: Clinic; readonly now: number },
): 'yes' | 'no' | null {
  const asked = raised.open.filter(
    ({ acknowledged, course }) => acknowledged && course.reachedAskedAt !== null && course.reached !== 'yes',
  );
  if (answer === null || asked.length === 0) return null;
  for (const escalation of asked) addChange(raised, answerReached(escalation, answer, at.clinic, at.now));
  return answer;
}

/** What the patient hears besides because of an escalation, such as that nobody can be reached. */
export function toldOf({ changes }: Raised, { knowledge, clinic, now }: { knowledge: Knowledge; clinic: Clinic; now: number }): Reply[] {
  const word = makeNoticeWording(knowledge);
  return changes.flatMap(({ tell, after }) =>
    tell.map((notice) => {
      const { text, actions } = word(notice, after, { clinic, now });
      return { text, actions };
    }),
  );
}
