import type { ChartStore } from '../model/charts';
import type { ClinicBook } from '../model/clinic';
import type { ConversationStore, ConversationSummary, StoredMessage } from '../model/conversations';
import type { EscalationStore } from '../model/escalation';
import type { StoredReview } from '../model/turn';
import type { ConsoleDeps, NotUnderstoodRow, TalkMessage, TalkRow } from './console-deps';

/** The parts of storage that the console reads. */
export interface StoreToRead
  extends
    Pick<EscalationStore, 'find' | 'events' | 'listUnresolved' | 'listEscalations'>,
    Pick<ConversationStore, 'summaryOf' | 'conversationsOf' | 'read' | 'readNotes'> {
  readonly charts: Pick<ChartStore, 'ofConversation'>;
  listReviews(clinicId: string | null, limit: number): Promise<readonly StoredReview[]>;
  listNotUnderstood(clinicId: string | null, limit: number): Promise<readonly NotUnderstoodRow[]>;
}

/** More than ever wait at once; the list must not hide one. */
const MOST_WAITING = 10_000;

/** What the console reads, from storage. A row of a clinic that is no longer served is left out. */
export function readStore(
  store: StoreToRead,
  clinics: ClinicBook,
): Pick<
  ConsoleDeps,
  | 'listUnresolved'
  | 'listEscalations'
  | 'find'
  | 'events'
  | 'transcript'
  | 'chart'
  | 'notes'
  | 'conversations'
  | 'reviews'
  | 'notUnderstood'
> {
  const isServed = ({ clinicId }: { readonly clinicId: string }): boolean => clinics.all().some(({ id }) => id === clinicId);
  return {
    listUnresolved: async (clinicId) => (await store.listUnresolved(clinicId, MOST_WAITING)).filter(isServed),
    listEscalations: async (clinicId, limit) => (await store.listEscalations(clinicId, limit)).filter(isServed),
    async find(id) {
      const escalation = await store.find(id);
      return escalation && isServed(escalation) ? escalation : null;
    },
    events: (id) => store.events(id),
    async transcript(conversationId) {
      const summary = await store.summaryOf(conversationId);
      if (!summary || !isServed(summary)) return null;
      const { messages } = await store.read(conversationId, 0);
      return { ...toRow(summary), messages: messages.flatMap(toMessage) };
    },
    chart: (conversationId) => store.charts.ofConversation(conversationId),
    notes: (conversationId) => store.readNotes(conversationId),
    conversations: async (clinicId, limit) => (await store.conversationsOf(clinicId, limit)).filter(isServed).map(toRow),
    reviews: async (clinicId, limit) => (await store.listReviews(clinicId, limit)).filter(isServed),
    notUnderstood: async (clinicId, limit) => (await store.listNotUnderstood(clinicId, limit)).filter(isServed),
  };
}

function toRow({ id, clinicId, channel, createdAt, updatedAt, takenOver }: ConversationSummary): TalkRow {
  return { id, clinicId, channel, startedAt: createdAt, lastAt: updatedAt, takenOverBy: takenOver?.by ?? null };
}

/** The turn that opened a chat has no words of anybody. */
function toMessage(message: StoredMessage): TalkMessage[] {
  const { seq, at } = message;
  if (message.direction === 'out') {
    const { author, reply } = message;
    return [{ seq, at, from: author ? 'staff' : 'bot', name: author?.name ?? null, text: reply.text }];
  }
  if (message.text !== '') return [{ seq, at, from: 'patient', name: null, text: message.text }];
  return seq === 1 ? [] : [{ seq, at, from: 'patient', name: null, text: '(A photo or file without words. Files are not kept.)' }];
}
