export type { TeamsCloud } from './connect-teams';
export { mountTeams } from './mount-teams';
export { makePostCard } from './post-card';
export { makeTeamsPush } from './push-patient';
export type { TeamsPush } from './push-patient';
export type { TeamsDoors } from './arrival';
export { patientIdInTeams } from './teams-ids';
export { openTeams } from './teams-channel';
export type { TeamsChannel, TeamsParts } from './teams-channel';
