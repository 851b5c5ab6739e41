import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { Patient, views } from './chat-driver';
import { launchBrowser } from './find-browser';
import type { StartedServer, StartServer } from './started-server';

/** The chat page in a real browser, at phone and desktop width, against any house. */
export function widgetSuite(name: string, startServer: StartServer): void {
  describe(`the chat against ${name}`, () => {
    let server: StartedServer;
    let browser: Browser;
    let patient: Patient;

    beforeAll(async () => {
      [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });
    afterEach(() => patient.leaves());

    const visit = async (options?: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<void> => {
      patient = await Patient.visits(browser, server.url, options, prepare);
      await patient.sees(server.bot.greeting);
    };
    const ask = async (): Promise<void> => {
      await patient.says(server.bot.question);
      await patient.sees(server.bot.answer);
    };

    it.each(views)('on a %s: greets, answers, wraps its buttons, shows an emergency to tap, and breaks no rule', async (_view, options) => {
      await visit(options);
      await ask();
      await patient.hasSent();
      const { page } = patient;
      expect(await page.locator('.mine time').getAttribute('datetime')).toMatch(/^\d{4}-\d\d-\d\dT/);
      if (server.bot.choices) {
        const { question, title } = server.bot.choices;
        if (question !== server.bot.question) await patient.says(question);
        await page.getByRole('button', { name: title }).waitFor();
        const width = page.viewportSize()?.width ?? 0;
        for (const button of await page.locator('.choices > *').all()) {
          const box = await button.boundingBox();
          expect(box?.height).toBeGreaterThanOrEqual(44);
          expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
        }
        expect(await page.locator('[href^="javascript"]').count()).toBe(0);
        await page.getByRole('button', { name: title }).click();
        await page.locator('.mine').filter({ hasText: title }).waitFor();
        expect(await page.getByRole('button', { name: title }).count()).toBe(0);
      }
      await patient.says(server.bot.emergency);
      await patient.sees(server.bot.emergencyAnswer);
      const call = page.locator('.card').getByRole('link', { name: 'Call 911' });
      expect(await call.getAttribute('href')).toBe('tel:911');
      expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      expect(await page.locator('[role=alert]').first().textContent()).toMatch(server.bot.emergencyAnswer);
      expect(await page.getByRole('link', { name: /^Call the clinic, / }).isVisible()).toBe(true);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await patient.violations()).toEqual([]);
      expect(patient.complaints).toEqual([]);
    });

    it('resumes the whole conversation after a reload, and in a second tab', async () => {
      await visit();
      await ask();
      await patient.page.reload();
      await patient.sees(server.bot.answer);
      expect(await patient.bubble(server.bot.greeting).count()).toBe(1);
      expect(await patient.page.locator('.mine').count()).toBe(1);
      const tab = await patient.page.context().newPage();
      await tab.goto(`${server.url}/chat`);
      await tab.locator('.mine').first().waitFor();
      await patient.says('and again');
      await tab.locator('.mine').filter({ hasText: 'and again' }).waitFor();
      expect(await tab.locator('.mine').count()).toBe(2);
    });

    it('reconnects after the socket is cut, with nothing lost or doubled', async () => {
      await visit();
      server.cutSockets();
      await ask();
      expect(await patient.bubble(server.bot.greeting).count()).toBe(1);
      expect(await patient.bubble(server.bot.answer).count()).toBe(1);
    });
  });
}
