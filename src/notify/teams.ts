import type { Notifier } from '../model/escalation';
import type { PostCard } from '../model/teams-edge';
import type { Deadline } from './attempt';
import { attempt } from './attempt';
import { wordMessage } from './word-notice';

export type { PostCard, StaffCard } from '../model/teams-edge';

/** Reaches staff by a card in Teams. */
export function makeTeamsNotifier(postCard: PostCard, deadline: Deadline): Notifier {
  return {
    method: 'teams',
    send(message, deadlineMs) {
      const { title, text } = wordMessage(message);
      return attempt(deadline(deadlineMs), () => postCard({ message, title: `${title} (${message.clinic.name})`, text }, deadlineMs));
    },
  };
}
