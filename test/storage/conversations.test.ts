import type { AddedMessage } from '../../src/model/escalation';
import type { Channel } from '../../src/model/turn';
import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import { makeWebLog } from '../../src/storage/web-log';
import { DATABASES } from './databases';
import { changeTo, sampleEscalation, samplePage, sampleSending } from './escalation-samples';
import { turnRecord } from './turn-record';

describe.each(DATABASES)('conversations outside a turn in $name', ({ newPlace }) => {
  let store: Store;
  beforeEach(async () => (store = await openStore({ ...(await newPlace()), secret: Buffer.alloc(32, 9), now: 1 })));
  afterEach(() => store.close());

  const begin = (conversation = 'c1', channel: Channel = 'web'): Promise<boolean> => {
    const record = turnRecord({
      conversation,
      message: 'm1',
      text: 'is pus normal',
      reply: 'I told the nurse',
      escalation: `esc-${conversation}`,
    });
    return store.commit({ ...record, input: { ...record.input, channel } }, 0);
  };
  const message = (id: string, more: Partial<AddedMessage> = {}): AddedMessage => ({
    conversationId: 'c1',
    id,
    at: 2_000,
    text: 'The nurse has seen it.',
    actions: [],
    author: null,
    escalation: { id: 'esc-c1', status: 'acknowledged' },
    ...more,
  });
  const outgoing = async (): Promise<string[]> =>
    (await store.claimSendings(10_000, { limit: 100, leaseMs: 1, fullClinics: [] })).map(({ dedupeKey }) => dedupeKey);

  describe('a message that is added', () => {
    it('follows the turns, is told to listeners, and is the same message the second time', async () => {
      await begin();
      const heard: string[] = [];
      store.onCommit((id) => heard.push(id));
      await store.addMessages([message('n1'), message('n2', { author: { kind: 'staff', name: 'Ann' }, escalation: null })]);
      await store.addMessages([message('n1')]);
      const { messages, lastSeq } = await store.read('c1', 2);
      expect([lastSeq, heard]).toEqual([4, ['c1']]);
      expect(messages).toMatchObject([
        { seq: 3, direction: 'out', reply: { text: 'The nurse has seen it.' }, escalation: { status: 'acknowledged' }, author: null },
        { seq: 4, direction: 'out', author: { kind: 'staff', name: 'Ann' }, escalation: null },
      ]);
    });

    it('leaves a turn that is being computed alone, and the turn goes on after it', async () => {
      await begin();
      await store.addMessages([message('n1')]);
      expect(await store.commit(turnRecord({ message: 'm2', text: 'thanks' }), 1)).toBe(true);
      expect((await store.read('c1', 0)).messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    });

    it('comes with the change of an escalation, or not at all', async () => {
      await begin();
      const [stored] = await store.listUnresolved(null, 1);
      if (!stored) throw new Error('Find the escalation: there is none.');
      expect(await store.save(changeTo({ ...stored, status: 'acknowledged' }), [message('n1')])).toBe(true);
      expect(await store.save(changeTo({ ...stored, status: 'notified' }), [message('n2')])).toBe(false);
      expect((await store.read('c1', 2)).messages).toHaveLength(1);
    });

    it('to a conversation that nobody knows is left out', async () => {
      await store.addMessages([message('n1', { conversationId: 'unknown' })]);
      expect(await store.read('unknown', 0)).toEqual({ messages: [], lastSeq: 0 });
    });

    it('many at once get numbers one after the other', async () => {
      await begin();
      await Promise.all(Array.from({ length: 20 }, (_, index) => store.addMessages([message(`n${index}`)])));
      expect((await store.read('c1', 2)).messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 3));
    });

    it('is shown in the web chat with who wrote it and how the escalation stands', async () => {
      await begin();
      await store.addMessages([message('n1', { author: { kind: 'staff', name: 'Ann' } })]);
      const { activities, watermark } = await makeWebLog(store, { name: 'Helper' }).read('c1', 2);
      expect(watermark).toBe(3);
      expect(activities).toMatchObject([
        {
          type: 'message',
          text: 'The nurse has seen it.',
          channelData: {
            aftercare: {
              disposition: 'none',
              topics: [],
              author: { kind: 'staff', name: 'Ann' },
              escalation: { id: 'esc-c1', status: 'acknowledged' },
            },
          },
        },
      ]);
    });
  });

  describe('what has to be pushed to the patient', () => {
    it.each(['sms', 'teams'] as const)('waits in the outbox for %s: replies of a turn and added messages', async (channel) => {
      await begin('c1', channel);
      await store.addMessages([message('n1')]);
      expect(await outgoing()).toEqual(['patient/c1/2', 'patient/c1/3']);
    });

    it('is nothing in the web chat', async () => {
      await begin();
      await store.addMessages([message('n1')]);
      expect(await outgoing()).toEqual([]);
    });
  });

  describe('a take-over', () => {
    it('is seen by the next turn and by the one that is being computed, and ends', async () => {
      await begin();
      expect(await store.setTakeOver('c1', { by: 'ann', at: 2_000 }, message('n1'))).toBe(true);
      await expect(store.commit(turnRecord({ message: 'm2', text: 'hello' }), 1)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      expect(await store.load('c1')).toMatchObject({ version: 2, takenOver: { by: 'ann', at: 2_000 } });
      expect(await store.summaryOf('c1')).toMatchObject({ takenOver: { by: 'ann', at: 2_000 }, lastSeq: 3 });
      expect(await store.setTakeOver('c1', null, null)).toBe(true);
      expect(await store.setTakeOver('c1', null, message('n2'))).toBe(false);
      expect(await store.load('c1')).toMatchObject({ takenOver: null });
      expect((await store.read('c1', 0)).lastSeq).toBe(3);
    });

    it('of a conversation that nobody knows changes nothing', async () => {
      expect(await store.setTakeOver('unknown', { by: 'ann', at: 1 }, null)).toBe(false);
    });

    it('lets a turn store what the patient wrote without an answer', async () => {
      await begin();
      expect(await store.commit({ ...turnRecord({ message: 'm2', text: 'are you there' }), replies: [] }, 1)).toBe(true);
      expect((await store.read('c1', 2)).messages).toMatchObject([{ seq: 3, direction: 'in', text: 'are you there' }]);
    });
  });

  describe('escalations of a turn', () => {
    it('are read with the conversation, with their pages, until a human has closed them', async () => {
      await begin();
      const [raised] = await store.listUnresolved(null, 1);
      if (!raised) throw new Error('Find the escalation: there is none.');
      const paged = { ...raised, pages: [samplePage({ id: 'p1' })] };
      await store.save(changeTo(paged, { send: [sampleSending('p1')] }), []);
      expect((await store.load('c1'))?.open).toEqual([{ ...paged, version: 2 }]);
      await store.save(changeTo({ ...paged, version: 2, status: 'resolved', nextAt: null }), []);
      expect((await store.load('c1'))?.open).toEqual([]);
    });

    it('that moved on meanwhile refuse the turn, whole', async () => {
      await begin();
      const open = (await store.load('c1'))?.open[0] ?? sampleEscalation();
      await store.save(changeTo({ ...open, status: 'acknowledged' }), []);
      const record = { ...turnRecord({ message: 'm2', text: 'and now it bleeds' }), changes: [changeTo(open)] };
      await expect(store.commit(record, 1)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      expect(await store.hasMessage('c1', 'm2')).toBe(false);
      expect(await store.events(open.id)).toHaveLength(2);
    });

    it('say in the replies how they stood', async () => {
      await begin();
      const open = (await store.load('c1'))?.open[0] ?? sampleEscalation();
      await store.save(changeTo({ ...open, status: 'acknowledged' }), []);
      const record = turnRecord({ message: 'm2', text: 'hello' });
      await store.commit({ ...record, outcome: { ...record.outcome, disposition: 'urgent' } }, 1);
      expect((await store.read('c1', 3)).messages).toMatchObject([{ escalation: { id: open.id, status: 'acknowledged' } }]);
    });
  });

  describe('that was erased', () => {
    const close = async (): Promise<void> => {
      const [open] = await store.listUnresolved(null, 1);
      if (open) await store.save(changeTo({ ...open, status: 'resolved', nextAt: null }), []);
    };

    it('is to everybody one that nobody knows, and what is added to it goes nowhere', async () => {
      await begin();
      await store.addNote({ id: 'n1', conversationId: 'c1', escalationId: null, by: 'ann', at: 1, text: 'words' });
      await close();
      expect(await store.erase('c1')).toBe('erased');
      await store.addMessages([message('n1')]);
      expect([await store.load('c1'), await store.summaryOf('c1'), await store.exists('c1')]).toEqual([null, null, false]);
      expect([await store.read('c1', 0), await store.readNotes('c1')]).toEqual([{ messages: [], lastSeq: 0 }, []]);
      expect(await store.conversationsOf(null, 10)).toEqual([]);
      expect(await store.erase('c1')).toBe('unknown');
      await expect(store.commit(turnRecord({ message: 'm2', text: 'hello' }), 3)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
    });

    it('keeps its words while something urgent is open in it', async () => {
      await begin();
      expect(await store.erase('c1')).toBe('urgent_open');
      expect((await store.read('c1', 0)).messages).toHaveLength(2);
    });

    it('does not stop an escalation of it from going on', async () => {
      await begin();
      await close();
      await store.erase('c1');
      const [escalation] = await store.listEscalations(null, 1);
      expect(escalation && (await store.save(changeTo({ ...escalation, status: 'open' }), [message('n1')]))).toBe(true);
    });
  });

  it('are listed for the console, the newest first, without words', async () => {
    await begin('c1');
    await begin('c2', 'sms');
    await store.addMessages([message('n1')]);
    const listed = await store.conversationsOf('demo', 10);
    expect(listed.map(({ id, channel }) => [id, channel])).toEqual([
      ['c1', 'web'],
      ['c2', 'sms'],
    ]);
    expect(await store.conversationsOf('demo', 1)).toEqual(listed.slice(0, 1));
    expect(await store.conversationsOf('north', 10)).toEqual([]);
    expect(await store.conversationsOf(null, 10)).toEqual(listed);
    expect(JSON.stringify(listed)).not.toContain('pus');
  });

  it('keep notes of staff, each once, oldest first', async () => {
    await begin();
    const note = { id: 'n1', conversationId: 'c1', escalationId: 'esc-c1', by: 'ann', at: 3_000, text: 'called back' };
    expect(await store.addNote(note)).toBe(true);
    expect(await store.addNote({ ...note, text: 'again' })).toBe(true);
    await store.addNote({ ...note, id: 'n0', at: 2_000, escalationId: null });
    expect(await store.readNotes('c1')).toEqual([{ ...note, id: 'n0', at: 2_000, escalationId: null }, note]);
    expect(await store.addNote({ ...note, id: 'n2', conversationId: 'unknown' })).toBe(false);
    expect(await store.readNotes('unknown')).toEqual([]);
  });

  it('belong to clinics whose files are kept, each import a version, the same text none', async () => {
    expect(await store.saveClinic('demo', 'name: One', 1_000)).toBe(1);
    expect(await store.saveClinic('demo', 'name: Two', 2_000)).toBe(2);
    expect(await store.saveClinic('demo', 'name: Two', 3_000)).toBe(2);
    expect(await store.saveClinic('north', 'name: North', 4_000)).toBe(1);
    expect(await store.listClinics()).toEqual([
      { id: 'demo', yaml: 'name: Two', version: 2, importedAt: 2_000 },
      { id: 'north', yaml: 'name: North', version: 1, importedAt: 4_000 },
    ]);
  });
});
