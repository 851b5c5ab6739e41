import type { Activity, ConversationParameters, InvokeResponse } from 'botbuilder';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  TurnContext,
} from 'botbuilder';
import type {
  AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ConnectorFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { AuthenticationConstants } from 'botframework-connector';
import type { TeamsPlace } from '../../model/teams-edge';

/** A bot registration at Microsoft. */
export interface TeamsSettings {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
}

/** Other servers than Microsoft's public ones; all settings of the Bot Framework's authentication have to be given together. */
export interface TeamsCloud {
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: ServiceClientCredentialsFactory;
  readonly issuer: string;
}

/** The only connection to Microsoft: takes what is signed, and posts into chats and channels. */
export interface TeamsConnection {
  readonly appId: string;
  readonly tenantId: string;
  /** Runs `logic` for an activity that Microsoft's channel service signed; `refused` for every other. */
  take(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined | 'refused'>;
  /** Posts into a chat, or as a new thread of a channel; returns where it stands. Throws what the connector answered. */
  post(place: TeamsPlace, message: Partial<Activity>): Promise<{ readonly place: TeamsPlace; readonly activityId: string }>;
  /** Puts another content in the place of a message that was posted. */
  update(place: TeamsPlace, activityId: string, message: Partial<Activity>): Promise<void>;
  /** Opens the one-to-one chat with a person who has the app, by the Entra object id. */
  openChat(near: Omit<TeamsPlace, 'conversationId' | 'kind'>, objectId: string): Promise<TeamsPlace>;
}

/** Connects to Microsoft's cloud, or to the one given. Nothing is asked of it before the first message. */
export function connectTeams({ appId, appPassword, tenantId }: TeamsSettings, cloud?: TeamsCloud): TeamsConnection {
  const settings = {
    ...{ MicrosoftAppId: appId, MicrosoftAppPassword: appPassword, MicrosoftAppTenantId: tenantId, MicrosoftAppType: 'SingleTenant' },
    ...cloud?.settings,
  };
  const credentials = cloud?.credentials ?? new ConfigurationServiceClientCredentialFactory(settings);
  const authentication = new Authentication(settings, credentials);
  return new Connection(authentication, {
    ...{ appId, tenantId, issuer: cloud?.issuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer },
    audience: cloud?.settings['ToChannelFromBotOAuthScope'] ?? AuthenticationConstants.ToChannelFromBotOAuthScope,
  });
}

/** What we post by ourselves is tried again by us (see send-result.ts), so that it ends with its deadline. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  override createConnectorFactory(claims: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(claims);
    return {
      async create(serviceUrl, audience) {
        const connector = await factory.create(serviceUrl, audience);
        // its own retries know of no deadline, and no setting turns them off
        connector['client'].pipeline.removePolicy({ name: 'defaultRetryPolicy' });
        return connector;
      },
    };
  }
}

/** The stock adapter; its own `process` is left aside because it answers bad tokens with 500 and prints what patients wrote. */
class Connection extends CloudAdapter implements TeamsConnection {
  readonly appId: string;
  readonly tenantId: string;
  private readonly issuer: string;
  private readonly audience: string;

  constructor(
    private readonly authentication: BotFrameworkAuthentication,
    of: { readonly appId: string; readonly tenantId: string; readonly issuer: string; readonly audience: string },
  ) {
    super(authentication);
    this.appId = of.appId;
    this.tenantId = of.tenantId;
    this.issuer = of.issuer;
    this.audience = of.audience;
  }

  async take(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined | 'refused'> {
    const signed = await this.authenticate(activity, authorization);
    return signed ? this.processActivity(signed, activity, logic) : 'refused';
  }

  /** Whatever is wrong with a token, it is refused in one way; tokens of other services for this bot are, too. */
  private async authenticate(activity: Activity, authorization: string): Promise<AuthenticateRequestResult | null> {
    try {
      const signed = await this.authentication.authenticateRequest(activity, authorization);
      return signed.claimsIdentity.getClaimValue(AuthenticationConstants.IssuerClaim) === this.issuer ? signed : null;
    } catch {
      return null;
    }
  }

  async post(place: TeamsPlace, message: Partial<Activity>): Promise<{ place: TeamsPlace; activityId: string }> {
    if (place.kind !== 'channel' || place.conversationId.includes(';messageid=')) {
      let activityId = '';
      await this.continueConversationAsync(this.appId, referenceTo(place), async (context) => {
        // past the context, which would make it an answer to a message that never was
        const whole = TurnContext.applyConversationReference({ ...message }, referenceTo(place)) as Activity;
        activityId = (await this.sendActivities(context, [whole]))[0]?.id ?? '';
      });
      return { place, activityId };
    }
    const channelData = { channel: { id: place.conversationId } };
    const id = await this.create(place, { isGroup: true, activity: message as Activity, channelData });
    return { place: { ...place, conversationId: id }, activityId: /;messageid=(.+)$/.exec(id)?.[1] ?? id };
  }

  async update(place: TeamsPlace, activityId: string, message: Partial<Activity>): Promise<void> {
    await this.continueConversationAsync(this.appId, referenceTo(place), async (context) => {
      await context.updateActivity({ ...message, id: activityId });
    });
  }

  async openChat(near: Omit<TeamsPlace, 'conversationId' | 'kind'>, objectId: string): Promise<TeamsPlace> {
    const conversationId = await this.create(near, {
      ...{ isGroup: false, members: [{ id: objectId, name: '' }] },
      ...(near.tenantId === null ? {} : { channelData: { tenant: { id: near.tenantId } } }),
    });
    return { ...near, conversationId, kind: 'personal' };
  }

  /** Creates a conversation and returns its id. */
  private async create(near: Omit<TeamsPlace, 'conversationId' | 'kind'>, parameters: Partial<ConversationParameters>): Promise<string> {
    let id = '';
    const whole = {
      ...parameters,
      bot: { id: near.botId, name: '' },
      ...(near.tenantId === null ? {} : { tenantId: near.tenantId }),
    } as ConversationParameters;
    await this.createConversationAsync(this.appId, 'msteams', near.serviceUrl, this.audience, whole, (context) => {
      id = context.activity.conversation.id;
      return Promise.resolve();
    });
    return id;
  }
}

function referenceTo({
  serviceUrl,
  conversationId,
  kind,
  tenantId,
  botId,
}: TeamsPlace): Parameters<CloudAdapter['continueConversation']>[0] {
  return {
    ...{ channelId: 'msteams', serviceUrl, bot: { id: botId, name: '' } },
    conversation: { id: conversationId, name: '', isGroup: kind !== 'personal', conversationType: kind, tenantId: tenantId ?? '' },
  };
}
