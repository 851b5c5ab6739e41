import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../../config';
import { AftercareError, reasonOf } from '../../../tools/errors';
import { makePackage } from './make-package';

/** The compiled file stands in dist/src/channels/teams/package. */
const root = join(__dirname, '..', '..', '..', '..', '..');

function main(args: readonly string[]): void {
  const wanted = readOptions(args);
  const { teams, publicUrl } = readConfig(process.env);
  if (!teams || publicUrl === null || !publicUrl.startsWith('https:'))
    throw new AftercareError(
      'USAGE',
      'Making the Teams package failed: expected MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId and an https PUBLIC_URL.',
    );
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const facts = {
    ...{ appId: teams.appId, publicUrl, version, developer: wanted.developer ?? 'Your clinic' },
    ...{ privacyUrl: wanted['privacy-url'] ?? `${publicUrl}/`, termsUrl: wanted['terms-url'] ?? `${publicUrl}/` },
  };
  const file = join(root, 'dist', 'teams', 'aftercare-teams.zip');
  const archive = makePackage(facts, join(root, 'src', 'channels', 'teams', 'package'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, archive);
  process.stdout.write(
    `${file} (${archive.length} bytes) fits Microsoft's schema. Upload it in the Teams admin center, or in Teams under Apps.\n`,
  );
}

function readOptions(args: readonly string[]): { developer?: string; 'privacy-url'?: string; 'terms-url'?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { developer: text, 'privacy-url': text, 'terms-url': text } }).values;
  } catch (error) {
    throw new AftercareError(
      'USAGE',
      `Making the Teams package failed: expected --developer, --privacy-url, --terms-url (${reasonOf(error)}).`,
    );
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AftercareError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
