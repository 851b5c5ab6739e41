import { careTimeline } from './guide/care-timeline';
import { fillText } from './guide/word-answer';
import type { Clinic, Knowledge } from './model/knowledge';
import type { ConversationState } from './model/turn';
import type { DangerWords, PatientPages } from './model/web-edge';
import type { Store } from './storage/open-store';
import { compileDangerWords } from './understand/compile-danger-words';

/** Compiled once for each knowledge base, when the first page asks. */
const compiled = new WeakMap<Knowledge, DangerWords>();

function dangerWordsOf(knowledge: Knowledge): DangerWords {
  const words = compiled.get(knowledge) ?? compileDangerWords(knowledge);
  compiled.set(knowledge, words);
  return words;
}

/** Why a patient gets no dates of their own: what the bot would say instead of an answer. */
function insteadOfDates({ open, minor, otherTreatment }: ConversationState): string | null {
  if (open.some(({ tier }) => tier !== 'ask_clinic')) return 'flagStillOpen';
  if (minor) return 'minor';
  return otherTreatment ? 'timelineOther' : null;
}

/** What the chat page reads beside the conversation, from knowledge/ and the store. */
export function makePatientPages({ knowledge, clinic, store }: { knowledge: Knowledge; clinic: Clinic; store: Store }): PatientPages {
  const { phrases } = knowledge.language;
  return {
    words: ({ name, phone }) => {
      const fill = (phrase: string): string =>
        fillText(phrases[phrase] ?? '', { clinic: { ...clinic, name, phone }, now: 0, treatedAt: null });
      return { footer: fill('widgetFooter'), unsentDanger: fill('widgetUnsentDanger'), photo: fill('widgetPhoto') };
    },
    dangerWords: () => dangerWordsOf(knowledge),
    timeline: async (conversationId, now) => {
      const stored = await store.load(conversationId);
      if (!stored) return null;
      const { state } = stored;
      return careTimeline(knowledge, { clinic, now, treatedAt: state.treatedAt, insteadSay: insteadOfDates(state) });
    },
    erase: (conversationId) => store.erase(conversationId),
  };
}
