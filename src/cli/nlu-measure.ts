import type { Corpus, LabelledText } from './nlu-corpus';
import { computeFigures, percentile, type Figures, type Judgement } from './nlu-figures';
import type { Peer, TrainedPeer } from './nlu-peers';

/** One model on one test set: quality, CPU seconds of training, milliseconds a prediction (the fastest of three passes), size, memory of the process. */
export interface Measurement extends Figures {
  readonly model: string;
  readonly set: string;
  readonly trainCpuS: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly modelKb: number;
  readonly rssMb: number;
}

interface Tally {
  readonly judgements: Judgement[];
  readonly timesMs: number[];
}

// So many predictions before the clock counts, for the compiler to have seen the code.
const WARM_UP_FIRST = 1000;
const WARM_UP_LATER = 50;
const PASSES = 3;

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** Goes through the texts several times and keeps the fastest answer to each: that is the model's time, not the machine's other work. */
async function judge(trained: TrainedPeer, texts: readonly LabelledText[], tally: Tally, oosLabel: string | undefined): Promise<void> {
  const fastestMs = new Float64Array(texts.length).fill(Infinity);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const [place, { text, label }] of texts.entries()) {
      const before = performance.now();
      const answer = trained.predict(text);
      const verdict = answer instanceof Promise ? await answer : answer;
      fastestMs[place] = Math.min(fastestMs[place]!, performance.now() - before);
      if (pass > 0) continue;
      const { label: predicted, probability, score } = verdict;
      tally.judgements.push({ isInScope: label !== oosLabel, label, predicted, probability, score });
    }
  }
  for (const timeMs of fastestMs) tally.timesMs.push(timeMs);
}

/** Trains a model on a corpus and measures it on every test set; the folds of a cross-validation count as one set, their training times as a mean. */
export async function measure(peer: Peer, { rounds, oosLabel }: Corpus): Promise<Measurement[]> {
  const tallies = new Map<string, Tally>();
  let name = peer.name;
  let trainCpuS = 0;
  let modelBytes = 0;
  for (const [place, { material, tests }] of rounds.entries()) {
    const started = process.cpuUsage();
    const trained = await peer.train(material);
    trainCpuS += cpuSeconds(started) / rounds.length;
    ({ name, modelBytes } = trained);
    const known = material.examples;
    const warmUp = place === 0 ? WARM_UP_FIRST : WARM_UP_LATER;
    for (let turn = 0; turn < warmUp; turn++) await trained.predict(known[turn % known.length]!.text);
    for (const { set, texts } of tests) {
      const tally = tallies.get(set) ?? { judgements: [], timesMs: [] };
      tallies.set(set, tally);
      await judge(trained, texts, tally, oosLabel);
    }
  }
  return [...tallies].map(([set, { judgements, timesMs }]) => ({
    model: name,
    set,
    ...computeFigures(judgements),
    trainCpuS,
    p50Ms: percentile(timesMs, 0.5),
    p99Ms: percentile(timesMs, 0.99),
    modelKb: modelBytes / 1024,
    rssMb: process.memoryUsage().rss / 1048576,
  }));
}
