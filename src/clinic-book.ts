import { readFileSync } from 'node:fs';
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

/** The clinics of CLINIC_FILES. */
export function readClinicFiles(files: readonly string[], fallback: string): Clinic[] {
  return (files.length > 0 ? files : [fallback]).map((file) => readClinic(file));
}

/** Reads a clinic file's text for an import. */
export function readClinicText(file: string): string {
  return readFileSync(file, 'utf8');
}
