import type { ConversationLog, EraseOutcome, PatientLinks, PatientTurns, WebActivity, WebTurnInput } from '../../../src/model/web-edge';

/** No clinic has given anybody a personal link. */
export const noLinks: PatientLinks = {
  redeem: () => Promise.resolve({ kind: 'unknown' }),
  isKnown: () => Promise.resolve(false),
};

/** A house in memory behind the web channel: it repeats what it hears, and knows three special messages. */
export interface EchoHouse {
  readonly turns: PatientTurns;
  readonly log: ConversationLog;
  /** Every input that reached a turn and was new. */
  readonly taken: readonly WebTurnInput[];
  /** Makes the next turns fail, as a full disk would. */
  failTurns(fails: boolean): void;
  /** Forgets a conversation, as the retention job does. */
  purge(conversationId: string): void;
  /** Destroys a conversation as a patient wishes; one whose last words were an emergency is kept. */
  erase(conversationId: string): EraseOutcome;
  /** Adds what nobody asked for: a nurse's answer, news of an escalation. */
  push(conversationId: string, activity: Partial<WebActivity>): void;
  /** Everything said in a conversation, in order. */
  texts(conversationId: string): string[];
  /** Every conversation that was opened, oldest first. */
  readonly opened: readonly string[];
}

type Reply = Pick<WebActivity, 'text' | 'suggestedActions' | 'channelData'>;

const phone = '(555) 010-0199';

function aftercare(disposition: string): { channelData: Record<string, unknown> } {
  return { channelData: { aftercare: { topics: [], disposition, citations: [] } } };
}

function replyTo(input: WebTurnInput): Reply {
  if (isStart(input)) {
    return {
      text: `Hi, I am the automated aftercare helper of Glow Clinic, not a person. You can call ${phone} any time. What would you like to know?`,
      ...aftercare('none'),
    };
  }
  if (input.attachments > 0)
    return { text: "I got your photo, but I can't look at photos. Tell me in words what you see and feel.", ...aftercare('none') };
  if (/throat/i.test(input.text)) {
    return {
      text: `Call 911 now. This can be an emergency. Do not wait for a reply here.\nI'm alerting Glow Clinic too: ${phone}.`,
      ...aftercare('emergency'),
    };
  }
  if (/oozing/i.test(input.text)) {
    return {
      text: `Yellow and oozing needs a person to look at it. I've sent this to the on-call team. Call ${phone} now.`,
      ...aftercare('urgent'),
    };
  }
  if (/choices/i.test(input.text)) {
    const titles = ['This morning', 'Around noon', 'After 3 pm', 'Yesterday evening, quite late', 'I do not remember'];
    const actions = titles.map((title) => ({ type: 'imBack' as const, title, value: title }));
    const call = { type: 'openUrl' as const, title: 'Call the clinic', value: 'tel:5550100199' };
    const bad = { type: 'openUrl' as const, title: 'Bad link', value: 'javascript:alert(1)' };
    return { text: 'What time did you finish?', suggestedActions: { actions: [...actions, call, bad] }, ...aftercare('self_care') };
  }
  return { text: `You said: ${input.text}`, ...aftercare('none') };
}

function isStart(input: WebTurnInput): boolean {
  return input.echo === null;
}

/** Makes an echo house with the semantics of the real one: one commit a turn, the same message id twice is one turn. */
export function createEchoHouse(): EchoHouse {
  const conversations = new Map<string, { activities: WebActivity[]; seen: Set<string> }>();
  const listeners = new Set<(conversationId: string) => void>();
  const taken: WebTurnInput[] = [];
  let failing = false;
  let pushed = 0;

  const append = (conversationId: string, added: readonly WebActivity[]): void => {
    conversations.get(conversationId)?.activities.push(...added);
    for (const listener of listeners) listener(conversationId);
  };
  const botActivity = (conversationId: string, id: string, at: number, reply: Reply): WebActivity => ({
    type: 'message',
    id,
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversationId },
    from: { id: 'aftercare-bot', role: 'bot', name: 'Glow Clinic helper' },
    ...reply,
  });

  return {
    taken,
    failTurns: (fails) => (failing = fails),
    purge: (conversationId) => void conversations.delete(conversationId),
    erase: (conversationId) => {
      const conversation = conversations.get(conversationId);
      const last = conversation?.activities.at(-1)?.channelData?.['aftercare'] as { disposition?: string } | undefined;
      if (last?.disposition === 'emergency') return 'urgent_open';
      conversations.delete(conversationId);
      return 'erased';
    },
    push: (conversationId, activity) => {
      pushed += 1;
      append(conversationId, [{ ...botActivity(conversationId, `pushed_${pushed}`, Date.now(), {}), ...activity }]);
    },
    texts: (conversationId) => conversations.get(conversationId)?.activities.map(({ text }) => text ?? '') ?? [],
    get opened() {
      return [...conversations.keys()];
    },
    turns: {
      take: async (input) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (failing) throw new Error('disk full');
        const conversation = conversations.get(input.conversationId);
        if (conversation === undefined) throw new Error('no such conversation');
        if (conversation.seen.has(input.messageId)) return { accepted: false };
        conversation.seen.add(input.messageId);
        taken.push(input);
        const reply = botActivity(input.conversationId, `reply_${input.messageId}`, input.at, replyTo(input));
        append(input.conversationId, input.echo === null ? [reply] : [input.echo, { ...reply, replyToId: input.messageId }]);
        return { accepted: true };
      },
    },
    log: {
      open: async ({ conversationId }) => {
        if (conversations.has(conversationId)) return { created: false };
        conversations.set(conversationId, { activities: [], seen: new Set() });
        return { created: true };
      },
      exists: async (conversationId) => conversations.has(conversationId),
      read: async (conversationId, after) => {
        const activities = conversations.get(conversationId)?.activities ?? [];
        return { activities: activities.slice(after), watermark: activities.length };
      },
      onAppend: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
