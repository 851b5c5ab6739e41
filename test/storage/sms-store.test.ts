import type { SmsStore } from '../../src/model/sms-edge';
import { openStore } from '../../src/storage/open-store';
import { makeMemorySms } from '../channels/sms/deliveries/memory-sms';
import { DATABASES } from './databases';

const SECRET = Buffer.alloc(32, 3);
type Open = () => Promise<{ readonly sms: SmsStore; readonly other: SmsStore; readonly close: () => Promise<void> }>;

/** Two processes on one database, where it serves several; the stand-in of the delivery schedules has to keep the same promises. */
const STORES: readonly (readonly [string, Open])[] = [
  ...DATABASES.map(({ name, newPlace }): readonly [string, Open] => [
    name,
    async () => {
      const place = await newPlace();
      const one = await openStore({ ...place, secret: SECRET, now: 1 });
      // SQLite serves one process
      const two = place.databaseUrl === null ? one : await openStore({ ...place, secret: SECRET, now: 1 });
      return { sms: one.sms, other: two.sms, close: async () => void (await one.close(), two === one ? null : await two.close()) };
    },
  ]),
  [
    'memory',
    () => {
      const sms = makeMemorySms();
      return Promise.resolve({ sms, other: sms, close: () => Promise.resolve() });
    },
  ],
];

describe.each(STORES)('what is kept for texting, in %s', (_name, open) => {
  let sms: SmsStore;
  let other: SmsStore;
  let close: () => Promise<void>;
  beforeEach(async () => ({ sms, other, close } = await open()), 60_000);
  afterEach(() => close());

  const textOf = (messageId: string, at = 1) => ({
    messageId,
    conversationId: 'c1',
    text: `text ${messageId}`,
    media: 0,
    optOut: null,
    at,
  });

  it('makes one patient of one number at a clinic, whoever meets them first', async () => {
    const met = await Promise.all([sms, other, sms, other].map((store) => store.patients.meet('glow', '+15550100150', 5)));
    expect(new Set(met.map(({ id, conversationId }) => `${id} ${conversationId}`)).size).toBe(1);
    expect(met[0]).toMatchObject({ clinicId: 'glow', number: '+15550100150', optedOut: null, rejoined: null, zone: null });
    const elsewhere = await sms.patients.meet('shine', '+15550100150', 5);
    expect(elsewhere.conversationId).not.toBe(met[0]?.conversationId);
    expect(await other.patients.ofConversation(elsewhere.conversationId)).toEqual(elsewhere);
    expect(await sms.patients.ofConversation('nobody')).toBeNull();
  });

  it('keeps an opt-out, what undid it, and the first consent until a newer one is given', async () => {
    const { id, conversationId } = await sms.patients.meet('glow', '+15550100150', 5);
    await sms.patients.setOptOut(id, { at: 7, by: 'words', textId: 'SM1' });
    expect((await other.patients.ofConversation(conversationId))?.optedOut).toEqual({ at: 7, by: 'words', textId: 'SM1' });
    await sms.patients.setOptIn(id, 'SM2');
    expect(await other.patients.ofConversation(conversationId)).toMatchObject({ optedOut: null, rejoined: { by: 'words', textId: 'SM2' } });
    expect(await sms.patients.consentOf(id)).toBeNull();
    const consent = { at: 9, wording: 'w1', channel: 'sms', by: null } as const;
    await sms.patients.setConsent(id, consent, false);
    await sms.patients.setConsent(id, { ...consent, at: 10 }, false);
    expect(await sms.patients.consentOf(id)).toEqual(consent);
    await sms.patients.setConsent(id, { ...consent, at: 11 }, true);
    expect(await other.patients.consentOf(id)).toEqual({ ...consent, at: 11 });
  });

  it('keeps a text once and for good, gives it to one turn, and forgets it when the turn is done', async () => {
    const kept = await Promise.all([sms, other].map((store) => store.inbox.keep(textOf('SM1'))));
    expect(kept.filter(Boolean)).toHaveLength(1);
    await sms.inbox.keep(textOf('SM3', 3));
    await sms.inbox.keep(textOf('SM2', 2));
    expect((await other.inbox.waiting('c1')).map(({ messageId, turnId }) => [messageId, turnId])).toEqual([
      ['SM1', null],
      ['SM2', null],
      ['SM3', null],
    ]);
    expect(await sms.inbox.group(['SM1', 'SM2'], 'SM1')).toBe(true);
    expect(await other.inbox.group(['SM2', 'SM3'], 'SM2')).toBe(false);
    expect((await other.inbox.waiting('c1')).map(({ turnId }) => turnId)).toEqual(['SM1', 'SM1', null]);
    await sms.inbox.done('SM1');
    expect(await other.inbox.waiting('c1')).toMatchObject([{ messageId: 'SM3', text: 'text SM3', turnId: null }]);
    expect(await other.inbox.conversationsWaiting()).toEqual(['c1']);
    expect(await other.inbox.keep(textOf('SM1'))).toBe(false);
    expect(await other.inbox.known(['SM1', 'SM9'])).toEqual(new Set(['SM1']));
    expect(await sms.inbox.known([])).toEqual(new Set());
  });

  it('lets one process send a text, again after its lease or a refusal that passes, and never after that', async () => {
    const key = { conversationId: 'c1', seq: 2, part: 0 };
    const begun = await Promise.all([sms, other].map((store) => store.texts.begin(key, 0, 10)));
    expect(new Set(begun)).toEqual(new Set(['busy', 'mine']));
    expect(await other.texts.begin(key, 10, 10)).toBe('mine');
    await other.texts.settle(key, { state: 'again', providerId: null, code: '20429', at: 11 });
    expect(await sms.texts.begin(key, 12, 10)).toBe('mine');
    await sms.texts.settle(key, { state: 'sent', providerId: 'SM9', code: null, at: 13 });
    expect(await other.texts.begin(key, 99, 10)).toBe('settled');
    expect(await other.texts.stateOf(key)).toMatchObject({ state: 'sent' });
    expect(await other.texts.stateOf({ ...key, part: 1 })).toBeNull();
  });
});

describe.each(STORES.slice(0, -1))('reports about texts, in %s', (_name, open) => {
  it('never go back, find a text whose send is not answered yet, and leave others alone', async () => {
    const { sms, close } = await open();
    const key = { conversationId: 'c1', seq: 2, part: 0 };
    const report = (state: 'sent' | 'failed' | 'delivered', about: Parameters<SmsStore['texts']['report']>[0]) =>
      sms.texts.report(about, { state, code: state === 'failed' ? '30003' : null, at: 5 });
    await sms.texts.begin(key, 0, 10);
    expect(await report('sent', { providerId: 'SM1', key })).toEqual(key);
    expect(await report('failed', { providerId: 'SM2', key })).toBeNull();
    await sms.texts.settle(key, { state: 'sent', providerId: 'SM1', code: null, at: 6 });
    expect(await report('failed', { providerId: 'SM1', key: null })).toEqual(key);
    expect(await report('sent', { providerId: 'SM1', key })).toBeNull();
    expect(await sms.texts.stateOf(key)).toEqual({ state: 'failed', code: '30003' });
    expect(await report('delivered', { providerId: 'SM1', key })).toEqual(key);
    expect(await report('failed', { providerId: 'SM1', key })).toBeNull();
    expect(await sms.texts.stateOf(key)).toEqual({ state: 'delivered', code: null });
    expect(await report('delivered', { providerId: 'SM8', key: null })).toBeNull();
    await close();
  }, 60_000);
});
