import type { ConsoleDeps, TalkMessage, TalkRow } from './console/console-deps';
import type { ConversationSummary, StoredMessage } from './model/conversations';
import type { Store } from './storage/store';

const MOST_UNRESOLVED = 2000;

/** What the console reads of the store. */
export function consoleReads(
  store: Store,
): Pick<
  ConsoleDeps,
  'listUnresolved' | 'listEscalations' | 'find' | 'events' | 'transcript' | 'notes' | 'conversations' | 'reviews' | 'notUnderstood'
> {
  /** Rows about conversations, each with the clinic that may see it; those of other clinics are left out. */
  const ofClinic = async <T extends { readonly conversationId: string }>(
    rows: readonly T[],
    clinicId: string | null,
  ): Promise<(T & { clinicId: string })[]> => {
    const found = await Promise.all(rows.map(async (row) => ({ row, summary: await store.summaryOf(row.conversationId) })));
    return found.flatMap(({ row, summary }) =>
      summary && (clinicId === null || summary.clinicId === clinicId) ? [{ ...row, clinicId: summary.clinicId }] : [],
    );
  };
  return {
    listUnresolved: (clinicId) => store.listUnresolved(clinicId, MOST_UNRESOLVED),
    listEscalations: (clinicId, limit) => store.listEscalations(clinicId, limit),
    find: (id) => store.find(id),
    events: (id) => store.events(id),
    async transcript(conversationId) {
      const summary = await store.summaryOf(conversationId);
      if (!summary) return null;
      const { messages } = await store.read(conversationId, 0);
      return { ...toRow(summary), messages: messages.map(toTalk) };
    },
    notes: (conversationId) => store.readNotes(conversationId),
    conversations: async (clinicId, limit) => (await store.conversationsOf(clinicId, limit)).map(toRow),
    reviews: async (clinicId, limit) => ofClinic(await store.listReviews(limit), clinicId),
    notUnderstood: async (clinicId, limit) => ofClinic(await store.listNotUnderstood(limit), clinicId),
  };
}

function toRow({ id, clinicId, channel, createdAt, updatedAt, takenOver }: ConversationSummary): TalkRow {
  return { id, clinicId, channel, startedAt: createdAt, lastAt: updatedAt, takenOverBy: takenOver?.by ?? null };
}

function toTalk(message: StoredMessage): TalkMessage {
  const { seq, at } = message;
  if (message.direction === 'in') return { seq, at, from: 'patient', name: null, text: message.text };
  return { seq, at, from: message.author ? 'staff' : 'bot', name: message.author?.name ?? null, text: message.reply.text };
}
