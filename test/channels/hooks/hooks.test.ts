import request from 'supertest';
import type { WebhookHeaders } from '../../../src/tools/webhook-signature';
import { signWebhook } from '../../../src/tools/webhook-signature';
import type { Doors } from '../twilio/doors';
import { openDoors } from '../twilio/doors';

let doors: Doors;
beforeEach(async () => (doors = await openDoors()));
afterEach(() => doors.close());

const ACKNOWLEDGE = '{"action":"acknowledge"}';
const sign = (body: string, more: { id?: string; person?: string; at?: number } = {}): WebhookHeaders =>
  signWebhook(doors.keysOf('demo', more.person ?? 'ana'), { id: more.id ?? 'msg_1', body, at: more.at ?? doors.now });
const post = (body: string, headers: Partial<WebhookHeaders>, page = 'page_1') =>
  request(doors.url)
    .post(`/hooks/${page}`)
    .type('json')
    .set(headers as Record<string, string>)
    .send(body);

describe("a webhook of the clinic's own system", () => {
  it('acknowledges for the person who was paged', async () => {
    await post(ACKNOWLEDGE, sign(ACKNOWLEDGE)).expect(200, { result: 'done', ref: 12, status: 'notified' });
    expect(doors.staff.did).toEqual(['acknowledge esc_1 by ana via webhook']);
  });

  it.each([
    ['{"action":"pass_on"}', 'pass on esc_1 by ana via webhook'],
    ['{"action":"resolve"}', 'resolve as handled esc_1 by ana via webhook'],
    ['{"action":"resolve","reason":"false_alarm"}', 'resolve as false_alarm esc_1 by ana via webhook'],
  ])('%s does that', async (body, did) => {
    await post(body, sign(body)).expect(200);
    expect(doors.staff.did).toEqual([did]);
  });

  it('says who was first', async () => {
    doors.staff.outcome = (escalation) => ({ kind: 'taken_already', escalation, by: 'Ben', at: 5 });
    await post(ACKNOWLEDGE, sign(ACKNOWLEDGE)).expect(200, { result: 'taken_already', ref: 12, status: 'notified', by: 'Ben', at: 5 });
  });

  it.each([
    ['not signed', () => post(ACKNOWLEDGE, {})],
    ["signed with somebody else's key", () => post(ACKNOWLEDGE, sign(ACKNOWLEDGE, { person: 'ben' }))],
    ['changed', () => post('{"action":"resolve"}', sign(ACKNOWLEDGE))],
    ['given another id', () => post(ACKNOWLEDGE, { ...sign(ACKNOWLEDGE), 'webhook-id': 'msg_2' })],
    ['sent to the page of somebody else', () => post(ACKNOWLEDGE, sign(ACKNOWLEDGE), 'page_2')],
    ['sent to a page that is not there', () => post(ACKNOWLEDGE, sign(ACKNOWLEDGE), 'page_9')],
  ])('is refused when it is %s', async (_name, knock) => {
    const { body } = await knock().expect(403);
    expect(body.error.code).toBe('signature_refused');
    expect(doors.staff.did).toEqual([]);
  });

  it.each([301_000, -301_000])('is refused when its time is off by %i ms', async (off) => {
    const { body } = await post(ACKNOWLEDGE, sign(ACKNOWLEDGE, { at: doors.now - off })).expect(403);
    expect(body.error.code).toBe('stale');
    expect(doors.staff.did).toEqual([]);
  });

  it('is done once, however often it is played back', async () => {
    const headers = sign(ACKNOWLEDGE);
    await post(ACKNOWLEDGE, headers).expect(200);
    for (const wait of [0, 299_000]) {
      doors.now += wait;
      const { body } = await post(ACKNOWLEDGE, headers).expect(409);
      expect(body.error.code).toBe('replayed');
    }
    doors.now += 2_000;
    await post(ACKNOWLEDGE, headers).expect(403);
    expect(doors.staff.did).toHaveLength(1);
  });

  it('that could not be stored may come again with the same id', async () => {
    doors.staff.isBroken = true;
    await post(ACKNOWLEDGE, sign(ACKNOWLEDGE)).expect(500);
    doors.staff.isBroken = false;
    await post(ACKNOWLEDGE, sign(ACKNOWLEDGE)).expect(200);
    expect(doors.staff.did).toHaveLength(1);
  });

  it.each(['', '{', '[]', '{"action":"delete"}', '{"action":"resolve","reason":"bored"}', '{"action":"acknowledge","reason":"handled"}'])(
    'with the signed body %s is refused',
    async (body) => {
      const { body: answer } = await post(body, sign(body)).expect(400);
      expect(answer.error.code).toBe('unreadable');
      expect(doors.staff.did).toEqual([]);
    },
  );

  it('that asks for what does not go is told why', async () => {
    doors.staff.outcome = () => ({ kind: 'refused', why: 'Close escalation: expected one that was acknowledged.' });
    await post(ACKNOWLEDGE, sign(ACKNOWLEDGE)).expect(422, {
      error: { code: 'not_possible', message: 'Close escalation: expected one that was acknowledged.' },
    });
  });

  it('to a malformed address is refused', async () => {
    const { body } = await request(doors.url).post('/hooks/%E0%A4%A').send(ACKNOWLEDGE).expect(400);
    expect(body.error.code).toBe('unreadable');
  });

  it('of more than 64 KB is not read', async () => {
    await post('x'.repeat(70_000), sign('x')).expect(413);
  });
});
