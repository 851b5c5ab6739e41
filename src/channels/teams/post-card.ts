import type { SendResult } from '../../model/escalation';
import type { PostCard, StaffCard, TeamsPlace } from '../../model/teams-edge';
import { sendToTeams } from './send-result';
import { cardMessage, escalationCard, noticeCard, shownOf, titleOf } from './staff-card';
import type { TeamsChannel } from './teams-channel';

const failed = (code: string): SendResult => ({ kind: 'failed', permanent: true, code });

/** Makes the way in which pages and notices become cards: a page can be acted on, a notice can be read. */
export function makePostCard(teams: TeamsChannel): PostCard {
  return (card, deadlineMs) =>
    sendToTeams(
      async () => {
        const { message } = card;
        const tenantId = teams.clinics.get(message.clinic.id).teams?.tenantId ?? null;
        const place = await teams.places.ofContact(message.to, tenantId);
        if (!place) return failed('bad_address');
        // a link that signs in as one person is not for everybody in a channel
        if (message.what.kind === 'notice' && message.what.notice === 'sign_in' && place.kind !== 'personal') return failed('not_private');
        return message.what.kind === 'page' ? postPage(teams, place, card, message.what.pageId) : postNotice(teams, place, card);
      },
      { deadlineMs, clock: teams.clock, pause: teams.pause },
    );
}

async function postPage(teams: TeamsChannel, place: TeamsPlace, { message }: StaffCard, pageId: string): Promise<SendResult> {
  const { store, clinics, connection, clock, log } = teams;
  const escalation = await store.findByPage(pageId);
  if (!escalation) return failed('page_unknown');
  const others = message.details['others'];
  const content = escalationCard(escalation, {
    ...{ clinic: clinics.get(escalation.clinicId), link: teams.linkTo(escalation.id) },
    ...(others === undefined ? {} : { others }),
  });
  const posted = await connection.post(place, cardMessage(content, titleOf(escalation)));
  try {
    await store.teams.saveCard({ escalationId: escalation.id, ...posted, shows: shownOf(escalation) }, clock());
  } catch (error) {
    // it stands there and can be clicked; only its later changes are not shown
    log.error({ err: error, escalation: escalation.id }, 'a card was posted in Teams but could not be stored');
  }
  return { kind: 'sent', providerId: posted.activityId, delivered: true };
}

async function postNotice({ connection }: TeamsChannel, place: TeamsPlace, { message, title, text }: StaffCard): Promise<SendResult> {
  const { activityId } = await connection.post(place, cardMessage(noticeCard({ title, text, link: message.link }), title));
  return { kind: 'sent', providerId: activityId, delivered: true };
}
