import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { findManifestFaults } from '../../../src/channels/teams/package/check-manifest';
import { makeIcons } from '../../../src/channels/teams/package/icons';
import { makePackage } from '../../../src/channels/teams/package/make-package';
import type { PackageFacts } from '../../../src/channels/teams/package/manifest';
import { makeManifest } from '../../../src/channels/teams/package/manifest';
import { APP_ID } from './fake-microsoft';

const schemas = join(__dirname, '..', '..', '..', 'src', 'channels', 'teams', 'package');
const facts: PackageFacts = {
  appId: APP_ID,
  publicUrl: 'https://chat.clinic.example',
  developer: 'Glow Clinic',
  version: '1.2.3',
  privacyUrl: 'https://clinic.example/privacy',
  termsUrl: 'https://clinic.example/terms',
};

/** Unpacks with Python's library, which nobody here wrote. */
function unpack(archive: Buffer): Record<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'teams-package-'));
  try {
    writeFileSync(join(folder, 'app.zip'), archive);
    const script =
      'import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])\nprint(json.dumps(z.namelist()))';
    const names = JSON.parse(execFileSync('python3', ['-c', script, join(folder, 'app.zip'), folder], { encoding: 'utf8' })) as string[];
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Width, height and points of a PNG with four channels. */
function readPng(png: Buffer): { width: number; height: number; alphas: Set<number> } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const start = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const alphas = new Set<number>();
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) alphas.add(rows[y * (width * 4 + 1) + 1 + x * 4 + 3]!);
  return { width, height, alphas };
}

describe('the package for Teams', () => {
  const hasPython = spawnSync('python3', ['-c', 'import zipfile']).status === 0;
  if (!hasPython) console.warn('SKIPPED: the archive beside the zipfile library of Python, which is not installed here.');

  it('is the same for the same facts', () => {
    expect(makePackage(facts, schemas).equals(makePackage(facts, schemas))).toBe(true);
  });

  (hasPython ? it : it.skip)('holds a manifest and two icons', () => {
    const archive = makePackage(facts, schemas);
    const files = unpack(archive);
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(JSON.parse(files['manifest.json']!.toString())).toMatchObject({
      id: APP_ID,
      version: '1.2.3',
      bots: [{ botId: APP_ID }],
      validDomains: ['chat.clinic.example'],
    });
  });

  it('has icons of the sizes that Teams asks for, the outline on nothing', () => {
    const { color, outline } = makeIcons();
    expect(readPng(color)).toEqual({ width: 192, height: 192, alphas: new Set([255]) });
    const drawn = readPng(outline);
    expect(drawn).toMatchObject({ width: 32, height: 32 });
    expect(drawn.alphas.has(0) && drawn.alphas.has(255)).toBe(true);
  });

  it('has a short name and description that fit', () => {
    const { name, description } = makeManifest(facts) as { name: { short: string }; description: { short: string; full: string } };
    expect(name.short.length).toBeLessThanOrEqual(30);
    expect(description.short.length).toBeLessThanOrEqual(80);
    expect(description.full.length).toBeLessThanOrEqual(4000);
  });

  it.each([
    ['an id that is no GUID', { id: 'bot' }, /manifest\.id/],
    ['a scope that there is not', { bots: [{ botId: APP_ID, scopes: ['everywhere'] }] }, /manifest\.bots\.0\.scopes/],
    ['a field that there is not', { colour: 'red' }, /additional properties/],
    ['a name that is too long', { name: { short: 'x'.repeat(31), full: 'x' } }, /manifest\.name\.short/],
    [
      'an address that is none',
      { developer: { name: 'x', websiteUrl: 'ftp://x', privacyUrl: 'ftp://x', termsOfUseUrl: 'ftp://x' } },
      /manifest\.developer/,
    ],
  ])('is refused with %s', (_what, broken, expected) => {
    expect(findManifestFaults({ ...makeManifest(facts), ...broken }, schemas).join('\n')).toMatch(expected);
  });

  it('is not made with a developer name that Teams refuses', () => {
    expect(() => makePackage({ ...facts, developer: 'x'.repeat(33) }, schemas)).toThrow(/manifest\.developer\.name/);
  });
});
