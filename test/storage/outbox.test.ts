import type { ClaimedSending, EscalationStore } from '../../src/model/escalation';
import { changeTo, sampleEscalation, samplePage, sampleSending } from './escalation-samples';
import { STORES } from './escalation-stores';

describe.each(STORES)('the outbox in %s', (_name, open) => {
  let store: EscalationStore;
  let close: () => Promise<void>;
  beforeEach(async () => ({ store, close } = await open()));
  afterEach(() => close());

  const LEASE_MS = 5_000;
  const claim = (now: number, limit = 10, fullClinics: readonly string[] = []): Promise<ClaimedSending[]> =>
    store.claimSendings(now, { limit, leaseMs: LEASE_MS, fullClinics });
  const keys = (claimed: readonly ClaimedSending[]): string[] => claimed.map(({ dedupeKey }) => dedupeKey);
  const done = (at: number) => ({ state: 'done', at, failure: null }) as const;
  const claimOne = async (now: number): Promise<ClaimedSending> => {
    const [one] = await claim(now, 1);
    if (!one) throw new Error('Claim a sending: there is none.');
    return one;
  };

  it('hands out what is due, once', async () => {
    await store.addSending(sampleSending('a'));
    await store.addSending(sampleSending('b', { dueAt: 2_000 }));
    expect(keys(await claim(999))).toEqual([]);
    expect(await claim(1_000)).toEqual([{ ...sampleSending('a'), id: expect.any(String), epoch: 1, attempts: 0 }]);
    expect(keys(await claim(1_000))).toEqual([]);
    expect(keys(await claim(2_000))).toEqual(['b']);
  });

  it('keeps one sending for one dedupe key, also after it was sent', async () => {
    await store.addSending(sampleSending('a'));
    await store.addSending(sampleSending('a', { dueAt: 500 }));
    const sending = await claimOne(1_000);
    expect(sending.dueAt).toBe(1_000);
    expect(await store.settle(sending, done(1_100), null, [])).toBe(true);
    await store.addSending(sampleSending('a'));
    expect(await claim(10_000)).toEqual([]);
  });

  it('gets the sendings of a change with the change, and none of one that is refused', async () => {
    const escalation = sampleEscalation({ nextAt: null });
    expect(await store.save(changeTo(escalation, { send: [sampleSending('a')] }), [])).toBe(true);
    expect(await store.save(changeTo(escalation, { send: [sampleSending('b')] }), [])).toBe(false);
    expect(keys(await claim(1_000))).toEqual(['a']);
  });

  describe('order', () => {
    it('puts first pages before all else, then other pages, then notices', async () => {
      await store.addSending(sampleSending('notice', { priority: 2, dueAt: 1 }));
      await store.addSending(sampleSending('page', { priority: 1, dueAt: 2 }));
      await store.addSending(sampleSending('late first page', { dueAt: 4 }));
      await store.addSending(sampleSending('first page', { dueAt: 3 }));
      expect(keys(await claim(1_000))).toEqual(['first page', 'late first page', 'page', 'notice']);
    });

    it('goes round the clinics, so that a storm at one delays another by one page', async () => {
      for (let page = 0; page < 100; page++) await store.addSending(sampleSending(`storm ${page}`, { clinicId: 'storm', dueAt: page }));
      await store.addSending(sampleSending('calm 1', { clinicId: 'calm', dueAt: 500 }));
      await store.addSending(sampleSending('calm 2', { clinicId: 'calm', dueAt: 501 }));
      expect(keys(await claim(1_000, 5))).toEqual(['storm 0', 'calm 1', 'storm 1', 'calm 2', 'storm 2']);
    });

    it('also where a sender takes one at a time and settles it before the next', async () => {
      for (let page = 0; page < 100; page++) await store.addSending(sampleSending(`storm ${page}`, { clinicId: 'storm', dueAt: page }));
      const sent: string[] = [];
      for (let turn = 0; turn < 6; turn++) {
        if (turn === 3) await store.addSending(sampleSending('calm', { clinicId: 'calm', dueAt: 900 }));
        const sending = await claimOne(1_000 + turn);
        sent.push(sending.dedupeKey);
        await store.settle(sending, done(1_000 + turn), null, []);
      }
      expect(sent).toEqual(['storm 0', 'storm 1', 'storm 2', 'calm', 'storm 3', 'storm 4']);
    });

    it('leaves out clinics that have as much under way as they may', async () => {
      await store.addSending(sampleSending('a', { clinicId: 'storm' }));
      await store.addSending(sampleSending('b', { clinicId: 'calm' }));
      expect(keys(await claim(1_000, 10, ['storm', 'other']))).toEqual(['b']);
      expect(keys(await claim(1_000))).toEqual(['a']);
    });
  });

  describe('when a process dies', () => {
    it('after it claimed, another one gets the sending when the lease has ended', async () => {
      await store.addSending(sampleSending('a'));
      const first = await claimOne(1_000);
      expect(await claim(1_000 + LEASE_MS - 1)).toEqual([]);
      const second = await claimOne(1_000 + LEASE_MS);
      expect([first.epoch, second.epoch, second.id]).toEqual([1, 2, first.id]);
    });

    it('after it began an attempt, the attempt counts', async () => {
      await store.addSending(sampleSending('a'));
      const first = await claimOne(1_000);
      expect(await store.beginAttempt(first, 3_000, LEASE_MS)).toBe(true);
      expect(await claim(7_999)).toEqual([]);
      expect(await claim(8_000)).toMatchObject([{ dedupeKey: 'a', attempts: 1, epoch: 2 }]);
    });
  });

  describe('a sending that another process holds by now', () => {
    it('can neither be sent nor settled by the one that held it first, and its change is not stored', async () => {
      const escalation = sampleEscalation({ pages: [samplePage({ id: 'p1' })] });
      await store.save(changeTo(escalation, { send: [sampleSending('a')] }), []);
      const stored = await store.find(escalation.id);
      const first = await claimOne(1_000);
      const second = await claimOne(1_000 + LEASE_MS);
      expect(await store.beginAttempt(first, 7_000, LEASE_MS)).toBe(false);
      const change = stored && changeTo({ ...stored, status: 'notified' });
      expect(await store.settle(first, done(7_000), change, [])).toBe(false);
      expect(await store.find(escalation.id)).toEqual(stored);
      expect(await store.settle(second, done(7_000), change, [])).toBe(true);
      expect(await store.find(escalation.id)).toMatchObject({ status: 'notified', version: 2 });
      expect(await store.settle(second, done(7_000), null, [])).toBe(false);
    });

    it('is still its own while nobody else claimed it, even after the lease', async () => {
      await store.addSending(sampleSending('a'));
      const sending = await claimOne(1_000);
      expect(await store.beginAttempt(sending, 20_000, LEASE_MS)).toBe(true);
      expect(await claim(20_001)).toEqual([]);
    });
  });

  it('keeps a sending under its lease when the change that settles it has lost its version', async () => {
    const escalation = sampleEscalation();
    await store.save(changeTo(escalation, { send: [sampleSending('a')] }), []);
    const stored = await store.find(escalation.id);
    if (!stored) throw new Error('Find what was saved: there is none.');
    const sending = await claimOne(1_000);
    await store.save(changeTo({ ...stored, status: 'acknowledged' }), []);
    expect(await store.settle(sending, done(1_100), changeTo({ ...stored, status: 'notified' }), [])).toBe(false);
    expect(await claim(1_200)).toEqual([]);
    const moved = await store.find(escalation.id);
    expect(moved).toMatchObject({ status: 'acknowledged', version: 2 });
    expect(await store.settle(sending, done(1_300), moved && changeTo(moved), [])).toBe(true);
    expect(await claim(100_000)).toEqual([]);
  });

  it.each(['done', 'dead'] as const)('never hands out what is %s', async (state) => {
    await store.addSending(sampleSending('a'));
    expect(await store.settle(await claimOne(1_000), { state, at: 1_100, failure: 'code' }, null, [])).toBe(true);
    expect(await claim(1_000_000)).toEqual([]);
    expect(await store.nextDueAt()).toBeNull();
  });

  it('hands out what failed for the moment when its time has come', async () => {
    await store.addSending(sampleSending('a'));
    const sending = await claimOne(1_000);
    expect(await store.beginAttempt(sending, 1_000, LEASE_MS)).toBe(true);
    expect(await store.settle(sending, { state: 'again', at: 16_000, failure: 'timeout' }, null, [])).toBe(true);
    expect(await store.nextDueAt()).toBe(16_000);
    expect(await claim(15_999)).toEqual([]);
    expect(await claim(16_000)).toMatchObject([{ dedupeKey: 'a', dueAt: 16_000, attempts: 1, epoch: 2 }]);
  });

  it('gives each sending to one of several processes that ask at once', async () => {
    for (let page = 0; page < 60; page++) await store.addSending(sampleSending(`p${page}`, { clinicId: `clinic-${page % 3}` }));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(1_000, 5)));
    const rest = await claim(1_000, 60);
    const all = keys([...claims.flat(), ...rest]);
    expect([all.length, new Set(all).size]).toEqual([60, 60]);
  });
});
