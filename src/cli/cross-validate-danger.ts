import type { Knowledge } from '../model/knowledge';
import type { DangerGuess } from '../model/understanding';
import { buildLexicon } from '../understand/build-lexicon';
import { trainClassifier } from '../understand/classifier/train-classifier';
import { createRandom } from '../understand/classifier/seeded-random';
import type { Models } from '../understand/models';
import { dangerExamples, dangerLessons, rememberDanger } from '../understand/train-models';
import { makeReader } from '../understand/understand';

const FOLDS = 5;
const SEED = 7;
const THRESHOLDS = Array.from({ length: 16 }, (_, index) => 0.2 + index * 0.05);
const CONTEXT = { now: 0, zone: 'UTC', treatedAt: null, lastQuestions: [], awaiting: null } as const;

interface Scored {
  readonly kind: string;
  readonly told: number;
  readonly asked: number;
  readonly remembered: boolean;
}

/**
 * What the statistical detector would do at each threshold to utterances of knowledge/ that it was not trained on: the table from
 * which STATISTICAL_THRESHOLD of triage was chosen. Labelled test messages have no part in it.
 */
export function crossValidateDanger(knowledge: Knowledge, models: Models): string[] {
  const lexicon = buildLexicon(knowledge);
  const random = createRandom(SEED);
  const kindOf = (kind: string, source: string): string =>
    kind !== 'everyday' ? kind : knowledge.topics.get(source)?.kind === 'sign' ? 'expected signs' : 'plain questions';
  const examples = dangerExamples(knowledge, lexicon).map((example) => ({ ...example, fold: Math.floor(random() * FOLDS) }));
  const scored: Scored[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = examples.filter((example) => example.fold !== fold);
    const { examples: lessons, tuning } = dangerLessons(others, lexicon);
    const danger = trainClassifier(lessons, { seed: SEED, parts: 'svm', tuning });
    const reader = makeReader(knowledge, { ...models, danger, memory: rememberDanger(others) }, lexicon);
    for (const example of examples.filter((candidate) => candidate.fold === fold)) {
      const { told, asked, remembered } = reader.understand(example.said, CONTEXT).danger;
      const kind = kindOf(example.kind, example.source);
      scored.push({ kind, told: most(told), asked: most(asked), remembered: remembered !== null });
    }
  }
  const kinds = [...new Set(scored.map((entry) => entry.kind))];
  const recalled = kinds.map((kind) => `${kind} ${percent(scored, kind, (entry) => entry.remembered)}`);
  return [...tableOf(scored, 'told'), '', ...tableOf(scored, 'asked'), '', `remembered: ${recalled.join(', ')}`];
}

/** Which share of each kind of message reaches each threshold by what it tells, or by what it asks. */
function tableOf(scored: readonly Scored[], part: 'told' | 'asked'): string[] {
  const kinds = [...new Set(scored.map(({ kind }) => kind))];
  const share = (kind: string, threshold: number): string => percent(scored, kind, (entry) => entry[part] >= threshold);
  return [
    [`${part} from`, ...kinds].join('\t'),
    ...THRESHOLDS.map((threshold) => [threshold.toFixed(2), ...kinds.map((kind) => share(kind, threshold))].join('\t')),
  ];
}

function percent(scored: readonly Scored[], kind: string, holds: (entry: Scored) => boolean): string {
  const own = scored.filter((entry) => entry.kind === kind);
  return `${((100 * own.filter(holds).length) / own.length).toFixed(1)} %`;
}

function most(parts: readonly DangerGuess[]): number {
  return Math.max(0, ...parts.map(({ emergency, urgent }) => emergency + urgent));
}
