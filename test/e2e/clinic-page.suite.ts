import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

import { launchBrowser } from './find-browser';
import type { StartedServer, StartServer } from './started-server';

const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  [
    'small phone, dark, reduced motion',
    { viewport: { width: 320, height: 568 }, colorScheme: 'dark', reducedMotion: 'reduce', hasTouch: true, isMobile: true },
  ],
  ['desktop', { viewport: { width: 1280, height: 800 } }],
];

/** Our own page in a real browser, at phone and desktop width. */
export function clinicPageSuite(name: string, startServer: StartServer): void {
  describe(`the clinic page against ${name}`, () => {
    let server: StartedServer;
    let browser: Browser;
    let page: Page;
    let complaints: string[];

    beforeAll(async () => {
      [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });
    afterEach(() => page.context().close());

    const visit = async (options: BrowserContextOptions = {}, prepare?: (fresh: Page) => Promise<unknown>): Promise<void> => {
      const context = await browser.newContext(options);
      page = await context.newPage();
      page.setDefaultTimeout(15_000);
      complaints = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
      });
      await prepare?.(page);
      await page.goto(server.url);
      await bubble(server.bot.greeting).waitFor();
    };
    const bubble = (text: RegExp | string): Locator => page.locator('.bubble').filter({ hasText: text }).first();
    const write = async (text: string): Promise<void> => {
      await page.getByLabel('Your message').fill(text);
      await page.keyboard.press('Enter');
    };
    const ask = async (): Promise<void> => {
      await write(server.bot.question);
      await bubble(server.bot.answer).waitFor();
    };

    describe.each(views)('on a %s', (_view, options) => {
      it('greets, answers, says that it was sent, and needs no sideways scrolling', async () => {
        await visit(options);
        await ask();
        await page.locator('.mine .meta').filter({ hasText: 'Sent' }).waitFor();
        expect(await page.locator('.mine time').getAttribute('datetime')).toMatch(/^\d{4}-\d\d-\d\dT/);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        expect(
          await page
            .getByRole('link', { name: /^call the clinic/i })
            .first()
            .isVisible(),
        ).toBe(true);
        expect(complaints).toEqual([]);
      });

      it('shows an emergency as a card with numbers to tap', async () => {
        await visit(options);
        await write(server.bot.emergency);
        const card = page.locator('.emergency');
        await card.getByText(server.bot.emergencyAnswer).first().waitFor();
        const call = card.getByRole('link', { name: 'Call 911' });
        expect(await call.getAttribute('href')).toBe('tel:911');
        expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(44);
        expect(await page.locator('#alarm').textContent()).toMatch(server.bot.emergencyAnswer);
      });

      it('passes the accessibility rules after a talk', async () => {
        await visit(options);
        await write(server.bot.emergency);
        await page.locator('.emergency').waitFor();
        await ask();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      });

      it('wraps suggested answers as buttons of 44 px on the screen', async () => {
        await visit(options);
        const { choices } = server.bot;
        if (choices === null) return;
        await write(choices.question);
        await page.getByRole('button', { name: choices.title }).waitFor();
        const width = page.viewportSize()?.width ?? 0;
        for (const button of await page.locator('.choices > *').all()) {
          const box = await button.boundingBox();
          expect(box?.height).toBeGreaterThanOrEqual(44);
          expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
        }
        expect(await page.locator('.choices [href^="javascript"]').count()).toBe(0);
        await page.getByRole('button', { name: choices.title }).click();
        await page.locator('.mine').filter({ hasText: choices.title }).waitFor();
        await page.locator('.choices').waitFor({ state: 'hidden' });
      });
    });

    it('fills a phone screen and can be put away and brought back', async () => {
      await visit(views[0]?.[1]);
      expect(await page.locator('#chat').boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
      await page.getByRole('button', { name: 'Close the chat' }).click();
      expect(await page.locator('#chat').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Open the chat' }).click();
      expect(await bubble(server.bot.greeting).isVisible()).toBe(true);
    });

    it('shows tags as plain words', async () => {
      await visit();
      await write('<img src=x onerror="document.title=1"><script>document.title=2</script>');
      await page.locator('.mine .bubble').filter({ hasText: '<img src=x' }).waitFor();
      expect(await page.locator('.log img, .log script').count()).toBe(0);
      expect(await page.title()).toMatch(/aftercare chat/);
      expect(complaints).toEqual([]);
    });

    it('resumes the whole conversation after a reload', async () => {
      await visit();
      await ask();
      await page.reload();
      await bubble(server.bot.answer).waitFor();
      expect(await page.locator('.bubble').filter({ hasText: server.bot.greeting }).count()).toBe(1);
      expect(await page.locator('.mine').count()).toBe(1);
      await write('and again');
      await page.locator('.mine .meta').filter({ hasText: 'Sent' }).nth(1).waitFor();
    });

    it('reconnects after the socket is cut, with nothing lost or doubled', async () => {
      await visit();
      server.cutSockets();
      await ask();
      await page.getByRole('status').filter({ hasText: 'Connected' }).waitFor();
      expect(await page.locator('.bubble').filter({ hasText: server.bot.greeting }).count()).toBe(1);
      expect(await page.locator('.bubble').filter({ hasText: server.bot.answer }).count()).toBe(1);
    });

    it('says "Not sent" without a network and sends once when asked again', async () => {
      await visit();
      await page.context().setOffline(true);
      await write(server.bot.question);
      await page.getByText('Not sent').waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: /No connection/ })
        .waitFor();
      await page.context().setOffline(false);
      await page.getByRole('button', { name: 'Try again' }).click();
      await bubble(server.bot.answer).waitFor();
      expect(await page.locator('.mine').count()).toBe(1);
    });

    it('sends a message once when only the answer to it was lost', async () => {
      await visit();
      let lose = true;
      await page.route('**/activities', async (route) => {
        if (!lose || route.request().method() !== 'POST') return route.continue();
        lose = false;
        await route.fetch();
        return route.abort();
      });
      await write(server.bot.question);
      await bubble(server.bot.answer).waitFor();
      const retry = page.getByRole('button', { name: 'Try again' });
      if (await retry.isVisible()) await retry.click();
      await page.locator('.mine .meta').filter({ hasText: 'Sent' }).waitFor();
      expect(await page.locator('.mine').count()).toBe(1);
      expect(await page.locator('.bubble').filter({ hasText: server.bot.answer }).count()).toBe(1);
    });

    it('starts a new conversation when the old one is gone, says so, and sends what was written', async () => {
      await visit();
      let expired = true;
      await page.route('**/activities', (route) => {
        if (!expired) return route.continue();
        expired = false;
        return route.fulfill({ status: 403, json: { error: { code: 'token_expired', message: 'x' } } });
      });
      await ask();
      await page.getByText('A new conversation starts here').waitFor();
    });

    it('shows the answer although the socket died in silence', async () => {
      let isDead = false;
      await visit({}, (fresh) =>
        fresh.routeWebSocket(/stream/, (socket) => {
          const toServer = socket.connectToServer();
          toServer.onMessage((frame) => {
            if (!isDead) socket.send(frame);
          });
        }),
      );
      isDead = true;
      await ask();
      expect(await page.locator('.bubble').filter({ hasText: server.bot.answer }).count()).toBe(1);
    });

    it('asks every two seconds where sockets are blocked', async () => {
      await visit({}, (fresh) => fresh.routeWebSocket(/stream/, (socket) => socket.close()));
      await ask();
      expect(await page.locator('.bubble').filter({ hasText: server.bot.answer }).count()).toBe(1);
    });
  });
}
