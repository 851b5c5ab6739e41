import { createInterface } from 'node:readline';
import { endOfWait } from '../../src/escalation/end-of-wait';
import type { TurnRecord } from '../../src/model/turn';
import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import { silentLog } from '../../src/tools/log';
import { takeNoReply } from '../../src/turn/take-no-reply';
import type { TurnParts } from '../../src/turn/turn-parts';
import { realKnowledge } from '../guide/real-knowledge';
import { nightClinic } from '../nights/night-clinic';
import { startTypeScript } from '../run-main';
import type { Place } from './databases';
import { DATABASES } from './databases';
import { turnRecord } from './turn-record';

const SECRET = Buffer.alloc(32, 9);
const ASKED_AT = Date.parse('2026-03-09T23:40:00-04:00');
const WAIT_MS = 5 * 60_000;
const DUE = ASKED_AT + WAIT_MS;

const waitOf = (conversationId: string) => ({ kind: 'wait_for_reply', conversationId, messageId: 'm1', channel: 'web' }) as const;

/** A turn that asked a safety question. */
function asking(conversation = 'c1'): TurnRecord {
  const record = turnRecord({ conversation, message: 'm1', text: 'so itchy', at: ASKED_AT });
  const wait = { conversationId: conversation, messageId: 'm1' };
  return {
    ...{ ...record, clinicId: 'glow', state: { ...record.state, unanswered: { ...wait, flag: 'U08' } } },
    later: [endOfWait({ ...wait, channel: 'web' }, { clinicId: 'glow', dueAt: DUE })],
  };
}

describe.each(DATABASES)('the wait for a reply in $name', ({ newPlace }) => {
  let place: Place;
  let stores: Store[];
  beforeEach(async () => {
    place = await newPlace();
    stores = [await openStore({ ...place, secret: SECRET, now: 1 }), await openStore({ ...place, secret: SECRET, now: 1 })];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  const partsOn = (store: Store): TurnParts => ({
    ...{ knowledge: realKnowledge(), clinic: nightClinic(), dialogs: [], log: silentLog, store },
    understand: () => {
      throw new Error('nobody wrote');
    },
  });
  const endOn = (store: Store, conversationId = 'c1'): Promise<boolean> => takeNoReply(partsOn(store), waitOf(conversationId), DUE);

  it('is stored with the turn that asked, or not at all', async () => {
    const [store] = stores as [Store];
    const record = { ...asking(), changes: turnRecord({ message: 'm1', text: '', escalation: 'e1' }).changes };
    await expect(store.commit({ ...record, changes: [...record.changes, ...record.changes] }, 0)).rejects.toMatchObject({
      code: 'TURN_CONFLICT',
    });
    expect(await store.nextDueAt()).toBeNull();
    await store.commit(asking(), 0);
    expect(await store.nextDueAt()).toBe(DUE);
    expect(await store.claimSendings(DUE - 1, { limit: 9, leaseMs: 1, fullClinics: [] })).toEqual([]);
    expect(await store.claimSendings(DUE, { limit: 9, leaseMs: 1, fullClinics: [] })).toMatchObject([{ sending: waitOf('c1') }]);
  });

  it("ends once, however many processes come to its end at the same moment, with nothing on the patient's side", async () => {
    for (let round = 0; round < 8; round++) {
      const id = `c${round}`;
      await stores[0]!.commit(asking(id), 0);
      // one process cannot wait for itself: SQLite's other processes are those that are killed below
      const racing = place.databaseUrl === null ? [stores[0]!, stores[0]!] : [...stores, ...stores];
      const ended = await Promise.all(racing.map((store) => endOn(store, id)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      const { messages, lastSeq } = await stores[1]!.read(id, 0);
      expect([lastSeq, messages.map(({ direction }) => direction)]).toEqual([3, ['in', 'out', 'out']]);
    }
    expect(await stores[0]!.listEscalations(null, 100)).toHaveLength(8);
  });

  it('is over for good when a reply is stored first', async () => {
    const [store, other] = stores as [Store, Store];
    await store.commit(asking(), 0);
    await other.commit({ ...turnRecord({ message: 'm2', text: 'no', at: DUE - 1 }), clinicId: 'glow' }, 1);
    expect(await endOn(store)).toBe(false);
    expect(await store.listEscalations(null, 100)).toEqual([]);
  });

  it('that has ended is found out by a reply which was being answered meanwhile, so that nothing is raised twice', async () => {
    const [store, other] = stores as [Store, Store];
    await store.commit(asking(), 0);
    expect(await endOn(other)).toBe(true);
    await expect(store.commit(turnRecord({ message: 'm2', text: 'yes' }), 1)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
    expect((await store.load('c1'))?.open).toMatchObject([{ flags: ['U08'], reason: 'no_reply' }]);
  });
});

/** Starts a child and resolves with it when it has written so many lines. */
function started(args: readonly string[], lines: number): Promise<{ readonly kill: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const child = startTypeScript('test/storage/wait-child.ts', args);
    const ended = new Promise<void>((end) => child.on('close', () => end()));
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    let count = 0;
    createInterface({ input: child.stdout }).on('line', () => {
      if ((count += 1) === lines)
        resolve({
          kill() {
            child.kill('SIGKILL');
            return ended;
          },
        });
    });
    child.on('close', () => reject(new Error(`Start child: it ended by itself: ${Buffer.concat(complaints).toString()}`)));
  });
}

describe.each(DATABASES)('kill -9 on $name', ({ newPlace }) => {
  const PATIENTS = 12;
  const ROUNDS = 3;
  /** Longer than any lease. */
  const ROUND_MS = 30_000;

  it('between the question and the end of the wait, and while several processes end waits: each is acted on, once', async () => {
    const { path, databaseUrl } = await newPlace();
    const place = [path, databaseUrl ?? ''];
    const asker = await started(['ask', ...place, String(ASKED_AT), String(PATIENTS)], PATIENTS);
    await asker.kill();
    for (let round = 0; round < ROUNDS; round++) {
      const args = ['wait', ...place, String(DUE + round * ROUND_MS)];
      const loops = await Promise.all([started(args, 1), started(args, 1)]);
      // the last round is let finish
      await new Promise((resolve) => setTimeout(resolve, round === ROUNDS - 1 ? 3000 : Math.random() * 120));
      await Promise.all(loops.map((loop) => loop.kill()));
    }
    const store = await openStore({ path, databaseUrl, secret: SECRET, now: 1 });
    const escalations = await store.listEscalations(null, 1000);
    expect(escalations.map(({ conversationId }) => conversationId).toSorted()).toEqual(
      Array.from({ length: PATIENTS }, (_, patient) => `c${patient}`).toSorted(),
    );
    expect(escalations.every(({ reason, pages }) => reason === 'no_reply' && pages[0]?.status === 'sent')).toBe(true);
    for (let patient = 0; patient < PATIENTS; patient++) {
      const { messages } = await store.read(`c${patient}`, 0);
      const unasked = messages.filter((message) => message.direction === 'out' && message.outcome.intent === 'no_reply');
      expect(unasked).toHaveLength(1);
    }
    await store.close();
  }, 180_000);
});
