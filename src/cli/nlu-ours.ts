import { classify } from '../understand/classifier/classify';
import { deserializeModel, serializeModel } from '../understand/classifier/model-file';
import { trainClassifier } from '../understand/classifier/train-classifier';
import type { Peer, TrainedPeer } from './nlu-peers';

const OURS = 'ours';

// The product trains one net on its thousand-odd examples a model; large corpora are worth more, and the printed name says so.
const LARGE_MATERIAL = 5000;
const NETS_FOR_LARGE = 3;

/** Our own classifier as it is measured: trained, stored, loaded again. */
export const ours: Peer = {
  name: OURS,
  packages: [],
  train({ examples, tuning, outOfScope }) {
    const nets = examples.length + tuning.length >= LARGE_MATERIAL ? NETS_FOR_LARGE : 1;
    const stored = serializeModel(trainClassifier(examples, { nets, tuning, outOfScope }));
    const model = deserializeModel(stored);
    const predict: TrainedPeer['predict'] = (text) => {
      const { labels, inScope } = classify(model, text, 3);
      return { label: labels[0]?.label ?? '', probability: labels[0]?.probability ?? 0, score: inScope };
    };
    return { name: `${OURS} (${nets === 1 ? 'net' : `${nets} nets`} + svm)`, predict, modelBytes: stored.length };
  },
};
