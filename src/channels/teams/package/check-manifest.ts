import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import { SCHEMA_VERSION } from './manifest';

/** Every way in which a manifest breaks Microsoft's schema; empty when it breaks none. The schema lies in `folder`. */
export function findManifestFaults(manifest: unknown, folder: string): string[] {
  const schema = JSON.parse(readFileSync(join(folder, 'MicrosoftTeams.schema.json'), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true, strict: false, formats: { uri: /^https:\/\/\S+$/ } });
  const validate = ajv.compile(schema);
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `manifest${instancePath.replaceAll('/', '.')}: ${message ?? `breaks schema ${SCHEMA_VERSION}`}`,
  );
}
