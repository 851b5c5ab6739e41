import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { AftercareError, reasonOf } from '../../tools/errors';

/** One built file of the widget, ready to be sent. */
export interface WidgetFile {
  readonly body: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
  /** The first characters of its hash in hexadecimal: part of its address. */
  readonly version: string;
  /** For the `integrity` attribute of a script tag. */
  readonly integrity: string;
}

/** What `npm run build:widget` made. */
export interface WidgetFiles {
  readonly launcher: WidgetFile;
  readonly chatScript: WidgetFile;
  readonly chatStyle: WidgetFile;
  /** The launchers of this and earlier versions by version: a clinic that pinned one must not lose its chat by our update. */
  readonly launchers: ReadonlyMap<string, WidgetFile>;
}

const versionCharacters = 16;
const largeBytes = 100_000;
const keptName = /^launcher-([0-9a-f]{16})\.js$/;

/** Prepares bytes for sending; a large one is squeezed less hard, so that nobody waits for it. */
export function toFile(body: Buffer): WidgetFile {
  return {
    body,
    gzip: gzipSync(body, { level: 9 }),
    brotli: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: body.length > largeBytes ? 6 : 11 } }),
    version: createHash('sha256').update(body).digest('hex').slice(0, versionCharacters),
    integrity: `sha384-${createHash('sha384').update(body).digest('base64')}`,
  };
}

function readBuilt(folder: string, name: string): WidgetFile {
  try {
    return toFile(readFileSync(join(folder, name)));
  } catch (error) {
    throw new AftercareError(
      'WIDGET_UNBUILT',
      `Reading the widget's file ${name} failed (${reasonOf(error)}): expected what "npm run build:widget" makes.`,
      { cause: error },
    );
  }
}

/** Keeps today's launcher beside those of earlier versions and returns all of them; a file that was changed meanwhile is passed over. */
function keepLaunchers(launcher: WidgetFile, folder: string): Map<string, WidgetFile> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `launcher-${launcher.version}.js`), launcher.body);
  const launchers = new Map<string, WidgetFile>();
  for (const name of readdirSync(folder)) {
    const version = keptName.exec(name)?.[1];
    if (version === undefined) continue;
    const file = toFile(readFileSync(join(folder, name)));
    if (file.version === version) launchers.set(version, file);
  }
  return launchers;
}

/** Reads the widget's built files; `keepIn` is a folder that outlives updates, null keeps only today's launcher. */
export function readWidgetFiles(builtFolder: string, keepIn: string | null): WidgetFiles {
  const launcher = readBuilt(builtFolder, 'launcher.js');
  return {
    launcher,
    chatScript: readBuilt(builtFolder, 'chat.js'),
    chatStyle: readBuilt(builtFolder, 'chat.css'),
    launchers: keepIn === null ? new Map([[launcher.version, launcher]]) : keepLaunchers(launcher, keepIn),
  };
}
