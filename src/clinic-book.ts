import type { Clinic, ClinicBook } from './model/clinic';
import type { ClinicStore } from './model/conversations';
import { readClinic } from './guide/read-clinic';
import { AftercareError } from './tools/errors';

/** The clinics of an installation: those of its files, and those that were imported. An import of the same id wins over a file. */
export interface LiveClinicBook extends ClinicBook {
  /** Reads the imports anew; what an import changed counts from then on. */
  refresh(): Promise<void>;
}

/** Makes the book from clinics that are read already and a store of imports. */
export function makeClinicBook(
  files: readonly Clinic[],
  store: Pick<ClinicStore, 'listClinics'>,
  parse: (id: string, yaml: string) => Clinic,
): LiveClinicBook {
  let clinics = new Map(files.map((clinic) => [clinic.id, clinic]));
  const versions = new Map<string, number>();
  return {
    get(clinicId) {
      const clinic = clinics.get(clinicId);
      if (!clinic)
        throw new AftercareError('NOT_FOUND', `Finding clinic "${clinicId}" failed: expected one of ${[...clinics.keys()].join(', ')}.`);
      return clinic;
    },
    all: () => [...clinics.values()],
    async refresh() {
      const next = new Map(clinics);
      for (const { id, yaml, version } of await store.listClinics()) {
        if (versions.get(id) === version) continue;
        next.set(id, parse(id, yaml));
        versions.set(id, version);
      }
      clinics = next;
    },
  };
}

/** The clinics of CLINIC_FILES; throws CLINIC_INVALID for a wrong one, and for two of one id. */
export function readClinicFiles(files: readonly string[], fallback: string): Clinic[] {
  const read = files.length > 0 ? files : [fallback];
  const clinics = read.map((file) => readClinic(file));
  const ids = clinics.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0)
    throw new AftercareError(
      'CLINIC_INVALID',
      `Reading the clinic files failed: expected an id of its own in ${read[twice]}, got "${ids[twice]}" as in ${read[ids.indexOf(ids[twice]!)]}.`,
    );
  return clinics;
}
