import type { Clinic } from '../../model/clinic';

/** One clinic for each number. */
export function clinicOf(clinics: readonly Clinic[], number: string): Clinic | undefined {
  return clinics.find(({ smsNumber }) => smsNumber === number);
}
