import { careTimeline } from './guide/care-timeline';
import { fillText } from './guide/word-answer';
import type { ClinicBook } from './model/clinic';
import type { Knowledge } from './model/knowledge';
import type { StoredConversation } from './model/turn';
import type { DangerWords, PatientPages } from './model/web-edge';
import type { Store } from './storage/store';
import { compileDangerWords } from './understand/compile-danger-words';

/** Compiled once for each knowledge base, when the first page asks. */
const compiled = new WeakMap<Knowledge, DangerWords>();

function dangerWordsOf(knowledge: Knowledge): DangerWords {
  const words = compiled.get(knowledge) ?? compileDangerWords(knowledge);
  compiled.set(knowledge, words);
  return words;
}

/** Why a patient gets no dates of their own: what the bot would say instead of an answer. */
function insteadOfDates({ open, state: { minor, otherTreatment } }: StoredConversation): string | null {
  if (open.some(({ tier }) => tier !== 'ask_clinic')) return 'flagStillOpen';
  if (minor) return 'minor';
  return otherTreatment ? 'timelineOther' : null;
}

/** What the chat page reads beside the conversation, from knowledge/ and the store. */
export function makePatientPages({ knowledge, clinics, store }: { knowledge: Knowledge; clinics: ClinicBook; store: Store }): PatientPages {
  const { phrases } = knowledge.language;
  const [first] = clinics.all();
  if (!first) throw new Error('Wording the chat page failed: expected a clinic.');
  return {
    words: ({ name, phone }) => {
      const fill = (phrase: string): string =>
        fillText(phrases[phrase] ?? '', { clinic: { ...first, name, phone }, now: 0, treatedAt: null });
      return { footer: fill('widgetFooter'), unsentDanger: fill('widgetUnsentDanger'), photo: fill('widgetPhoto') };
    },
    dangerWords: () => dangerWordsOf(knowledge),
    timeline: async (conversationId, now) => {
      const stored = await store.load(conversationId);
      if (!stored) return null;
      const summary = await store.summaryOf(conversationId);
      if (!summary) return null;
      const clinic = clinics.get(summary.clinicId);
      return careTimeline(knowledge, { clinic, now, treatedAt: stored.state.treatedAt, insteadSay: insteadOfDates(stored) });
    },
    erase: (conversationId) => store.erase(conversationId),
  };
}
