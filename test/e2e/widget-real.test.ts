import type { Browser } from 'playwright-core';

import { Patient } from './chat-driver';
import { launchBrowser } from './find-browser';
import { openRealServer, type RealServer, startRealServer } from './real-server';
import { widgetSuite } from './widget.suite';

widgetSuite('the real house', startRealServer);

describe('the chat with the real house behind it', () => {
  let server: RealServer;
  let browser: Browser;
  let patient: Patient;
  /** Thursday evening in New York. */
  let now = Date.parse('2026-11-19T20:06:00-05:00');

  beforeAll(async () => {
    [server, browser] = await Promise.all([openRealServer({ clock: () => (now += 10) }), launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    patient = await Patient.visits(browser, server.url, { timezoneId: 'America/New_York' });
    await patient.sees(server.bot.greeting);
  });
  afterEach(() => patient.leaves());

  it('works out the timeline once the patient has told the time, and keeps it to itself while a danger is open', async () => {
    const { page } = patient;
    await patient.chooses('My timeline');
    await page.getByText('I do not know when your treatment ended.').waitFor();
    await page.keyboard.press('Escape');
    await patient.says('my treatment was today at 3:10 pm');
    await patient.sees(/I noted your treatment: today at 3:10 pm/);
    await patient.chooses('My timeline');
    await page.getByRole('row', { name: /^makeup From tomorrow \(Fri\) at 3:10 pm, as your guide says\. Not yet\./ }).waitFor();
    await page.getByRole('row', { name: /^retinol Ask the clinic\. Not before Thu, Nov 26 at 3:10 pm\./ }).waitFor();
    const calendar = await page.getByRole('link', { name: /calendar/ }).getAttribute('href');
    expect(await (await page.request.get(`${server.url}${calendar}`)).text()).toMatch(/DTSTART:20261120T201000Z\r\n/);
    expect(await patient.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await patient.says('yellow pus is coming out of my cheek');
    await patient.sees(/on-call team|as urgent/);
    await patient.chooses('My timeline');
    await page.getByText(/Your urgent message to Glow Clinic is still open/).waitFor();
    expect(await page.getByRole('row').count()).toBe(0);
  });

  describe('a personal link', () => {
    const newLink = async (token: string): Promise<string> => {
      const at = now - 5 * 3_600_000;
      const facts = { treatedAt: { from: at, to: at }, kind: 'microneedling', reference: '' } as const;
      await server.house.store.charts.enrol({
        ...{ clinicId: 'demo', facts, patientIds: [], by: 'ana', at: now },
        link: { token, expiresAt: now + 3_600_000 },
      });
      return `${server.url}/chat?clinic=demo#link=${token}`;
    };

    it('opens a chat that knows the treatment, leaves the address at once, and asks for nothing again on a reload', async () => {
      const { page } = patient;
      await patient.says('my treatment was today at 3:10 pm');
      await patient.sees(/I noted your treatment/);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(await newLink('0123456789abcdef0123456789abcdef'));
      await page.getByText('This chat is linked to your clinic now').waitFor();
      expect(page.url()).toBe(`${server.url}/chat?clinic=demo`);
      expect(asked.filter((url) => url.includes('0123456789'))).toEqual([]);
      expect(await patient.bubble(/I noted your treatment/).count()).toBe(0);
      await patient.says('can i wear makeup');
      await patient.sees(/tomorrow \(Fri\) at 3:06 pm/);
      expect(await patient.violations()).toEqual([]);
      await page.reload();
      await patient.sees(/tomorrow \(Fri\) at 3:06 pm/);
      expect(await page.getByText('personal link').count()).toBe(0);
      expect(patient.complaints).toEqual([]);
    });

    it('that was opened before says so, and the chat works all the same', async () => {
      const link = await newLink('fedcba9876543210fedcba9876543210');
      await patient.page.goto(link);
      await patient.page.getByText('This chat is linked to your clinic now').waitFor();
      const other = await Patient.visits(browser, server.url, { timezoneId: 'America/New_York' });
      await other.page.goto(`${server.url}/chat?clinic=demo`);
      await other.sees(server.bot.greeting);
      await other.page.goto(link); // nothing but the part behind # is new
      await other.page.getByText('was opened before, in another browser').waitFor();
      await other.says('can i wear makeup');
      await other.sees(/When did your treatment end/);
      await other.leaves();
    });
  });

  it('says that an urgent message waits, that it was seen, and erases only after it is closed', async () => {
    const { page } = patient;
    await patient.says('yellow pus is coming out of my cheek');
    await page.getByText(/^Waiting for the on-call team since/).waitFor();
    await patient.chooses('End and erase my data');
    await page.getByRole('button', { name: 'Erase it' }).click();
    await page.getByText(/the team needs your words/).waitFor();
    await page.keyboard.press('Escape');
    const [escalation] = await server.house.store.listEscalations(null, 1);
    const { id = '', conversationId = '' } = escalation ?? {};
    const nurse = { by: 'nurse', via: 'console' } as const;
    expect(await server.house.paging.desk.acknowledge(id, nurse)).toMatchObject({ kind: 'done' });
    await page.getByText(/^Seen by the on-call team/).waitFor();
    expect(await server.house.paging.desk.resolve(id, nurse, 'spoke_with_patient')).toMatchObject({ kind: 'done' });
    await patient.chooses('End and erase my data');
    await page.getByRole('button', { name: 'Erase it' }).click();
    await page.getByText('The conversation was erased.').waitFor();
    expect(await server.house.store.exists(conversationId)).toBe(false);
    expect(await server.house.store.read(conversationId, 0)).toEqual({ messages: [], lastSeq: 0 });
  });
});
