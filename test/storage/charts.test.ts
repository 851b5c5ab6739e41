import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Enrolment, EnrolmentOutcome } from '../../src/model/charts';
import type { ConversationState, TurnRecord } from '../../src/model/turn';
import { newConversationState } from '../../src/model/turn';
import { openStore } from '../../src/storage/open-store';
import type { Tables } from '../../src/storage/schema';
import { SqliteFileDialect } from '../../src/storage/sqlite-dialect';
import type { Store } from '../../src/storage/store';
import type { Place } from './databases';
import { DATABASES } from './databases';
import { turnRecord } from './turn-record';

const SECRET = Buffer.alloc(32, 9);
const treated = (at: number): { from: number; to: number } => ({ from: at, to: at });

describe.each(DATABASES)('charts in $name', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await newPlace();
    store = await openStore({ ...place, secret: SECRET, now: 1 });
  });
  afterEach(() => store.close());

  /** Everything in the tables of charts, past the store. */
  const dump = async (): Promise<string> => {
    const { path, databaseUrl } = place;
    const dialect =
      databaseUrl === null ? new SqliteFileDialect(path) : new PostgresDialect({ pool: new Pool({ connectionString: databaseUrl }) });
    const db = new Kysely<Tables>({ dialect });
    try {
      const tables = ['charts', 'chart_addresses', 'chart_links'] as const;
      const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
      const text = (_key: string, value: unknown): unknown => {
        if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
        const bytes = value as { type?: string; data?: number[] } | null;
        return bytes?.type === 'Buffer' ? Buffer.from(bytes.data ?? []).toString('latin1') : value;
      };
      return JSON.stringify(rows, text);
    } finally {
      await db.destroy();
    }
  };
  const enrolment = (patientIds: readonly string[], more: Partial<Enrolment> = {}): Enrolment => ({
    ...{ clinicId: 'demo', facts: { treatedAt: treated(500), kind: 'microneedling', reference: 'chart 17' }, patientIds },
    ...{ link: { token: 'first-token-of-the-tests', expiresAt: 10_000 }, by: 'ana', at: 1_000 },
    ...more,
  });
  const idOf = (outcome: EnrolmentOutcome): string => (outcome.kind === 'enrolled' ? outcome.chartId : outcome.kind);
  /** One message of somebody, with what it changes in the state that was loaded. */
  const turn = async (
    who: { readonly conversation: string; readonly patient: string; readonly channel?: 'web' | 'sms' | 'teams'; readonly clinic?: string },
    message: string,
    change: Partial<ConversationState> = {},
  ): Promise<boolean> => {
    const { record, version } = await compute(who, message, change);
    return store.commit(record, version);
  };
  const compute = async (
    { conversation, patient, channel = 'sms', clinic = 'demo' }: Parameters<typeof turn>[0],
    message: string,
    change: Partial<ConversationState>,
  ): Promise<{ record: TurnRecord; version: number }> => {
    const stored = await store.load(conversation, { clinicId: clinic, patientId: patient });
    const made = turnRecord({ conversation, message, text: message });
    const input = { ...made.input, channel, patientId: patient };
    const state = { ...newConversationState(), ...stored?.state, ...change };
    return { record: { ...made, input, clinicId: clinic, state, chart: stored?.chart ?? null }, version: stored?.version ?? 0 };
  };
  const web = { conversation: 'web1', patient: 'dl_ann', channel: 'web' } as const;
  const phone = { conversation: 'sms1', patient: 'pat_ann' } as const;
  const link = (more: Partial<Parameters<Store['charts']['redeem']>[0]> = {}): ReturnType<Store['charts']['redeem']> =>
    store.charts.redeem({
      token: 'first-token-of-the-tests',
      clinicId: 'demo',
      claim: 'browser-of-ann',
      patientId: 'dl_ann',
      at: 2_000,
      ...more,
    });

  it('what is told in one conversation is known in another at its next message, and only once stored', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    expect(await link()).toEqual({ kind: 'linked', patientId: 'dl_ann' });
    expect((await store.load('web1', { clinicId: 'demo', patientId: 'dl_ann' }))?.state.treatedAt).toEqual(treated(500));
    await turn(web, 'w1', { treatedAt: treated(700), flagTimes: { U02: 900 }, welcomed: true, minor: true });
    const other = await store.load('sms1', { clinicId: 'demo', patientId: 'pat_ann' });
    expect(other).toMatchObject({ version: 0, state: { treatedAt: treated(700), flagTimes: { U02: 900 }, minor: true, welcomed: false } });
    await turn(phone, 's1', { treatedAt: treated(800) });
    expect((await store.load('web1'))?.state).toMatchObject({ treatedAt: treated(800), welcomed: true });
    expect(await store.charts.ofConversation('sms1')).toMatchObject({
      facts: { treatedAt: treated(500), reference: 'chart 17' },
      ...{ treatedAt: treated(800), createdBy: 'ana', createdAt: 1_000 },
    });
    expect((await store.charts.conversationsWith('web1')).toSorted()).toEqual(['sms1', 'web1']);
  });

  it('two turns at once in two conversations: the second is computed anew', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    await link();
    await turn(web, 'w1');
    const slow = await compute(phone, 's1', { flagTimes: { U03: 5 } });
    await turn(web, 'w2', { flagTimes: { U02: 4 } });
    await expect(store.commit(slow.record, slow.version)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
    expect(await store.hasMessage('sms1', 's1')).toBe(false);
    const again = await compute(phone, 's1', {});
    expect(again.record.state.flagTimes).toEqual({ U02: 4 });
    expect(await store.commit(again.record, again.version)).toBe(true);
  });

  it('a turn that began before the enrolment is computed anew', async () => {
    await turn(phone, 's1');
    const slow = await compute(phone, 's2', {});
    await store.charts.enrol(enrolment(['pat_ann']));
    await expect(store.commit(slow.record, slow.version)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
  });

  it('who wrote before is enrolled with what they told; the treatment that staff put down counts', async () => {
    await turn(phone, 's1', { treatedAt: treated(1), flagTimes: { U02: 3 }, minor: true });
    await store.charts.enrol(enrolment(['pat_ann']));
    await link();
    const known = await store.load('web1', { clinicId: 'demo', patientId: 'dl_ann' });
    expect(known?.state).toMatchObject({ treatedAt: treated(500), flagTimes: { U02: 3 }, minor: true });
  });

  it('who is enrolled in the very moment of their first message is bound at the next one', async () => {
    const first = await compute(phone, 's1', { flagTimes: { U02: 3 } });
    await store.charts.enrol(enrolment(['pat_ann']));
    await store.commit(first.record, 0);
    await turn(phone, 's2');
    expect(await store.charts.ofConversation('sms1')).toMatchObject({ facts: { reference: 'chart 17' } });
    expect((await store.load('sms1'))?.state).toMatchObject({ treatedAt: treated(500), flagTimes: { U02: 3 } });
  });

  it('what is open in one conversation is open in the other, and keeps its erasing back', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    await link();
    await turn(web, 'w1');
    const { record, version } = await compute(phone, 's1', {});
    const raised = turnRecord({ conversation: 'sms1', message: 's1', text: 'x', escalation: 'e1' });
    await store.commit({ ...record, changes: raised.changes }, version);
    expect((await store.load('web1'))?.open).toMatchObject([{ id: 'e1', conversationId: 'sms1' }]);
    expect(await store.erase('web1')).toBe('urgent_open');
  });

  it('enrolling again puts in what is new and gives another link; another patient is another chart', async () => {
    const first = await store.charts.enrol(enrolment(['pat_ann']));
    await turn(phone, 's1', { treatedAt: treated(700) });
    const facts = { treatedAt: treated(9_000), kind: 'other', reference: '' } as const;
    const again = await store.charts.enrol(enrolment(['pat_ann', 'tp_ann'], { facts, link: { token: 'second-token', expiresAt: 20_000 } }));
    expect(again).toEqual({ kind: 'enrolled', chartId: idOf(first), isNew: false });
    expect((await store.load('teams1', { clinicId: 'demo', patientId: 'tp_ann' }))?.state).toMatchObject({
      ...{ treatedAt: treated(9_000), otherTreatment: true },
    });
    const third = { token: 'third-token', expiresAt: 20_000 };
    const bob = await store.charts.enrol(enrolment(['pat_bob'], { link: third }));
    expect(idOf(bob)).not.toBe(idOf(first));
    const fourth = { link: { token: 'fourth-token', expiresAt: 1 } };
    expect(await store.charts.enrol(enrolment(['pat_bob', 'tp_ann'], fourth))).toEqual({ kind: 'two_charts' });
    expect(await link({ token: 'fourth-token' })).toEqual({ kind: 'unknown' });
  });

  it('a number that two people share stays with the first one, by their reference; a form without one takes none away', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    await turn(phone, 's1');
    const facts = { treatedAt: treated(9_000), kind: 'microneedling', reference: 'chart 18' } as const;
    expect(await store.charts.enrol(enrolment(['pat_ann'], { facts }))).toEqual({ kind: 'other_reference' });
    const unnamed = { facts: { ...facts, reference: '' }, link: { token: 'second-token', expiresAt: 20_000 } };
    expect(await store.charts.enrol(enrolment(['pat_ann'], unnamed))).toMatchObject({ kind: 'enrolled', isNew: false });
    expect(await store.charts.ofConversation('sms1')).toMatchObject({ facts: { reference: 'chart 17', treatedAt: treated(9_000) } });
  });

  it('many enrolments of one number at once make one chart', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.charts.enrol(enrolment(['pat_ann'], { link: { token: `token-${index}`, expiresAt: 9 } })),
      ),
    );
    expect(new Set(made.map(idOf)).size).toBe(1);
  });

  describe('a personal link', () => {
    beforeEach(() => store.charts.enrol(enrolment([])));

    it('lets one browser in, also when it asks again, and nobody else', async () => {
      expect(await link()).toEqual({ kind: 'linked', patientId: 'dl_ann' });
      expect(await link({ patientId: 'dl_other_id' })).toEqual({ kind: 'linked', patientId: 'dl_ann' });
      expect(await link({ patientId: 'dl_eve', claim: 'browser-of-eve' })).toEqual({ kind: 'used' });
      expect([await store.charts.isKnown('demo', 'dl_ann'), await store.charts.isKnown('demo', 'dl_eve')]).toEqual([true, false]);
    });

    it('that two browsers bring at once lets one of them in', async () => {
      const came = await Promise.all(['a', 'b', 'c', 'd'].map((name) => link({ patientId: `dl_${name}`, claim: `browser-${name}` })));
      expect(came.filter(({ kind }) => kind === 'linked')).toHaveLength(1);
      expect(came.filter(({ kind }) => kind === 'used')).toHaveLength(3);
    });

    it.each([
      ['that has ended', { at: 10_000 }, 'expired'],
      ['of another clinic', { clinicId: 'other' }, 'unknown'],
      ['that nobody gave', { token: 'made-up' }, 'unknown'],
    ] as const)('%s binds nobody', async (_which, more, kind) => {
      expect(await link(more)).toEqual({ kind });
      expect(await store.charts.isKnown('demo', 'dl_ann')).toBe(false);
      expect(await store.load('web1', { clinicId: 'demo', patientId: 'dl_ann' })).toBeNull();
    });

    it('of whoever erased their chat binds them no more', async () => {
      await link();
      await turn(web, 'w1');
      expect(await store.erase('web1')).toBe('erased');
      expect(await store.charts.isKnown('demo', 'dl_ann')).toBe(false);
      expect(await link()).toEqual({ kind: 'used' });
    });
  });

  it('erasing one conversation forgets its words and no others, and leaves the chart', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    await link();
    const words = (text: string): ConversationState['recent'][number] => ({
      ...{ at: 1, text, isFragment: true, disposition: 'none', signs: [], builtIn: [] },
    });
    await turn(web, 'w1', { recent: [words('from the web')] });
    const before = (await store.load('sms1', { clinicId: 'demo', patientId: 'pat_ann' }))?.state.recent ?? [];
    await turn(phone, 's1', { recent: [...before, words('from the phone')] });
    expect((await store.load('web1'))?.state.recent.map(({ text }) => text)).toEqual(['from the web', 'from the phone']);
    expect(await store.erase('web1')).toBe('erased');
    const left = await store.load('sms1');
    expect(left?.state.recent.map(({ text }) => text)).toEqual(['from the phone']);
    expect(left?.state.treatedAt).toEqual(treated(500));
  });

  it('is sealed, and holds no link', async () => {
    await store.charts.enrol(enrolment(['pat_ann']));
    await turn(phone, 's1', { recent: [{ at: 1, text: 'oozingcheek', isFragment: true, disposition: 'none', signs: [], builtIn: [] }] });
    const all = await dump();
    expect(all).toContain('pat_ann');
    expect(all).not.toMatch(/oozing|chart 17|first-token|treatedAt/);
  });
});
