import type { Knowledge } from './model/knowledge';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readClinicFiles } from './clinic-book';
import { loadKnowledge } from './guide/load-knowledge';
import type { Clinic } from './model/clinic';
import { AftercareError } from './tools/errors';
import type { Log } from './tools/log';
import type { TurnParts } from './turn/turn-parts';
import { buildLexicon } from './understand/build-lexicon';
import { loadModels } from './understand/load-models';
import type { Models } from './understand/models';
import type { Reader } from './understand/understand';
import { makeReader } from './understand/understand';

/** Everything a turn needs but the store: the knowledge, the trained reader, the clinic, the dialogs. */
export interface Minds extends Omit<TurnParts, 'store'> {
  readonly models: Models;
  /** Clinics of the installation beside the first one. */
  readonly otherClinics: readonly Clinic[];
}

/** The folder of package.json: two levels up from dist/src, one from src. */
export function findPackageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Loads knowledge and models; trains once and keeps the result in dist/model. */
export async function assembleReader(
  onTraining: (fraction: number) => void,
): Promise<{ knowledge: Knowledge; reader: Reader; models: Models }> {
  const root = findPackageRoot();
  const cache = join(root, 'dist', 'model');
  const knowledge = loadKnowledge(join(root, 'knowledge'), cache);
  const lexicon = buildLexicon(knowledge);
  const models = await loadModels(knowledge, lexicon, { folder: cache, packageRoot: root, onTraining });
  return { knowledge, reader: makeReader(knowledge, models, lexicon), models };
}

/** Puts together everything a turn needs but the store. */
export async function assembleMinds(options: {
  dialogs: TurnParts['dialogs'];
  clinicFiles?: readonly string[] | undefined;
  log: Log;
  onTraining: (fraction: number) => void;
}): Promise<Minds> {
  const { knowledge, reader, models } = await assembleReader(options.onTraining);
  const [clinic, ...otherClinics] = readClinicFiles(
    options.clinicFiles ?? [],
    join(findPackageRoot(), 'knowledge', 'clinics', 'demo.yaml'),
  );
  if (!clinic) throw new AftercareError('CLINIC_INVALID', 'Reading the clinic files failed: expected at least one.');
  const { dialogs, log } = options;
  return { knowledge, clinic, otherClinics, dialogs, log, models, understand: (text, context) => reader.understand(text, context) };
}
