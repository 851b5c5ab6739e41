import type { Knowledge } from '../../src/model/knowledge';
import { AftercareError } from '../../src/tools/errors';
import { silentLog } from '../../src/tools/log';
import { takeNoReply } from '../../src/turn/take-no-reply';
import type { TurnParts } from '../../src/turn/turn-parts';
import { openTestHouse } from '../house';
import type { TestHouse } from '../house';

let house: TestHouse;
afterEach(() => house.close());

const WAIT = { kind: 'wait_for_reply', conversationId: 'conversation', messageId: 'm1', channel: 'web' } as const;

/** A house in which the patient tells of an itch and falls silent. */
async function openSilence(): Promise<void> {
  house = await openTestHouse({ treated: '30 hours ago' });
  await house.patient.says('my face is so itchy', 'm1');
  house.clock.pass('5 min');
}

const end = (changed: Partial<TurnParts> = {}): Promise<boolean> => takeNoReply({ ...house.parts, ...changed }, WAIT, house.clock.now());
const lastSaid = async (): Promise<unknown> => (await house.store.read('conversation', 0)).messages.at(-1);

/** The knowledge with something changed that was there when the question was asked. */
const knowing = (changed: Partial<Knowledge>): Pick<TurnParts, 'knowledge'> => ({ knowledge: { ...house.parts.knowledge, ...changed } });

test('words that cannot be found keep no page back', async () => {
  await openSilence();
  const { language } = house.parts.knowledge;
  const faults: object[] = [];
  const { noReply: _, ...phrases } = language.phrases;
  const log = { ...silentLog, error: (details: object) => void faults.push(details) } as TurnParts['log'];
  expect(await end({ ...knowing({ language: { ...language, phrases } }), log })).toBe(true);
  expect(await house.escalations()).toMatchObject([{ tier: 'urgent', flags: ['U08'], reason: 'no_reply' }]);
  expect(await lastSaid()).toMatchObject({ reply: { text: expect.stringMatching(/\(555\) 010-0199/) } });
  expect(faults).toMatchObject([{ flag: 'U08' }]);
});

test('a flag that knowledge/ no longer has is urgent', async () => {
  await openSilence();
  const flags = new Map([...house.parts.knowledge.flags].filter(([id]) => id !== 'U08'));
  expect(await end(knowing({ flags }))).toBe(true);
  expect(await house.escalations()).toMatchObject([{ tier: 'urgent', reason: 'no_reply' }]);
  expect(await lastSaid()).toMatchObject({ reply: { text: expect.stringMatching(/^Please talk to our on-call team now/) } });
});

test('what storage refuses is left for the next try', async () => {
  await openSilence();
  const gone = new AftercareError('STORAGE_UNAVAILABLE', 'gone');
  await expect(end({ store: { ...house.parts.store, commit: () => Promise.reject(gone) } })).rejects.toBe(gone);
  expect(await house.escalations()).toEqual([]);
  expect(await end()).toBe(true);
  expect(await end()).toBe(false);
  expect(await house.escalations()).toHaveLength(1);
});

test('two suspicions in one message are one page', async () => {
  house = await openTestHouse({ treated: '3 hours ago' });
  await house.patient.says('my face is so itchy and it bruised a bit', 'm1');
  house.clock.pass('5 min');
  expect(await end()).toBe(true);
  expect(await house.escalations()).toMatchObject([{ tier: 'urgent', reason: 'no_reply' }]);
});
