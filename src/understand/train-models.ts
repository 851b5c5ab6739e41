import type { Knowledge } from '../model/knowledge';
import type { Lexicon } from './build-lexicon';
import type { ClassifierModel } from './classifier/classifier-model';
import type { DangerMemory } from './danger-memory';
import type { HeardStem } from './danger-shares';
import { learnDanger } from './danger-memory';
import { createRandom } from './classifier/seeded-random';
import { dangerTexts, heardStems } from './guess-danger';
import { matchMessage } from './match-message';
import type { Models } from './models';
import { MODEL_NAMES } from './models';
import type { MessageReader } from './read-message';
import { rewordDanger } from './reword-danger';
import { trainAside } from './train-aside';

interface Example {
  readonly text: string;
  readonly label: string;
  readonly weight?: number;
}

/** Trains the models from the utterances of knowledge/, side by side where workers can run; reports fractions from 0 to 1. */
export async function trainModels(knowledge: Knowledge, lexicon: Lexicon, onProgress: (fraction: number) => void): Promise<Models> {
  const { reader } = lexicon;
  const asRead = (examples: readonly Example[]): Example[] =>
    examples.map((example) => ({ ...example, text: plainText(reader, example.text) })).filter((example) => example.text !== '');
  const outOfScope = (knowledge.intents.get('out_of_scope')?.examples ?? []).map((text) => plainText(reader, text));
  const dangers = dangerExamples(knowledge, lexicon);
  const jobs = {
    topics: { examples: asRead([...topicExamples(knowledge), ...mentionExamples(knowledge)]), outOfScope, parts: 'both', labels: 80 },
    intents: { examples: asRead(intentExamples(knowledge)), outOfScope, parts: 'both', labels: 30 },
    danger: { ...dangerLessons(dangers, lexicon), outOfScope: [], parts: 'svm', labels: 3 },
  } as const;
  const workOf = (name: keyof typeof jobs): number => jobs[name].examples.length * (jobs[name].labels + 30);
  const total = MODEL_NAMES.reduce((sum, name) => sum + workOf(name), 0);
  const done = { topics: 0, intents: 0, danger: 0 };
  const train = async (name: keyof typeof jobs): Promise<ClassifierModel> =>
    trainAside(jobs[name], (fraction) => {
      done[name] = (fraction * workOf(name)) / total;
      onProgress(done.topics + done.intents + done.danger);
    });
  const [topics, intents, danger] = await Promise.all([train('topics'), train('intents'), train('danger')]);
  return { topics, intents, danger, memory: rememberDanger(dangers) };
}

/** A message as the classifiers read it: corrected words and numbers, without marks. */
export function plainText(reader: MessageReader, text: string): string {
  return reader
    .read(text)
    .tokens.filter((token) => token.kind !== 'mark')
    .map((token) => token.text)
    .join(' ');
}

function topicExamples(knowledge: Knowledge): Example[] {
  return [...knowledge.topics.values()].flatMap((topic) =>
    Object.values(topic.words.asks)
      .flat()
      .map((text) => ({ text, label: topic.id })),
  );
}

/** How much a bare mention counts beside a whole message. */
const MENTION_WEIGHT = 0.5;
const MOST_SPELLINGS = 6;

/** The nouns, brands and slang that name a topic, as short examples: a message that says nothing else about it is heard all the same. */
function mentionExamples(knowledge: Knowledge): Example[] {
  return [...knowledge.topics.values()].flatMap((topic) => {
    const texts = new Set(topic.words.mentions.filter((cue) => !/[{_+]/.test(cue)).flatMap(spellOutCue));
    return [...texts].map((text) => ({ text, label: topic.id, weight: MENTION_WEIGHT }));
  });
}

/** A cue as patients might write it: its alternatives taken side by side, the shorter lists beginning anew. */
function spellOutCue(cue: string): string[] {
  const places = cue
    .replace(/[="]/g, '')
    .split(' ')
    .map((place) => place.split('|'));
  const count = Math.min(MOST_SPELLINGS, Math.max(...places.map((place) => place.length)));
  return Array.from({ length: count }, (_, turn) => places.map((place) => place[turn % place.length]!).join(' '));
}

function intentExamples(knowledge: Knowledge): Example[] {
  const own = [...knowledge.intents.values()].flatMap((intent) => intent.examples.map((text) => ({ text, label: intent.id, weight: 2 })));
  const asked = [...knowledge.topics.values()].flatMap((topic) =>
    Object.entries(topic.words.asks).flatMap(([intent, texts]) => texts.map((text) => ({ text, label: intent }))),
  );
  const flagged = [...knowledge.flags.values()]
    .filter((flag) => flag.tier !== 'self_care')
    .flatMap((flag) => flag.words.says.slice(0, 20).map((text) => ({ text, label: 'report' })));
  return [...own, ...asked, ...flagged];
}

/** All small talk together weighs so much in the danger detector, however much of it there is: more would make it deaf to short cries. */
const SMALL_TALK_WEIGHT = 1300;

const LESSON_SEED = 13;
const TUNING_SHARE = 0.15;
/** What a reworded text counts beside an authored one, and how many parts of a long one are learned. */
const REWORDED_WEIGHT = 0.5;
const PARTS_LEARNED = 3;

/** A message that must page somebody, or must not, as the statistical detector reads it. */
export interface DangerExample extends Example {
  readonly label: 'emergency' | 'urgent' | 'calm';
  /** Where it comes from: danger, a disclosure or question for the clinic, a look-alike of danger, or everyday (with its topic or intent). */
  readonly kind: 'says' | 'clinic' | 'saysNot' | 'everyday';
  readonly source: string;
  readonly said: string;
  readonly stems: readonly HeardStem[];
}

/** The memory of danger messages, held against all calm ones. */
export function rememberDanger(examples: readonly DangerExample[]): DangerMemory {
  const dangers = examples.flatMap(({ stems, label }) => (label === 'calm' ? [] : [{ stems, tier: label }]));
  return learnDanger(
    dangers,
    examples.filter(({ label }) => label === 'calm').map(({ stems }) => stems),
  );
}

/**
 * What the danger detector learns from, the authored texts and reworded ones, and the authored texts on which its probabilities are
 * fitted; of these no reworded copy is learned, which would make it too sure of itself.
 */
export function dangerLessons(
  authored: readonly DangerExample[],
  lexicon: Lexicon,
): { readonly examples: readonly Example[]; readonly tuning: readonly Example[] } {
  const random = createRandom(LESSON_SEED);
  const learned: DangerExample[] = [];
  const tuning: DangerExample[] = [];
  for (const example of authored) if (example.text !== '') (random() < TUNING_SHARE ? tuning : learned).push(example);
  const reworded = rewordDanger(learned).flatMap(({ said, label, isRamble }) => {
    const texts = dangerTexts(matchMessage(lexicon, said));
    const chosen = isRamble
      ? Array.from({ length: Math.min(PARTS_LEARNED, texts.length) }, () => texts[Math.floor(random() * texts.length)]!)
      : texts.slice(0, 1);
    return chosen.map(({ text }) => ({ text, label, weight: REWORDED_WEIGHT }));
  });
  return { examples: [...learned, ...reworded], tuning };
}

/** What must page somebody against what must not; disclosures and questions for the clinic are calm. */
export function dangerExamples(knowledge: Knowledge, lexicon: Lexicon): DangerExample[] {
  const examples: DangerExample[] = [];
  const add = (said: string, example: Omit<DangerExample, 'text' | 'said' | 'stems'>): void => {
    const matched = matchMessage(lexicon, said);
    const [whole] = dangerTexts(matched);
    const stems = heardStems(matched);
    if (stems.length > 0) examples.push({ ...example, said, text: whole?.text ?? '', stems });
  };
  for (const flag of knowledge.flags.values()) {
    const label = flag.tier === 'emergency' || flag.tier === 'urgent' ? flag.tier : 'calm';
    for (const said of flag.words.says) add(said, { label, kind: label === 'calm' ? 'clinic' : 'says', source: flag.id });
    for (const said of flag.words.saysNot) add(said, { label: 'calm', kind: 'saysNot', source: flag.id, weight: 2 });
  }
  for (const { text, label } of topicExamples(knowledge)) add(text, { label: 'calm', kind: 'everyday', source: label });
  for (const said of knowledge.language.asides) add(said, { label: 'calm', kind: 'everyday', source: 'asides', weight: 2 });
  // what leans on an answer ("worse at night") says by itself neither that all is well nor that it is not
  const others = [...knowledge.intents.values()].filter(({ kind }) => kind !== 'follow_up');
  const smallTalk = others.flatMap((intent) => intent.examples.map((said) => ({ said, source: intent.id })));
  const weight = Math.min(1, SMALL_TALK_WEIGHT / smallTalk.length);
  for (const { said, source } of smallTalk) add(said, { label: 'calm', kind: 'everyday', source, weight });
  return examples;
}
