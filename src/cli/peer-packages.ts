import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AftercareError, reasonOf } from '../tools/errors';

const requireOwn = createRequire(__filename);

/** Rivals live apart from our dependencies: in a folder that git ignores and a clean install removes. */
export const PEER_FOLDER = join(dirname(dirname(requireOwn.resolve('natural/package.json'))), '.cache', 'bench-peers');
const requireFromFolder = createRequire(join(PEER_FOLDER, 'package.json'));

const nameOf = (versioned: string): string => versioned.slice(0, versioned.lastIndexOf('@'));

/** Loads a rival's module by name: from our dependencies, else from the rivals' folder. */
export function requirePeer(specifier: string): unknown {
  return isFound(requireOwn, specifier) ? requireOwn(specifier) : requireFromFolder(specifier);
}

function isFound(from: NodeJS.Require, specifier: string): boolean {
  try {
    from.resolve(specifier);
    return true;
  } catch {
    return false; // not installed there
  }
}

/** Which of the packages ("name@version") are not installed. */
export function missingPackages(packages: readonly string[]): string[] {
  return packages.filter((versioned) => ![requireOwn, requireFromFolder].some((from) => isFound(from, nameOf(versioned))));
}

/** Installs packages ("name@version") into the rivals' folder without running their scripts. */
export function installPackages(packages: readonly string[]): void {
  mkdirSync(PEER_FOLDER, { recursive: true });
  const npm = spawnSync('npm', ['install', '--prefix', PEER_FOLDER, '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    encoding: 'utf8',
  });
  if (npm.status === 0) return;
  const reason = npm.error ? reasonOf(npm.error) : npm.stderr.trim();
  throw new AftercareError('USAGE', `Installing ${packages.join(' ')} failed: ${reason}`);
}
