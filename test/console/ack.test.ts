import request from 'supertest';
import { makeAckLink } from '../../src/tools/ack-token';
import type { SmallHouse } from './small-house';
import { CLINICS, makePage, NIGHT, openSmallHouse } from './small-house';
import { visit } from './visitor';

const MINUTE = 60_000;
const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the acknowledge link', () => {
  let house: SmallHouse;
  let path: string;
  beforeEach(() => {
    house = openSmallHouse();
    path = house.ackPath('page_esc-12_ana');
  });
  const read = async (): Promise<string> => (await request(house.server).get(path).expect(200)).text;
  const press = (act: string, to = path): request.Test => request(house.server).post(to).type('form').send({ act });

  it('shows clinic, reference, level, time and state, and not one word about health', async () => {
    const text = await read();
    expect(wordsOf(text)).toMatch(
      /Ref 12 Glow Clinic\. Urgent\. Raised 9:04 pm\. Sent, nobody has answered yet\. Acknowledge Pass it on For Ana/,
    );
    expect(text).not.toMatch(/pus|cheek|Title of|U02|talk-/);
    expect(text).toMatch(/<title>Ref 12<\/title>/);
  });

  it('never acts when it is only looked at, as mail scanners do', async () => {
    const before = JSON.stringify([...house.escalations]);
    for (let count = 0; count < 3; count++) await read();
    await request(house.server).head(path).expect(200);
    expect(JSON.stringify([...house.escalations])).toBe(before);
  });

  it('acknowledges with its button, and then tells what happened', async () => {
    await press('acknowledge').expect(303).expect('location', path);
    expect(house.escalations.get('esc-12')?.acknowledged).toEqual({ by: 'ana', at: house.now, via: 'link' });
    const text = await read();
    expect(wordsOf(text)).toMatch(/You took Ref 12 at 9:06 pm\./);
    expect(text).not.toMatch(/name="act"/);
  });

  it('passes on with its other button', async () => {
    await press('pass-on').expect(303);
    expect(wordsOf(await read())).toMatch(/You passed on Ref 12 at 9:06 pm\. The next person is paged\./);
  });

  it('acts once: pressed again it changes nothing', async () => {
    await press('pass-on').expect(303);
    const { version } = house.escalations.get('esc-12')!;
    await press('acknowledge').expect(303);
    await press('pass-on').expect(303);
    expect(house.escalations.get('esc-12')?.version).toBe(version);
  });

  it('tells who was first', async () => {
    await press('acknowledge', house.ackPath('page_esc-12_ben')).expect(303);
    expect(wordsOf(await read())).toMatch(/Ben took it at 9:06 pm\./);
    await press('acknowledge').expect(303);
    expect(house.escalations.get('esc-12')?.acknowledged?.by).toBe('ben');
  });

  it('lets one of two win who press at the same moment', async () => {
    await Promise.all([press('acknowledge'), press('acknowledge', house.ackPath('page_esc-12_ben'))]);
    const winner = house.escalations.get('esc-12')?.acknowledged?.by;
    expect(wordsOf(await read())).toMatch(winner === 'ana' ? /You took Ref 12/ : /Ben took it/);
  });

  it('tells that it is closed', async () => {
    await house.deps.desk.resolve('esc-12', { by: 'ben', via: 'console' }, 'handled');
    const text = await read();
    expect(wordsOf(text)).toMatch(/Ref 12 is closed \(Ben, 9:06 pm\)\./);
    expect(text).not.toMatch(/name="act"/);
    const { version } = house.escalations.get('esc-12')!;
    await press('acknowledge').expect(303);
    expect(house.escalations.get('esc-12')?.version).toBe(version);
  });

  it('acts again through the newer page after paging began anew', async () => {
    await press('acknowledge').expect(303);
    house.now += 10 * MINUTE;
    const again = makePage('page_again', 'ana', { queuedAt: house.now, round: 2 });
    house.change('esc-12', { status: 'notified', acknowledged: null, pages: [...house.escalations.get('esc-12')!.pages, again] });
    expect(wordsOf(await read())).toMatch(/It waits again: answer the newest page/);
    await press('acknowledge', house.ackPath('page_again')).expect(303);
    expect(house.escalations.get('esc-12')?.acknowledged?.by).toBe('ana');
  });

  it('offers no passing on of a question, which pages nobody', async () => {
    house.change('esc-12', { tier: 'ask_clinic' });
    expect(await read()).toMatch(/value="acknowledge"/);
    expect(await read()).not.toMatch(/value="pass-on"/);
  });

  it('marks a drill', async () => {
    house.change('esc-12', { isDrill: true });
    expect(wordsOf(await read())).toMatch(/Test: Ref 12/);
  });

  it('ends 24 hours after the page', async () => {
    house.now = NIGHT + 24 * 60 * MINUTE - 1;
    await read();
    house.now += 1;
    const { text } = await request(house.server).get(path).expect(410);
    expect(text).toMatch(/This link has ended/);
    await press('acknowledge').expect(410);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it('ends when its person leaves the clinic', async () => {
    const left = CLINICS.map((clinic) => ({ ...clinic, staff: clinic.staff.filter(({ id }) => id !== 'ana') }));
    const later = openSmallHouse({ clinics: { get: (id) => left.find((clinic) => clinic.id === id)!, all: () => left } });
    await request(later.server).get(path).expect(410);
    await request(later.server).post(path).type('form').send({ act: 'acknowledge' }).expect(410);
    expect(later.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it.each([
    ['a made-up token', '/ack/page_esc-12_ana.AAAAAAAAAAAAAAAAAAAAAA'],
    ['no signature', '/ack/page_esc-12_ana'],
    ['another secret', new URL(makeAckLink('https://x.example', Buffer.alloc(32, 1), 'page_esc-12_ana')).pathname],
    ['a page that never was', new URL(makeAckLink('https://x.example', Buffer.alloc(32, 9), 'page_none')).pathname],
  ])('is refused with %s', async (_what, forged) => {
    await request(house.server).get(forged).expect(410);
    await press('acknowledge', forged).expect(410);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it('changes nothing for a form of another site or an unknown button', async () => {
    await press('acknowledge').set('sec-fetch-site', 'cross-site').expect(410);
    await press('resolve').expect(422);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it('says clearly that nothing is sure when storage is gone', async () => {
    house.isStorageGone = true;
    const { text } = await press('acknowledge').expect(503);
    expect(text).toMatch(/Something failed on our side/);
  });

  it('shows why the desk refuses', async () => {
    const desk = { ...house.deps.desk, acknowledge: async () => ({ kind: 'refused' as const, why: 'You are not on call.' }) };
    const refusing = openSmallHouse({ desk });
    const { text } = await request(refusing.server).post(path).type('form').send({ act: 'acknowledge' }).expect(422);
    expect(text).toMatch(/You are not on call\./);
  });
});

describe('opening the conversation from the link', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));

  it('takes the PIN, and leads to the escalation', async () => {
    const ana = visit(house);
    const path = house.ackPath('page_esc-12_ana');
    await ana.post(path, { act: 'acknowledge' });
    const text = await ana.does(`${path}/open`, { pin: '4821' });
    expect(text).toMatch(/yellow pus/);
    expect(text).toMatch(/<span>Ana<\/span>/);
  });

  it('is refused with a wrong PIN, and locks with the fifth', async () => {
    const path = house.ackPath('page_esc-12_ana');
    await visit(house).post(path, { act: 'acknowledge' });
    const tries = [];
    for (let count = 0; count < 5; count++) tries.push(await visit(house).post(`${path}/open`, { pin: '1111' }));
    expect(tries.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
    expect(tries[0]?.text).toMatch(/4 tries are left/);
    expect(tries[4]?.text).toMatch(/Too many wrong PINs/);
    const locked = await visit(house).post(`${path}/open`, { pin: '4821' });
    expect([locked.status, locked.headers['set-cookie']]).toEqual([422, undefined]);
  });

  it('sends a sign-in link to who has no PIN, and lets nobody in by itself', async () => {
    const path = house.ackPath('page_esc-12_ben');
    await visit(house).post(path, { act: 'acknowledge' });
    const response = await visit(house).post(`${path}/open`);
    expect(response.status).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(house.signInLinks).toEqual([{ personId: 'ben', link: expect.stringContaining('https://chat.clinic.example/console/sign-in/') }]);
  });

  it('is closed to a link that has ended', async () => {
    const path = house.ackPath('page_esc-12_ana');
    house.now = NIGHT + 24 * 60 * MINUTE;
    expect((await visit(house).post(`${path}/open`, { pin: '4821' })).status).toBe(410);
  });
});
