import type { Browser, Page } from 'playwright-core';

import { launchBrowser } from './find-browser';
import type { StartedServer, StartServer } from './started-server';
import { webChatBundle } from './web-chat-bundle';

const pageHtml = `<!doctype html><html lang="en"><title>Web Chat</title><style>html,body,#chat{height:100%;margin:0}</style>
<div id="chat"></div><script src="/test/webchat.js"></script><script src="/test/start.js"></script></html>`;
const startScript = `(async () => {
  const given = await (await fetch('/widget/token', { method: 'POST' })).json();
  window.WebChat.renderWebChat(
    { directLine: window.WebChat.createDirectLine({ domain: location.origin + '/v3/directline', token: given.token }), locale: 'en-US' },
    document.getElementById('chat'),
  );
})();`;

/** Microsoft's own Web Chat in a real browser, unchanged, talking to our server. */
export function webChatSuite(name: string, startServer: StartServer): void {
  const bundle = webChatBundle();
  if ('missing' in bundle) {
    it.skip(`the real Web Chat against ${name} (not fetched: ${bundle.missing})`, () => undefined);
    return;
  }
  describe(`the real Web Chat against ${name}`, () => {
    let server: StartedServer;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });
    beforeEach(async () => {
      page = await browser.newPage();
      page.setDefaultTimeout(15_000);
      await page.route('**/test/*', (route) => {
        const file = new URL(route.request().url()).pathname;
        if (file === '/test/webchat.js') return route.fulfill({ contentType: 'text/javascript', body: bundle.source });
        if (file === '/test/start.js') return route.fulfill({ contentType: 'text/javascript', body: startScript });
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageHtml });
      });
      await page.goto(`${server.url}/test/page`);
      await page.getByText(server.bot.greeting).first().waitFor();
    });
    afterEach(() => page.close());

    const say = async (text: string): Promise<void> => {
      await page.locator('[data-id="webchat-sendbox-input"]').fill(text);
      await page.keyboard.press('Enter');
    };

    it('shows the greeting, sends a question and shows the answer', async () => {
      await say(server.bot.question);
      await page.getByText(server.bot.answer).first().waitFor();
      await page.waitForTimeout(500);
      expect(await page.getByText(/Send failed|Sending/).count()).toBe(0);
    });

    it('gets an answer for a photo, which is kept nowhere', async () => {
      const photo = { name: 'face.png', mimeType: 'image/png', buffer: onePixelPng };
      await page.locator('input[type=file]').setInputFiles(photo);
      await page.keyboard.press('Enter');
      const send = page.getByRole('button', { name: 'Send', exact: true });
      if (await send.isVisible()) await send.click();
      await page.getByText(server.bot.photoAnswer).first().waitFor();
    });

    it('comes back after the socket is cut and shows what it missed', async () => {
      server.cutSockets();
      await say(server.bot.question);
      await page.getByText(server.bot.answer).first().waitFor({ timeout: 25_000 });
    }, 40_000);
  });
}

const onePixelPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
