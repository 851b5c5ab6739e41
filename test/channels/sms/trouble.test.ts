import { AftercareError } from '../../../src/tools/errors';
import type { SmsHouse } from './sms-house';
import { NURSE, PATIENT, openSmsHouse } from './sms-house';

let sms: SmsHouse;
beforeEach(async () => (sms = await openSmsHouse()));
afterEach(() => sms.close());

const QUIET = 3_000;
const MINUTE = 60_000;

describe('texts in an outage', () => {
  it('whose webhooks never came are found in Twilio’s list at the start, danger first, each once', async () => {
    const calm = { sid: `SM${'1'.repeat(32)}`, from: '+15550100151' };
    await sms.texts('can i wear makeup tomorrow', { ...calm, times: 0 });
    await sms.texts('yellow pus is coming out of my cheek', { times: 0 });
    for (let count = 0; count < 60; count++) await sms.texts('hello', { from: `+155501003${10 + count}`, times: 0 });
    // they may still come by themselves
    expect(await sms.house.sms?.reconcile(true)).toBe(0);
    await sms.pass(31_000);
    expect(await sms.escalations()).toEqual([]);
    const { store } = sms.house;
    const real = { ...store };
    const turns: string[] = [];
    const commit: typeof store.commit = (record, version) => {
      turns.push(record.input.text);
      return real.commit(record, version);
    };
    Object.assign(store, { commit });
    expect(await sms.house.sms?.reconcile(true)).toBe(62);
    expect(turns[0]).toMatch(/pus/);
    await sms.pass(QUIET);
    expect(sms.company.textsTo(NURSE)).toHaveLength(1);
    expect(sms.got()).not.toEqual([]);
    expect(sms.got('+15550100151')).not.toEqual([]);
    // the webhook comes after all
    const before = sms.company.taken.length;
    await sms.texts('can i wear makeup tomorrow', calm);
    expect(await sms.house.sms?.reconcile(false)).toBe(0);
    await sms.pass(QUIET);
    expect(sms.company.taken).toHaveLength(before);
  });

  it('are found by the look every few minutes, and texts of staff are left to them', async () => {
    sms.house.sms?.start();
    await sms.pass(1_000);
    await sms.texts('can i wear makeup tomorrow', { times: 0 });
    await sms.texts('12a', { from: NURSE, times: 0 });
    await sms.pass(6 * MINUTE);
    expect(sms.got()).not.toEqual([]);
    expect((await sms.house.store.conversationsOf(null, 10)).map(({ channel }) => channel)).toEqual(['sms']);
  });

  it('are not lost when the process dies before their turn', async () => {
    await sms.texts('can i wear makeup tomorrow');
    await sms.restart();
    await sms.pass(QUIET);
    expect((await sms.transcript()).filter(({ direction }) => direction === 'in')).toHaveLength(1);
    expect(sms.got()).not.toEqual([]);
  });

  it('are asked for again later when Twilio does not list them', async () => {
    sms.company.goDown(MINUTE);
    expect(await sms.house.sms?.reconcile(true)).toBe(0);
    expect(sms.logged.join('\n')).toMatch(/did not list/);
  });
});

describe('a text while storage is gone', () => {
  it('is not acknowledged; danger gets its words and staff an alarm at once, and everything else when storage is back', async () => {
    const { patients } = sms.house.store.sms;
    const real = { ...patients };
    Object.assign(patients, { meet: () => Promise.reject(new AftercareError('STORAGE_UNAVAILABLE', 'Reading failed.')) });
    const sid = `SM${'7'.repeat(32)}`;
    expect(await sms.texts('yellow pus is coming out of my cheek', { sid, times: 2 })).toEqual([503, 503]);
    expect(await sms.texts('can i wear makeup', { from: '+15550100151' })).toEqual([503]);
    await sms.pass(1_000);
    expect(sms.got().join('\n')).toMatch(/the team may hear of this late. Please call \(555\) 010-0199/);
    expect(sms.got('+15550100151')).toEqual([]);
    expect(sms.company.textsTo(NURSE)).toMatchObject([{ body: expect.stringMatching(/ALARM/) as string }]);
    Object.assign(patients, real);
    await sms.pass(31_000);
    expect(await sms.house.sms?.reconcile(false)).toBe(2);
    await sms.pass(QUIET);
    expect(await sms.escalations()).toMatchObject([{ tier: 'urgent' }]);
    expect(sms.got('+15550100151')).not.toEqual([]);
  });
});

describe('texts that do not get through', () => {
  it('are tried again when Twilio is too busy (20429), in their order', async () => {
    sms.company.behave({ refuse: { status: 429, code: 20429 } }, PATIENT);
    await sms.texts('yellow pus is coming out of my cheek');
    await sms.pass(1_000);
    expect(sms.got()).toEqual([]);
    sms.company.behave({}, PATIENT);
    await sms.pass(MINUTE);
    const said = (await sms.transcript()).flatMap((message) => (message.direction === 'out' ? [message.reply.text.slice(0, 20)] : []));
    const got = sms.got();
    expect(got.length).toBeGreaterThanOrEqual(said.length);
    expect(got[0]).toContain(said[0]);
  });

  it.each([
    ['usual', 'undelivered'],
    ['twice', 'undelivered'],
    ['reordered', 'undelivered'],
  ] as const)('are on record with Twilio’s reason (callbacks %s), and staff read it where something is open', async (callbacks, status) => {
    sms.company.behave({ callbacks, fate: { status, code: 30003 } }, PATIENT);
    await sms.texts('yellow pus is coming out of my cheek');
    await sms.pass(20_000);
    const { conversationId } = (await sms.escalations())[0]!;
    expect(await sms.house.store.sms.texts.stateOf({ conversationId, seq: 2, part: 0 })).toEqual({ state: 'failed', code: '30003' });
    expect((await sms.events('cannot_text')).map(({ detail }) => detail)).toEqual(['30003']);
  });

  it('count as delivered once they are, whatever comes after', async () => {
    sms.company.behave({ callbacks: 'reordered' }, PATIENT);
    await sms.texts('hello');
    await sms.pass(20_000);
    expect(await sms.house.store.sms.texts.stateOf({ conversationId: await sms.conversationOf(), seq: 2, part: 0 })).toEqual({
      state: 'delivered',
      code: null,
    });
  });
});

describe('messages that nobody waits for', () => {
  it('leave in the morning', async () => {
    await sms.close();
    sms = await openSmsHouse({ now: '2026-03-10T22:30' });
    await sms.texts('hello');
    await sms.pass(QUIET);
    expect(sms.got()).not.toEqual([]);
    const conversationId = await sms.conversationOf();
    await sms.house.store.addMessages([
      { conversationId, id: 'tip-1', at: sms.now(), text: 'A tip of the day.', actions: [], author: null, escalation: null },
    ]);
    await sms.pass(MINUTE);
    expect(sms.got()).toEqual([]);
    const due = await sms.house.store.nextDueAt();
    expect(new Date(due ?? 0).toISOString()).toBe('2026-03-11T12:00:00.000Z');
  });
});
