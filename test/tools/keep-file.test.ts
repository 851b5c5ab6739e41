import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepFile } from '../../src/tools/keep-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kept-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a result is kept whole and leaves no draft behind', () => {
  keepFile(join(folder, 'new', 'models-1.bin'), 'abc', 'models-');
  expect(readdirSync(join(folder, 'new'))).toEqual(['models-1.bin']);
  expect(readFileSync(join(folder, 'new', 'models-1.bin'), 'utf8')).toBe('abc');
});

test('the five newest of a kind stay, other files too', () => {
  keepFile(join(folder, 'knowledge-1.json'), '{}', 'knowledge-');
  for (let count = 1; count <= 7; count++) {
    keepFile(join(folder, `models-${count}.bin`), String(count), 'models-');
    utimesSync(join(folder, `models-${count}.bin`), count, count);
  }
  keepFile(join(folder, 'models-8.bin'), '8', 'models-');
  expect(readdirSync(folder).toSorted()).toEqual([
    'knowledge-1.json',
    ...['models-4.bin', 'models-5.bin', 'models-6.bin', 'models-7.bin', 'models-8.bin'],
  ]);
});
