import type { Knowledge } from '../model/knowledge';
import type { ConversationState } from '../model/turn';
import type { Understanding } from '../model/understanding';

/** What the patient picked of a clarifying question: a topic, one of the two halves of care, or a person. */
export type Choice = { readonly is: 'topic'; readonly topic: string } | { readonly is: 'skin' | 'use' | 'person' };

const PLACES: readonly RegExp[] = [
  /^(?:the )?(?:1|1st|first|one)(?: (?:one|option|thing))?$/,
  /^(?:the )?(?:2|2nd|second|two|latter)(?: (?:one|option|thing))?$/,
  /^(?:the )?(?:3|3rd|third|three|last)(?: (?:one|option|thing))?$/,
  /^(?:the )?(?:4|4th|fourth|four)(?: (?:one|option|thing))?$/,
];
/** Longer answers are messages of their own. */
const MOST_WORDS = 5;
const SKIN = /\b(?:skin|looks?|feels?|feeling|symptoms?|appearance)\b/;
const USE = /\b(?:use|using|do|doing|allowed|products?|put on)\b/;

/**
 * Reads the answer to the clarifying question: its button, its place ("the second one", "2") or its words ("how it looks"). The texts
 * of the buttons count at any time, also typed by hand.
 */
export function readChoice(
  knowledge: Knowledge,
  { text, understanding, state }: { text: string; understanding: Understanding; state: ConversationState },
): Choice | null {
  const said = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();
  const isButton = (name: string): boolean => said === knowledge.language.phrases[name]?.toLowerCase();
  if (isButton('clarifySkin')) return { is: 'skin' };
  if (isButton('clarifyUse')) return { is: 'use' };
  if (isButton('talkToPerson')) return { is: 'person' };
  const { clarifying } = state;
  if (state.awaiting !== 'clarify' || !clarifying || said.split(/\s+/).length > MOST_WORDS) return null;
  const offered: Choice[] =
    clarifying.topics.length > 0
      ? clarifying.topics.map((topic): Choice => ({ is: 'topic', topic }))
      : [{ is: 'skin' as const }, { is: 'use' as const }];
  const place = PLACES.findIndex((pattern) => pattern.test(said));
  if (place >= 0) return [...offered, { is: 'person' as const }][place] ?? null;
  const named = clarifying.topics.find((topic) => knowledge.topics.get(topic)?.words.name.toLowerCase() === said);
  if (named !== undefined) return { is: 'topic', topic: named };
  if (clarifying.topics.length > 0 || understanding.questions.some((question) => question.source === 'named')) return null;
  if (SKIN.test(said) !== USE.test(said)) return { is: SKIN.test(said) ? 'skin' : 'use' };
  return null;
}
