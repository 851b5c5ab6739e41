import type { TeamsPlace } from '../../../src/model/teams-edge';
import { openStore } from '../../../src/storage/open-store';
import type { Store } from '../../../src/storage/store';

const place: TeamsPlace = {
  ...{ serviceUrl: 'https://smba.example/', conversationId: 'a:chat-of-pat', kind: 'personal', tenantId: 't', botId: '28:b' },
};
let store: Store;
beforeEach(async () => (store = await openStore({ path: ':memory:', secret: Buffer.alloc(32, 4), now: 0 })));
afterEach(() => store.close());

describe('what is stored for Teams', () => {
  it('finds a place by its key until it is removed; the newest one counts', async () => {
    await store.teams.savePlace('person/x', place, 1);
    await store.teams.savePlace('person/x', { ...place, conversationId: 'a:new' }, 2);
    expect(await store.teams.findPlace('person/x')).toEqual({ ...place, conversationId: 'a:new' });
    await store.teams.removePlace('person/x');
    expect(await store.teams.findPlace('person/x')).toBeNull();
  });

  it('keeps a card once, with what it shows by now', async () => {
    const card = { escalationId: 'esc_1', activityId: '7', place, shows: 'notified' };
    await store.teams.saveCard(card, 1);
    await store.teams.saveCard({ ...card, shows: 'acknowledged' }, 2);
    expect(await store.teams.listCards(10)).toEqual([{ ...card, shows: 'acknowledged' }]);
    await store.teams.removeCard(card);
    expect(await store.teams.listCards(10)).toEqual([]);
  });

  it('gives a push to one at a time, to the next one after its lease, and to nobody once it is done', async () => {
    const push = { conversationId: 'c', seq: 2 };
    expect(await store.teams.beginPush(push, 1000, 500)).toBe('mine');
    expect(await store.teams.beginPush(push, 1400, 500)).toBe('busy');
    expect(await store.teams.beginPush(push, 1500, 500)).toBe('mine');
    await store.teams.endPush(push, false);
    expect(await store.teams.beginPush(push, 1501, 500)).toBe('mine');
    await store.teams.endPush(push, true);
    expect(await store.teams.beginPush(push, 9999, 500)).toBe('sent');
    expect(await store.teams.beginPush({ ...push, seq: 3 }, 9999, 500)).toBe('mine');
  });
});
