import type { AddressInfo, Socket } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/find-browser';
import type { SmallHouse } from './small-house';
import { makeEscalation, NIGHT, openSmallHouse } from './small-house';

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
let browser: Browser;
beforeAll(async () => (browser = await launchBrowser()), 60_000);
afterAll(() => browser?.close());

describe('the console in a browser', () => {
  let house: SmallHouse;
  let page: Page;
  let url: string;
  let sockets: Set<Socket>;
  let complaints: string[];

  beforeEach(async () => {
    house = openSmallHouse({ publicUrl: null });
    const { course } = makeEscalation('x', 1);
    const question = {
      tier: 'ask_clinic',
      flags: [],
      reason: 'question:sun_exposure',
      pages: [],
      course: { ...course, stepAt: null, dueAt: NIGHT - 1 },
    } as const;
    house.escalations.set('esc-20', makeEscalation('esc-20', 20, question));
    house.escalations.set('esc-21', makeEscalation('esc-21', 21, { isDrill: true }));
    house.addEvent('esc-12', 'raised', 'bot', 'urgent U02');
    house.addEvent('esc-12', 'page_queued', 'clock', 'ana sms step 1 round 1');
    house.say('talk-esc-12', { from: 'bot', text: 'Yellow and oozing needs a person to look at it.' });
    sockets = new Set();
    house.server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
    await new Promise<void>((resolve) => house.server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(house.server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await page?.context().close();
    house.server.closeAllConnections();
    await new Promise((resolve) => house.server.close(resolve));
  });

  const open = async (options: BrowserContextOptions = {}): Promise<void> => {
    page = await (await browser.newContext(options)).newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
  };
  const signIn = async (): Promise<void> => {
    await page.goto(`${url}/console/sign-in`);
    await page.getByLabel('Telephone or e-mail').fill('ben@clinic.example');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('a link is on its way').waitFor();
    await page.goto(house.signInLinks.at(-1)!.link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Waiting for a person' }).waitFor();
  };
  const look = async (path: string): Promise<void> => {
    await page.goto(`${url}${path}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([path, 0]);
  };

  it('passes the accessibility rules and never scrolls sideways on a small phone in the dark', async () => {
    await open({ ...PHONE, viewport: { width: 320, height: 568 }, colorScheme: 'dark' });
    await signIn();
    for (const path of ['/console', '/console/escalations/esc-12', '/console/coverage', '/console/enroll']) await look(path);
    const ack = house.ackPath('page_esc-12_ana');
    await look(ack);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('You took Ref 12').waitFor();
    await look(ack);
    await page.context().clearCookies();
    await look('/console/sign-in');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('passes the accessibility rules and never scrolls sideways on a desktop', async () => {
    await open({ viewport: { width: 1280, height: 800 } });
    await signIn();
    for (const path of ['', '/enroll', '/escalations/esc-12', '/escalations', '/conversations', '/conversations/talk-esc-12', '/review'])
      await look(`/console${path}`);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('shows the Acknowledge button on the first screen of a phone, large enough for a thumb', async () => {
    await open(PHONE);
    await signIn();
    await page.goto(`${url}/console/escalations/esc-12`);
    const box = await page.getByRole('button', { name: 'Acknowledge' }).boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(60);
    expect(box!.width).toBeGreaterThan(300);
    expect(box!.y + box!.height).toBeLessThan(844 * 0.7);
  });

  it('does everything without JavaScript', async () => {
    await open({ javaScriptEnabled: false });
    await signIn();
    await page.getByRole('link', { name: 'Ref 12' }).click();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('Ref 12 is yours.').waitFor();
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('You have taken over').waitFor();
    await page.getByLabel('Reply to the patient').fill('Ben here, I will call you.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByText('Your reply is on its way').waitFor();
    await page.locator('.message.staff').filter({ hasText: 'Ben here' }).waitFor();
    await page.getByRole('button', { name: 'Spoke with the patient' }).click();
    await page.getByText('Ref 12 is closed: Spoke with the patient.').waitFor();
  });

  it('enrolls a patient without JavaScript, and shows their link for the eye and the clipboard', async () => {
    await open({ ...PHONE, javaScriptEnabled: false });
    await signIn();
    await page.getByRole('link', { name: 'Enroll' }).click();
    await page.getByLabel('When did the treatment end?').fill('2026-03-09T15:00');
    await page.getByLabel('Telephone number').fill('(555) 010-0150');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByLabel('The patient agrees').check();
    await page.getByRole('button', { name: 'Enroll' }).click();
    await page.getByRole('heading', { name: 'The patient is enrolled' }).waitFor();
    expect(await page.getByLabel('Personal link').inputValue()).toMatch(/#link=abc$/);
    expect(house.enrolled).toMatchObject([{ phone: '(555) 010-0150', treatedAt: '2026-03-09T15:00', agreesToTexts: true }]);
  });

  it('updates the list and the badge by itself', async () => {
    await open();
    await signIn();
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
    expect(await page.title()).toBe('(3) Waiting');
    house.escalations.set('esc-30', makeEscalation('esc-30', 30, { tier: 'emergency' }));
    await page.getByRole('link', { name: 'Ref 30' }).waitFor();
    expect(await page.title()).toBe('(4) Waiting');
    await page.getByRole('status').filter({ hasText: 'Live. 3 urgent, 3 of them not taken' }).waitFor();
  });

  it('keeps a half-typed reply and the focus while news arrive', async () => {
    await open();
    await signIn();
    await page.goto(`${url}/console/escalations/esc-12`);
    await page.getByLabel('Reply to the patient').fill('Half a sen');
    house.say('talk-esc-12', { from: 'patient', text: 'it is spreading' });
    await page.getByText('it is spreading').waitFor();
    await page.keyboard.type('tence');
    expect(await page.getByLabel('Reply to the patient').inputValue()).toBe('Half a sentence');
    await page.getByRole('button', { name: 'False alarm' }).focus();
    house.change('esc-12', { status: 'acknowledged', acknowledged: { by: 'ana', at: house.now, via: 'sms' } });
    await page.getByText('Taken by Ana at 9:06 pm').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('close-false_alarm');
  });

  it('says since when it is not live, comes back by itself, and shows what it missed', async () => {
    await open();
    await signIn();
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
    const { port } = house.server.address() as AddressInfo;
    house.server.close();
    sockets.forEach((socket) => socket.destroy());
    await page.getByText('Not live since 9:06 pm, reconnecting').waitFor();
    await house.deps.desk.resolve('esc-13', { by: 'ana', via: 'console' }, 'handled');
    house.escalations.set('esc-31', makeEscalation('esc-31', 31));
    await new Promise<void>((resolve) => house.server.listen(port, '127.0.0.1', resolve));
    await page.getByRole('link', { name: 'Ref 31' }).waitFor();
    expect(await page.getByRole('link', { name: 'Ref 13' }).count()).toBe(0);
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
  }, 30_000);

  it('says so when the session has ended', async () => {
    await open();
    await signIn();
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
    house.now += 8 * 3_600_000;
    await page.getByText('You are signed out, or this is gone. Reload the page.').waitFor();
  });

  it('goes on in a tab that nobody looks at', async () => {
    await open();
    await signIn();
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
    const front = await page.context().newPage();
    await front.bringToFront();
    house.escalations.set('esc-32', makeEscalation('esc-32', 32));
    const title = async (): Promise<string> => page.title();
    for (let count = 0; count < 100 && (await title()) !== '(4) Waiting'; count++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await title()).toBe('(4) Waiting');
  });

  it('shows tags of a patient as plain words', async () => {
    house.say('talk-esc-12', { from: 'patient', text: '<img src=x onerror="document.title=1"><script>document.title=2</script>' });
    await open();
    await signIn();
    await page.goto(`${url}/console/conversations/talk-esc-12`);
    await page.getByText('<img src=x').waitFor();
    expect(await page.locator('.talk img, .talk script').count()).toBe(0);
    expect(await page.title()).toBe('Conversation');
    expect(complaints).toEqual([]);
  });
});
