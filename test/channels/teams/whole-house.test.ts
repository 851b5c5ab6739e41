import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config';
import type { OpenHouse } from '../../../src/open-house';
import { openHouse } from '../../../src/open-house';
import { listen } from '../../../src/server';
import { testMinds } from '../../house';
import type { FakeMicrosoft } from './fake-microsoft';
import { APP_ID, BOT_ID, TENANT_ID, startFakeMicrosoft } from './fake-microsoft';
import { postActivity } from './teams-door';

const settings = { MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'secret-of-the-bot', MicrosoftAppTenantId: TENANT_ID };
let microsoft: FakeMicrosoft;
let folder: string;
let house: OpenHouse | undefined;
beforeAll(async () => (microsoft = await startFakeMicrosoft()));
afterAll(() => microsoft.close());
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'teams-house-'))));
afterEach(async () => {
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the whole program and returns where Microsoft delivers. */
async function start(environment: Record<string, string>): Promise<string> {
  const config = readConfig({ DATA_DIR: folder, PORT: '0', ...environment });
  house = await openHouse(testMinds(), config, { clock: Date.now, teamsCloud: microsoft.cloud });
  const port = await listen(house.server, 0, '127.0.0.1');
  house.paging.start();
  return `http://127.0.0.1:${port}/api/messages`;
}

const message = (text: string): object => ({
  ...{ type: 'message', id: text, channelId: 'msteams', serviceUrl: microsoft.serviceUrl, text },
  ...{ from: { id: '29:pat', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000001' }, recipient: { id: BOT_ID } },
  conversation: { id: 'a:pat', conversationType: 'personal', tenantId: TENANT_ID },
});

describe('the whole program', () => {
  it('answers a patient in Teams by itself, from the outbox, in order', async () => {
    const url = await start(settings);
    expect((await postActivity(url, message('is redness normal'), microsoft.token())).status).toBe(200);
    const texts = (): string[] => microsoft.calls.flatMap(({ body }) => (body['type'] === 'message' ? [body['text'] as string] : []));
    for (let tries = 0; tries < 200 && !texts().some((text) => /redness/i.test(text)); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(texts()[0]).toMatch(/automated/);
    expect(texts().join('\n')).toMatch(/redness/i);
  });

  it('has no door for Teams without an app id', async () => {
    const url = await start({});
    expect((await postActivity(url, message('is redness normal'), microsoft.token())).status).toBe(404);
  });
});
