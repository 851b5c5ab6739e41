import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const version = '4.18.1';
const sha512 = '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const cache = join(__dirname, '../.cache');
const bundle = join(cache, `webchat-minimal-${version}.js`);

function fetchBundle(): void {
  mkdirSync(cache, { recursive: true });
  const tarball = join(cache, `botframework-webchat-${version}.tgz`);
  execFileSync('npm', ['pack', `botframework-webchat@${version}`, '--pack-destination', cache], { stdio: 'pipe', timeout: 90_000 });
  const actual = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (actual !== sha512) throw new Error(`Check Web Chat ${version}: its SHA-512 is ${actual}; expected ${sha512}`);
  const inside = 'package/dist/webchat-minimal.js';
  execFileSync('tar', ['-xzf', tarball, '-C', cache, '--strip-components=2', inside]);
  execFileSync('mv', [join(cache, 'webchat-minimal.js'), bundle]);
  rmSync(tarball);
}

/** Microsoft's Web Chat in one file, fetched once; `missing` says why there is none (e.g. no network). */
export function webChatBundle(): { readonly source: string } | { readonly missing: string } {
  try {
    if (!existsSync(bundle)) fetchBundle();
    return { source: readFileSync(bundle, 'utf8') };
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}
