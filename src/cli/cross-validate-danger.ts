import type { Knowledge } from '../model/knowledge';
import { buildLexicon } from '../understand/build-lexicon';
import { listenForDanger } from '../understand/guess-danger';
import { matchMessage } from '../understand/match-message';
import { trainClassifier } from '../understand/classifier/train-classifier';
import { createRandom } from '../understand/classifier/seeded-random';
import { dangerExamples } from '../understand/train-models';

const FOLDS = 5;
const SEED = 7;
const THRESHOLDS = Array.from({ length: 16 }, (_, index) => 0.2 + index * 0.05);

interface Scored {
  readonly kind: string;
  readonly danger: number;
}

/**
 * What the statistical detector would do at each threshold to utterances of knowledge/ that it was not trained on: the table from
 * which STATISTICAL_THRESHOLD of triage was chosen. Labelled test messages have no part in it.
 */
export function crossValidateDanger(knowledge: Knowledge): string[] {
  const lexicon = buildLexicon(knowledge);
  const random = createRandom(SEED);
  const isSign = (topic: string): boolean => knowledge.topics.get(topic)?.kind === 'sign';
  const examples = dangerExamples(knowledge, lexicon).map((example) => ({ ...example, fold: Math.floor(random() * FOLDS) }));
  const scored: Scored[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainClassifier(
      examples.filter((example) => example.fold !== fold),
      { seed: SEED, parts: 'svm' },
    );
    for (const example of examples.filter((candidate) => candidate.fold === fold)) {
      const { emergency, urgent } = listenForDanger(model, lexicon, matchMessage(lexicon, example.said));
      const kind = example.kind === 'everyday' ? (isSign(example.source) ? 'expected signs' : 'plain questions') : example.kind;
      scored.push({ kind, danger: emergency + urgent });
    }
  }
  const kinds = [...new Set(scored.map(({ kind }) => kind))];
  return [
    ['from', ...kinds].join('\t'),
    ...THRESHOLDS.map((threshold) => [threshold.toFixed(2), ...kinds.map((kind) => percentFrom(scored, kind, threshold))].join('\t')),
  ];
}

function percentFrom(scored: readonly Scored[], kind: string, threshold: number): string {
  const own = scored.filter((entry) => entry.kind === kind);
  return `${((100 * own.filter(({ danger }) => danger >= threshold).length) / Math.max(1, own.length)).toFixed(1)} %`;
}
