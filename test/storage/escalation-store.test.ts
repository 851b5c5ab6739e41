import type { Escalation, EscalationStore } from '../../src/model/escalation';
import { changeTo, sampleEscalation, samplePage } from './escalation-samples';
import { STORES } from './escalation-stores';

describe.each(STORES)('escalations in %s', (_name, open) => {
  let store: EscalationStore;
  let close: () => Promise<void>;
  beforeEach(async () => ({ store, close } = await open()));
  afterEach(() => close());

  const saved = async (given: Partial<Escalation> = {}): Promise<Escalation> => {
    const { id } = sampleEscalation(given);
    expect(await store.save(changeTo({ ...sampleEscalation(given), id }), [])).toBe(true);
    const stored = await store.find(id);
    if (!stored) throw new Error('Find what was saved: there is none.');
    return stored;
  };

  it('come back as they were stored, with a number and a version', async () => {
    const given = sampleEscalation({
      ref: 7,
      clinicId: 'north',
      channel: 'sms',
      flags: ['U02', 'E01'],
      tier: 'emergency',
      status: 'acknowledged',
      pages: [
        samplePage({ id: 'p1', status: 'delivered', sentAt: 2_000, deliveredAt: 3_000, attempts: 2, providerId: 'SM1' }),
        samplePage({ id: 'p2', step: 2, method: 'voice', isFirst: false, status: 'failed_permanently', failure: '21610', dueAt: 9_000 }),
      ],
      acknowledged: { by: 'ann', at: 4_000, via: 'link' },
      resolved: { by: 'ann', at: 5_000, reason: 'handled' },
      isDrill: true,
      nextAt: null,
    });
    expect(await store.save(changeTo(given), [])).toBe(true);
    expect(await store.find(given.id)).toEqual({ ...given, version: 1 });
    expect(await store.find('unknown')).toBeNull();
  });

  it('are numbered within their clinic', async () => {
    const first = await saved();
    const second = await saved();
    const other = await saved({ clinicId: 'north' });
    expect([first.ref, second.ref, other.ref]).toEqual([1, 2, 1]);
    expect([await store.nextRef('demo'), await store.nextRef('north'), await store.nextRef('south')]).toEqual([3, 2, 1]);
  });

  it('are found by number, by page and by what the provider calls the page', async () => {
    const page = samplePage({ id: 'p1', providerId: 'SM1' });
    const one = await saved({ pages: [page] });
    await saved({ clinicId: 'north' });
    expect(await store.findByRef('demo', 1)).toEqual(one);
    expect(await store.findByRef('demo', 2)).toBeNull();
    expect(await store.findByPage('p1')).toEqual(one);
    expect(await store.findByPage('p2')).toBeNull();
    expect(await store.findByProviderId('SM1')).toEqual({ escalation: one, page });
    expect(await store.findByProviderId('SM2')).toBeNull();
  });

  it('are listed: those that wait from the oldest, all from the newest, of one clinic or of all', async () => {
    const a = await saved({ raisedAt: 3_000 });
    const b = await saved({ raisedAt: 1_000, clinicId: 'north' });
    const c = await saved({ raisedAt: 2_000, status: 'resolved', nextAt: null });
    expect(await store.listUnresolved(null, 10)).toEqual([b, a]);
    expect(await store.listUnresolved('demo', 10)).toEqual([a]);
    expect(await store.listUnresolved(null, 1)).toEqual([b]);
    expect(await store.listEscalations(null, 10)).toEqual([a, c, b]);
    expect(await store.listEscalations('demo', 1)).toEqual([a]);
  });

  it('keep their history in order and only ever add to it', async () => {
    const stored = await saved();
    const event = (kind: 'page_queued' | 'acknowledged', at: number) =>
      ({ escalationId: stored.id, kind, actor: 'ann', at, detail: 'sms' }) as const;
    await store.save(changeTo(stored, { events: [event('page_queued', 2_000), event('acknowledged', 3_000)] }), []);
    expect((await store.events(stored.id)).map(({ kind }) => kind)).toEqual(['raised', 'page_queued', 'acknowledged']);
    expect((await store.events(stored.id))[2]).toEqual(event('acknowledged', 3_000));
    expect(await store.events('unknown')).toEqual([]);
  });

  it('refuse a change made from an older version, whole', async () => {
    const stored = await saved({ pages: [samplePage({ id: 'p1' })] });
    expect(await store.save(changeTo({ ...stored, status: 'acknowledged' }), [])).toBe(true);
    const stale = changeTo({ ...stored, status: 'notified', pages: [...stored.pages, samplePage({ id: 'p2', step: 2 })] });
    expect(await store.save(stale, [])).toBe(false);
    expect(await store.find(stored.id)).toMatchObject({ status: 'acknowledged', version: 2, pages: [{ id: 'p1' }] });
    expect(await store.events(stored.id)).toHaveLength(2);
    expect(await store.save(changeTo({ ...stored, version: 0 }), [])).toBe(false);
  });

  it('take one of many changes made at the same moment', async () => {
    const stored = await saved();
    const results = await Promise.all(Array.from({ length: 20 }, () => store.save(changeTo({ ...stored, status: 'notified' }), [])));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('keep one page for one person, method, step and round', async () => {
    const pages = [
      samplePage({ id: 'p1' }),
      samplePage({ id: 'p2' }),
      samplePage({ id: 'p3', round: 2 }),
      samplePage({ id: 'p4', method: 'voice' }),
    ];
    expect((await saved({ pages })).pages.map(({ id }) => id)).toEqual(['p1', 'p3', 'p4']);
  });

  describe('that are due', () => {
    const options = { limit: 10, leaseMs: 5_000 };

    it('are handed out once, most overdue first, and again when their lease has ended', async () => {
      const late = await saved({ nextAt: 2_000 });
      const later = await saved({ nextAt: 1_000 });
      await saved({ nextAt: 9_000 });
      await saved({ nextAt: null, status: 'resolved' });
      expect(await store.claimDue(2_000, options)).toEqual([later, late]);
      expect(await store.claimDue(6_999, options)).toEqual([]);
      expect(await store.claimDue(7_000, { ...options, limit: 1 })).toEqual([later]);
      expect(await store.claimDue(7_000, options)).toEqual([late]);
    });

    it('are free again as soon as a change is stored, whoever held them', async () => {
      const stored = await saved({ nextAt: 1_000 });
      const [held] = await store.claimDue(1_000, options);
      expect(await store.save(changeTo({ ...stored, status: 'acknowledged', nextAt: 1_500 }), [])).toBe(true);
      expect(await store.claimDue(1_500, options)).toMatchObject([{ id: stored.id, version: 2 }]);
      expect(held && (await store.save(changeTo(held), []))).toBe(false);
    });

    it('go to one of several processes that ask at once', async () => {
      const all = await Promise.all(Array.from({ length: 40 }, () => saved({ nextAt: 1_000 })));
      const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimDue(1_000, { limit: 7, leaseMs: 5_000 })));
      const rest = await store.claimDue(1_000, { limit: 40, leaseMs: 5_000 });
      const ids = [...claims.flat(), ...rest].map(({ id }) => id);
      expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
    });

    it('say when the next one is due', async () => {
      expect(await store.nextDueAt()).toBeNull();
      const stored = await saved({ nextAt: 3_000 });
      expect(await store.nextDueAt()).toBe(3_000);
      await store.claimDue(3_000, options);
      expect(await store.nextDueAt()).toBe(8_000);
      await store.save(changeTo({ ...stored, status: 'resolved', nextAt: null }), []);
      expect(await store.nextDueAt()).toBeNull();
    });
  });
});
