import { z } from 'zod';

const id = z.string().min(1).max(2000);
const account = z.looseObject({ id, aadObjectId: z.string().max(100).nullish() });

/** An activity of Teams, checked in every field that we or the Bot Framework read before anybody has asked who sent it. */
const activitySchema = z.looseObject({
  type: z.string().min(1).max(50),
  id: id.optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id, conversationType: z.string().nullish(), tenantId: z.string().nullish() }),
  name: z.string().nullish(),
  action: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string() })).nullish(),
  channelData: z.looseObject({}).nullish(),
});
/** One such activity. */
export type TeamsActivity = z.infer<typeof activitySchema>;

const teamsData = z.object({
  tenant: z.object({ id: z.string() }).optional().catch(undefined),
  team: z.object({ id: z.string() }).optional().catch(undefined),
  channel: z.object({ id: z.string() }).optional().catch(undefined),
  eventType: z.string().optional().catch(undefined),
});

const mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }), text: z.string().min(1) });

/** The longest text of one turn, in characters (code points). */
const LONGEST_TEXT = 2000;
/** Attachments that are the message itself, or a part of the chat, and nothing that a patient added. */
const NO_FILE = /^(text\/html|messageReference|application\/vnd\.microsoft\.card\..*)$/;
const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };

/** Reads a request's body; null when it is no activity of Teams. */
export function readTeamsActivity(body: unknown): TeamsActivity | null {
  return activitySchema.safeParse(body).data ?? null;
}

/** What Teams adds to an activity; empty where it is missing or odd. */
export function teamsDataOf({ channelData }: TeamsActivity): z.infer<typeof teamsData> {
  return teamsData.safeParse(channelData ?? {}).data ?? {};
}

/** The tenant that an activity comes from; null where it does not say. */
export function tenantOf(activity: TeamsActivity): string | null {
  return activity.conversation.tenantId ?? teamsDataOf(activity).tenant?.id ?? null;
}

/** The kind of place an activity comes from; a chat that does not say is one to one. */
export function kindOf({ conversation }: TeamsActivity): 'personal' | 'groupChat' | 'channel' {
  if (conversation.conversationType === 'channel' || conversation.conversationType === 'groupChat') return conversation.conversationType;
  return 'personal';
}

/** The words of a message, without the mention of the bot, cut into pieces of at most 2,000 characters so that none is lost; at least one. */
export function textsOf(activity: TeamsActivity): string[] {
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    const read = mention.safeParse(entity);
    if (read.success && read.data.mentioned.id === activity.recipient.id) text = text.replaceAll(read.data.text, ' ');
  }
  const plain = text.replace(/&(nbsp|amp|lt|gt|quot|#39|apos);/g, (_whole, name: string) => ENTITIES[name]!);
  return cut(
    plain
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .replace(/(?![\t\n\r])\p{Cc}/gu, '')
      .trim(),
  );
}

/** How many photos or other files came along; they are counted, never fetched. */
export function filesOf({ attachments }: TeamsActivity): number {
  return (attachments ?? []).filter(({ contentType }) => !NO_FILE.test(contentType)).length;
}

/** Cuts between words where there are any. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  let rest = Array.from(text);
  while (rest.length > LONGEST_TEXT) {
    const space = rest.slice(0, LONGEST_TEXT).findLastIndex((character) => /\s/u.test(character));
    const end = space > 0 ? space : LONGEST_TEXT;
    pieces.push(rest.slice(0, end).join(''));
    rest = rest.slice(end);
  }
  return [...pieces, rest.join('').trim()];
}
