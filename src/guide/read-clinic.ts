import { readFileSync } from 'node:fs';
import { IANAZone } from 'luxon';
import { parse } from 'yaml';
import type { Clinic } from '../model/clinic';
import { clinicSchema } from '../model/clinic';
import { AftercareError, reasonOf } from '../tools/errors';

/** Reads one clinic file; throws CLINIC_INVALID that names file and field. */
export function readClinic(file: string): Clinic {
  let yaml: string;
  try {
    yaml = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AftercareError(
      'CLINIC_INVALID',
      `Reading the clinic file ${file} failed (${reasonOf(error)}): expected a YAML file such as knowledge/clinics/demo.yaml.`,
    );
  }
  return parseClinic(yaml, file);
}

/** Reads the text of a clinic file; throws CLINIC_INVALID that names file and field. */
export function parseClinic(yaml: string, file: string): Clinic {
  let raw: unknown;
  try {
    raw = parse(yaml);
  } catch (error) {
    throw new AftercareError(
      'CLINIC_INVALID',
      `Reading the clinic file ${file} failed (${reasonOf(error).split('\n')[0] ?? ''}): expected a YAML file such as knowledge/clinics/demo.yaml.`,
    );
  }
  const result = clinicSchema.safeParse(raw);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
  if (result.success && !IANAZone.isValidZone(result.data.zone))
    faults.push(`zone: expected an IANA zone such as America/New_York, got "${result.data.zone}"`);
  if (!result.success || faults.length > 0)
    throw new AftercareError('CLINIC_INVALID', `Reading the clinic file ${file} failed:\n  ${faults.join('\n  ')}`);
  return result.data;
}
