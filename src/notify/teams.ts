import type { Notifier, SendResult, StaffMessage } from '../model/escalation';
import type { Deadline } from './attempt';
import { attempt } from './attempt';
import { wordMessage } from './word-notice';

/** A card for staff, before the Teams channel gives it its form. */
export interface StaffCard {
  readonly message: StaffMessage;
  readonly title: string;
  readonly text: string;
}

/** Posts a card to the person with this Entra object id, as the channel that holds the connection to Teams does it. */
export type PostCard = (card: StaffCard, signal: AbortSignal) => Promise<SendResult>;

/** Reaches staff by a card in Teams. */
export function makeTeamsNotifier(postCard: PostCard, deadline: Deadline): Notifier {
  return {
    method: 'teams',
    send(message, deadlineMs) {
      const signal = deadline(deadlineMs);
      const { title, text } = wordMessage(message);
      return attempt(signal, () => postCard({ message, title: `${title} (${message.clinic.name})`, text }, signal));
    },
  };
}
