/** What the package is made for. */
export interface PackageFacts {
  /** MicrosoftAppId: the bot registration. */
  readonly appId: string;
  /** PUBLIC_URL: https, without a path. */
  readonly publicUrl: string;
  /** Who offers the app, at most 32 characters in Teams. */
  readonly developer: string;
  /** Where the clinic's privacy notice and terms of use stand; Microsoft asks for both. */
  readonly privacyUrl: string;
  readonly termsUrl: string;
  /** Rises with every upload. */
  readonly version: string;
}

/** The version of Microsoft's manifest schema that the package follows. */
export const SCHEMA_VERSION = '1.19';

/** The manifest of the Teams app: a bot for one-to-one chats with patients, and for cards in teams and group chats of staff. */
export function makeManifest({
  appId,
  publicUrl,
  developer,
  version,
  privacyUrl,
  termsUrl,
}: PackageFacts): Readonly<Record<string, unknown>> {
  return {
    $schema: `https://developer.microsoft.com/en-us/json-schemas/teams/v${SCHEMA_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: SCHEMA_VERSION,
    version,
    id: appId,
    developer: { name: developer, websiteUrl: publicUrl, privacyUrl, termsOfUseUrl: termsUrl },
    name: { short: 'Aftercare helper', full: 'Microneedling aftercare helper' },
    description: {
      short: 'Aftercare answers from your clinic\u2019s guide, and a way to a person',
      full:
        'An automated helper of your clinic. It answers questions after microneedling from the clinic\u2019s written aftercare guide. When something sounds ' +
        'like a danger sign it says what to do first and pages the clinic\u2019s staff, who act on cards here. It is not a person and makes no diagnosis. ' +
        'In an emergency, call 911.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0F5D63',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal'], commands: [{ title: 'human', description: 'Reach a person of the clinic' }] }],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).hostname],
  };
}
