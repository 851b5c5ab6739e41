import type { ConnectorCall, FakeMicrosoft } from './fake-microsoft';
import { BOT_ID, TENANT_ID } from './fake-microsoft';
import type { Answer } from './teams-door';

/** A patient or a member of staff in Teams. */
export interface TeamsPerson {
  readonly chat: string;
  readonly objectId: string;
  /** Writes to the bot, one to one; returns what came back, one message each, without typing. */
  says(text: string, more?: object): Promise<Message[]>;
  /** The same without letting the outbox run. */
  sends(text: string, more?: object): Promise<Answer>;
  installs(more?: object): Promise<Message[]>;
  /** Clicks what a card offers. */
  clicks(card: Message, title: string, inputs?: object): Promise<Answer>;
}

/** What the connector was asked to show. */
export interface Message {
  readonly path: string;
  readonly conversation: string;
  readonly text: string;
  readonly choices: readonly string[];
  readonly card: Record<string, unknown> | null;
  readonly body: Record<string, unknown>;
}

/** What people in Teams stand in. */
export interface TeamsWorld {
  readonly microsoft: FakeMicrosoft;
  /** Puts an activity through the door. */
  readonly deliver: (activity: unknown) => Promise<Answer>;
  /** Lets the outbox run. */
  readonly settle: () => Promise<void>;
  /** What Teams was asked to show since the last look, without typing. */
  readonly shown: () => Message[];
  readonly now: () => number;
}

/** Makes people by name. */
export function makeTeamsPeople({ microsoft, deliver, settle, shown, now }: TeamsWorld): (name: string, objectId?: string) => TeamsPerson {
  let count = 0;
  return (name, objectId = `bbbbbbbb-0000-4000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`) => {
    const chat = `a:chat-${name}`;
    const activity = (more: object): object => {
      count += 1;
      return {
        ...{ type: 'message', id: `${1_700_000_000_000 + count}`, channelId: 'msteams', serviceUrl: microsoft.serviceUrl },
        ...{ from: { id: `29:${name}`, name, aadObjectId: objectId }, recipient: { id: BOT_ID, name: 'Aftercare' } },
        conversation: { id: chat, conversationType: 'personal', tenantId: TENANT_ID },
        channelData: { tenant: { id: TENANT_ID } },
        timestamp: new Date(now()).toISOString(),
        ...more,
      };
    };
    const sends: TeamsPerson['sends'] = (text, more = {}) => deliver(activity({ text, textFormat: 'plain', ...more }));
    const ownOf = (messages: readonly Message[]): Message[] => messages.filter(({ conversation }) => conversation === chat);
    return {
      ...{ chat, objectId, sends },
      async says(text, more) {
        const { status } = await sends(text, more);
        if (status !== 200) throw new Error(`Expected Teams to be answered 200, got ${status}.`);
        await settle();
        return ownOf(shown());
      },
      async installs(more = {}) {
        await deliver(activity({ type: 'installationUpdate', action: 'add', ...more }));
        await deliver(activity({ type: 'conversationUpdate', membersAdded: [{ id: BOT_ID }], ...more }));
        await settle();
        return ownOf(shown());
      },
      async clicks(message, title, inputs = {}) {
        const action = findAction(message.card, title);
        if (!action) throw new Error(`Expected a card that offers "${title}"; it is ${JSON.stringify(message.card)}`);
        const place = {
          id: message.conversation,
          conversationType: message.conversation.startsWith('19:') ? 'channel' : 'personal',
          tenantId: TENANT_ID,
        };
        const value = {
          action: { type: 'Action.Execute', verb: action['verb'], data: { ...(action['data'] as object), ...inputs } },
          trigger: 'manual',
        };
        const answer = await deliver(activity({ type: 'invoke', name: 'adaptiveCard/action', conversation: place, value }));
        await settle();
        return answer;
      },
    };
  };
}

/** What the connector was asked to show, read. */
export function toMessage({ path, body }: ConnectorCall): Message {
  const created = path === '/v3/conversations' ? (body['activity'] as Record<string, unknown> | undefined) : undefined;
  const activity = created ?? body;
  const channel = (body['channelData'] as { channel?: { id: string } } | undefined)?.channel?.id;
  const attachments = (activity['attachments'] ?? []) as readonly { content?: Record<string, unknown> }[];
  const { actions = [] } = (activity['suggestedActions'] ?? {}) as { actions?: readonly { title: string }[] };
  return {
    ...{ path, body },
    conversation: /^\/v3\/conversations\/([^/]+)\//.exec(path)?.[1] ?? channel ?? '',
    text: (activity['text'] ?? '') as string,
    choices: actions.map(({ title }) => title),
    card: attachments[0]?.content ?? null,
  };
}

/** An action of a card by its title, also in the parts that a click unfolds. */
function findAction(card: Record<string, unknown> | null, title: string): Record<string, unknown> | undefined {
  for (const action of (card?.['actions'] ?? []) as readonly Record<string, unknown>[]) {
    if (action['title'] === title && action['type'] === 'Action.Execute') return action;
    const inner = findAction((action['card'] ?? null) as Record<string, unknown> | null, title);
    if (inner) return inner;
  }
  return undefined;
}
