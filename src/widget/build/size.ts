import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The most that each part may weigh, in bytes as gzip sends them. */
export const SIZE_LIMITS = { launcherGzip: 3 * 1024, widgetGzip: 20 * 1024 } as const;

/** What the built widget weighs, in bytes as gzip sends them; the chat is its script and its style. */
export function measureWidget(folder: string): { launcherGzip: number; widgetGzip: number } {
  const weigh = (name: string): number => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  return { launcherGzip: weigh('launcher.js'), widgetGzip: weigh('chat.js') + weigh('chat.css') };
}
