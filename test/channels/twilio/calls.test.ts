import { makeNotifiers } from '../../../src/notify';
import { pageOf, staffMessage } from '../../notify/staff-message';
import type { Taken } from '../../phone-company';
import type { Doors } from './doors';
import { PUBLIC_URL, openDoors } from './doors';
import { clinic } from './fake-desk';

let doors: Doors;
beforeEach(async () => (doors = await openDoors()));
afterEach(() => doors.close());

/** Calls a person about a page, and lets them take the call. */
async function callAbout(pageId: string): Promise<{ readonly call: Taken; readonly said: string }> {
  const { accountSid, authToken, url: apiBaseUrl } = doors.company;
  const parts = {
    twilio: { accountSid, authToken, apiBaseUrl },
    smtp: null,
    publicUrl: PUBLIC_URL,
    webhookKeys: () => [],
    clock: () => doors.now,
  };
  const what = { ...pageOf('urgent'), pageId } as ReturnType<typeof pageOf>;
  await makeNotifiers(parts).get('voice')!.send(staffMessage({ what }), 5_000);
  const call = doors.company.taken.at(-1)!;
  return { call, said: await doors.company.answer(call) };
}

const MENU = 'This is Skin & Glow. An urgent message is waiting, reference 1 2. Press 1 to acknowledge. Press 2 to pass it on.';

describe('a call about a page', () => {
  it('says clinic and reference, and no more, before any key', async () => {
    expect((await callAbout('page_1')).said).toBe(`${MENU} Press 3 to hear more.`);
  });

  it('takes 1 as an acknowledgement by the person who was called', async () => {
    const { call } = await callAbout('page_1');
    expect(await doors.company.press(call, '1')).toBe('Thank you. The message, reference 1 2, is yours. Open it in the console. Goodbye.');
    expect(doors.staff.did).toEqual(['acknowledge esc_1 by ana via voice']);
    expect(call.status).toBe('completed');
  });

  it('takes 2 as "not me"', async () => {
    const { call } = await callAbout('page_2');
    expect(await doors.company.press(call, '2')).toBe('Thank you. The message, reference 1 2, is passed on. Goodbye.');
    expect(doors.staff.did).toEqual(['pass on esc_1 by ben via voice']);
  });

  it('says who was first, with the time where the clinic is', async () => {
    doors.staff.outcome = (escalation) => ({ kind: 'taken_already', escalation, by: 'ben', at: Date.parse('2026-03-10T03:42:00Z') });
    const { call } = await callAbout('page_1');
    expect(await doors.company.press(call, '1')).toBe('Ben took it on Monday at 11:42 PM. Nothing is left to do. Goodbye.');
  });

  it('tells level, time and how to open it after the PIN only, then waits for a key again', async () => {
    const { call } = await callAbout('page_1');
    expect(await doors.company.press(call, '3')).toBe('Enter your PIN, then the pound key.');
    expect(await doors.company.press(call, '0000')).toBe('That is not your PIN. Enter your PIN, then the pound key.');
    const details = await doors.company.press(call, '4821');
    expect(details).toMatch(/^The level is urgent\. It was raised on Monday at 11:40 PM\. Open it in the console/);
    expect(details).toContain(MENU);
    await doors.company.press(call, '1');
    expect(doors.staff.did).toEqual(['acknowledge esc_1 by ana via voice']);
  });

  it('gives no detail after three wrong PINs, nor another try, but still takes the acknowledgement', async () => {
    const { call } = await callAbout('page_1');
    await doors.company.press(call, '3');
    for (const pin of ['0000', '1111']) expect(await doors.company.press(call, pin)).toMatch(/^That is not your PIN/);
    const after = await doors.company.press(call, '2222');
    expect(after).toBe(`Too many tries. Details stay in the console. ${MENU}`);
    expect(await doors.company.press(call, '3')).toBe(`Details stay in the console. ${MENU}`);
    await doors.company.press(call, '1');
    expect(doors.staff.did).toHaveLength(1);
  });

  it('gives no detail to a person without a PIN', async () => {
    const { call } = await callAbout('page_2');
    expect(await doors.company.press(call, '3')).toBe(`You have no PIN, so details stay in the console. ${MENU}`);
  });

  it('says its words three times to silence and then hangs up, without an acknowledgement', async () => {
    const { call } = await callAbout('page_1');
    for (let round = 0; round < 2; round++) expect(await doors.company.wait(call)).toContain(MENU);
    expect(await doors.company.wait(call)).toBe('No key was pressed. Goodbye.');
    expect(call.status).toBe('completed');
    expect(doors.staff.did).toEqual([]);
  });

  it('ends some time for somebody who presses keys that do nothing', async () => {
    const { call } = await callAbout('page_1');
    let presses = 0;
    while (call.status === 'in-progress' && presses < 50) {
      presses += 1;
      await doors.company.press(call, '9');
    }
    expect(presses).toBeLessThan(10);
    expect(doors.staff.did).toEqual([]);
  });

  it.each([
    ['taken by somebody else', { status: 'acknowledged', acknowledged: { by: 'ben', at: 0, via: 'sms' } } as const, 'Ben has the message'],
    ['taken by oneself', { status: 'acknowledged', acknowledged: { by: 'ana', at: 0, via: 'sms' } } as const, 'You have the message'],
    ['closed', { status: 'resolved', resolved: { by: 'ben', at: 0, reason: 'handled' } } as const, 'The message, reference 1 2, is closed'],
  ])('about a message that is %s says so and asks for nothing', async (_name, change, said) => {
    doors.staff.escalation = { ...doors.staff.escalation, ...change };
    const { call, said: heard } = await callAbout('page_1');
    expect(heard).toContain(said);
    expect(call.status).toBe('completed');
  });

  it('asks again for somebody who had it, when it was opened anew', async () => {
    doors.staff.escalation = { ...doors.staff.escalation, acknowledged: { by: 'ben', at: 0, via: 'sms' } };
    expect((await callAbout('page_1')).said).toContain(MENU);
  });

  it('about a page that is gone says so', async () => {
    expect((await callAbout('page_9')).said).toBe('This call is about a message that is no longer known. Goodbye.');
  });

  it('of a drill is a test, and of an emergency says that it is one', async () => {
    doors.staff.escalation = { ...doors.staff.escalation, isDrill: true };
    expect((await callAbout('page_1')).said).toContain('This is a test call. No message is waiting, reference 1 2.');
    doors.staff.escalation = { ...doors.staff.escalation, isDrill: false, tier: 'emergency' };
    expect((await callAbout('page_1')).said).toContain('An emergency message is waiting');
  });

  it('never says a word about health, and keeps names from becoming TwiML', async () => {
    const { said } = await callAbout('page_1');
    expect(said).not.toMatch(/U02|pus|fever|infect|skin is/i);
    expect(said).toContain(clinic.name);
  });
});
