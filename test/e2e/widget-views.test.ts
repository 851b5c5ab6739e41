import type { Browser, BrowserContextOptions } from 'playwright-core';

import { Patient } from './chat-driver';
import { launchBrowser } from './find-browser';
import { type EchoServer, openEchoServer } from './started-server';

let server: EchoServer;
let browser: Browser;
let patient: Patient;

beforeAll(async () => {
  [server, browser] = await Promise.all([openEchoServer(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => patient.leaves());

const visit = async (options: BrowserContextOptions = {}): Promise<void> => {
  patient = await Patient.visits(browser, server.url, options);
  await patient.sees(server.bot.greeting);
};
const conversation = (): string => server.house.opened.at(-1) ?? '';
const nurse = (text: string): void =>
  server.house.push(conversation(), { text, channelData: { aftercare: { author: { kind: 'staff', name: 'Anna' } } } });
const news = (status: string, text: string): void =>
  server.house.push(conversation(), { type: 'event', name: 'escalation', value: { id: 'e1', status, at: new Date().toISOString(), text } });

describe('what the chat shows beside questions and answers', () => {
  it.each(['light', 'dark'] as const)(
    'breaks no accessibility rule in any of its states, %s',
    async (colorScheme) => {
      await visit({ colorScheme });
      const { page } = patient;
      const broken: string[] = [];
      const check = async (state: string): Promise<void> => {
        broken.push(...(await patient.violations()).map((violation) => `${state}: ${violation}`));
      };
      await check('greeted');
      await patient.says('show me choices');
      await page.getByRole('button', { name: 'Around noon' }).waitFor();
      await check('choices');
      await patient.says('it is oozing');
      await patient.sees(/on-call team/);
      news('acknowledged', 'The on-call team has seen your message, 9:06 pm.');
      nurse('Hi, this is Anna.');
      await patient.sees('Hi, this is Anna.');
      await check('staff and news');
      await page.getByRole('button', { name: 'More' }).click();
      await check('menu');
      await page.getByRole('button', { name: 'My timeline' }).click();
      await page.getByRole('table').waitFor();
      await check('timeline');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Photo' }).click();
      await check('photo');
      await page.keyboard.press('Escape');
      await patient.chooses('End and erase my data');
      await check('erase question');
      await page.getByRole('button', { name: 'Erase it' }).click();
      await page.getByText('The conversation was erased.').waitFor();
      await check('erased');
      expect(broken).toEqual([]);
      expect(patient.complaints).toEqual([]);
    },
    60_000,
  );

  it('marks people as people, and says at the top who has taken over and that the message was seen', async () => {
    await visit();
    news('acknowledged', 'The on-call team has seen your message, 9:06 pm.');
    nurse('Hi, this is Anna.');
    await patient.sees('Hi, this is Anna.');
    expect(await patient.page.locator('.staff .meta').textContent()).toMatch(/^Person Anna, \d/);
    expect(await patient.page.getByRole('status').textContent()).toBe('Anna has taken over');
    expect(await patient.page.locator('.bar.news').textContent()).toBe('The on-call team has seen your message, 9:06 pm.');
    await patient.page.reload();
    await patient.sees('Hi, this is Anna.');
    expect(await patient.page.locator('.bar.news').count()).toBe(1);
    news('resolved', 'Anna has closed it.');
    await patient.page.locator('.bar.news').waitFor({ state: 'detached' });
  });

  it('draws the timeline, says it in words too, and gives it as a calendar file', async () => {
    await visit();
    await patient.chooses('My timeline');
    const { page } = patient;
    expect(await page.getByRole('row').allTextContents()).toEqual([
      expect.stringMatching(/^makeup.*From today at 3:10 pm/),
      expect.stringMatching(/^retinol.*Ask the clinic/),
    ]);
    expect(await page.locator('svg.picture').first().locator('rect').count()).toBe(4);
    const address = await page.getByRole('link', { name: /calendar/ }).getAttribute('href');
    const file = await page.request.get(`${server.url}${address}`);
    expect(await file.text()).toMatch(/^BEGIN:VCALENDAR/);
  });

  it('ends and erases on request, in every tab, and starts anew', async () => {
    await visit();
    await patient.says('my secret');
    await patient.sees('You said: my secret');
    const tab = await patient.page.context().newPage();
    await tab.goto(`${server.url}/chat`);
    await tab.getByText('You said: my secret').waitFor();
    await patient.chooses('End and erase my data');
    await patient.page.getByRole('button', { name: 'Close' }).click();
    await patient.sees('You said: my secret');
    await patient.chooses('End and erase my data');
    await patient.page.getByRole('button', { name: 'Erase it' }).click();
    await patient.page.getByText('The conversation was erased.').waitFor();
    await tab.getByText('The conversation was erased.').waitFor();
    expect(await patient.page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toMatch(/secret|token/);
    await patient.page.getByRole('button', { name: 'Start a new chat' }).click();
    await patient.sees(server.bot.greeting);
    expect(await patient.page.locator('.mine').count()).toBe(0);
  });

  it('says why it cannot erase while staff need the words', async () => {
    await visit();
    await patient.says(server.bot.emergency);
    await patient.sees(server.bot.emergencyAnswer);
    await patient.chooses('End and erase my data');
    await patient.page.getByRole('button', { name: 'Erase it' }).click();
    await patient.page.getByText(/the team needs your words/).waitFor();
    await patient.page.keyboard.press('Escape');
    await patient.sees(server.bot.emergencyAnswer);
  });

  it('shows tags as plain words', async () => {
    await visit();
    await patient.says('<img src=x onerror="document.title=1"><script>document.title=2</script>');
    await patient.sees('You said: <img src=x');
    expect(await patient.page.locator('.log img, .log script').count()).toBe(0);
    expect(patient.complaints).toEqual([]);
  });

  it('can be read at twice the size, from right to left, and in forced colours', async () => {
    for (const options of [{ viewport: { width: 320, height: 400 } }, { forcedColors: 'active' }] as const) {
      await visit(options);
      for (let step = 0; step < 4; step++) await patient.chooses('Larger text').then(() => patient.page.keyboard.press('Escape'));
      expect(await patient.page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('32px');
      await patient.says('show me choices');
      await patient.page.getByRole('button', { name: 'Around noon' }).waitFor();
      expect(await patient.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await patient.page.getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
      if (options !== undefined && 'viewport' in options) await patient.leaves();
    }
    await patient.page.goto(`${server.url}/chat?dir=rtl`);
    await patient.sees(server.bot.greeting);
    const left = (await patient.page.locator('.mine .bubble').first().boundingBox())?.x ?? 999;
    const right = (await patient.page.locator('.bot .bubble').first().boundingBox())?.x ?? 0;
    expect(left).toBeLessThan(right);
  });

  it('is worked by the keyboard alone', async () => {
    await visit();
    const { page } = patient;
    const names: string[] = [];
    await page.locator('h1').click();
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(
          "document.activeElement.getAttribute('aria-label') ?? document.activeElement.id ?? document.activeElement.textContent",
        ),
      );
    }
    expect(names).toEqual(expect.arrayContaining(['Call the clinic, (555) 010-0199', 'More', 'Messages', 'Photo', 'message']));
    await page.getByRole('button', { name: 'More' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('My timeline');
    await page.keyboard.press('Escape');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('More');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('More');
  });

  it('prints the conversation without its controls, and saves it as text', async () => {
    await visit();
    await patient.says('hello');
    await patient.sees('You said: hello');
    const { page } = patient;
    const download = page.waitForEvent('download');
    await patient.chooses('Save as a text file');
    const text = await (await download).createReadStream();
    const saved = (await text.toArray()).join('');
    expect(saved).toMatch(/^Glow Clinic, \(555\) 010-0199\r\n\r\n\[Today .*You: hello/s);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.composer').isVisible()).toBe(false);
    expect(await patient.bubble('You said: hello').isVisible()).toBe(true);
  });
});
