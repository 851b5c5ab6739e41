import { join } from 'node:path';
import { bundleWidget } from './bundle';
import { measureWidget, SIZE_LIMITS } from './size';

/** `build` builds the widget; `size` prints its weight (`--json` for programs) and ends with 1 when a part is over its limit. */
async function main([name, ...args]: readonly string[]): Promise<void> {
  const root = process.cwd();
  const folder = join(root, 'dist', 'widget');
  await bundleWidget(root, folder);
  if (name !== 'size') return;
  const sizes = measureWidget(folder);
  const isOver = Object.entries(SIZE_LIMITS).some(([part, limit]) => sizes[part as keyof typeof sizes] > limit);
  const table = Object.entries(SIZE_LIMITS).map(
    ([part, limit]) => `${part.padEnd(14)}${String(sizes[part as keyof typeof sizes]).padStart(6)} bytes of ${limit}`,
  );
  process.stdout.write(`${args.includes('--json') ? JSON.stringify(sizes) : table.join('\n')}\n`);
  process.exitCode = isOver ? 1 : 0;
}

void main(process.argv.slice(2));
