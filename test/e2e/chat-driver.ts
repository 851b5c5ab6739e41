import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';

/** Ways in which patients hold the chat. */
export const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  [
    'small phone, dark, reduced motion',
    { viewport: { width: 320, height: 568 }, colorScheme: 'dark', reducedMotion: 'reduce', hasTouch: true, isMobile: true },
  ],
  ['desktop', { viewport: { width: 1280, height: 800 } }],
];

/** Waits up to ten seconds until something holds, and fails when it never does. */
export async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`Wait: within 10 s this never held: ${String(holds)}`);
}

/** A busy machine may take long to open a page; what is measured is elsewhere. */
const GREETING_MS = 25_000;

/** A patient in front of the chat: what they do and what they see. */
export class Patient {
  /** Errors of the page and of its content policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    /** Where the chat is: the page itself, or its frame. */
    public chat: Page | Frame,
  ) {
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) this.complaints.push(message.text());
    });
  }

  /** Opens the chat as a page of its own. */
  static async visits(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Patient> {
    const page = await (await browser.newContext(options)).newPage();
    const patient = new Patient(page, page);
    await prepare?.(page);
    await page.goto(`${url}/chat`);
    return patient;
  }

  /** Opens a page that shows the launcher; the chat is opened by `opensChat`. */
  static async visitsSite(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Patient> {
    const page = await (await browser.newContext(options)).newPage();
    const patient = new Patient(page, page);
    await page.goto(url);
    return patient;
  }

  /** Reaches the launcher by the keyboard, as its shadow root is closed to us too, and presses it. */
  async opensChat(): Promise<Frame> {
    await this.focusesLauncher();
    await this.page.keyboard.press('Enter');
    return this.findsFrame();
  }

  async focusesLauncher(): Promise<void> {
    await this.page.locator('aftercare-chat').waitFor({ state: 'attached' });
    for (let presses = 0; presses < 30; presses++) {
      if ((await this.focused()) === 'AFTERCARE-CHAT') return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('Reach launcher: 30 presses of Tab did not; expected it in the order of the page');
  }

  /** The frame of the chat, once it has greeted. */
  async findsFrame(): Promise<Frame> {
    const until = Date.now() + GREETING_MS;
    while (Date.now() < until) {
      const frame = this.page.frames().find((candidate) => candidate.url().includes('/chat?'));
      if (frame && (await frame.locator('.message').count()) > 0) {
        this.chat = frame;
        return frame;
      }
      await this.page.waitForTimeout(50);
    }
    throw new Error(
      `Find chat: no frame greeted within ${GREETING_MS / 1000} s; the frames are at ${this.page
        .frames()
        .map((frame) => frame.url())
        .join(', ')}`,
    );
  }

  focused(): Promise<string> {
    return this.page.evaluate('document.activeElement.tagName');
  }

  bubble(text: RegExp | string): Locator {
    return this.chat.locator('.bubble, .card').filter({ hasText: text });
  }

  async sees(text: RegExp | string, timeout = 15_000): Promise<void> {
    await this.bubble(text).first().waitFor({ timeout });
  }

  async says(text: string): Promise<void> {
    await this.chat.getByLabel('Your message').fill(text);
    await this.chat.getByLabel('Your message').press('Enter');
  }

  /** Waits until the nth own message counts as sent. */
  async hasSent(count = 1): Promise<void> {
    await this.chat
      .locator('.mine.sent')
      .nth(count - 1)
      .waitFor();
  }

  async chooses(entry: string): Promise<void> {
    await this.chat.getByRole('button', { name: 'More' }).click();
    await this.chat.getByRole('button', { name: entry }).click();
  }

  /** What the accessibility rules find wrong, one line each. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  }

  leaves(): Promise<void> {
    return this.page.context().close();
  }
}
