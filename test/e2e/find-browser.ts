import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/** Chromium as root needs no-sandbox; the rest keeps it from talking to the outside and from slowing down on small machines. */
const quietArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function named(): string | null {
  const path = process.env['BROWSER_PATH'] ?? process.env['CHROME_PATH'];
  if (path === undefined || path === '') return null;
  if (existsSync(path)) return path;
  throw new Error(`Find browser: BROWSER_PATH or CHROME_PATH is "${path}", where there is no file; expected a Chromium`);
}

function installed(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...fixedPlaces];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

function hasNss(): boolean {
  try {
    return execFileSync('ldconfig', ['-p'], { encoding: 'utf8' }).includes('libnspr4.so');
  } catch {
    return false;
  }
}

/** The packed browser of a devDependency; where the machine lacks its libraries it brings its own. */
async function packed(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  if (!hasNss()) process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  try {
    const { default: packedChromium } = await import('@sparticuz/chromium');
    return await packedChromium.executablePath();
  } catch {
    return null;
  }
}

/** The path of a Chromium for the browser tests. */
export async function findBrowser(): Promise<string> {
  const path = named() ?? installed() ?? (await packed());
  if (path !== null) return path;
  throw new Error('Find browser: there is none on this machine; install Chromium or Chrome, or set BROWSER_PATH to one');
}

/** Starts a headless Chromium with the protections of a real one switched on. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, headless: true, args: [...quietArgs, ...(isRoot ? ['--no-sandbox'] : [])] });
}
