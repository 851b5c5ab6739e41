import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import type { Taken } from '../phone-company';
import { changeTo, sampleEscalation, samplePage } from '../storage/escalation-samples';
import { turnRecord } from '../storage/turn-record';
import type { Promised } from './check-store';
import { checkStore } from './check-store';

describe('the check after the kills', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore({ path: ':memory:', secret: Buffer.alloc(32, 9), now: 1 });
    const record = turnRecord({ message: 'm1', text: 'can i swim' });
    await store.commit({ ...record, input: { ...record.input, echo: { id: 'm1' } } }, 0);
    const page = samplePage({ id: 'p1', status: 'sent', sentAt: 1_000, providerId: 'SM1' });
    await store.save(changeTo(sampleEscalation({ pages: [page], acknowledged: { by: 'ann', at: 2_000, via: 'sms' } })), []);
  });
  afterEach(() => store.close());

  const text = (given: Partial<Taken>): Taken => ({
    ...{ kind: 'message', sid: 'SM1', from: '+15550100199', to: '+15550100101', body: 'Ref 1', url: null, twiml: null },
    ...{ statusCallback: null, id: 'p1.0', pageId: 'p1', idempotencyToken: null, at: 1_000, status: 'sent', errorCode: null },
    ...given,
  });
  const promised = (given: Partial<Promised> = {}): Promised => ({
    messages: [{ conversationId: 'c1', messageId: 'm1', text: 'can i swim' }],
    refs: new Set([1]),
    taken: [text({})],
    ...given,
  });

  it('finds nothing where all is there', async () => {
    expect(await checkStore(store, promised())).toEqual({ missing: [], sentTwice: 0, pages: 1, unsent: [] });
  });

  it('finds a message that was acknowledged and is not there', async () => {
    const messages = [{ conversationId: 'c1', messageId: 'm2', text: 'hello' }];
    expect(await checkStore(store, promised({ messages }))).toMatchObject({ missing: ['c1 holds m2 0 times'] });
  });

  it('finds a message that is there twice, or without an answer', async () => {
    const again = turnRecord({ message: 'other id', text: 'can i swim' });
    await store.commit({ ...again, input: { ...again.input, echo: { id: 'm1' } } }, 1);
    expect(await checkStore(store, promised())).toMatchObject({ missing: ['c1 holds m1 2 times'] });
    const silent = turnRecord({ message: 'm3', text: 'hello' });
    await store.commit({ ...silent, input: { ...silent.input, echo: { id: 'm3' } }, replies: [] }, 2);
    const messages = [{ conversationId: 'c1', messageId: 'm3', text: 'hello' }];
    expect(await checkStore(store, promised({ messages }))).toMatchObject({ missing: ['c1 has no answer to m3'] });
  });

  it('finds an acknowledgement that is not there', async () => {
    expect(await checkStore(store, promised({ refs: new Set([1, 2]) }))).toMatchObject({ missing: ['ack of Ref 2'] });
  });

  it('finds a page that never left, and an escalation that nobody was paged for', async () => {
    expect(await checkStore(store, promised({ taken: [] }))).toMatchObject({ unsent: ['page p1 is sent'] });
    const unpaged = sampleEscalation({ pages: [] });
    await store.save(changeTo(unpaged), []);
    expect(await checkStore(store, promised())).toMatchObject({ unsent: [`escalation ${unpaged.id} has no page`] });
  });

  it('counts texts that left twice for one attempt, and not a second attempt', async () => {
    const taken = [text({}), text({ sid: 'SM2' }), text({ sid: 'SM3', id: 'p1.1' })];
    expect(await checkStore(store, promised({ taken }))).toMatchObject({ sentTwice: 1 });
  });
});
