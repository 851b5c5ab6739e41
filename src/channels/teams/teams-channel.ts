import type { ClinicBook } from '../../model/clinic';
import type { ConversationStore } from '../../model/conversations';
import type { EscalationStore } from '../../model/escalation';
import type { TeamsStore } from '../../model/teams-edge';
import type { Clock } from '../../tools/clock';
import type { Log } from '../../tools/log';
import type { CardCare } from './card-care';
import { makeCardCare } from './card-care';
import type { TeamsCloud, TeamsConnection, TeamsSettings } from './connect-teams';
import { connectTeams } from './connect-teams';
import type { TeamsPlaces } from './places';
import { makePlaces } from './places';
import type { Pause } from './send-result';
import { systemPause } from './send-result';
import type { TeamsIds } from './teams-ids';
import { makeTeamsIds } from './teams-ids';

/** What the channel is made of. */
export interface TeamsParts {
  readonly settings: TeamsSettings;
  /** At least 32 bytes; our ids for people and chats are derived from it. */
  readonly secret: Buffer;
  /** Where staff open the console; null without a public address. */
  readonly publicUrl: string | null;
  readonly store: { readonly teams: TeamsStore } & Pick<EscalationStore, 'find' | 'findByPage'> & Pick<ConversationStore, 'read'>;
  readonly clinics: ClinicBook;
  readonly clock: Clock;
  readonly log: Log;
  /** Other servers than Microsoft's, for tests. */
  readonly cloud?: TeamsCloud;
  /** How retries wait. */
  readonly pause?: Pause;
}

/** The connection to Teams with all that keeps it: what is behind the door, the pushes to patients and the cards of staff. */
export interface TeamsChannel extends Omit<TeamsParts, 'settings' | 'secret' | 'cloud' | 'pause'> {
  readonly connection: TeamsConnection;
  readonly ids: TeamsIds;
  readonly places: TeamsPlaces;
  readonly care: CardCare;
  readonly pause: Pause;
  /** The escalation in the console. */
  linkTo(escalationId: string): string | null;
}

/** Opens the channel; nothing is asked of Microsoft before the first message. `care.start()` keeps cards up to date. */
export function openTeams({ settings, secret, cloud, pause = systemPause, ...parts }: TeamsParts): TeamsChannel {
  const connection = connectTeams(settings, cloud);
  const linkTo = (escalationId: string): string | null =>
    parts.publicUrl === null ? null : `${parts.publicUrl}/console/escalations/${escalationId}`;
  return {
    ...parts,
    ...{ connection, linkTo, pause },
    ids: makeTeamsIds(secret),
    places: makePlaces({ store: parts.store.teams, clock: parts.clock, connection }),
    care: makeCardCare({ ...parts, connection, linkTo }),
  };
}
