import type { TurnContext } from 'botbuilder';
import type { StaffDesk } from '../../model/escalation';
import type { PatientTurns } from '../../model/web-edge';
import { staffOf } from './act-on-card';
import type { TeamsActivity } from './inbound-activity';
import { tenantOf } from './inbound-activity';
import type { TeamsChannel } from './teams-channel';

/** What stands behind the door of Teams. */
export interface TeamsDoors {
  readonly desk: StaffDesk;
  readonly turns: PatientTurns;
  /** Something stands in the outbox. */
  readonly wake: () => void;
  /** What a patient is told whose message could not be stored; of the first clinic without an id. */
  readonly failureText: (clinicId: string | undefined) => string;
}

/** One signed activity and what it needs to be dealt with. */
export interface Arrival {
  readonly teams: TeamsChannel;
  readonly doors: TeamsDoors;
  readonly activity: TeamsActivity;
  readonly context: TurnContext;
}

/** Whether the sender is staff of a clinic of the tenant. */
export function isStaff({ teams, activity }: Pick<Arrival, 'teams' | 'activity'>): boolean {
  const tenantId = tenantOf(activity)?.toLowerCase();
  return teams.clinics
    .all()
    .some((clinic) => (!clinic.teams || clinic.teams.tenantId.toLowerCase() === tenantId) && staffOf(clinic, activity.from.aadObjectId));
}
