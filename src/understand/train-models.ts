import type { Knowledge } from '../model/knowledge';
import type { ClassifierModel } from './classifier/classifier-model';
import { trainAside } from './train-aside';
import type { MessageReader } from './read-message';

/** The three statistical readers of a message. */
export interface Models {
  /** Which topic a clause is about. */
  readonly topics: ClassifierModel;
  /** Which kind of question or small talk it is. */
  readonly intents: ClassifierModel;
  /** emergency, urgent or calm; works on whole messages and knows nothing of the lexical rules. */
  readonly danger: ClassifierModel;
}

/** Names of the trained classifiers, in the order in which they are trained. */
export const MODEL_NAMES = ['topics', 'intents', 'danger'] as const;

interface Example {
  readonly text: string;
  readonly label: string;
  readonly weight?: number;
}

/** Trains the models from the utterances of knowledge/, side by side where workers can run; reports fractions from 0 to 1. */
export async function trainModels(knowledge: Knowledge, reader: MessageReader, onProgress: (fraction: number) => void): Promise<Models> {
  const asRead = (examples: readonly Example[]): Example[] =>
    examples.map((example) => ({ ...example, text: plainText(reader, example.text) })).filter((example) => example.text !== '');
  const outOfScope = (knowledge.intents.get('out_of_scope')?.examples ?? []).map((text) => plainText(reader, text));
  const jobs = {
    topics: { examples: asRead(topicExamples(knowledge)), outOfScope, parts: 'both', labels: 80 },
    intents: { examples: asRead(intentExamples(knowledge)), outOfScope, parts: 'both', labels: 30 },
    danger: { examples: asRead(dangerExamples(knowledge)), outOfScope: [], parts: 'svm', labels: 3 },
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
  return { topics, intents, danger };
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

/** What must page somebody against what must not; disclosures and questions for the clinic are calm. */
function dangerExamples(knowledge: Knowledge): Example[] {
  const examples: Example[] = [];
  for (const flag of knowledge.flags.values()) {
    const label = flag.tier === 'emergency' || flag.tier === 'urgent' ? flag.tier : 'calm';
    examples.push(
      ...flag.words.says.map((text) => ({ text, label })),
      ...flag.words.saysNot.map((text) => ({ text, label: 'calm', weight: 2 })),
    );
  }
  examples.push(...topicExamples(knowledge).map(({ text }) => ({ text, label: 'calm' })));
  const smallTalk = [...knowledge.intents.values()].flatMap((intent) => intent.examples);
  const weight = Math.min(1, SMALL_TALK_WEIGHT / smallTalk.length);
  examples.push(...smallTalk.map((text) => ({ text, label: 'calm', weight })));
  return examples;
}
