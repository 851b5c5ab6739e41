import type { Browser } from 'playwright-core';

import { Patient } from './chat-driver';
import { launchBrowser } from './find-browser';
import { type EchoServer, openEchoServer } from './started-server';

let server: EchoServer;
let browser: Browser;
let patient: Patient;

beforeAll(async () => {
  [server, browser] = await Promise.all([openEchoServer([], { readsPerConversation: 1e6 }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => patient.leaves());

const visit = async (prepare?: Parameters<typeof Patient.visits>[3]): Promise<void> => {
  patient = await Patient.visits(browser, server.url, {}, prepare);
  await patient.sees(server.bot.greeting);
};
const ask = async (): Promise<void> => {
  await patient.says(server.bot.question);
  await patient.sees(server.bot.answer);
};

/** The same numbers from 0 to 1 in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the line of the chat', () => {
  it('loses and doubles nothing while its socket is cut 1,000 times', async () => {
    // the browser waits a random while before it connects again; here it never does
    await visit((page) => page.addInitScript('Math.random = () => 0'));
    const random = seeded(6);
    const sent: string[] = [];
    const texts = '.mine .bubble, .bot .bubble';
    for (let cuts = 0; cuts < 1000;) {
      await new Promise((resolve) => setTimeout(resolve, 1 + random() * 9));
      const cut = server.cutSockets();
      if (cut === 0) continue;
      cuts += cut;
      if (random() < 0.03) {
        sent.push(`message ${sent.length}`);
        await patient.says(sent.at(-1) ?? '');
      }
      if (random() < 0.02) server.house.push(server.house.opened.at(-1) ?? '', { text: `unasked ${cuts}` });
    }
    expect(sent.length).toBeGreaterThan(15);
    await patient.sees(`You said: ${sent.at(-1)}`, 60_000);
    const wanted = server.house.texts(server.house.opened.at(-1) ?? '');
    expect(await patient.page.locator(texts).allTextContents()).toEqual(wanted);
  }, 240_000);

  it('sends a message once when only the answer to it was lost', async () => {
    await visit();
    let lose = true;
    await patient.page.route('**/activities', async (route) => {
      if (!lose || route.request().method() !== 'POST') return route.continue();
      lose = false;
      await route.fetch();
      return route.abort();
    });
    await ask();
    await patient.hasSent();
    await patient.page.waitForTimeout(2500);
    expect(await patient.page.locator('.mine').count()).toBe(1);
    expect(await patient.bubble(server.bot.answer).count()).toBe(1);
  });

  it('keeps what is written without a network, over a reload too, and sends it once and in order', async () => {
    await visit();
    await patient.page.route('**/v3/**', (route) => route.abort());
    await patient.says('one');
    await patient.says('two');
    await patient.chat.getByText('Not sent yet').nth(1).waitFor();
    await patient.page.reload();
    await patient.chat.getByText('Not sent yet').nth(1).waitFor();
    await patient.page.unroute('**/v3/**');
    await patient.chat.getByRole('button', { name: 'Try again' }).first().click();
    await patient.sees('You said: two');
    expect(await patient.page.locator('.mine .bubble').allTextContents()).toEqual(['one', 'two']);
    expect(server.house.taken.filter(({ text }) => text === 'one')).toHaveLength(1);
  });

  it('says that there is no connection, shows the emergency card by itself, and sends when the network is back', async () => {
    await visit();
    await patient.page.waitForResponse('**/chat/danger-words');
    await patient.page.context().setOffline(true);
    await patient.chat.getByText('No connection').waitFor();
    await patient.says('my throat is so tight');
    await patient.sees('Your message was not sent');
    const card = patient.page.locator('.card');
    expect(await card.getByRole('link').allTextContents()).toEqual(['911', '988', 'Call 911', 'Call 988', 'Call the clinic']);
    await patient.says('and my lips');
    expect(await card.count()).toBe(1);
    expect(await patient.violations()).toEqual([]);
    await patient.page.context().setOffline(false);
    await patient.sees(/Call 911 now/);
    await patient.hasSent(2);
    expect(await patient.page.locator('.mine.waiting').count()).toBe(0);
  });

  it('starts a new conversation when the old one is gone, says so, and sends what was written', async () => {
    await visit();
    await ask();
    server.house.purge(server.house.opened.at(-1) ?? '');
    await patient.says('are you there');
    await patient.sees('You said: are you there');
    await patient.chat.getByText('A new conversation starts here').waitFor();
  });

  it('shows the answer although the socket died in silence', async () => {
    let isDead = false;
    await visit((page) =>
      page.routeWebSocket(/stream/, (socket) => {
        const toServer = socket.connectToServer();
        toServer.onMessage((frame) => {
          if (!isDead) socket.send(frame);
        });
      }),
    );
    isDead = true;
    await ask();
    expect(await patient.bubble(server.bot.answer).count()).toBe(1);
  });

  it('opens although another tab sleeps in the middle of opening', async () => {
    patient = await Patient.visits(browser, server.url, {}, async (page) => {
      const sleeper = await page.context().newPage();
      await sleeper.goto(`${server.url}/demo.css`);
      await sleeper.evaluate("void navigator.locks.request('aftercare-open', () => new Promise(() => undefined))");
    });
    await patient.sees(server.bot.greeting);
  });

  it('works where the browser gives a frame no storage', async () => {
    const blocked = `for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: () => { throw new DOMException('no', 'SecurityError'); } });`;
    await visit((page) => page.addInitScript(blocked));
    await ask();
    server.cutSockets();
    await patient.says('and again');
    await patient.sees('You said: and again');
    expect(await patient.bubble(server.bot.answer).count()).toBe(1);
    expect(patient.complaints).toEqual([]);
  });

  it('asks every two seconds where sockets are blocked', async () => {
    await visit((page) => page.routeWebSocket(/stream/, (socket) => socket.close()));
    await ask();
    expect(await patient.bubble(server.bot.answer).count()).toBe(1);
  });

  it('reads new messages to screen readers once and in order, and no history', async () => {
    await visit();
    await ask();
    await patient.says('second');
    await patient.sees('You said: second');
    const spoken = (): Promise<string[]> => patient.page.locator('[role=log] p').allTextContents();
    expect(await spoken()).toEqual([
      expect.stringMatching(/automated/),
      'Glow Clinic helper: You said: can i wear makeup tmrw',
      'Glow Clinic helper: You said: second',
    ]);
    await patient.page.reload();
    await patient.sees('You said: second');
    expect(await spoken()).toEqual([]);
  });
});
