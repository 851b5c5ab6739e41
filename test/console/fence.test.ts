import request from 'supertest';
import type { SmallHouse } from './small-house';
import { openSmallHouse } from './small-house';
import { signIn, visit } from './visitor';

/** Every address that shows or changes something of the other clinic. */
const FOREIGN_PAGES = ['/console/escalations/esc-7', '/console/conversations/talk-esc-7', '/console/live?of=escalation:esc-7'];
const FOREIGN_FORMS = [
  ...['acknowledge', 'pass-on', 'resolve', 'reassign', 'snooze', 'note'].map((act) => `/console/escalations/esc-7/${act}`),
  ...['reply', 'take-over', 'hand-back', 'escalate'].map((act) => `/console/conversations/talk-esc-7/${act}`),
];
const FIELDS = {
  reason: 'handled',
  person: 'zoe',
  minutes: '15',
  text: 'hello',
  messageId: 'staff_12345678',
  tier: 'urgent',
  back: 'esc-12',
};
const SECRET_WORDS = /zygomatic|Ref 7\b|Other Clinic|esc-7\b/;

describe('nobody reads or changes what is not theirs', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));

  it.each(FOREIGN_PAGES)('GET %s of another clinic is not found', async (path) => {
    const { text } = await (await signIn(house, 'ben@clinic.example')).get(path).expect(404);
    expect(text).not.toMatch(SECRET_WORDS);
  });

  it('GET /console/live of another clinic is not found', async () => {
    const ben = await signIn(house, 'ben@clinic.example');
    await ben.get('/console/live?of=conversation:talk-esc-7').expect(404);
    await ben.get('/console/live?of=anything').expect(404);
  });

  it.each(FOREIGN_FORMS)('POST %s of another clinic is not found and changes nothing', async (path) => {
    const ben = await signIn(house, 'ben@clinic.example');
    const before = JSON.stringify([...house.escalations, ...house.talks, ...house.replies]);
    expect((await ben.post(path, FIELDS)).status).toBe(404);
    expect(JSON.stringify([...house.escalations, ...house.talks, ...house.replies])).toBe(before);
  });

  it.each(['/console', '/console/escalations', '/console/conversations', '/console/review', '/console/coverage'])(
    'GET %s shows nothing of another clinic',
    async (path) => {
      const { text } = await (await signIn(house, 'ben@clinic.example')).get(path).expect(200);
      expect(text).not.toMatch(SECRET_WORDS);
      expect(text).not.toMatch(/talk-esc-7/);
    },
  );

  it('a page shows no conversation of another clinic, whatever its escalation names', async () => {
    house.change('esc-12', { conversationId: 'talk-esc-7' });
    const { text } = await (await signIn(house, 'ben@clinic.example')).get('/console/escalations/esc-12').expect(200);
    expect(text).not.toMatch(/zygomatic/);
    expect(text).toMatch(/No conversation belongs to this/);
  });

  it('a reply goes back only to an escalation of the same conversation', async () => {
    const ben = await signIn(house, 'ben@clinic.example');
    const { headers } = await ben.post('/console/conversations/talk-esc-12/reply', { ...FIELDS, back: 'esc-7' });
    expect(headers['location']).toBe('/console/conversations/talk-esc-12');
  });

  it.each([
    '/console',
    '/console/escalations',
    '/console/escalations/esc-7',
    '/console/conversations',
    '/console/conversations/talk-esc-7',
  ])('GET %s shows nothing to who is not signed in', async (path) => {
    const { text } = await request(house.server).get(path).expect(403);
    expect(text.replaceAll(path, 'what they asked for')).not.toMatch(SECRET_WORDS);
  });

  it.each(['/console/review', '/console/coverage', '/console/live?of=list'])(
    'GET %s is closed to who is not signed in',
    async (path) => void (await request(house.server).get(path).expect(403)),
  );

  it.each(FOREIGN_FORMS)('POST %s is closed to who is not signed in', async (path) => {
    const { status, text } = await visit(house).post(path, FIELDS);
    expect(status).toBe(403);
    expect(text).toMatch(/session has ended\. Nothing was changed/);
  });
});

describe('a form', () => {
  let house: SmallHouse;
  beforeEach(() => (house = openSmallHouse()));
  const acknowledge = '/console/escalations/esc-12/acknowledge';

  it.each([
    ['without its token', {}],
    ['with an empty token', { csrf: '' }],
    ['with a made-up token', { csrf: 'abc' }],
  ])('%s changes nothing', async (_what, fields) => {
    const ben = await signIn(house, 'ben@clinic.example');
    const response = await request(house.server)
      .post(acknowledge)
      .set('cookie', `aftercare_console=${ben.cookies.get('aftercare_console')}`)
      .type('form')
      .send(fields)
      .expect(403);
    expect(response.text).toMatch(/Nothing was changed/);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it("with another person's token changes nothing", async () => {
    const ben = await signIn(house, 'ben@clinic.example');
    const ana = await signIn(house, '+15550100101', '4821');
    const { text } = await ana.get('/console');
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(csrf).not.toBe('');
    expect((await ben.post(acknowledge, { csrf })).status).toBe(403);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });

  it('from another site changes nothing, even with the token', async () => {
    const ben = await signIn(house, 'ben@clinic.example');
    const { text } = await ben.get('/console');
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await request(house.server)
      .post(acknowledge)
      .set('cookie', `aftercare_console=${ben.cookies.get('aftercare_console')}`)
      .set('sec-fetch-site', 'cross-site')
      .type('form')
      .send({ csrf })
      .expect(403);
    expect(house.escalations.get('esc-12')?.acknowledged).toBeNull();
  });
});
