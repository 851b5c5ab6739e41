import type { Browser, Frame } from 'playwright-core';

import { widgetFiles } from '../build-widget';
import { eventually, Patient } from './chat-driver';
import { type ClinicSite, startClinicSite } from './clinic-site';
import { launchBrowser } from './find-browser';
import { type EchoServer, openEchoServer } from './started-server';

let site: ClinicSite;
let server: EchoServer;
let browser: Browser;
let patient: Patient;

beforeAll(async () => {
  site = await startClinicSite();
  [server, browser] = await Promise.all([openEchoServer([site.origin]), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.close();
});
afterEach(() => patient.leaves());

const visit = async (page: Parameters<ClinicSite['show']>[0] | null = null, options = {}): Promise<void> => {
  site.show(page ?? { src: `${server.url}/widget.js` });
  patient = await Patient.visitsSite(browser, site.origin, options);
};
const panelBox = async (frame: Frame): Promise<{ x: number; y: number; width: number; height: number } | null> =>
  (await frame.frameElement()).boundingBox();

describe('the launcher on a clinic site', () => {
  it('works under a strict policy with only our origin listed, pinned by its integrity hash, and adds no globals', async () => {
    const { launcher } = widgetFiles();
    const names = 'JSON.stringify(Object.getOwnPropertyNames(window).filter((name) => !/^\\d+$/.test(name)).sort())';
    await visit({ src: '/nothing.js' });
    const before = await patient.page.evaluate(names);
    await patient.leaves();
    await visit({
      src: `${server.url}/widget/${launcher.version}.js`,
      attributes: `integrity="${launcher.integrity}" crossorigin="anonymous"`,
      policy: `default-src 'none'; script-src ${server.url}; frame-src ${server.url}; img-src data:`,
    });
    await patient.opensChat();
    await patient.sees(server.bot.greeting);
    expect(patient.complaints).toEqual([]);
    expect(await patient.page.evaluate(names)).toBe(before);
  });

  it('keeps its looks beside hostile rules of the page', async () => {
    const hostile =
      'body *,aftercare-chat,div,button,iframe{background:red!important;display:none!important;position:static!important;' +
      'width:1px!important;font-size:50px!important;transform:rotate(9deg)!important;opacity:.1!important;visibility:hidden!important}';
    await visit({ src: `${server.url}/widget.js`, head: `<style>${hostile}</style>` });
    const frame = await patient.opensChat();
    expect(await panelBox(frame)).toMatchObject({ width: 398, height: 606 });
    const style =
      "JSON.stringify([getComputedStyle(document.querySelector('aftercare-chat')).display, getComputedStyle(document.querySelector('aftercare-chat')).opacity])";
    expect(await patient.page.evaluate(style)).toBe('["block","1"]');
  });

  it('is refused by the server and by the browser on a site that is not listed, and says whom to call instead', async () => {
    const stranger = await startClinicSite();
    stranger.show({
      src: `${server.url}/widget.js`,
      attributes: 'data-phone="(555) 010-0199"',
      body: `<iframe id="bare" src="${server.url}/chat"></iframe>`,
    });
    patient = await Patient.visitsSite(browser, stranger.origin);
    await patient.focusesLauncher();
    await patient.page.keyboard.press('Enter');
    await eventually(
      async () =>
        patient.page.frames().length > 1 &&
        patient.page
          .frames()
          .slice(1)
          .every((frame) => frame.url().startsWith('chrome-error:')),
    );
    await expectName(patient, 'link', /^Call the clinic: \(555\) 010-0199$/);
    expect((await patient.page.request.get(`${server.url}/chat?host=${stranger.origin}`)).status()).toBe(403);
    await stranger.close();
  });

  it('hears only its own frame, and the frame only its own page', async () => {
    await visit();
    const frame = await patient.opensChat();
    const forge = `
      window.postMessage({ aftercare: 1, type: 'close' }, '*');
      window.dispatchEvent(new MessageEvent('message', { origin: '${server.url}', data: { aftercare: 1, type: 'close' }, source: window }));
      window.dispatchEvent(new MessageEvent('message', { origin: '${server.url}', data: { aftercare: 1, type: 'close' } }));`;
    await patient.page.evaluate(forge);
    await frame.evaluate(
      `window.dispatchEvent(new MessageEvent('message', { origin: 'https://evil.example', data: { aftercare: 1, type: 'hidden' }, source: parent }))`,
    );
    await patient.page.waitForTimeout(200);
    expect(await panelBox(frame)).not.toBeNull();
    server.house.push(server.house.opened.at(-1) ?? '', { text: 'still shown' });
    await patient.sees('still shown');
  });

  it('opens and closes by the keyboard, and gives the focus back', async () => {
    await visit();
    const frame = await patient.opensChat();
    expect(await patient.focused()).toBe('AFTERCARE-CHAT');
    expect(await frame.evaluate('document.activeElement.id')).toBe('message');
    await patient.page.keyboard.press('Escape');
    await eventually(async () => (await panelBox(frame)) === null);
    expect(await patient.focused()).toBe('AFTERCARE-CHAT');
    await patient.page.keyboard.press('Enter');
    await eventually(async () => (await panelBox(frame)) !== null);
  });

  it('leaves the focus where the patient has it while the chat comes up unseen', async () => {
    await visit({ src: `${server.url}/widget.js`, body: '<input id="booking">' });
    await patient.focusesLauncher();
    await patient.page.focus('#booking');
    await comesUp(patient);
    await patient.page.keyboard.type('tuesday');
    expect(await patient.page.inputValue('#booking')).toBe('tuesday');
  });

  it('leaves the focus where the patient has it when the open chat comes up again on the next page', async () => {
    await visit({ src: `${server.url}/widget.js`, body: '<input id="booking" autofocus>' });
    await patient.opensChat();
    await patient.page.goto(`${site.origin}/next`);
    await patient.findsFrame();
    expect(await patient.focused()).toBe('INPUT');
  });

  it('takes what the patient types at once when it was opened before it came', async () => {
    await visit({ src: `${server.url}/widget.js` });
    let comes = (): void => undefined;
    const late = new Promise<void>((resolve) => (comes = resolve));
    await patient.page.route('**/chat?*', (route) => late.then(() => route.continue()));
    await patient.focusesLauncher();
    await patient.page.keyboard.press('Enter');
    comes();
    const frame = await patient.findsFrame();
    await patient.page.keyboard.type('is this ok');
    expect(await frame.inputValue('#message')).toBe('is this ok');
  });

  it('counts what comes while it is closed, and is still there on the next page', async () => {
    await visit();
    await patient.opensChat();
    await patient.says('can i wear makeup tmrw');
    await patient.sees('You said');
    await patient.page.click('a');
    await patient.findsFrame();
    await patient.sees('You said');
    await patient.page.keyboard.press('Tab');
    const frame = await patient.findsFrame();
    await frame.getByRole('button', { name: 'Close the chat' }).click();
    await patient.page.waitForTimeout(500); // the frame tells the launcher that it is closed
    server.house.push(server.house.opened.at(-1) ?? '', { text: 'a nurse has seen it' });
    await patient.bubble('a nurse has seen it').waitFor({ state: 'attached' });
    await expectName(patient, 'button', /Aftercare chat, 1 new/);
    await patient.page.keyboard.press('Enter');
    await expectName(patient, 'button', /^Close: Aftercare chat$/);
  });

  it('fills a phone, also beside its keyboard, and lets the page scroll again afterwards', async () => {
    await visit(null, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const frame = await patient.opensChat();
    expect(await panelBox(frame)).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    expect(await patient.page.evaluate('getComputedStyle(document.documentElement).overflow')).toBe('hidden');
    await patient.page.setViewportSize({ width: 390, height: 480 });
    await eventually(async () => (await panelBox(frame))?.height === 480);
    const send = await frame.getByRole('button', { name: 'Send' }).boundingBox();
    expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(480);
    await frame.getByRole('button', { name: 'Close the chat' }).click();
    const overflow = 'getComputedStyle(document.documentElement).overflow';
    await eventually(async () => (await patient.page.evaluate(overflow)) === 'visible');
  });
});

/** Waits until the frame has drawn the chat and had time for what it does then, shown or not. */
async function comesUp({ page }: Patient): Promise<void> {
  const chat = (): Frame | undefined => page.frames().find((frame) => frame.url().includes('/chat?'));
  await eventually(async () => ((await chat()?.locator('#message').count()) ?? 0) > 0);
  await page.waitForTimeout(300); // hidden frames run their effects late
}

/** What assistive technology reads: the launcher's shadow root is closed to scripts, not to the accessibility tree. */
async function expectName({ page }: Patient, role: string, name: RegExp): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (let tries = 0; ; tries++) {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as {
      nodes: { role?: { value?: string }; name?: { value?: string } }[];
    };
    const names = nodes.filter((node) => node.role?.value === role).map((node) => node.name?.value ?? '');
    if (tries < 200 && !names.some((candidate) => name.test(candidate))) {
      await page.waitForTimeout(50);
      continue;
    }
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(name)]));
    return;
  }
}
