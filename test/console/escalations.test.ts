import type { SmallHouse } from './small-house';
import { makeEscalation, NIGHT, openSmallHouse } from './small-house';
import type { Visitor } from './visitor';
import { signIn, signInAsOwner } from './visitor';

const MINUTE = 60_000;
const PAGE = '/console/escalations/esc-12';
/** The words of a page as they are read, in order. */
const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the list of what waits', () => {
  let house: SmallHouse;
  let ben: Visitor;
  beforeEach(async () => {
    house = openSmallHouse();
    ben = await signIn(house, 'ben@clinic.example');
  });
  const read = async (): Promise<string> => (await ben.get('/console').expect(200)).text;

  it('shows emergencies first, then the oldest', async () => {
    house.escalations.set('esc-11', makeEscalation('esc-11', 11, { raisedAt: NIGHT - MINUTE }));
    const refs = [...(await read()).matchAll(/>Ref (\d+)</g)].map(([, ref]) => ref);
    expect(refs).toEqual(['13', '11', '12']);
  });

  it('shows level, why, state, who has it, waiting time and the next step', async () => {
    expect(wordsOf(await read())).toMatch(/Ref 12 Urgent Title of U02 Sent, nobody has answered yet Nobody 2 min 9:09 pm/);
    await house.deps.desk.acknowledge('esc-12', { by: 'ana', via: 'sms' });
    house.now += 61 * MINUTE;
    expect(wordsOf(await read())).toMatch(/Ref 12 Urgent Title of U02 Taken Ana 1 h 3 min No page waits/);
  });

  it('counts what waits in the title', async () => {
    expect(await read()).toMatch(/<title>\(2\) Waiting<\/title>/);
    await house.deps.desk.resolve('esc-12', { by: 'ana', via: 'console' }, 'handled');
    expect(await read()).toMatch(/<title>\(1\) Waiting<\/title>/);
  });

  it('keeps questions apart, by due time, and marks what is overdue', async () => {
    const { course } = makeEscalation('x', 1);
    const question = (ref: number, dueAt: number): void =>
      void house.escalations.set(
        `q-${ref}`,
        makeEscalation(`q-${ref}`, ref, {
          tier: 'ask_clinic',
          flags: [],
          reason: 'question:sun_exposure',
          course: { ...course, stepAt: null, dueAt },
        }),
      );
    question(20, NIGHT + 20 * 60 * MINUTE);
    question(21, NIGHT - 60 * MINUTE);
    const words = wordsOf(await read());
    expect(words).toMatch(
      /Ref 21 Question Question for the clinic: sun exposure 9:04 pm 8:04 pm Overdue Nobody Ref 20 .* Tue 5:04 pm Nobody/,
    );
    expect(words.match(/Overdue/g)).toHaveLength(1);
  });

  it('keeps drills apart and out of the count', async () => {
    house.escalations.set('esc-99', makeEscalation('esc-99', 99, { isDrill: true }));
    const text = await read();
    expect(text).toMatch(/<title>\(2\) Waiting/);
    expect(wordsOf(text)).toMatch(/Drills: no patient is behind these Drills .* Ref 99 Test: Urgent/);
  });

  it('says what is not signed', async () => expect(await read()).toMatch(/2 entries are not signed by a medical director/));

  it('shows no word of a patient, and nothing raw', async () => {
    house.change('esc-12', { flags: [], reason: 'watch:<script>' });
    const text = await read();
    expect(text).not.toMatch(/pus|throat|<script>/);
    expect(text).toMatch(/&#60;script&#62;/);
  });

  it('names the clinic where there are several', async () => {
    const { text } = await (await signInAsOwner(house)).get('/console').expect(200);
    expect(wordsOf(text)).toMatch(/Ref 7 Other Clinic/);
  });

  it('keeps what is closed in the history', async () => {
    await house.deps.desk.resolve('esc-12', { by: 'ana', via: 'console' }, 'handled');
    const { text } = await ben.get('/console/escalations').expect(200);
    expect(wordsOf(text)).toMatch(/Ref 12 Urgent Title of U02 9:04 pm Closed Ana, 9:06 pm/);
  });
});

describe("an escalation's page", () => {
  let house: SmallHouse;
  let ben: Visitor;
  beforeEach(async () => {
    house = openSmallHouse();
    ben = await signIn(house, 'ben@clinic.example');
  });

  it('shows what was said, marked by who said it, with nothing raw', async () => {
    house.say('talk-esc-12', { from: 'bot', text: 'This needs a person.' });
    house.say('talk-esc-12', { from: 'staff', text: 'Ana here.' });
    const { text } = await ben.get(PAGE).expect(200);
    expect(text).toMatch(/yellow pus on my &#60;b&#62;cheek&#60;\/b&#62;/);
    expect(wordsOf(text)).toMatch(/Patient 9:04 pm yellow pus.* Bot 9:06 pm This needs a person\. Staff 9:06 pm Ana here\./);
    expect(text).toMatch(/<title>Ref 12<\/title>/);
  });

  it('tells what happened in plain words with times and names', async () => {
    house.addEvent('esc-12', 'raised', 'bot', 'urgent U02');
    house.addEvent('esc-12', 'page_queued', 'clock', 'ana sms step 1 round 1');
    house.addEvent('esc-12', 'patient_told', 'bot', 'seenByTeam');
    house.addEvent('esc-12', 'snoozed', 'ana', String(NIGHT + 30 * MINUTE));
    house.addEvent('esc-12', 'reassigned', 'ana', 'ben');
    house.addEvent('esc-12', 'resolved', 'console', 'spoke_with_patient');
    const words = wordsOf((await ben.get(PAGE).expect(200)).text);
    for (const line of [
      '9:06 pm: Raised, by the bot (Urgent, Title of U02)',
      '9:06 pm: Page made, by the clock (Ana, text message, step 1 round 1)',
      '9:06 pm: Patient told, by the bot (that the team has seen it)',
      '9:06 pm: Reminder put off, by Ana (until 9:34 pm)',
      '9:06 pm: Given to another person, by Ana (Ben)',
      '9:06 pm: Closed, by the owner (Spoke with the patient)',
    ])
      expect(words).toContain(line);
  });

  it('shows pages with their states: sent is not arrived', async () => {
    expect(wordsOf((await ben.get(PAGE).expect(200)).text)).toMatch(
      /Ana text message Step 1, round 1 Sent, not known to have arrived 9:04 pm 9:04 pm Not yet/,
    );
  });

  it('acknowledges, and says so once', async () => {
    expect(await ben.does(`${PAGE}/acknowledge`)).toMatch(/class="said" role="status">Ref 12 is yours\./);
    expect(house.escalations.get('esc-12')?.acknowledged).toEqual({ by: 'ben', at: house.now, via: 'console' });
    const { text } = await ben.get(PAGE).expect(200);
    expect(text).not.toMatch(/class="said"/);
    expect(text).not.toMatch(/id="acknowledge"/);
    expect(wordsOf(text)).toMatch(/Taken by Ben at 9:06 pm\./);
  });

  it('says who was first when two acknowledge at once', async () => {
    await house.deps.desk.acknowledge('esc-12', { by: 'ana', via: 'sms' });
    house.now += MINUTE;
    expect(await ben.does(`${PAGE}/acknowledge`)).toMatch(/Ana took it at 9:06 pm, nothing changed\./);
  });

  it('puts the Acknowledge button before everything else that can be pressed', async () => {
    const { text } = await ben.get(PAGE).expect(200);
    const main = text.slice(text.indexOf('<main'));
    expect(/<button[^>]*>([^<]+)/.exec(main)?.[1]).toBe('Acknowledge');
  });

  it('passes on', async () => expect(await ben.does(`${PAGE}/pass-on`)).toMatch(/You passed on Ref 12\. The next person is paged now\./));

  it('closes with a reason, and then offers no more buttons', async () => {
    const text = await ben.does(`${PAGE}/resolve`, { reason: 'spoke_with_patient' });
    expect(text).toMatch(/Ref 12 is closed: Spoke with the patient\./);
    expect(wordsOf(text)).toMatch(/Closed \(Ben, 9:06 pm\): Spoke with the patient\./);
    expect(text).not.toMatch(/id="(acknowledge|pass-on|close-handled|person)"/);
    expect(await ben.does(`${PAGE}/acknowledge`)).toMatch(/Ref 12 is closed \(Ben, 9:06 pm\), nothing changed\./);
  });

  it('reminds who closes it that the bot is still silent', async () => {
    await ben.does('/console/conversations/talk-esc-12/take-over');
    expect(await ben.does(`${PAGE}/resolve`, { reason: 'handled' })).toMatch(/The bot is still silent: hand back when you are done\./);
  });

  it('offers to pass on only what pages somebody', async () => {
    expect((await ben.get(PAGE)).text).toMatch(/id="pass-on"/);
    house.change('esc-12', { tier: 'ask_clinic' });
    expect((await ben.get(PAGE)).text).not.toMatch(/id="pass-on/);
    await ben.does(`${PAGE}/acknowledge`);
    expect((await ben.get(PAGE)).text).not.toMatch(/id="(pass-on|snooze)/);
  });

  it('refuses to close without a reason', async () => {
    const { status, text } = await ben.post(`${PAGE}/resolve`, { reason: 'whatever' });
    expect(status).toBe(422);
    expect(text).toMatch(/role="alert">Close it with one of the reasons\. Nothing was changed\./);
    expect(house.escalations.get('esc-12')?.status).toBe('notified');
  });

  it('gives it to another person of the clinic, and to nobody else', async () => {
    expect(await ben.does(`${PAGE}/reassign`, { person: 'ana' })).toMatch(/Ref 12 goes to Ana, who is paged now/);
    const { status, text } = await ben.post(`${PAGE}/reassign`, { person: 'zoe' });
    expect([status, /Choose a person of the clinic/.test(text)]).toEqual([422, true]);
  });

  it('puts off a reminder, once taken', async () => {
    expect(await ben.does(`${PAGE}/snooze`, { minutes: '15' })).toMatch(/Take it first/);
    await ben.does(`${PAGE}/acknowledge`);
    expect(await ben.does(`${PAGE}/snooze`, { minutes: '15' })).toMatch(/The reminder of Ref 12 is put off until 9:21 pm\./);
    expect((await ben.post(`${PAGE}/snooze`, { minutes: '0' })).status).toBe(422);
  });

  it('keeps a note, and what was typed when it is refused', async () => {
    const text = await ben.does(`${PAGE}/note`, { text: 'Called <twice>' });
    expect(wordsOf(text)).toMatch(/9:06 pm, Ben: Called &#60;twice&#62;/);
    const long = await ben.post(`${PAGE}/note`, { text: 'x'.repeat(2001) });
    expect(long.status).toBe(422);
    expect(long.text).toMatch(/The note has 2001 characters/);
    expect(long.text).toContain('x'.repeat(2001));
    expect((await ben.post(`${PAGE}/note`, { text: ' ' })).status).toBe(422);
  });

  it('is not found when there is none', async () => {
    await ben.get('/console/escalations/none').expect(404);
    expect((await ben.post('/console/escalations/none/acknowledge')).status).toBe(404);
  });

  it('says clearly when storage is gone, and keeps what was done out of it', async () => {
    house.isStorageGone = true;
    const { status, text } = await ben.get(PAGE);
    expect(status).toBe(503);
    expect(text).toMatch(/Something failed on our side/);
    expect(house.faults).toEqual(['STORAGE_UNAVAILABLE']);
  });
});
