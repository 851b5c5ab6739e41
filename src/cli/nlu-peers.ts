import type { TrainingMaterial } from './nlu-corpus';
import { requirePeer } from './peer-packages';

/** What a model under measurement says of one text; `score` grows with its certainty that the text is in scope. */
export interface Verdict {
  readonly label: string;
  readonly probability: number;
  readonly score: number;
}

/** A trained model under measurement; `modelBytes` is its stored size, `name` what is printed. */
export interface TrainedPeer {
  readonly name: string;
  readonly modelBytes: number;
  readonly predict: (text: string) => Verdict | Promise<Verdict>;
}

/** A model that can be measured: `packages` ("name@version") are what must be installed for it (none for our own). */
export interface Peer {
  readonly name: string;
  readonly packages: readonly string[];
  readonly train: (material: TrainingMaterial) => TrainedPeer | Promise<TrainedPeer>;
}

// Peers are optional and untyped: each is loaded by name at run time and described here by the few calls we make.
// As papers do, they learn the tuning examples too. None of them has a use for texts that belong to no label.

interface NaturalBayes {
  addDocument(text: string, label: string): void;
  train(): void;
  getClassifications(text: string): { label: string; value: number }[];
}

const naturalBayes: Peer = {
  name: 'natural-bayes',
  packages: ['natural@8.1.1'],
  train({ examples, tuning }) {
    // By sub-path: the package's own index reads .env and opens storage drivers.
    const Bayes = requirePeer('natural/lib/natural/classifiers/bayes_classifier') as new () => NaturalBayes;
    const bayes = new Bayes();
    for (const { text, label } of [...examples, ...tuning]) bayes.addDocument(text, label);
    bayes.train();
    const predict = (text: string): Verdict => {
      const all = bayes.getClassifications(text);
      const total = all.reduce((sum, { value }) => sum + value, 0);
      const best = all[0] ?? { label: '', value: 0 };
      const probability = total > 0 ? best.value / total : 0;
      return { label: best.label, probability, score: probability };
    };
    return { name: this.name, predict, modelBytes: Buffer.byteLength(JSON.stringify(bayes)) };
  },
};

interface NlpJsNlu {
  train(corpus: { utterance: string; intent: string }[]): Promise<unknown>;
  process(text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  toJSON(): unknown;
}

const nlpJs: Peer = {
  name: 'nlp.js',
  packages: ['@nlpjs/core@4.26.1', '@nlpjs/lang-en@4.26.1', '@nlpjs/nlu@4.27.0'],
  async train({ examples, tuning }) {
    const { containerBootstrap } = requirePeer('@nlpjs/core') as { containerBootstrap: () => Promise<{ use(part: unknown): void }> };
    const { LangEn } = requirePeer('@nlpjs/lang-en') as { LangEn: unknown };
    const { NluNeural } = requirePeer('@nlpjs/nlu') as { NluNeural: new (settings: object) => NlpJsNlu };
    const container = await containerBootstrap();
    container.use(LangEn);
    const nlu = new NluNeural({ locale: 'en', container, log: false, useNoneFeature: false });
    await nlu.train([...examples, ...tuning].map(({ text, label }) => ({ utterance: text, intent: label })));
    const predict = async (text: string): Promise<Verdict> => {
      const { classifications } = await nlu.process(text);
      const best = classifications[0] ?? { intent: '', score: 0 };
      return { label: best.intent, probability: best.score, score: best.score };
    };
    return { name: this.name, predict, modelBytes: Buffer.byteLength(JSON.stringify(nlu.toJSON())) };
  },
};

interface WinkBayes {
  definePrepTasks(tasks: ((text: string) => string[])[]): unknown;
  learn(text: string, label: string): unknown;
  consolidate(): unknown;
  computeOdds(text: string): [string, number][];
  exportJSON(): string;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

const winkBayes: Peer = {
  name: 'wink-naive-bayes',
  packages: ['wink-naive-bayes-text-classifier@2.2.1'],
  train({ examples, tuning }) {
    const bayes = (requirePeer('wink-naive-bayes-text-classifier') as () => WinkBayes)();
    bayes.definePrepTasks([words]);
    for (const { text, label } of [...examples, ...tuning]) bayes.learn(text, label);
    bayes.consolidate();
    const predict = (text: string): Verdict => {
      const [label, logOdds] = bayes.computeOdds(text)[0] ?? ['', 0];
      return { label, probability: 1 / (1 + 2 ** -logOdds), score: logOdds };
    };
    return { name: this.name, predict, modelBytes: Buffer.byteLength(bayes.exportJSON()) };
  },
};

/** The rivals that are measured side by side where they are installed. */
export const PEERS: readonly Peer[] = [naturalBayes, nlpJs, winkBayes];
