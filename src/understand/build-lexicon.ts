import type { Knowledge, Topic } from '../model/knowledge';
import type { CueSet } from './cues';
import { compileCues } from './compile-cues';
import type { ForeignWords } from './find-foreign';
import { compileForeign } from './find-foreign';
import type { ContextCues } from './assertion/context-cues';
import { compileContext } from './assertion/context-cues';
import type { MessageReader } from './read-message';
import { makeMessageReader } from './read-message';
import { makeSpeller } from './spelling';
import type { Token } from './tokens';
import { splitPieces, stemOf } from './tokens';

/** Everything the words of knowledge/ compile to: built once at start, read-only afterwards. */
export interface Lexicon {
  readonly reader: MessageReader;
  readonly classes: CueSet;
  readonly topics: CueSet;
  /** Topics that are things one does or uses, and no signs. */
  readonly matters: ReadonlySet<string>;
  readonly variants: CueSet;
  /** The place of each "topic/variant" in the order of declaration, which decides between several. */
  readonly variantOrder: ReadonlyMap<string, number>;
  /** Topics that patients feel or see on their skin. */
  readonly signTopics: ReadonlySet<string>;
  readonly signs: CueSet;
  readonly modifiers: CueSet;
  readonly treatments: CueSet;
  readonly acts: CueSet;
  readonly context: ContextCues;
  readonly foreign: ForeignWords;
  /** Words that say nothing by themselves: "thing", "stuff", "again". */
  readonly vague: ReadonlySet<string>;
}

/** Compiles the words of a knowledge base. Owners are "topic", "topic/variant", "flag/sign", "intent/list" and modifier ids. */
export function buildLexicon(knowledge: Knowledge): Lexicon {
  const { language } = knowledge;
  const speller = makeSpeller(vocabularyOf(knowledge), {
    small: new Set([...language.light, ...language.vague]),
    danger: dangerWordsOf(knowledge),
  });
  const reader = makeMessageReader(language, speller);
  const prepared = new Map<string, readonly Token[]>();
  const prepare = (words: string): readonly Token[] => {
    const tokens = prepared.get(words) ?? reader.words(words);
    prepared.set(words, tokens);
    return tokens;
  };
  const keys = new Map<string, number>();
  const light = new Set(language.light.map((word) => stemOf(word.replace(/[='"]/g, ''))));
  const compile = (groups: Iterable<readonly [string, readonly string[]]>): CueSet =>
    compileCues(
      [...groups].flatMap(([owner, cues]) => cues.map((cue) => [owner, cue] as const)),
      { prepare, isLight: (stem) => light.has(stem), keys },
    );
  const topics = [...knowledge.topics.values()];
  const flags = [...knowledge.flags.values()];
  return {
    reader,
    classes: compile(Object.entries(language.classes)),
    topics: compile(topics.map((topic) => [topic.id, topic.words.mentions] as const)),
    matters: mattersOf(knowledge),
    variants: compile(
      topics.flatMap((topic) =>
        Object.entries(topic.words.variants ?? {}).map(([variant, cues]) => [`${topic.id}/${variant}`, cues] as const),
      ),
    ),
    signTopics: new Set(topics.filter((topic) => topic.kind === 'sign').map((topic) => topic.id)),
    variantOrder: new Map(topics.flatMap((topic) => (topic.variants ?? []).map(({ id }, at) => [`${topic.id}/${id}`, at] as const))),
    signs: compile(flags.flatMap((flag) => Object.entries(flag.words.signs).map(([sign, cues]) => [`${flag.id}/${sign}`, cues] as const))),
    modifiers: compile([...knowledge.modifiers.values()].map((modifier) => [modifier.id, modifier.words ?? []] as const)),
    treatments: compile([['treatment', knowledge.treatment.names] as const]),
    acts: compile(
      [...knowledge.intents.values()].flatMap((intent) =>
        Object.entries(intent.cues ?? {}).map(([list, cues]) => [`${intent.id}/${list}`, cues] as const),
      ),
    ),
    context: compileContext(language, { prepare, keys }),
    foreign: compileForeign(language),
    vague: new Set(language.vague),
  };
}

/** What is asked about is a matter unless a flag takes it for a sign: sunscreen, swimming; not itching. */
function mattersOf({ topics, flags }: Knowledge): Set<string> {
  const signs = new Set([...flags.values()].filter(({ verdict }) => verdict === 'watch').flatMap((flag) => flag.topics));
  const isMatter = ({ id, kind }: Topic): boolean => kind === 'permission' || kind === 'care' || (kind === 'silent' && !signs.has(id));
  return new Set([...topics.values()].filter(isMatter).map(({ id }) => id));
}

/** The words of the danger signs. */
function dangerWordsOf({ flags }: Knowledge): Set<string> {
  const paging = [...flags.values()].filter(({ tier }) => tier === 'emergency' || tier === 'urgent');
  const cues = paging.flatMap(({ words }) => Object.values(words.signs).flat());
  return new Set(cues.flatMap((cue) => splitPieces(cueText(cue).toLowerCase())));
}

/** A cue without its classes, gaps and signs. */
function cueText(cue: string): string {
  return cue.replace(/\{\w+\}/g, ' ').replace(/[|=_+"]/g, ' ');
}

/** How often each word stands in knowledge/: the words a typo may have meant. Words of example messages count only when they repeat. */
function vocabularyOf(knowledge: Knowledge): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const piece of splitPieces(text.toLowerCase()))
      if (/^\p{L}{3,}$/u.test(piece)) counts.set(piece, (counts.get(piece) ?? 0) + weight);
  };
  const sure = new Set<string>();
  const addCue = (cue: string): void => {
    add(cueText(cue), 3);
    for (const piece of splitPieces(cueText(cue).toLowerCase())) sure.add(piece);
  };
  const { language } = knowledge;
  for (const cue of Object.values(language.classes).flat()) addCue(cue);
  for (const long of Object.values(language.shorthand)) addCue(long);
  for (const list of [
    language.context.pseudo,
    ...Object.values(language.context).flatMap((part) => (Array.isArray(part) ? [part] : Object.values(part))),
  ])
    list.forEach(addCue);
  // words of other languages are known, so that they stay as they are, but no English typo is meant to be one
  const foreign = Object.values(language.foreign).flatMap((words) => [
    ...words.urgent,
    ...words.emergency,
    ...words.common,
    ...Object.values(words.context ?? {}).flatMap((part) => (Array.isArray(part) ? part : Object.values(part).flat())),
  ]);
  for (const topic of knowledge.topics.values()) {
    [...topic.words.mentions, ...Object.values(topic.words.variants ?? {}).flat()].forEach(addCue);
    Object.values(topic.words.asks)
      .flat()
      .forEach((ask) => add(ask, 1));
  }
  for (const flag of knowledge.flags.values()) {
    Object.values(flag.words.signs).flat().forEach(addCue);
    flag.words.says.forEach((says) => add(says, 1));
  }
  for (const modifier of knowledge.modifiers.values()) (modifier.words ?? []).forEach(addCue);
  for (const intent of knowledge.intents.values())
    Object.values(intent.cues ?? {})
      .flat()
      .forEach(addCue);
  for (const intent of knowledge.intents.values()) if (intent.kind === 'question') intent.examples.forEach((example) => add(example, 1));
  for (const [word, count] of counts) if (!sure.has(word) && count < 4) counts.delete(word);
  for (const piece of foreign.flatMap((words) => splitPieces(words.toLowerCase()))) if (!counts.has(piece)) counts.set(piece, 0);
  return counts;
}
