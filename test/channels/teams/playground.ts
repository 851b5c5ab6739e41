import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import express from 'express';
import type { Page } from 'playwright-core';
import { dialogs } from '../../../dialogs';
import { assembleMinds } from '../../../src/assemble-minds';
import { readConfig } from '../../../src/config';
import { openHouse } from '../../../src/open-house';
import { listen } from '../../../src/server';
import { silentLog } from '../../../src/tools/log';
import { launchBrowser } from '../../e2e/find-browser';
import type { FakeMicrosoft } from './fake-microsoft';
import { APP_ID, startFakeMicrosoft } from './fake-microsoft';
import { closeServer } from './teams-door';
import { teamsClinic } from './teams-house';

/**
 * A conversation and a click on a card in Microsoft's Agents Playground, by hand, with pictures:
 *
 *     npm install --prefix /tmp/playground --ignore-scripts @microsoft/m365agentsplayground@0.2.28
 *     node -r ./test/run-typescript.js test/channels/teams/playground.ts /tmp/playground /tmp/pictures
 *
 * It is under an evaluation licence and is no dependency. It signs nothing, so a door on this machine's own address signs in its place:
 * everything behind that door is what runs in production. It listens on every address of the machine; in a network namespace
 * (`unshare -n`, `ip link set lo up`) nobody else can reach it.
 */
const PORT = 56_150;
/** Alex, whom the Playground plays; its ids have a digit more than Entra's. */
const ALEX = '00000000-0000-0000-0000-000000000020';
const DEADLINE_MS = 60_000;

/** Signs what the Playground sends, and passes it on. */
async function openSigningDoor(microsoft: FakeMicrosoft, door: string): Promise<Server> {
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.post('/api/messages', async (request, response) => {
    const activity = JSON.parse(JSON.stringify(request.body).replaceAll(`${ALEX.slice(0, -2)}020`, ALEX)) as { serviceUrl: string };
    const authorization = microsoft.token({ claims: { serviceurl: activity.serviceUrl } });
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(door, { method: 'POST', headers, body: JSON.stringify(activity) });
    response
      .status(answer.status)
      .type('json')
      .send(await answer.text());
  });
  return new Promise((done) => {
    const server = app.listen(0, '127.0.0.1', () => done(server));
  });
}

async function untilItAnswers(url: string): Promise<void> {
  for (const until = Date.now() + DEADLINE_MS; Date.now() < until;) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false, // not listening yet
    );
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`Starting the Playground failed: expected ${url} to answer within a minute.`);
}

/** What a patient and a nurse do; throws where something does not come. */
async function play(page: Page, pictures: string): Promise<void> {
  page.setDefaultTimeout(DEADLINE_MS);
  const says = async (text: string): Promise<void> => {
    await page.locator('[contenteditable=true]').first().fill(text);
    await page.keyboard.press('Enter');
  };
  const sees = (text: RegExp | string): Promise<void> => page.getByText(text).last().waitFor();
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await says('is redness normal');
  await sees(/automated aftercare helper/);
  await sees(/redness/i);
  await page.screenshot({ path: join(pictures, 'playground-answer.png') });
  await says('there is yellow pus coming out of my cheek');
  await sees(/on-call team now|as urgent/);
  await page.getByRole('button', { name: 'Acknowledge' }).last().waitFor();
  await page.screenshot({ path: join(pictures, 'playground-card.png') });
  await page.getByRole('button', { name: 'Acknowledge' }).last().click();
  await sees(/Ana/);
  await sees(/The on-call team has seen your message/);
  await page.screenshot({ path: join(pictures, 'playground-acknowledged.png') });
}

async function main([playground, pictures]: readonly string[]): Promise<void> {
  if (playground === undefined || pictures === undefined)
    throw new Error('Driving the Playground failed: expected the folder it is installed in, and one for pictures.');
  const contact = { method: 'teams', to: ALEX, verified: true };
  const clinic = teamsClinic({
    teams: undefined,
    staff: [{ id: 'ana', name: 'Ana', contacts: [contact] }],
    onCall: { steps: [{ targets: ['ana'] }] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const microsoft = await startFakeMicrosoft();
  const config = readConfig({
    ...{ DATA_DIR: folder, LOG_LEVEL: 'silent', MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'unused' },
    MicrosoftAppTenantId: APP_ID,
  });
  const minds = await assembleMinds({ dialogs, log: silentLog, onTraining: () => undefined });
  const house = await openHouse({ ...minds, clinic }, config, { clock: Date.now, teamsCloud: microsoft.cloud });
  const port = await listen(house.server, 0, '127.0.0.1');
  house.paging.start();
  const door = await openSigningDoor(microsoft, `http://127.0.0.1:${port}/api/messages`);
  const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}/api/messages`;
  const cli = join(resolve(playground), 'node_modules/@microsoft/m365agentsplayground/cli.js');
  const options = ['start', '-e', endpoint, '-c', 'msteams', '-p', String(PORT), '--disable-telemetry'];
  // it insists on opening a browser, and ends where there is nothing to open one with
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const child = spawn(process.execPath, [cli, ...options], { env, stdio: 'ignore' });
  const browser = await launchBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1200 } })).newPage();
  try {
    await untilItAnswers(`http://127.0.0.1:${PORT}/`);
    await play(page, pictures);
    const [escalation] = await house.store.listEscalations(null, 1);
    console.log(
      `answered, paged, acknowledged: ${escalation?.status} by ${escalation?.acknowledged?.by} via ${escalation?.acknowledged?.via}`,
    );
  } catch (error) {
    await page.screenshot({ path: join(pictures, 'playground-failed.png') });
    throw error;
  } finally {
    await browser.close();
    child.kill();
    await closeServer(door);
    await house.close();
    await microsoft.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
