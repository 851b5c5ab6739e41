import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { ClassifierModel } from './classifier/classifier-model';
import { deserializeModel, serializeModel } from './classifier/model-file';
import type { TrainingExample } from './classifier/train-classifier';
import { trainClassifier } from './classifier/train-classifier';

/** What one classifier is trained from. */
export interface TrainingJob {
  readonly examples: readonly TrainingExample[];
  /** Texts to fit the probabilities on; without them a part of the examples is held out. */
  readonly tuning?: readonly TrainingExample[];
  readonly outOfScope: readonly string[];
  readonly parts: 'svm' | 'both';
}

type WorkerMessage = { readonly fraction: number } | { readonly model: Uint8Array };

const SEED = 7;

/** Trains a classifier in a worker thread, so that several learn at once; uncompiled code (tests) trains in place. */
export function trainAside(job: TrainingJob, onProgress: (fraction: number) => void): Promise<ClassifierModel> {
  if (!__filename.endsWith('.js')) return Promise.resolve(train(job, onProgress));
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: job });
    worker.on('message', (message: WorkerMessage) => {
      if ('fraction' in message) onProgress(message.fraction);
      else resolve(deserializeModel(Buffer.from(message.model)));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`Training a classifier failed: its worker ended with code ${code}.`)));
  });
}

function train({ examples, tuning = [], outOfScope, parts }: TrainingJob, onProgress: (fraction: number) => void): ClassifierModel {
  return trainClassifier(examples, { seed: SEED, parts, tuning, ...(outOfScope.length > 0 ? { outOfScope } : {}), onProgress });
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const send = (message: WorkerMessage): void => port.postMessage(message);
  send({ model: serializeModel(train(workerData as TrainingJob, (fraction) => send({ fraction }))) });
}
