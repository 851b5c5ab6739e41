import { AftercareError } from '../../../tools/errors';
import { findManifestFaults } from './check-manifest';
import { makeIcons } from './icons';
import type { PackageFacts } from './manifest';
import { makeManifest } from './manifest';
import { makeZip } from './zip';

/** The archive that is uploaded to Teams; throws USAGE with every fault when its manifest breaks Microsoft's schema in `schemaFolder`. */
export function makePackage(facts: PackageFacts, schemaFolder: string): Buffer {
  const manifest = makeManifest(facts);
  const faults = findManifestFaults(manifest, schemaFolder);
  if (faults.length > 0) throw new AftercareError('USAGE', `Making the Teams package failed:\n  ${faults.join('\n  ')}`);
  const { color, outline } = makeIcons();
  return makeZip([
    { name: 'manifest.json', data: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'color.png', data: color },
    { name: 'outline.png', data: outline },
  ]);
}
