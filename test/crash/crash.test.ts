import { join } from 'node:path';
import { DATABASES } from '../storage/databases';
import { testMinds } from '../house';
import { crashRun } from './crash-run';

const KILLS = 3;
/** The server from its sources; `npm run test:crash` kills the built one. */
const program = ['-r', join(__dirname, '..', 'run-typescript.js'), join(__dirname, '..', '..', 'src', 'main.ts'), 'serve'];

describe.each(DATABASES)('kill -9 of real servers under load on $name', ({ newPlace }) => {
  it('loses nothing that was acknowledged, and sends every page', async () => {
    expect(testMinds().knowledge.version).not.toBe(''); // the models are trained before the first server starts
    const figures = await crashRun({ ...(await newPlace()), kills: KILLS, program });
    expect(figures).toMatchObject({ kills: KILLS, missing: [], unsent: [], integrity: 'ok' });
    expect(figures.acknowledged).toBeGreaterThan(8 * KILLS);
    expect(figures.pages).toBeGreaterThan(0);
  }, 600_000);
});
