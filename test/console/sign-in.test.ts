import request from 'supertest';
import { makeSigner } from '../../src/console/make-signer';
import type { SmallHouse } from './small-house';
import { openSmallHouse, SECRET } from './small-house';
import { signIn, signInAsOwner, visit } from './visitor';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the start-up link', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));

  it('signs in as the owner, once', async () => {
    const owner = await signInAsOwner(house);
    const { text } = await owner.get('/console').expect(200);
    expect(text).toMatch(/<span>Owner<\/span>/);
    expect(text).toMatch(/Ref 12.*Ref 7|Ref 7.*Ref 12/s);
    await request(house.server).get(`/console?token=${house.token}`).expect(403);
  });

  it('is not spent by a link preview', async () => {
    await request(house.server).head(`/console?token=${house.token}`);
    await signInAsOwner(house);
  });

  it.each(['/console', '/console?token=', '/console?token=wrong', '/console?token=a&token=b', '/console?token[]=a'])(
    'is needed: %s is refused',
    async (path) => {
      const { text } = await request(house.server).get(path).expect(403);
      expect(text).toMatch(/Sign in/);
      expect(text).not.toMatch(/Ref \d/);
    },
  );
});

describe('a session', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));

  it('is a cookie that scripts, other sites and plain http never see', async () => {
    const response = await request(house.server).get(`/console?token=${house.token}`).expect(303);
    const cookie = String(response.headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/;']) expect(cookie).toContain(part);
  });

  it('opens every replica, also after a restart', async () => {
    const ana = await signIn(house, '+15550100101', '4821');
    const replica = openSmallHouse();
    await request(replica.server)
      .get('/console')
      .set('cookie', `aftercare_console=${ana.cookies.get('aftercare_console')}`)
      .expect(200);
  });

  it('ends after eight hours, whatever the browser keeps', async () => {
    const ana = await signIn(house, '+15550100101', '4821');
    house.now += 8 * HOUR - 1;
    await ana.get('/console').expect(200);
    house.now += 1;
    await ana.get('/console').expect(403);
  });

  it('ends when the person signs out', async () => {
    const ana = await signIn(house, '+15550100101', '4821');
    await ana.post('/console/sign-out');
    await ana.get('/console').expect(403);
  });

  it('ends for a person who is no longer staff', async () => {
    const ana = await signIn(house, '+15550100101', '4821');
    const [glow, other] = house.deps.clinics.all();
    const withoutAna = { ...glow!, staff: glow!.staff.filter(({ id }) => id !== 'ana') };
    const later = openSmallHouse({ clinics: { get: () => withoutAna, all: () => [withoutAna, other!] } });
    await request(later.server)
      .get('/console')
      .set('cookie', `aftercare_console=${ana.cookies.get('aftercare_console')}`)
      .expect(403);
  });

  const claims = { p: 'console', c: null, e: Date.parse('2030-01-01') };
  it.each([
    ['made up', 'abc'],
    ['unsigned', Buffer.from(JSON.stringify(claims)).toString('base64url')],
    ['signed with another secret', makeSigner(Buffer.alloc(32, 1), 'session').sign(JSON.stringify(claims))],
    ['signed for another use', makeSigner(SECRET, 'sign-in').sign(JSON.stringify(claims))],
  ])('that is %s opens nothing', async (_what, cookie) => {
    await request(house.server).get('/console').set('cookie', `aftercare_console=${cookie}`).expect(403);
  });
});

describe('signing in by link', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));
  const linkPath = (): string => new URL(house.signInLinks.at(-1)!.link).pathname;

  it.each(['+15550100101', '(555) 010-0101', '555 010 0101', '1-555-010-0101'])('finds a person by the number %s', async (contact) => {
    const ana = await signIn(house, contact, '4821');
    expect((await ana.get('/console').expect(200)).text).toMatch(/<span>Ana<\/span>/);
  });

  it('finds a person by e-mail address, and asks no PIN of who has none', async () => {
    const ben = await signIn(house, ' Ben@Clinic.Example ');
    expect((await ben.get('/console').expect(200)).text).toMatch(/<span>Ben<\/span>/);
  });

  it('answers the same whoever asks', async () => {
    const known = await visit(house).post('/console/sign-in', { contact: '+15550100101' });
    const unknown = await visit(house).post('/console/sign-in', { contact: '+15550109999' });
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(house.signInLinks).toHaveLength(1);
  });

  it('answers the same when the link could not be sent, and reports it', async () => {
    const broken = openSmallHouse({ sendSignIn: () => Promise.reject(new Error('no provider')) });
    const { status } = await visit(broken).post('/console/sign-in', { contact: '+15550100101' });
    expect(status).toBe(200);
    expect(broken.faults).toEqual(['SIGN_IN_NOT_SENT']);
  });

  it('sends at most three links in ten minutes to one person', async () => {
    for (let count = 0; count < 5; count++) await visit(house).post('/console/sign-in', { contact: '+15550100101' });
    expect(house.signInLinks).toHaveLength(3);
    house.now += 10 * MINUTE;
    await visit(house).post('/console/sign-in', { contact: '+15550100101' });
    expect(house.signInLinks).toHaveLength(4);
  });

  it('lets nobody in by looking alone, and works once', async () => {
    const ben = await signIn(house, 'ben@clinic.example');
    const path = linkPath();
    const { status } = await ben.post(path);
    expect(status).toBe(410);
    await visit(house).post('/console/sign-in', { contact: 'ben@clinic.example' });
    for (let count = 0; count < 3; count++) {
      const response = await request(house.server).get(linkPath()).expect(200);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    expect((await visit(house).post(linkPath())).status).toBe(303);
  });

  it('leads back to the page that somebody came for', async () => {
    const ben = visit(house);
    const { text } = await ben.get('/console/escalations/esc-12').expect(403);
    expect(text).toMatch(/name="next" value="\/console\/escalations\/esc-12"/);
    await ben.post('/console/sign-in', { contact: 'ben@clinic.example', next: '/console/escalations/esc-12' });
    expect((await ben.post(linkPath())).headers['location']).toBe('/console/escalations/esc-12');
  });

  it.each(['https://evil.example/', '//evil.example', '/console/sign-out', '/console/escalations/../../x', '/ack/x'])(
    'leads nowhere else: %s',
    async (next) => {
      await visit(house).post('/console/sign-in', { contact: 'ben@clinic.example', next });
      expect((await visit(house).post(linkPath())).headers['location']).toBe('/console');
    },
  );

  it('ends after ten minutes', async () => {
    await visit(house).post('/console/sign-in', { contact: 'ben@clinic.example' });
    house.now += 10 * MINUTE;
    expect((await visit(house).post(linkPath())).status).toBe(410);
    await request(house.server).get(linkPath()).expect(410);
  });

  it.each(['abc', 'abc.def', 'a.b.c'])('refuses the foreign link %s', async (token) => {
    await request(house.server).get(`/console/sign-in/${token}`).expect(410);
    expect((await visit(house).post(`/console/sign-in/${token}`)).status).toBe(410);
  });

  it('locks for 15 minutes after five wrong PINs, also for the right one', async () => {
    await visit(house).post('/console/sign-in', { contact: '+15550100101' });
    const tries = [];
    for (let count = 0; count < 5; count++) tries.push((await visit(house).post(linkPath(), { pin: '0000' })).text);
    expect(tries[0]).toMatch(/PIN is wrong\. 4 tries are left/);
    expect(tries[3]).toMatch(/1 try is left/);
    expect(tries[4]).toMatch(/Too many wrong PINs\. Try again after 9:21 pm/);
    house.now += 9 * MINUTE;
    expect((await visit(house).post(linkPath(), { pin: '4821' })).status).toBe(403);
    house.now += 6 * MINUTE;
    await signIn(house, '+15550100101', '4821');
  });

  it.each(['', '482', '48211', '4821 '])('refuses the PIN "%s"', async (pin) => {
    await visit(house).post('/console/sign-in', { contact: '+15550100101' });
    expect((await visit(house).post(linkPath(), { pin })).status).toBe(403);
  });

  it('never believes a made-up Host header', async () => {
    const demo = openSmallHouse({ publicUrl: null });
    const send = (host: string): request.Test =>
      request(demo.server).post('/console/sign-in').set('host', host).type('form').send({ contact: 'ben@clinic.example' });
    await send('evil.example').expect(503);
    expect(demo.signInLinks).toEqual([]);
    await send('localhost:3978').expect(200);
    expect(demo.signInLinks[0]?.link).toMatch(/^http:\/\/localhost:3978\/console\/sign-in\//);
  });
});
